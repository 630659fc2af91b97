<#
.SYNOPSIS
    Fails when a report of Invoke-Suite.ps1 has a test that failed, or none that passed.
.PARAMETER Path
    The report.
#>
[CmdletBinding()]
param([Parameter(Mandatory)] [string] $Path)

$ErrorActionPreference = 'Stop'
$report = Get-Content $Path -Raw | ConvertFrom-Json
if ($report.skipReason) { throw $report.skipReason }
$failed = @($report.tests | Where-Object { $_.result -eq 'Failed' })
$passed = @($report.tests | Where-Object { $_.result -eq 'Passed' })
"$($passed.Count) passed, $($failed.Count) failed, $(@($report.tests).Count - $passed.Count - $failed.Count) skipped"
if ($failed -or -not $passed) { throw "Failed: $(@($failed | ForEach-Object { $_.name }) -join '; ')" }
