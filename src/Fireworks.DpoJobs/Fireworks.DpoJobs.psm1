# Each edition loads the assembly that is built for it. A RootModule that asks for $PSEdition would spare the import this
# file, some 15 ms, but Import-PowerShellDataFile does not read a manifest with variables or conditions.
# What Windows PowerShell needs on top stands in a file that only it reads.
$framework = 'net8.0'
if ($PSEdition -ne 'Core') {
    $framework = 'netstandard2.0'
    . "$PSScriptRoot/netstandard2.0/Register-Dependency.ps1"
}
Import-Module "$PSScriptRoot/$framework/Fireworks.DpoJobs.dll"
