# A script that runs once, as cron starts it: whole processes, from their start to their end.
param($Options)

$pwsh = @(Get-PowerShellCommand) + '-File'
# The program itself, not a launcher such as that of pyenv.
$python = if (Get-Command python3 -ErrorAction Ignore) { python3 -c 'import sys; print(sys.executable)' }
$node = Get-Command node -ErrorAction Ignore | ForEach-Object Source
$scripts = Join-Path $PSScriptRoot '../Scripts'
$programs = [ordered]@{
    'module' = $pwsh + (Join-Path $scripts Module.ps1)
    'module, -State' = $pwsh + (Join-Path $scripts ModuleWithState.ps1)
    'HttpClient and JsonDocument' = $pwsh + (Join-Path $scripts HttpClient.ps1)
    'Invoke-RestMethod' = $pwsh + (Join-Path $scripts RestMethod.ps1)
    'empty script' = $pwsh + (Join-Path $scripts Empty.ps1)
}
if ($node) { $programs['Node.js'] = @($node; Join-Path $scripts node.js) }
if ($python) { $programs['Python'] = @($python; Join-Path $scripts python.py) }

function Measure-Task {
    <#
    .SYNOPSIS
        Runs programs in turn. Returns a hash table from their names to their Wall, Cpu and Peak.
    #>
    param([string[]] $Name, [string] $Dialect = '', [int] $Rounds)

    $address = $emulator.Address.AbsoluteUri.TrimEnd('/') + $Dialect
    $environment = @{ FIREWORKS_BASE_URL = $address; LIST_ADDRESS = "$address/v1/accounts/acme/dpoJobs?pageSize=200" }
    $runs = @{}
    foreach ($program in $Name) { $runs[$program] = @{ Wall = @(); Cpu = @(); Peak = @() } }
    $counts = @{}
    # The first round is not counted, because it reads the files from disk. The last ones measure the resources.
    foreach ($round in 0..($Rounds + 3)) {
        foreach ($program in $Name) {
            $run = Measure-Program $programs[$program] -Environment $environment -Resource:($round -gt $Rounds)
            if ($round -gt $Rounds) { $runs[$program].Cpu += $run.Cpu; $runs[$program].Peak += $run.Peak / 1MB }
            elseif ($round -gt 0) { $runs[$program].Wall += $run.Wall }
            $counts[$program] = $run.Output
        }
    }
    $counts.Remove('empty script')
    if (@($counts.Values | Sort-Object -Unique).Count -ne 1) { throw "The programs disagree: $($counts | ConvertTo-Json -Compress)" }
    $runs
}

$targets = @{ 'HttpClient and JsonDocument' = 0.95 }
foreach ($jobs in $Options.ColdJobs) {
    $emulator = Start-Emulator emulate, --jobs, $jobs, --now, 2026-11-01T00:00:00Z, --cache-pages
    try {
        $names = @($programs.Keys | Where-Object { $_ -ne 'module, -State' })
        $runs = Measure-Task $names -Rounds $Options.ColdRounds
        foreach ($name in $names | Where-Object { $_ -ne 'module' }) {
            $target = if ($targets.ContainsKey($name)) { $targets[$name] } else { [double]::NaN }
            ConvertTo-BenchmarkRow "whole process, $jobs jobs: wall" ms $runs.module.Wall $name $runs[$name].Wall Ratio $target
        }
        foreach ($name in $names | Where-Object { $_ -ne 'module' }) {
            ConvertTo-BenchmarkRow "whole process, $jobs jobs: CPU" ms $runs.module.Cpu $name $runs[$name].Cpu Ratio
            ConvertTo-BenchmarkRow "whole process, $jobs jobs: peak memory" MB $runs.module.Peak $name $runs[$name].Peak Ratio
        }
    }
    finally { Stop-Emulator $emulator }
}

# The service ignores the filter, so that all programs read all jobs.
$names = @('module, -State'; $programs.Keys | Where-Object { $_ -in 'HttpClient and JsonDocument', 'Node.js', 'Python' })
$emulator = Start-Emulator emulate, --jobs, $Options.ManyColdJobs, --now, 2026-11-01T00:00:00Z, --cache-pages
try {
    $runs = Measure-Task $names -Dialect '/dialects/ignored-filters' -Rounds $Options.ColdRounds
    foreach ($name in $names | Where-Object { $_ -ne 'module, -State' }) {
        $target = if ($name -eq 'Node.js') { 1 } else { [double]::NaN }
        ConvertTo-BenchmarkRow "whole process, $($Options.ManyColdJobs) jobs, -State Failed: wall" ms $runs['module, -State'].Wall $name $runs[$name].Wall Ratio $target
        ConvertTo-BenchmarkRow "whole process, $($Options.ManyColdJobs) jobs, -State Failed: CPU" ms $runs['module, -State'].Cpu $name $runs[$name].Cpu Ratio
        ConvertTo-BenchmarkRow "whole process, $($Options.ManyColdJobs) jobs, -State Failed: peak memory" MB $runs['module, -State'].Peak $name $runs[$name].Peak Ratio
    }
}
finally { Stop-Emulator $emulator }
