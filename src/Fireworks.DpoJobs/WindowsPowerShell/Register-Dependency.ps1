# Windows PowerShell only: lets the assembly resolve System.Text.Json before its cmdlets are loaded (DependencyResolver.cs).
$assembly = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot\Fireworks.DpoJobs.dll")
$null = $assembly.GetType('Fireworks.DpoJobs.DependencyResolver').GetMethod('Register').Invoke($null, $null)
