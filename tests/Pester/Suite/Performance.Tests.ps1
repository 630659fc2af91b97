# What the benchmarks measure (build.ps1 -Task Bench), small and with slack: a regression to twice the cost is noticed.
# Bytes and requests are compared where they can be, since other tests run beside this one.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    $benchmarks = Join-Path $env:FIREWORKS_TEST_ROOT 'tests/Benchmarks'
    Import-Module (Join-Path $benchmarks 'Measure.psm1') -Force
    # Built as the emulator is.
    $configuration = ($env:FIREWORKS_TEST_EMULATOR -split '[\\/]')[-3]
    $env:FIREWORKS_BENCHMARK_BASELINE = Join-Path $benchmarks "bin/$configuration/net8.0/Fireworks.DpoJobs.Benchmarks.dll"
    $emulator = Start-Emulator emulate, --jobs, 4000, --now, 2026-11-01T00:00:00Z, --cache-pages
    . (Join-Path $benchmarks 'Contenders.ps1')
}

AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'Every job of 20 pages' {
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

    It 'is counted alike in all three ways' {
        @($runs.Keys | ForEach-Object { $runs[$_].Result } | Sort-Object -Unique) | Should -HaveCount 1
    }

    It 'allocates far less than an Invoke-RestMethod loop' {
        $median.RestMethod.Allocated / $median.Module.Allocated | Should -BeGreaterThan 3.5
    }

    It 'allocates little more than a bare loop' {
        $median.Module.Allocated / $median.BareLoop.Allocated | Should -BeLessThan 1.8
    }

    It 'takes far less CPU than an Invoke-RestMethod loop' {
        $median.RestMethod.Cpu / $median.Module.Cpu | Should -BeGreaterThan 3
    }
}

Describe 'Pages of jobs' {
    It 'allocate little more than plain models do' {
        $runs = Measure-Alternating -Rounds 3 -Contender ([ordered]@{
                Module = { Get-FwDpoJob -All -AsPage }
                BareLoop = { foreach ($job in [Fireworks.DpoJobs.Benchmarks.Baseline.BareLoop]::Read($listAddress, $env:FIREWORKS_API_KEY)) { $null = $job } }
            })
        (Measure-Spread $runs.Module.Allocated).Median / (Measure-Spread $runs.BareLoop.Allocated).Median | Should -BeLessThan 1.6
    }
}

Describe 'A pipeline that has enough' {
    It 'costs at most two list requests' {
        Reset-Emulator $emulator
        $null = Get-FwDpoJob -All | Select-Object -First 1
        @(Get-EmulatorRequest $emulator).Count | Should -BeLessOrEqual 2
    }

    It 'can leave the page ahead while it is decompressed, a hundred times' {
        # In a process of its own: what goes wrong there ends the process.
        $run = Invoke-PowerShell '1..100 | ForEach-Object { Get-FwDpoJob -All | Select-Object -First 1 } | Measure-Object | ForEach-Object Count'
        $run.ExitCode | Should -Be 0
        $run.Output.Trim() | Should -Be '100'
    }
}

Describe 'Pages that take 50 ms each' {
    It 'take little more than their sum' {
        $slow = Start-Emulator emulate, --jobs, 2000, --latency, 50ms, --now, 2026-11-01T00:00:00Z
        try {
            $best = (1..3 | ForEach-Object { (Measure-Run (Get-Contender).Module).Wall } | Measure-Object -Minimum).Minimum
            $best | Should -BeLessThan (2 * 10 * 50)
        }
        finally { Stop-Emulator $slow }
    }
}
