<#
.SYNOPSIS
    Builds, tests and packages the module.
.DESCRIPTION
    Requires the .NET SDK 10. The tasks:

    Build      builds the module for both editions of PowerShell in out/Fireworks.DpoJobs
    Test       runs the unit tests and the Pester suite
    Soak       runs random listings with random faults, rate limits and stops for an hour; the suite runs a few seconds of it
    Help       generates the help file from the Markdown in src/Fireworks.DpoJobs/Help; requires Microsoft.PowerShell.PlatyPS
    Mutate     changes the code in many small ways, and reports the changes that no test detects in out/mutation
    Bench      compares the speed of the module with that of hand-written scripts; prints a table and writes out/benchmarks.json
    Demo       runs the main commands against a simulated account, without an API key
    LiveCheck  checks the assumptions about the service with your API key: at most 20 requests that change nothing; prompts first
    Package    creates out/packages/Fireworks.DpoJobs.<version>.nupkg, the package for the PowerShell Gallery
    Record     starts a recorder that forwards requests to the live service and writes them to a HAR file, without secrets
    Clean      removes all build output
.PARAMETER Task
    Build (default), Test, Soak, Help, Mutate, Bench, Demo, LiveCheck, Package, Record or Clean.
.PARAMETER Configuration
    Release (default) or Debug.
.PARAMETER Minutes
    The duration of Soak. Default: 60.
.PARAMETER RecordingPath
    The HAR file that Record writes. Default: out/recording.har.
.PARAMETER Force
    Runs LiveCheck without confirmation. Required in a session that cannot prompt.
.EXAMPLE
    ./build.ps1
    Import-Module ./out/Fireworks.DpoJobs
.EXAMPLE
    ./build.ps1 -Task Test
.EXAMPLE
    ./build.ps1 -Task Record -RecordingPath out/list.har
    Then, in a second shell: $env:FIREWORKS_BASE_URL = '<the printed address>'; Get-FwDpoJob
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Soak', 'Help', 'Mutate', 'Bench', 'Demo', 'LiveCheck', 'Package', 'Record', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    [ValidateRange(1, 10000)]
    [int] $Minutes = 60,

    [string] $RecordingPath = (Join-Path $PSScriptRoot 'out/recording.har'),

    [switch] $Force
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE."
    }
}

$module = Join-Path $PSScriptRoot 'src/Fireworks.DpoJobs'
$tests = Join-Path $PSScriptRoot 'tests'

switch ($Task) {
    'Build' { Invoke-DotNet build $module --configuration $Configuration }
    'Test' { Invoke-DotNet test $tests --configuration $Configuration }
    'Soak' {
        $reports = Join-Path $PSScriptRoot 'out/soak'
        if (Test-Path $reports) { Remove-Item $reports -Recurse -Force }
        $null = New-Item $reports -ItemType Directory
        Invoke-DotNet build (Join-Path $tests 'Pester') --configuration $Configuration
        $env:FIREWORKS_TEST_SOAK_SECONDS = 60 * $Minutes
        $env:FIREWORKS_TEST_SOAK_SEED = Get-Random -Maximum 100000000
        Push-Location $PSScriptRoot
        try {
            Invoke-DotNet tool restore
            Invoke-DotNet pwsh -NoProfile -File (Join-Path $tests 'Pester/Invoke-Suite.ps1') -Name Soak -ReportFolder $reports
        }
        finally {
            Pop-Location
            $env:FIREWORKS_TEST_SOAK_SECONDS = $env:FIREWORKS_TEST_SOAK_SEED = $null
        }
        if (@(Get-Content (Join-Path $reports 'Soak.json') -Raw | ConvertFrom-Json).result -contains 'Failed') { throw 'The soak test failed.' }
    }
    'Help' { & (Join-Path $module 'Help/ConvertTo-Maml.ps1') -OutputPath (Join-Path $module 'en-US/Fireworks.DpoJobs.dll-Help.xml') }
    'Mutate' {
        Invoke-DotNet tool restore --tool-manifest (Join-Path $PSScriptRoot '.config/dotnet-tools.json')
        # Excludes the tests that Stryker cannot run; see tests/Unit/Fireworks.DpoJobs.Unit.csproj.
        $env:MutationTesting = 'true'
        try {
            Push-Location (Join-Path $tests 'Unit')
            try { Invoke-DotNet stryker --output (Join-Path $PSScriptRoot 'out/mutation') }
            finally { Pop-Location }
        }
        finally { $env:MutationTesting = $null }
    }
    'Bench' {
        Invoke-DotNet build $tests --configuration $Configuration
        # The PowerShell that the build of the tests compiles ahead of time, as an installed one is.
        Invoke-DotNet (Join-Path $PSScriptRoot 'out/PowerShell/pwsh.dll') -NoProfile -File (Join-Path $tests 'Benchmarks/Invoke-Benchmark.ps1') -Configuration $Configuration
        Invoke-DotNet run --no-build --project (Join-Path $tests 'Benchmarks') --framework net10.0 --configuration $Configuration
    }
    'Demo' { Invoke-DotNet run --project (Join-Path $tests 'Demo') --configuration $Configuration }
    'LiveCheck' {
        Invoke-DotNet build $module --configuration $Configuration
        Push-Location $PSScriptRoot
        try {
            Invoke-DotNet tool restore
            $options = @(if ($Force) { '-Force' })
            Invoke-DotNet pwsh -NoProfile -File (Join-Path $tests 'LiveCheck/Invoke-LiveCheck.ps1') @options
        }
        finally { Pop-Location }
    }
    'Package' { Invoke-DotNet pack $module --configuration $Configuration --output (Join-Path $PSScriptRoot 'out/packages') }
    'Record' {
        Invoke-DotNet run --project (Join-Path $tests 'Emulator') --configuration $Configuration -- `
            record --upstream https://api.fireworks.ai --out $RecordingPath
    }
    'Clean' {
        $built = @(Join-Path $PSScriptRoot 'out') + @(
            Get-ChildItem (Join-Path $PSScriptRoot 'src'), $tests -Directory -Recurse -Include bin, obj | ForEach-Object FullName
        )
        $built | Where-Object { Test-Path $_ } | Remove-Item -Recurse -Force
    }
}
