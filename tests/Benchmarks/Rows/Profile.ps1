# Where the time of a script that runs once goes: the scripts with 1,000 jobs, run twice in one new process.
param($Options)

$scripts = Join-Path $Options.Root 'tests/Benchmarks/Scripts'
# A cmdlet of PowerShell would load its module, and that time would count.
$profiler = @'
    function Measure-Part([string] $File) {
        $block = [scriptblock]::Create([System.IO.File]::ReadAllText($File))
        foreach ($run in 'First', 'Second') {
            $methods = [System.Runtime.JitInfo]::GetCompiledMethodCount()
            $compilation = [System.Runtime.JitInfo]::GetCompilationTime()
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $null = & $block
            $wall = $watch.Elapsed.TotalMilliseconds
            $compilation = [System.Runtime.JitInfo]::GetCompilationTime() - $compilation
            "$run $($wall.ToString([cultureinfo]::InvariantCulture)) $([System.Runtime.JitInfo]::GetCompiledMethodCount() - $methods) $($compilation.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture))"
        }
    }
'@
$runs = @{}
$emulator = Start-Emulator emulate, --jobs, 1000, --now, 2026-11-01T00:00:00Z, --cache-pages
try {
    foreach ($round in 0..$Options.ShortRounds) {
        foreach ($name in 'Module', 'HttpClient') {
            $file = Join-Path $scripts "$name.ps1"
            $run = Invoke-PowerShell "$profiler; Measure-Part '$file'" -Environment @{ LIST_ADDRESS = "$($emulator.Address)v1/accounts/acme/dpoJobs?pageSize=200" }
            # The first round is not counted, because it reads the files from disk.
            if ($round -eq 0) { continue }
            foreach ($line in $run.Output.Trim() -split '\r?\n') {
                $part, $values = $line -split ' '
                $runs["$name $part"] += , [double[]]$values
            }
        }
    }
}
finally { Stop-Emulator $emulator }

foreach ($part in 'First', 'Second') {
    $own, $other = $runs["Module $part"], $runs["HttpClient $part"]
    $label = "1,000 jobs, $($part.ToLowerInvariant()) time in a process"
    ConvertTo-BenchmarkRow "${label}: wall" ms $own.ForEach{ $_[0] } 'HttpClient and JsonDocument' $other.ForEach{ $_[0] } Ratio
    ConvertTo-BenchmarkRow "${label}: methods compiled" methods $own.ForEach{ $_[1] } 'HttpClient and JsonDocument' $other.ForEach{ $_[1] } Ratio
    ConvertTo-BenchmarkRow "${label}: compilation" ms $own.ForEach{ $_[2] } 'HttpClient and JsonDocument' $other.ForEach{ $_[2] } Ratio
}
