<#
.SYNOPSIS
    Shows the main commands of the module on a made-up account.
#>
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [string] $Address
)

$ErrorActionPreference = 'Stop'
$env:FIREWORKS_BASE_URL = $Address
$env:FIREWORKS_API_KEY = 'fw_demo'
$env:FIREWORKS_ACCOUNT_ID = $null
Import-Module $ModulePath

$commands = @(
    { Get-FwDpoJob -First 12 -OrderBy 'CreateTime desc' }
    { Get-FwDpoJob -All | Where-Object State -EQ Failed | Group-Object { $_.Status.CodeText } -NoElement | Sort-Object Count -Descending }
    { Get-FwDpoJob -Filter 'state = JOB_STATE_FAILED' -First 1 | Format-List }
)
foreach ($command in $commands) {
    "PS> $("$command".Trim())"
    & $command | Out-Host
}
