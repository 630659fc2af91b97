# Functions that measure, and that combine measurements to rows of a table.
Set-StrictMode -Version Latest

function Measure-Run {
    <#
    .SYNOPSIS
        Runs a script block once and measures it.
    .OUTPUTS
        An object with Wall and Cpu (milliseconds, the CPU of the whole process), Allocated (bytes) and Result.
    #>
    param([Parameter(Mandatory)] [scriptblock] $Run)

    [GC]::Collect()
    [GC]::WaitForPendingFinalizers()
    $process = [System.Diagnostics.Process]::GetCurrentProcess()
    $cpu = $process.TotalProcessorTime
    $allocated = [GC]::GetTotalAllocatedBytes($true)
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $result = & $Run
    $wall = $watch.Elapsed.TotalMilliseconds
    $allocated = [GC]::GetTotalAllocatedBytes($true) - $allocated
    $process.Refresh()
    [pscustomobject]@{
        Wall = $wall
        Cpu = ($process.TotalProcessorTime - $cpu).TotalMilliseconds
        Allocated = $allocated
        Result = $result
    }
}

function Measure-Program {
    <#
    .SYNOPSIS
        Runs a program once, from its start to its end, and measures it.
    .PARAMETER Environment
        Environment variables to set.
    .PARAMETER Resource
        Samples the CPU time and the memory while the program runs, which makes Wall less exact.
    .OUTPUTS
        An object with Wall (milliseconds), Output, and with -Resource Cpu (milliseconds) and Peak (bytes of the working set).
    #>
    param(
        [Parameter(Mandatory)] [string[]] $Command,
        [hashtable] $Environment = @{},
        [switch] $Resource
    )

    $start = [System.Diagnostics.ProcessStartInfo]::new($Command[0])
    foreach ($argument in $Command | Select-Object -Skip 1) { $start.ArgumentList.Add($argument) }
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $start.RedirectStandardOutput = $true
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $process = [System.Diagnostics.Process]::Start($start)
    $output = $process.StandardOutput.ReadToEndAsync()
    $cpu = $peak = 0
    while ($Resource -and -not $process.WaitForExit(5)) {
        $process.Refresh()
        # It may have ended since.
        try { $cpu = $process.TotalProcessorTime.TotalMilliseconds; $peak = [Math]::Max($peak, $process.PeakWorkingSet64) } catch { break }
    }
    $process.WaitForExit()
    $wall = $watch.Elapsed.TotalMilliseconds
    if ($process.ExitCode -ne 0) { throw "'$Command' failed with exit code $($process.ExitCode)." }
    [pscustomobject]@{ Wall = $wall; Cpu = $cpu; Peak = $peak; Output = $output.GetAwaiter().GetResult().Trim() }
}

function Measure-Peak {
    <#
    .SYNOPSIS
        Returns the peak working set of this process so far, in bytes.
    #>
    $process = [System.Diagnostics.Process]::GetCurrentProcess()
    $process.PeakWorkingSet64
}

function Measure-Alternating {
    <#
    .SYNOPSIS
        Runs contenders in turn, so that other load on the machine affects all of them.
    .PARAMETER Contender
        An ordered table of script blocks.
    .PARAMETER Warm
        The number of warm-up rounds, which are not counted.
    .OUTPUTS
        A hash table from the name of each contender to its results of Measure-Run.
    #>
    param(
        [Parameter(Mandatory)] [System.Collections.Specialized.OrderedDictionary] $Contender,
        [Parameter(Mandatory)] [int] $Rounds,
        [int] $Warm = 1
    )

    $runs = @{}
    foreach ($name in $Contender.Keys) { $runs[$name] = [System.Collections.Generic.List[object]]::new() }
    for ($round = 1 - $Warm; $round -le $Rounds; $round++) {
        foreach ($name in $Contender.Keys) {
            $run = Measure-Run $Contender[$name]
            if ($round -gt 0) { $runs[$name].Add($run) }
        }
    }
    $runs
}

function Measure-Spread {
    <#
    .SYNOPSIS
        Returns the minimum, median and maximum of numbers.
    #>
    param([Parameter(Mandatory)] [double[]] $Value)

    $sorted = @($Value | Sort-Object)
    $middle = [Math]::Floor($sorted.Count / 2)
    [pscustomobject]@{
        Minimum = $sorted[0]
        Median = if ($sorted.Count % 2) { $sorted[$middle] } else { ($sorted[$middle - 1] + $sorted[$middle]) / 2 }
        Maximum = $sorted[-1]
        Values = $Value
    }
}

function ConvertTo-BenchmarkRow {
    <#
    .SYNOPSIS
        Creates one row of the table: the module, the alternative that it is compared with, and whether the target is reached.
    .PARAMETER Compare
        Less: the alternative divided by the module. Ratio: the module divided by the alternative. Difference: the module minus
        the alternative. Value: the maximum of the module alone.
    #>
    param(
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] [string] $Unit,
        [Parameter(Mandatory)] [double[]] $Module,
        [string] $AgainstName,
        [double[]] $Against,
        [Parameter(Mandatory)] [ValidateSet('Less', 'Ratio', 'Difference', 'Value')] [string] $Compare,
        [double] $Target = [double]::NaN
    )

    $own = Measure-Spread $Module
    $other = if ($Against) { Measure-Spread $Against }
    $figure = switch ($Compare) {
        'Less' { $other.Median / $own.Median }
        'Ratio' { $own.Median / $other.Median }
        'Difference' { $own.Median - $other.Median }
        'Value' { $own.Maximum }
    }
    [pscustomobject]@{
        Name = $Name
        Unit = $Unit
        Module = $own
        AgainstName = $AgainstName
        Against = $other
        Compare = $Compare
        Figure = $figure
        Target = if ([double]::IsNaN($Target)) { $null } else { $Target }
        IsReached = if ([double]::IsNaN($Target)) { $null } elseif ($Compare -eq 'Less') { $figure -ge $Target } else { $figure -le $Target }
    }
}

function Format-Benchmark {
    <#
    .SYNOPSIS
        Formats the rows as a table.
    #>
    param([Parameter(Mandatory)] [object[]] $Row)

    $number = { param($value) if ($value -ge 100) { '{0:N0}' -f $value } elseif ($value -ge 10) { '{0:N1}' -f $value } else { '{0:N2}' -f $value } }
    $spread = { param($value) if ($value) { '{0} ({1}-{2})' -f (& $number $value.Median), (& $number $value.Minimum), (& $number $value.Maximum) } }
    $Row | ForEach-Object {
        $template = switch ($_.Compare) { 'Less' { '{0} x less' } 'Ratio' { '{0} x' } 'Difference' { '+{0}' } 'Value' { '{0}' } }
        $bound = if ($_.Compare -eq 'Less') { '>= ' } else { '<= ' }
        [pscustomobject]@{
            Measurement = $_.Name
            Unit = $_.Unit
            Module = & $spread $_.Module
            Alternative = $_.AgainstName
            AlternativeResult = & $spread $_.Against
            Result = $template -f (& $number $_.Figure)
            Target = if ($null -ne $_.Target) { $bound + (& $number $_.Target) }
            Reached = if ($null -ne $_.IsReached) { if ($_.IsReached) { 'yes' } else { 'NO' } }
        }
    } | Format-Table -AutoSize -Wrap | Out-String -Width 200
}

Export-ModuleMember -Function *
