<#
.SYNOPSIS
    Puts a package where the suite finds the module: in out/Fireworks.DpoJobs, in place of what was built there.
.PARAMETER Path
    The nupkg file.
#>
[CmdletBinding()]
param([Parameter(Mandatory)] [string] $Path)

$ErrorActionPreference = 'Stop'
$folder = Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'out/Fireworks.DpoJobs'
if (Test-Path $folder) { Remove-Item $folder -Recurse -Force }
Add-Type -AssemblyName System.IO.Compression.FileSystem
[System.IO.Compression.ZipFile]::ExtractToDirectory((Resolve-Path $Path).ProviderPath, $folder)
# A gallery client leaves out the container's own files too.
Get-ChildItem -LiteralPath $folder | Where-Object { $_.Name -in '_rels', 'package', '[Content_Types].xml' -or $_.Extension -eq '.nuspec' } | Remove-Item -Recurse -Force
