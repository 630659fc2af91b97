# The same task in three implementations. This script is dot-sourced in the process that measures, and reads
# FIREWORKS_BASE_URL, FIREWORKS_API_KEY and FIREWORKS_BENCHMARK_BASELINE (the bare loop's assembly).
Import-Module Fireworks.DpoJobs
Add-Type -Path $env:FIREWORKS_BENCHMARK_BASELINE
$listAddress = [uri]"$($env:FIREWORKS_BASE_URL)/v1/accounts/acme/dpoJobs"
$headers = @{ Authorization = "Bearer $($env:FIREWORKS_API_KEY)" }

function Get-JobByRestMethod {
    $token = ''
    do {
        $page = Invoke-RestMethod "${listAddress}?pageSize=200&pageToken=$token" -Headers $headers
        $page.dpoJobs
        $token = $page.nextPageToken
    } while ($token)
}

function Get-Contender {
    [ordered]@{
        Module = { (Get-FwDpoJob -All | Where-Object State -EQ Failed | Measure-Object).Count }
        BareLoop = { ([Fireworks.DpoJobs.Benchmarks.Baseline.BareLoop]::Read($listAddress, $env:FIREWORKS_API_KEY) | Where-Object State -EQ JOB_STATE_FAILED | Measure-Object).Count }
        RestMethod = { (Get-JobByRestMethod | Where-Object state -EQ JOB_STATE_FAILED | Measure-Object).Count }
    }
}
