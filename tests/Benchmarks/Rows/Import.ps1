# The time of Import-Module in new processes, compared with a module with one empty cmdlet.
param($Options)

$folder = New-Item (Join-Path $Options.Root 'out/EmptyModule') -ItemType Directory -Force
$empty = Join-Path $folder 'EmptyModule.psd1'
Set-Content $empty "@{ RootModule = 'EmptyModule.dll'; ModuleVersion = '0.1.0'; CmdletsToExport = @('Get-Nothing'); FunctionsToExport = @(); AliasesToExport = @(); VariablesToExport = @() }"
Add-Type -OutputAssembly (Join-Path $folder 'EmptyModule.dll') -TypeDefinition '[System.Management.Automation.Cmdlet("Get", "Nothing")] public sealed class GetNothingCommand : System.Management.Automation.PSCmdlet { }'

$paths = [ordered]@{
    Module = Join-Path $Options.Root 'out/Fireworks.DpoJobs/Fireworks.DpoJobs.psd1'
    Empty = $empty
}
$times = @{ Module = @(); Empty = @() }
foreach ($round in 0..$Options.ShortRounds) {
    foreach ($name in $paths.Keys) {
        $run = Invoke-PowerShell '$watch = [Diagnostics.Stopwatch]::StartNew(); Import-Module $env:MODULE; $watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)' -Environment @{ MODULE = $paths[$name] }
        # The first round is not counted, because it reads the files from disk.
        if ($round -gt 0) { $times[$name] += [double]::Parse($run.Output, [cultureinfo]::InvariantCulture) }
    }
}
ConvertTo-BenchmarkRow 'import' ms $times.Module 'module with one empty cmdlet' $times.Empty Difference 20
