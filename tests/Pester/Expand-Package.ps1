<#
.SYNOPSIS
    Expands a package to out/Fireworks.DpoJobs, so that the suite tests the package instead of the build output.
.PARAMETER Path
    The path of the nupkg file.
#>
[CmdletBinding()]
param([Parameter(Mandatory)] [string] $Path)

$ErrorActionPreference = 'Stop'
$folder = Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'out/Fireworks.DpoJobs'
if (Test-Path $folder) { Remove-Item $folder -Recurse -Force }
Add-Type -AssemblyName System.IO.Compression.FileSystem
[System.IO.Compression.ZipFile]::ExtractToDirectory((Resolve-Path $Path).ProviderPath, $folder)
# Gallery clients omit the files of the container too.
Get-ChildItem -LiteralPath $folder | Where-Object { $_.Name -in '_rels', 'package', '[Content_Types].xml' -or $_.Extension -eq '.nuspec' } | Remove-Item -Recurse -Force
