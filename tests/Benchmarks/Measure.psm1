# How a figure is taken, and how several become one row.
Set-StrictMode -Version Latest

function Measure-Run {
    <#
    .SYNOPSIS
        Runs a script block once.
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

function Measure-Peak {
    <#
    .SYNOPSIS
        The most memory that this process has held so far, in bytes.
    #>
    $process = [System.Diagnostics.Process]::GetCurrentProcess()
    $process.PeakWorkingSet64
}

function Measure-Alternating {
    <#
    .SYNOPSIS
        Runs contenders in turn, so that what else the machine does meets all of them.
    .PARAMETER Contender
        An ordered table of script blocks.
    .PARAMETER Warm
        Rounds that are not counted.
    .OUTPUTS
        A table: the contender's name, and the results of Measure-Run.
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
        Minimum, median and maximum of numbers.
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
        One line of the table: the module, what it is measured against, and whether the target is reached.
    .PARAMETER Compare
        Less: how many times less the module takes. Ratio: how many times the other's it takes. Difference: by how much it
        is above the other. Value: the module's own figure.
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
        The rows as a table for a person.
    #>
    param([Parameter(Mandatory)] [object[]] $Row)

    $number = { param($value) if ($value -ge 100) { '{0:N0}' -f $value } elseif ($value -ge 10) { '{0:N1}' -f $value } else { '{0:N2}' -f $value } }
    $spread = { param($value) if ($value) { '{0} ({1}-{2})' -f (& $number $value.Median), (& $number $value.Minimum), (& $number $value.Maximum) } }
    $Row | ForEach-Object {
        $template = switch ($_.Compare) { 'Less' { '{0} x less' } 'Ratio' { '{0} x' } 'Difference' { '+{0}' } 'Value' { '{0}' } }
        $bound = if ($_.Compare -eq 'Less') { '>= ' } else { '<= ' }
        [pscustomobject]@{
            What = $_.Name
            Unit = $_.Unit
            Module = & $spread $_.Module
            Against = $_.AgainstName
            Theirs = & $spread $_.Against
            Figure = $template -f (& $number $_.Figure)
            Target = if ($null -ne $_.Target) { $bound + (& $number $_.Target) }
            Reached = if ($null -ne $_.IsReached) { if ($_.IsReached) { 'yes' } else { 'NO' } }
        }
    } | Format-Table -AutoSize -Wrap | Out-String -Width 200
}

Export-ModuleMember -Function *
