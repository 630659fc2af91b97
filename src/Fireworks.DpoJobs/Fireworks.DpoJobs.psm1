# Each edition loads the assembly that is built for it. A conditional RootModule would save about 15 ms, but
# Import-PowerShellDataFile cannot read a manifest with variables or conditions.
# Register-Dependency.ps1 runs only on Windows PowerShell.
$framework = 'net8.0'
if ($PSEdition -ne 'Core') {
    $framework = 'netstandard2.0'
    . "$PSScriptRoot/netstandard2.0/Register-Dependency.ps1"
}
Import-Module "$PSScriptRoot/$framework/Fireworks.DpoJobs.dll"
