@{
    RootModule        = 'Fireworks.DpoJobs.EmptyModule.dll'
    ModuleVersion     = '0.1.0'
    GUID              = '4c0f9a3f-64d8-4f0a-9a53-0d4b0d2a6d3e'
    CmdletsToExport   = @('Get-Nothing')
    FunctionsToExport = @()
    AliasesToExport   = @()
    VariablesToExport = @()
}
