# Pages with a latency of 50 ms each. Read one after the other, they take at least the sum; read in parallel, they can take less.
param($Options)

$pages = $Options.LatencyPages
$parallel = 8
$emulator = Start-Emulator emulate, --jobs, ($pages * 200), --latency, 50ms, --now, 2026-11-01T00:00:00Z, --cache-pages
try {
    $runs = Invoke-Measurement -Values @{ rounds = $Options.Rounds; first = $pages * 50 } -Script {
        Measure-Alternating -Rounds $values.rounds -Contender ([ordered]@{
                Module = (Get-Contender).Module
                BareLoop = (Get-Contender).BareLoop
                Parallel = { (Get-FwDpoJob -All -ThrottleLimit 8 | Where-Object State -EQ Failed | Measure-Object).Count }
                ParallelByTime = { (Get-FwDpoJob -All -ThrottleLimit 8 -OrderBy CreateTime | Where-Object State -EQ Failed | Measure-Object).Count }
                First = { (Get-FwDpoJob -First $values.first | Measure-Object).Count }
                ParallelFirst = { (Get-FwDpoJob -First $values.first -ThrottleLimit 8 | Measure-Object).Count }
            })
    }
    ConvertTo-BenchmarkRow "latency bound, $pages pages of 50 ms" ms $runs.Module.Wall 'pages x latency' ($pages * 50) Ratio 1.05
    ConvertTo-BenchmarkRow "latency bound, $pages pages of 50 ms" ms $runs.Module.Wall 'bare C# loop' $runs.BareLoop.Wall Ratio
    # The first and the last page are read before the others.
    $share = ([Math]::Ceiling($pages / $parallel) + 2) * 50
    ConvertTo-BenchmarkRow "$pages pages of 50 ms, -ThrottleLimit $parallel" ms $runs.Parallel.Wall 'share of each chain' $share Ratio 1.15
    ConvertTo-BenchmarkRow "$pages pages of 50 ms, -ThrottleLimit $parallel, by CreateTime" ms $runs.ParallelByTime.Wall 'share of each chain' $share Ratio 1.15
    ConvertTo-BenchmarkRow "-First $($pages * 50), -ThrottleLimit $parallel" ms $runs.ParallelFirst.Wall 'without it' $runs.First.Wall Ratio 1
}
finally { Stop-Emulator $emulator }
