# Windows PowerShell and PowerShell 7 each load the assembly built for them. Full .NET paths only: a cmdlet of
# another module here would load that module at every import.
$framework = if ($PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' }
Import-Module ([System.IO.Path]::Combine($PSScriptRoot, $framework, 'Fireworks.DpoJobs.dll'))
