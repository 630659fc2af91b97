# Pages with a latency of 50 ms each. Read one after the other, they take at least the sum; read in parallel, they can take less.
param($Options)

$pages = $Options.LatencyPages
$emulator = Start-Emulator emulate, --jobs, ($pages * 200), --latency, 50ms, --now, 2026-11-01T00:00:00Z, --cache-pages
try {
    $runs = Invoke-Measurement -Values @{ rounds = $Options.Rounds } -Script {
        Measure-Alternating -Rounds $values.rounds -Contender ([ordered]@{
                Module = (Get-Contender).Module
                BareLoop = (Get-Contender).BareLoop
                Parallel = { (Get-FwDpoJob -All -ThrottleLimit 8 | Where-Object State -EQ Failed | Measure-Object).Count }
            })
    }
    ConvertTo-BenchmarkRow "latency bound, $pages pages of 50 ms" ms $runs.Module.Wall 'pages x latency' ($pages * 50) Ratio 1.05
    ConvertTo-BenchmarkRow "latency bound, $pages pages of 50 ms" ms $runs.Module.Wall 'bare C# loop' $runs.BareLoop.Wall Ratio
    ConvertTo-BenchmarkRow "$pages pages of 50 ms, -ThrottleLimit 8" ms $runs.Parallel.Wall 'without it' $runs.Module.Wall Less 4
}
finally { Stop-Emulator $emulator }
