<#
.SYNOPSIS
    Runs the Pester suite on the staged module and writes a report.
.DESCRIPTION
    Pester 5 is taken from PSModulePath; where it is missing it is saved from PSGallery into out/modules. Where neither
    works, the report says so and no test is counted.
.PARAMETER ReportPath
    Where the report goes: JSON with skipReason and tests (name, result, message).
.PARAMETER EmulatorPath
    The built emulator (a dll that dotnet runs).
.PARAMETER Path
    The files to run, also in one text with commas between: all of the suite when left out.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ReportPath,
    [Parameter(Mandatory)] [string] $EmulatorPath,
    [string[]] $Path = (Join-Path $PSScriptRoot 'Suite')
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$root = Split-Path (Split-Path $PSScriptRoot)

function Write-Report($Path, $SkipReason, [object[]] $Tests) {
    @{ skipReason = $SkipReason; tests = @($Tests) } | ConvertTo-Json -Depth 4 | Set-Content $Path -Encoding utf8
}

function Find-Pester {
    Get-Module Pester -ListAvailable | Where-Object { $_.Version.Major -eq 5 } | Sort-Object Version | Select-Object -Last 1
}

$pester = Find-Pester
if (-not $pester) {
    $saved = Join-Path $root 'out/modules'
    try {
        $null = New-Item $saved -ItemType Directory -Force
        Save-PSResource Pester -Version '[5.5,6)' -Path $saved -TrustRepository -ErrorAction Stop
        $env:PSModulePath = $saved + [IO.Path]::PathSeparator + $env:PSModulePath
        $pester = Find-Pester
    }
    catch {
        Write-Report $ReportPath "Pester 5 is not on PSModulePath and could not be saved from PSGallery: $($_.Exception.Message)"
        return
    }
}
Import-Module $pester

# What the tests read. The module under test is found by name, as users find it.
$env:FIREWORKS_TEST_EMULATOR = $EmulatorPath
$env:FIREWORKS_TEST_ROOT = $root
$env:PSModulePath = (Join-Path $root 'out') + [IO.Path]::PathSeparator + $env:PSModulePath
$env:FIREWORKS_API_KEY = $env:FIREWORKS_ACCOUNT_ID = $env:FIREWORKS_BASE_URL = $env:FIREWORKS_PROFILE = $null
# No file of the person who runs the tests is read.
$env:HOME = (New-Item (Join-Path $root 'out/empty-home') -ItemType Directory -Force).FullName

$configuration = New-PesterConfiguration @{
    Run    = @{ Path = $Path -split ','; PassThru = $true }
    Output = @{ Verbosity = 'Detailed'; RenderMode = 'Plaintext' }
}
$run = Invoke-Pester -Configuration $configuration

$tests = foreach ($test in $run.Tests) {
    @{
        name    = '{0}: {1}' -f [IO.Path]::GetFileName($test.ScriptBlock.File), $test.ExpandedPath
        result  = [string]$test.Result
        message = ($test.ErrorRecord | ForEach-Object { $_.DisplayErrorMessage; $_.DisplayStackTrace }) -join "`n"
    }
}
# A container or a block that broke has no test to carry its error.
$broken = foreach ($part in @($run.Containers | Where-Object Result -EQ Failed) + @($run.FailedBlocks)) {
    if ($part.ErrorRecord) {
        @{ name = "$part"; result = 'Failed'; message = ($part.ErrorRecord | Out-String) }
    }
}
Write-Report $ReportPath -Tests (@($tests) + @($broken))
