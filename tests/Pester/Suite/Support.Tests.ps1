# Each test file can run on its own, in a developer's PowerShell.

BeforeDiscovery {
    $files = Get-ChildItem $PSScriptRoot -Filter *.Tests.ps1 | ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } }
}
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    # The settings of a developer.
    $own = @{ FIREWORKS_API_KEY = 'fw_own'; FIREWORKS_ACCOUNT_ID = 'own'; FIREWORKS_BASE_URL = 'http://127.0.0.1:9'; FIREWORKS_PROFILE = 'own' }
    $environment = $own + @{ FIREWORKS_TEST_ROOT = $null; FIREWORKS_TEST_EMULATOR = $null; PSModulePath = $null; HOME = "$TestDrive" }
    $pester = (Get-Module Pester).Path -replace 'psm1$', 'psd1'
}
AfterAll { Remove-Module Support }

Describe 'A test file' {
    It 'runs on its own, also with a filter for test names, and restores the environment' {
        $run = Invoke-PowerShell -Environment $environment -Script @"
            Import-Module '$pester'
            `$before = [Environment]::GetEnvironmentVariables()
            `$run = Invoke-Pester '$PSScriptRoot/Get.Tests.ps1', '$PSScriptRoot/Cmdlets.Tests.ps1' -FullNameFilter '*accepts a full name', '*approved verb' -PassThru
            `$after = [Environment]::GetEnvironmentVariables()
            `$changed = @(`$before.Keys) + @(`$after.Keys) | Sort-Object -Unique | Where-Object { `$before[`$_] -cne `$after[`$_] }
            "RESULT `$(`$run.PassedCount) passed, `$(`$run.FailedCount) failed, changed: `$changed"
"@
        # One test of Get.Tests.ps1, and one for each cmdlet.
        $count = 1 + (Get-Module Fireworks.DpoJobs -ListAvailable).ExportedCmdlets.Count
        $run.Output | Should -Match "(?m)^RESULT $count passed, 0 failed, changed: \s*$" -Because $run.ErrorOutput
    }

    It 'imports and removes Support.psm1: <Name>' -ForEach $files {
        $text = Get-Content $Path -Raw
        $import = [regex]::Escape('Import-Module (Join-Path $PSScriptRoot ''../Support.psm1'') -Force')
        $text | Should -Match "(?m)^BeforeAll \{\r?\n    $import"
        $text | Should -Match '(?ms)^AfterAll \{([^{}]|\{[^{}]*\})*Remove-Module Support\s+\}'
    }
}

Describe 'Support.psm1' {
    It 'hides the account of the developer' {
        foreach ($name in 'API_KEY', 'ACCOUNT_ID', 'BASE_URL', 'PROFILE') { [Environment]::GetEnvironmentVariable("FIREWORKS_$name") | Should -BeNullOrEmpty }
    }

    It 'finds the staged module first' {
        (Import-Module Fireworks.DpoJobs -PassThru).ModuleBase | Should -Be (Join-Path $env:FIREWORKS_TEST_ROOT out Fireworks.DpoJobs)
    }
}
