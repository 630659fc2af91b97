# Pages that each take 50 ms to come: a chain cannot be faster than their sum, several side by side can.
param($Options)

$pages = $Options.LatencyPages
$emulator = Start-Emulator emulate, --jobs, ($pages * 200), --latency, 50ms, --now, 2026-11-01T00:00:00Z, --cache-pages
try {
    $runs = Invoke-Measurement -Values @{ rounds = $Options.Rounds } -Script {
        Measure-Alternating -Rounds $values.rounds -Contender ([ordered]@{
                Module = (Get-Contender).Module
                BareLoop = (Get-Contender).BareLoop
                SideBySide = { (Get-FwDpoJob -All -ThrottleLimit 8 | Where-Object State -EQ Failed | Measure-Object).Count }
            })
    }
    ConvertTo-BenchmarkRow "latency bound, $pages pages of 50 ms" ms $runs.Module.Wall 'pages x latency' ($pages * 50) Ratio 1.05
    ConvertTo-BenchmarkRow "latency bound, $pages pages of 50 ms" ms $runs.Module.Wall 'bare C# loop' $runs.BareLoop.Wall Ratio
    ConvertTo-BenchmarkRow "$pages pages of 50 ms, -ThrottleLimit 8" ms $runs.SideBySide.Wall 'without it' $runs.Module.Wall Less 4
}
finally { Stop-Emulator $emulator }
