<#
.SYNOPSIS
    Runs files of the Pester suite and writes a report for each. To run a file interactively, use Invoke-Pester.
.DESCRIPTION
    Uses the Pester that the build copied to out/Pester. Several processes can share the files: the process that creates the
    report of a file runs that file.
.PARAMETER Name
    The names of the files, without .Tests.ps1, separated by commas in one string.
.PARAMETER ReportFolder
    The folder for the reports. A report is a JSON array with the name, result and message of each test.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Name,
    [Parameter(Mandatory)] [string] $ReportFolder
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot '../../out/Pester/Pester.psd1')

foreach ($file in $Name -split ',') {
    try { $report = [IO.File]::Open((Join-Path $ReportFolder "$file.json"), 'CreateNew') }
    catch [IO.IOException] { continue }

    $configuration = New-PesterConfiguration @{
        Run    = @{ Path = Join-Path $PSScriptRoot "Suite/$file.Tests.ps1"; PassThru = $true }
        Output = @{ Verbosity = 'Detailed'; RenderMode = 'Plaintext' }
    }
    $run = Invoke-Pester -Configuration $configuration

    $tests = @(
        foreach ($test in $run.Tests) {
            $message = if ($test.Skipped) { "$($test.ErrorRecord)" -replace '^is skipped, because ' }
            else { ($test.ErrorRecord | ForEach-Object { $_.DisplayErrorMessage; $_.DisplayStackTrace }) -join "`n" }
            @{
                name    = "$file.Tests.ps1: $($test.ExpandedPath)"
                result  = [string]$test.Result
                message = $message
            }
        }
        # The error of a container or block outside its tests belongs to no test.
        foreach ($part in @($run.Containers | Where-Object Result -EQ Failed) + @($run.FailedBlocks)) {
            if ($part.ErrorRecord) { @{ name = "$file.Tests.ps1: $part"; result = 'Failed'; message = ($part.ErrorRecord | Out-String) } }
        }
    )
    $writer = [IO.StreamWriter]::new($report)
    $writer.Write((ConvertTo-Json -InputObject $tests -Depth 4))
    $writer.Dispose()
}
