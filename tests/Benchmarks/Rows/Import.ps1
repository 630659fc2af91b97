# Import-Module in fresh processes, against a module of one empty cmdlet.
param($Options)

$paths = [ordered]@{
    Module = Join-Path $Options.Root 'out/Fireworks.DpoJobs/Fireworks.DpoJobs.psd1'
    Empty = $Options.EmptyModule
}
$times = @{ Module = @(); Empty = @() }
foreach ($round in 0..$Options.ShortRounds) {
    foreach ($name in $paths.Keys) {
        $run = Invoke-PowerShell '$watch = [Diagnostics.Stopwatch]::StartNew(); Import-Module $env:MODULE; $watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)' -Environment @{ MODULE = $paths[$name] }
        # The first round reads the files from the disk.
        if ($round -gt 0) { $times[$name] += [double]::Parse($run.Output, [cultureinfo]::InvariantCulture) }
    }
}
ConvertTo-BenchmarkRow 'import' ms $times.Module 'module of one empty cmdlet' $times.Empty Ratio 1.5
