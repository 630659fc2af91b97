# Pages that each take 50 ms to come: a chain cannot be faster than their sum.
param($Options)

$pages = $Options.LatencyPages
$emulator = Start-Emulator emulate, --jobs, ($pages * 200), --latency, 50ms, --now, 2026-11-01T00:00:00Z, --cache-pages
try {
    $runs = Invoke-Measurement -Values @{ rounds = $Options.Rounds } -Script {
        Measure-Alternating ([ordered]@{ Module = (Get-Contender).Module; BareLoop = (Get-Contender).BareLoop }) -Rounds $values.rounds
    }
    ConvertTo-BenchmarkRow "latency bound, $pages pages of 50 ms" ms $runs.Module.Wall 'pages x latency' ($pages * 50) Ratio 1.05
    ConvertTo-BenchmarkRow "latency bound, $pages pages of 50 ms" ms $runs.Module.Wall 'bare C# loop' $runs.BareLoop.Wall Ratio
}
finally { Stop-Emulator $emulator }
