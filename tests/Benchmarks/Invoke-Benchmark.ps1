<#
.SYNOPSIS
    Measures the staged module against what a person would write instead, and shows what it reaches.
.DESCRIPTION
    Everything is measured side by side in one run, in alternating rounds: compare the ratios, not the times, which are the
    machine's. Needs a build of the solution in tests; build.ps1 -Task Bench makes one.
.PARAMETER Row
    What to measure: the names of the files in Rows. Everything when left out.
.PARAMETER Jobs
    How large the accounts are for throughput.
.PARAMETER Rounds
    How many rounds are counted.
.PARAMETER ScaleJobs
    The two accounts whose peak memory is compared.
.PARAMETER ScaleRounds
    How many listings of each of the two; the large one takes a minute or more.
.PARAMETER Smoke
    Small accounts and few rounds: shows that it runs, its figures mean little.
.PARAMETER ReportPath
    The JSON file to write.
.PARAMETER Configuration
    Which build of the emulator and of the bare loop.
#>
[CmdletBinding()]
param(
    [ValidateSet('Throughput', 'LatencyBound', 'FirstObject', 'Import', 'Scale')]
    [string[]] $Row = @('Throughput', 'LatencyBound', 'FirstObject', 'Import', 'Scale'),
    [int[]] $Jobs = @(20000, 200000),
    [int] $Rounds = 5,
    [int[]] $ScaleJobs = @(10000, 1000000),
    [int] $ScaleRounds = 2,
    [switch] $Smoke,
    [string] $ReportPath,
    [string] $Configuration = 'Release'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$root = Split-Path (Split-Path $PSScriptRoot)
if (-not $ReportPath) { $ReportPath = Join-Path $root 'out/benchmarks.json' }

$env:FIREWORKS_TEST_EMULATOR = Join-Path $root "tests/Emulator/bin/$Configuration/net10.0/Fireworks.DpoJobs.Emulator.dll"
$env:FIREWORKS_BENCHMARK_BASELINE = Join-Path $PSScriptRoot "bin/$Configuration/net8.0/Fireworks.DpoJobs.Benchmarks.dll"
$env:PSModulePath = (Join-Path $root 'out') + [IO.Path]::PathSeparator + $env:PSModulePath
$env:FIREWORKS_PROFILE = $null
Import-Module (Join-Path $root 'tests/Pester/Support.psm1'), (Join-Path $PSScriptRoot 'Measure.psm1')

$options = [pscustomobject]@{
    Root = $root
    Jobs = if ($Smoke) { @(2000) } else { $Jobs }
    Rounds = if ($Smoke) { 1 } else { $Rounds }
    ShortRounds = if ($Smoke) { 3 } else { 4 * $Rounds + 1 }
    LatencyPages = if ($Smoke) { 5 } else { 100 }
    ScaleJobs = if ($Smoke) { 1000, 10000 } else { $ScaleJobs }
    ScaleRounds = if ($Smoke) { 1 } else { $ScaleRounds }
}

function Invoke-Measurement {
    <#
    .SYNOPSIS
        Runs a script with the contenders in a fresh PowerShell, and returns what it gives.
    #>
    param([Parameter(Mandatory)] [scriptblock] $Script, [hashtable] $Values = @{})

    $run = Invoke-PowerShell -Environment @{ VALUES = ($Values | ConvertTo-Json -Depth 4); FOLDER = $PSScriptRoot } -Script @"
        `$ErrorActionPreference = 'Stop'
        Import-Module (Join-Path `$env:FOLDER Measure.psm1)
        . (Join-Path `$env:FOLDER Contenders.ps1)
        `$values = `$env:VALUES | ConvertFrom-Json
        & { $Script } | ConvertTo-Json -Depth 4 -Compress
"@
    if ($run.ExitCode -ne 0) { throw "A measurement ended with exit code $($run.ExitCode): $($run.ErrorOutput) $($run.Output)" }
    $run.Output | ConvertFrom-Json
}

function Write-Report {
    <#
    .SYNOPSIS
        Writes the rows, and what they were measured on.
    #>
    param([Parameter(Mandatory)] [object[]] $Rows)

    [ordered]@{
        powerShell = "$($PSVersionTable.PSVersion)"
        framework = [System.Runtime.InteropServices.RuntimeInformation]::FrameworkDescription
        system = [System.Runtime.InteropServices.RuntimeInformation]::OSDescription
        processors = [Environment]::ProcessorCount
        rows = $Rows
    } | ConvertTo-Json -Depth 6 | Set-Content $ReportPath -Encoding utf8
}

$null = New-Item (Split-Path $ReportPath) -ItemType Directory -Force
$rows = [System.Collections.Generic.List[object]]::new()
foreach ($name in $Row) {
    Write-Information "Measuring: $name" -InformationAction Continue
    & (Join-Path $PSScriptRoot 'Rows' "$name.ps1") $options | ForEach-Object { $rows.Add($_) }
    # After each, so that an interruption costs one measurement.
    Write-Report $rows
}
Format-Benchmark $rows
