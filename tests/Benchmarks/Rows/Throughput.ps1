# All jobs of an account through Where-Object, compared with an Invoke-RestMethod loop and a bare C# loop that
# reads a page ahead, after a warm-up.
param($Options)

foreach ($jobs in $Options.Jobs) {
    $emulator = Start-Emulator emulate, --jobs, $jobs, --now, 2026-11-01T00:00:00Z, --cache-pages
    try {
        # The Invoke-RestMethod loop would take minutes for the large account, so only the bare loop is compared.
        $names = if ($jobs -eq $Options.Jobs[0]) { 'Module', 'BareLoop', 'RestMethod' } else { 'Module', 'BareLoop' }
        $runs = Invoke-Measurement -Values @{ names = $names; rounds = $Options.Rounds } -Script {
            $chosen = [ordered]@{}
            foreach ($name in $values.names) { $chosen[$name] = (Get-Contender)[$name] }
            if ($values.names -contains 'RestMethod') {
                # What only the module allocates: Where-Object allocates more than the module for each job that reaches it.
                $chosen.State = { (Get-FwDpoJob -All -State Failed | Measure-Object).Count }
                $chosen.OutNull = { Get-FwDpoJob -All | Out-Null }
                $chosen.RestMethodOutNull = { Get-JobByRestMethod | Out-Null }
            }
            Measure-Alternating $chosen -Rounds $values.rounds -Warm 2
        }
        if (@($names | ForEach-Object { $runs.$_.Result } | Sort-Object -Unique).Count -ne 1) { throw 'The contenders disagree.' }
        $peaks = @{}
        foreach ($name in $names) {
            $peaks[$name] = Invoke-Measurement -Values @{ name = $name } -Script { $null = & (Get-Contender)[$values.name]; Measure-Peak }
        }

        $millions = @{}
        foreach ($name in $runs.PSObject.Properties.Name) { $millions[$name] = $runs.$name.Allocated | ForEach-Object { $_ / 1MB } }
        if ($names -contains 'RestMethod') {
            $against = 'Invoke-RestMethod loop'
            ConvertTo-BenchmarkRow "throughput, $jobs jobs: wall" ms $runs.Module.Wall $against $runs.RestMethod.Wall Less 6
            ConvertTo-BenchmarkRow "throughput, $jobs jobs: CPU" ms $runs.Module.Cpu $against $runs.RestMethod.Cpu Less 8
            ConvertTo-BenchmarkRow "throughput, $jobs jobs: allocated" MB $millions.Module $against $millions.RestMethod Less
            ConvertTo-BenchmarkRow "throughput, $jobs jobs, -State Failed: allocated" MB $millions.State $against $millions.RestMethod Less 30
            ConvertTo-BenchmarkRow "throughput, $jobs jobs, Out-Null: allocated" MB $millions.OutNull $against $millions.RestMethodOutNull Less 20
            ConvertTo-BenchmarkRow "throughput, $jobs jobs: peak memory" MB ($peaks.Module / 1MB) $against ($peaks.RestMethod / 1MB) Less
        }
        $against = 'bare C# loop'
        ConvertTo-BenchmarkRow "throughput, $jobs jobs: wall" ms $runs.Module.Wall $against $runs.BareLoop.Wall Ratio 1
        ConvertTo-BenchmarkRow "throughput, $jobs jobs: CPU" ms $runs.Module.Cpu $against $runs.BareLoop.Cpu Ratio
        ConvertTo-BenchmarkRow "throughput, $jobs jobs: allocated" MB $millions.Module $against $millions.BareLoop Ratio
        ConvertTo-BenchmarkRow "throughput, $jobs jobs: peak memory" MB ($peaks.Module / 1MB) $against ($peaks.BareLoop / 1MB) Ratio
    }
    finally { Stop-Emulator $emulator }
}
