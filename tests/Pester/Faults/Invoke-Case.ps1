<#
.SYNOPSIS
    Runs one case of the fault matrix: the operation with its fault, then the continuation after an error.
.PARAMETER Case
    A case of Faults.Tests.ps1: Operation, Page and Row.
.PARAMETER Emulator
    The emulator, which no other case uses at the same time.
.PARAMETER Id
    The three ids that the operation get requests.
.OUTPUTS
    An object with the jobs, the errors, the duration and the requests of the operation, and the rest of the listing.
#>
param(
    [Parameter(Mandatory)] [hashtable] $Case,
    [Parameter(Mandatory)] $Emulator,
    [Parameter(Mandatory)] [string[]] $Id
)

$row = $Case.Row
$pageSize = $row.pageSize
$account = @{
    ApiKey = ConvertTo-SecureString fw_test -AsPlainText
    AccountId = 'acme'
    BaseUri = $Emulator.Address
} + $row.connection

if ($Case.Operation -eq 'connect') { Disconnect-FwAccount }
else { Connect-FwAccount @account -SkipValidation }
$token = if ($Case.Operation -eq 'page') { (Get-FwDpoJob -AsPage -PageSize $pageSize).NextPageToken }

$rule = $row.fault.Clone()
$rule.path = '/v1/accounts/acme/dpoJobs'
# For get, the fault affects only the second job.
if ($Case.Operation -eq 'get') { $rule.path += "/$($Id[1])" }
$first = if ($Case.Operation -eq 'list') { $Case.Page } else { 1 }
$rule.requests = @(if ($row.persistent) { $first..($first + 20) } else { $first })
Reset-Emulator $Emulator
Set-EmulatorFault $Emulator $rule

$jobs = [System.Collections.Generic.List[object]]::new()
$failures = @()
$terminating = $null
$watch = [System.Diagnostics.Stopwatch]::StartNew()
try {
    switch ($Case.Operation) {
        'list' { Get-FwDpoJob -All -PageSize $pageSize | ForEach-Object { $jobs.Add($_) } }
        'page' { Get-FwDpoJob -AsPage -PageSize $pageSize -PageToken $token | ForEach-Object { $jobs.AddRange($_.Jobs) } }
        'get' { $Id | Get-FwDpoJob -ErrorAction SilentlyContinue -ErrorVariable failures | ForEach-Object { $jobs.Add($_) } }
        'connect' { Connect-FwAccount @account }
    }
}
catch { $terminating = $_ }
$seconds = $watch.Elapsed.TotalSeconds
Wait-EmulatorListening $Emulator
$requests = @(Get-EmulatorRequest $Emulator)
$played = (Get-EmulatorFault $Emulator).Played

# Without the fault, request the rest of the listing or the same page again.
Set-EmulatorFault $Emulator
$rest = if ($terminating -and $row.resumable) {
    switch ($Case.Operation) {
        'list' { (Get-FwDpoJob -All -PageSize $pageSize -PageToken $terminating.Exception.PageToken).Name }
        'page' { (Get-FwDpoJob -AsPage -PageSize $pageSize -PageToken $token).Jobs.Name }
    }
}

[pscustomobject]@{
    Address = $Emulator.Address
    Jobs = $jobs
    Names = @($jobs | ForEach-Object Name)
    Failures = @(if ($terminating) { $terminating } else { $failures })
    IsTerminating = $null -ne $terminating
    Token = $token
    Rest = @($rest)
    Seconds = $seconds
    Requests = $requests
    Played = $played
    ApiKeySource = (Get-FwConnection).ApiKeySource
}
