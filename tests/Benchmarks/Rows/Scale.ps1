# The peak memory of a listing, in separate processes. It must not grow with the number of jobs in the account.
param($Options)

$peaks = foreach ($jobs in $Options.ScaleJobs) {
    $emulator = Start-Emulator emulate, --jobs, $jobs, --now, 2026-11-01T00:00:00Z
    try {
        $values = 1..$Options.ScaleRounds | ForEach-Object { (Invoke-Measurement -Script { $null = & (Get-Contender).Module; Measure-Peak }) / 1MB }
        , @($values)
    }
    finally { Stop-Emulator $emulator }
}
ConvertTo-BenchmarkRow "peak memory, $($Options.ScaleJobs[1]) jobs" MB $peaks[1] "$($Options.ScaleJobs[0]) jobs" $peaks[0] Difference 20
