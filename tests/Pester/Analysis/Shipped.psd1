# PSScriptAnalyzer on what users get: the manifest and the scripts of the module. No rule is excluded.
@{
    Rules = @{
        # The one script runs in Windows PowerShell too.
        PSUseCompatibleSyntax = @{
            Enable         = $true
            TargetVersions = @('5.1', '7.4')
        }
    }
}
