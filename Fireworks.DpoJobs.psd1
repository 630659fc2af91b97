@{
    RootModule             = 'Fireworks.DpoJobs.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = '728e4196-e88f-42c9-be6a-1c9a518bfbd5'
    Author                 = 'The Fireworks.DpoJobs authors'
    CompanyName            = 'The Fireworks.DpoJobs authors'
    Copyright              = '(c) 2026 The Fireworks.DpoJobs authors. MIT License.'
    Description            = 'Lists, filters, creates, waits for, stops, resumes and removes the DPO (preference fine-tuning) jobs of a Fireworks.ai account. Reads and saves their metrics and trainer logs, draws charts in the terminal, and writes HTML reports.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Core', 'Desktop')
    FormatsToProcess       = @('format.ps1xml')
    TypesToProcess         = @('Fireworks.DpoJobs.types.ps1xml')
    CmdletsToExport        = @(
        'Connect-FwAccount', 'Disconnect-FwAccount', 'Export-FwDpoJobReport', 'Get-FwConnection', 'Get-FwDpoJob', 'Get-FwDpoJobLog',
        'Get-FwDpoJobMetric', 'New-FwDpoJob', 'Remove-FwDpoJob', 'Resume-FwDpoJob', 'Save-FwDpoJobLog', 'Save-FwDpoJobMetric',
        'Show-FwDpoJobMetric', 'Stop-FwDpoJob', 'Wait-FwDpoJob'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @(
                'Fireworks', 'FireworksAI', 'DPO', 'fine-tuning', 'LLM', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS'
            )
            LicenseUri   = 'https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/LICENSE'
            ProjectUri   = 'https://github.com/fireworks-dpojobs/Fireworks.DpoJobs'
            IconUri      = 'https://raw.githubusercontent.com/fireworks-dpojobs/Fireworks.DpoJobs/main/.github/images/icon.png'
            ReleaseNotes = 'First release: DPO jobs, their metrics, logs and charts, and HTML reports. See https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/CHANGELOG.md'
        }
    }
}
