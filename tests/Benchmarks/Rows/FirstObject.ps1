# The time to the first object, the number of requests when the pipeline stops early, and the time for one job.
param($Options)

$emulator = Start-Emulator emulate, --jobs, 2000, --now, 2026-11-01T00:00:00Z, --cache-pages
try {
    $runs = Invoke-Measurement -Values @{ rounds = $Options.ShortRounds } -Script {
        $id = (Get-FwDpoJob -First 1).Id
        $first = @{ Module = [System.Collections.Generic.List[double]]::new(); BareLoop = [System.Collections.Generic.List[double]]::new() }
        $watch = [System.Diagnostics.Stopwatch]::new()
        $seen = { param($List) process { if ($watch.IsRunning) { $watch.Stop(); $List.Add($watch.Elapsed.TotalMilliseconds) } } }
        $contenders = [ordered]@{
            Module = { $watch.Restart(); Get-FwDpoJob -All | & $seen $first.Module }
            BareLoop = { $watch.Restart(); [Fireworks.DpoJobs.Benchmarks.Baseline.BareLoop]::ReadPage($listAddress, $env:FIREWORKS_API_KEY, '') | & $seen $first.BareLoop }
            Stop = { Get-FwDpoJob -All | Select-Object -First 1 }
            One = { Get-FwDpoJob -Id $id }
            OneByRestMethod = { Invoke-RestMethod "$listAddress/$id" -Headers $headers }
        }
        $runs = Measure-Alternating $contenders -Rounds $values.rounds -Warm 30
        @{
            First = $first.Module.GetRange(30, $values.rounds)
            FirstBare = $first.BareLoop.GetRange(30, $values.rounds)
            Stop = $runs.Stop.Wall
            One = $runs.One.Wall
            OneByRestMethod = $runs.OneByRestMethod.Wall
        }
    }
    ConvertTo-BenchmarkRow 'first object' ms $runs.First 'one bare request' $runs.FirstBare Ratio 1.3
    ConvertTo-BenchmarkRow 'one job by -Id' ms $runs.One 'Invoke-RestMethod' $runs.OneByRestMethod Ratio

    $requests = 1..$Options.Rounds | ForEach-Object {
        Reset-Emulator $emulator
        $null = Get-FwDpoJob -All | Select-Object -First 1
        @(Get-EmulatorRequest $emulator).Count
    }
    ConvertTo-BenchmarkRow 'early stop: time' ms $runs.Stop -Compare Value
    ConvertTo-BenchmarkRow 'early stop: list requests' requests $requests -Compare Value -Target 2
}
finally { Stop-Emulator $emulator }
