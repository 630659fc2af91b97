# PSScriptAnalyzer settings for what ships: the manifest and the scripts of the module. No rule is excluded.
@{
    Rules = @{
        # Register-Dependency.ps1 runs in Windows PowerShell too.
        PSUseCompatibleSyntax = @{
            Enable         = $true
            TargetVersions = @('5.1', '7.4')
        }
    }
}
