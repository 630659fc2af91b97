# Small versions of the benchmarks (build.ps1 -Task Bench) with generous limits: they detect a regression to twice the cost.
# Most compare bytes and requests rather than time, because other tests run in parallel.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    $benchmarks = Join-Path $env:FIREWORKS_TEST_ROOT 'tests/Benchmarks'
    Import-Module (Join-Path $benchmarks 'Measure.psm1') -Force
    # The same configuration as that of the emulator.
    $configuration = ($env:FIREWORKS_TEST_EMULATOR -split '[\\/]')[-3]
    $env:FIREWORKS_BENCHMARK_BASELINE = Join-Path $benchmarks "bin/$configuration/net8.0/Fireworks.DpoJobs.Benchmarks.dll"
    $emulator = Start-Emulator emulate, --jobs, 4000, --now, 2026-11-01T00:00:00Z, --cache-pages
    . (Join-Path $benchmarks 'Contenders.ps1')
}

AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'Get-FwDpoJob -All over 20 pages' {
    BeforeAll {
        $runs = Measure-Alternating (Get-Contender) -Rounds 3
        $median = @{}
        foreach ($name in $runs.Keys) {
            $median[$name] = @{
                Allocated = (Measure-Spread $runs[$name].Allocated).Median
                Cpu = (Measure-Spread $runs[$name].Cpu).Median
            }
        }
    }

    It 'returns as many jobs as an Invoke-RestMethod loop and a bare loop' {
        @($runs.Keys | ForEach-Object { $runs[$_].Result } | Sort-Object -Unique) | Should -HaveCount 1
    }

    It 'allocates less than 1/3.5 of the bytes of an Invoke-RestMethod loop' {
        $median.RestMethod.Allocated / $median.Module.Allocated | Should -BeGreaterThan 3.5
    }

    It 'allocates less than 1.8 times the bytes of a bare loop' {
        $median.Module.Allocated / $median.BareLoop.Allocated | Should -BeLessThan 1.8
    }

    It 'uses less than a third of the processor time of an Invoke-RestMethod loop' {
        $median.RestMethod.Cpu / $median.Module.Cpu | Should -BeGreaterThan 3
    }
}

Describe 'A script that lists all jobs once' {
    It 'takes less than twice the time of a script with HttpClient and JsonDocument' {
        $environment = @{ LIST_ADDRESS = "${listAddress}?pageSize=200" }
        $times = @{ Module = @(); HttpClient = @() }
        $counts = @()
        foreach ($round in 1..3) {
            foreach ($name in 'Module', 'HttpClient') {
                $run = Measure-Program (@(Get-PowerShellCommand) + @('-File', (Join-Path $benchmarks "Scripts/$name.ps1"))) -Environment $environment
                $times[$name] += $run.Wall
                $counts += [int]$run.Output
            }
        }
        @($counts | Sort-Object -Unique) | Should -HaveCount 1
        $counts[0] | Should -BeGreaterThan 0
        ($times.Module | Measure-Object -Minimum).Minimum / ($times.HttpClient | Measure-Object -Minimum).Minimum | Should -BeLessThan 2
    }
}

Describe 'Get-FwDpoJob -All -AsPage' {
    It 'allocates less than 1.6 times the bytes of a bare loop over plain models' {
        $runs = Measure-Alternating -Rounds 3 -Contender ([ordered]@{
                Module = { Get-FwDpoJob -All -AsPage }
                BareLoop = { foreach ($job in [Fireworks.DpoJobs.Benchmarks.Baseline.BareLoop]::Read($listAddress, $env:FIREWORKS_API_KEY)) { $null = $job } }
            })
        (Measure-Spread $runs.Module.Allocated).Median / (Measure-Spread $runs.BareLoop.Allocated).Median | Should -BeLessThan 1.6
    }
}

Describe 'Get-FwDpoJob -All with Select-Object -First 1' {
    It 'makes at most two list requests' {
        Reset-Emulator $emulator
        $null = Get-FwDpoJob -All | Select-Object -First 1
        @(Get-EmulatorRequest $emulator).Count | Should -BeLessOrEqual 2
    }

    It 'can abandon the page that is read ahead 100 times' {
        # In a separate process, because a failure while decompressing would end the process.
        $run = Invoke-PowerShell '1..100 | ForEach-Object { Get-FwDpoJob -All | Select-Object -First 1 } | Measure-Object | ForEach-Object Count'
        $run.ExitCode | Should -Be 0
        $run.Output.Trim() | Should -Be '100'
    }
}

Describe 'Get-FwDpoJob -All with 50 ms of latency per page' {
    It 'takes less than twice the sum of the latencies' {
        $slow = Start-Emulator emulate, --jobs, 2000, --latency, 50ms, --now, 2026-11-01T00:00:00Z
        try {
            $best = (1..3 | ForEach-Object { (Measure-Run (Get-Contender).Module).Wall } | Measure-Object -Minimum).Minimum
            $best | Should -BeLessThan (2 * 10 * 50)
        }
        finally { Stop-Emulator $slow }
    }
}
