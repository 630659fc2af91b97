# Each edition loads the assembly that is built for it. Every type name and command here is paid for at every import:
# what Windows PowerShell needs on top stands in a file that only it reads.
$framework = 'net8.0'
if ($PSEdition -ne 'Core') {
    $framework = 'netstandard2.0'
    . "$PSScriptRoot/netstandard2.0/Register-Dependency.ps1"
}
Import-Module "$PSScriptRoot/$framework/Fireworks.DpoJobs.dll"
