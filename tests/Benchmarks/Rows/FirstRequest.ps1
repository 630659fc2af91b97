# The first request of a new process, after Import-Module, compared with one request of a new HttpClient there.
param($Options)

$emulator = Start-Emulator emulate, --jobs, 2000, --now, 2026-11-01T00:00:00Z, --cache-pages
try {
    $scripts = [ordered]@{
        Module = '$null = Get-FwDpoJob -First 200'
        Bare = '$client = [System.Net.Http.HttpClient]::new(); $client.DefaultRequestHeaders.Add("Authorization", "Bearer fw_test"); $null = $client.GetStringAsync("$($env:FIREWORKS_BASE_URL)/v1/accounts/acme/dpoJobs?pageSize=200").GetAwaiter().GetResult()'
    }
    $times = @{ Module = @(); Bare = @() }
    foreach ($round in 0..$Options.ShortRounds) {
        foreach ($name in $scripts.Keys) {
            $run = Invoke-PowerShell "Import-Module Fireworks.DpoJobs; `$watch = [Diagnostics.Stopwatch]::StartNew(); $($scripts[$name]); `$watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)"
            # The first round is not counted, because it reads the files from disk.
            if ($round -gt 0) { $times[$name] += [double]::Parse($run.Output, [cultureinfo]::InvariantCulture) }
        }
    }
    ConvertTo-BenchmarkRow 'first request of a process' ms $times.Module 'one request of HttpClient' $times.Bare Ratio 2.5
}
finally { Stop-Emulator $emulator }
