# Windows PowerShell and PowerShell 7 each load the assembly that is built for them. Full .NET paths only: a cmdlet of
# another module here would load that module at every import.
if ($PSEdition -eq 'Core') {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, 'net8.0', 'Fireworks.DpoJobs.dll'))
}
else {
    $path = [System.IO.Path]::Combine($PSScriptRoot, 'netstandard2.0', 'Fireworks.DpoJobs.dll')
    $resolver = [System.Reflection.Assembly]::LoadFrom($path).GetType('Fireworks.DpoJobs.Loading.DependencyResolver')
    [void]$resolver.GetMethod('Register').Invoke($null, $null)
    Import-Module $path
}
