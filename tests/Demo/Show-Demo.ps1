<#
.SYNOPSIS
    Demonstrates the main commands of the module on a simulated account.
.PARAMETER Shell
    Lists the commands instead of running them, so that you can try them at the prompt.
#>
param([switch] $Shell)

Import-Module (Join-Path $PSScriptRoot '../../out/Fireworks.DpoJobs/Fireworks.DpoJobs.psd1') -ErrorAction Stop

# In a scope of its own, so that no variable remains at the prompt.
& {
    param([switch] $Shell)

    $commands = @(
        { Get-FwDpoJob -First 12 -OrderBy 'CreateTime desc' }
        { Get-FwDpoJob -All | Where-Object State -EQ Failed | Group-Object { $_.Status.CodeText } -NoElement | Sort-Object Count -Descending }
        { Get-FwDpoJob -Filter 'state = JOB_STATE_FAILED' -First 1 | Format-List }
        { 'ablation-qwen-000220', 'ablation-qwen-000223' | Get-FwDpoJobMetric | Show-FwDpoJobMetric Loss -Smooth 0.9 }
    )
    if ($Shell) {
        'A simulated account of 2,000 DPO jobs. Try these commands, or run Get-Help Get-FwDpoJob. To end the demo, type exit.'
        ''
        $commands | ForEach-Object { "    $("$_".Trim())" }
        ''
        return
    }
    $ErrorActionPreference = 'Stop'
    foreach ($command in $commands) {
        "PS> $("$command".Trim())"
        & $command | Out-Host
    }
} -Shell:$Shell
