<#
.SYNOPSIS
    Compares the speed and memory of the staged module with hand-written alternatives.
.DESCRIPTION
    All implementations are measured in one run, in alternating rounds. Compare the ratios; the times depend on the machine.
    Requires a build of the solution in tests, as created by build.ps1 -Task Bench.
.PARAMETER Row
    The measurements to run: names of files in the folder Rows. Default: all.
.PARAMETER Jobs
    The numbers of jobs in the accounts for the throughput.
.PARAMETER Rounds
    The number of rounds that are counted.
.PARAMETER ScaleJobs
    The numbers of jobs in the two accounts whose peak memory is compared.
.PARAMETER ScaleRounds
    The number of listings of each of these accounts. A listing of the large one takes a minute or more.
.PARAMETER Smoke
    Uses small accounts and few rounds, to check that the benchmarks run. The results are not meaningful.
.PARAMETER ReportPath
    The JSON file to write. Default: out/benchmarks.json.
.PARAMETER Configuration
    The build configuration of the emulator and the bare loop. Default: Release.
#>
[CmdletBinding()]
param(
    [ValidateSet('WholeProcess', 'FirstRequest', 'Import', 'Profile', 'Throughput', 'LatencyBound', 'FirstObject', 'Scale')]
    [string[]] $Row = @('WholeProcess', 'FirstRequest', 'Import', 'Profile', 'Throughput', 'LatencyBound', 'FirstObject', 'Scale'),
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
    ColdJobs = if ($Smoke) { @(1000) } else { 1000, 20000 }
    ManyColdJobs = if ($Smoke) { 2000 } else { 100000 }
    ColdRounds = if ($Smoke) { 1 } else { 2 * $Rounds + 1 }
    ShortRounds = if ($Smoke) { 3 } else { 4 * $Rounds + 1 }
    LatencyPages = if ($Smoke) { 5 } else { 100 }
    ScaleJobs = if ($Smoke) { 1000, 10000 } else { $ScaleJobs }
    ScaleRounds = if ($Smoke) { 1 } else { $ScaleRounds }
}

function Invoke-Measurement {
    <#
    .SYNOPSIS
        Runs a script with the contenders in a new PowerShell process, and returns its output.
    #>
    param([Parameter(Mandatory)] [scriptblock] $Script, [hashtable] $Values = @{})

    $run = Invoke-PowerShell -Environment @{ VALUES = ($Values | ConvertTo-Json -Depth 4); FOLDER = $PSScriptRoot } -Script @"
        `$ErrorActionPreference = 'Stop'
        Import-Module (Join-Path `$env:FOLDER Measure.psm1)
        . (Join-Path `$env:FOLDER Contenders.ps1)
        `$values = `$env:VALUES | ConvertFrom-Json
        & { $Script } | ConvertTo-Json -Depth 4 -Compress
"@
    if ($run.ExitCode -ne 0) { throw "A measurement failed with exit code $($run.ExitCode): $($run.ErrorOutput) $($run.Output)" }
    $run.Output | ConvertFrom-Json
}

function Test-CompiledAssembly {
    <#
    .SYNOPSIS
        Whether an assembly is compiled ahead of time. Those of the .NET tool are not, which makes a cold start two to three times slower.
    #>
    param([Parameter(Mandatory)] [string] $Path)

    $stream = [System.IO.File]::OpenRead($Path)
    try { [System.Reflection.PortableExecutable.PEReader]::new($stream).PEHeaders.CorHeader.ManagedNativeHeaderDirectory.Size -gt 0 }
    finally { $stream.Dispose() }
}

function Write-Report {
    <#
    .SYNOPSIS
        Writes the rows and the environment in which they were measured.
    #>
    param([Parameter(Mandatory)] [object[]] $Rows)

    [ordered]@{
        powerShell = "$($PSVersionTable.PSVersion)"
        isCompiledAheadOfTime = $isCompiled
        framework = [System.Runtime.InteropServices.RuntimeInformation]::FrameworkDescription
        system = [System.Runtime.InteropServices.RuntimeInformation]::OSDescription
        processors = [Environment]::ProcessorCount
        rows = $Rows
    } | ConvertTo-Json -Depth 6 | Set-Content $ReportPath -Encoding utf8
}

$isCompiled = Test-CompiledAssembly ([psobject].Assembly.Location)
Write-Information "PowerShell $($PSVersionTable.PSVersion), $(if ($isCompiled) { 'compiled ahead of time' } else { 'not compiled ahead of time' }): $PSHOME" -InformationAction Continue
$null = New-Item (Split-Path $ReportPath) -ItemType Directory -Force
$rows = [System.Collections.Generic.List[object]]::new()
foreach ($name in $Row) {
    Write-Information "Measuring: $name" -InformationAction Continue
    & (Join-Path $PSScriptRoot 'Rows' "$name.ps1") $options | ForEach-Object { $rows.Add($_) }
    # Written after each row, so that an interruption loses only one.
    Write-Report $rows
}
Format-Benchmark $rows
