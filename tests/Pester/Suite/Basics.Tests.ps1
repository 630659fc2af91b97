# What every edition must do, in the language of Windows PowerShell 5.1: there this file is the whole suite.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 500, --now, 2026-11-01T00:00:00Z
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'The module' {
    It 'loads the assembly of its edition' {
        $framework = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' }
        $assembly = (Get-Command Get-FwDpoJob).ImplementingType.Assembly
        Split-Path (Split-Path $assembly.Location) -Leaf | Should -Be $framework
    }

    It 'brings the JSON library that it was built with, where there is none' {
        $null = Get-FwDpoJob -First 1
        $base = (Get-Module Fireworks.DpoJobs).ModuleBase
        $own = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { -not $_.IsDynamic -and $_.Location -like "$base*" }
        $names = @($own | ForEach-Object { $_.GetName().Name })
        if ($PSVersionTable.PSEdition -eq 'Core') { $names | Should -Be 'Fireworks.DpoJobs' }
        else { $names | Should -Contain 'System.Text.Json' }
    }
}

Describe 'Jobs' {
    It 'come a page at a time, with a warning that there are more' {
        $jobs = Get-FwDpoJob -WarningVariable warnings -WarningAction SilentlyContinue
        @($jobs).Count | Should -Be 50
        "$warnings" | Should -Match '450 more jobs are available'
    }

    It 'come all, once and in order, with one request at a time or several' {
        $jobs = @(Get-FwDpoJob -All | ForEach-Object Name)
        $jobs.Count | Should -Be 500
        @($jobs | Sort-Object -Unique).Count | Should -Be 500
        @(Get-FwDpoJob -All -PageSize 20 -ThrottleLimit 4 | ForEach-Object Name) -join ' ' | Should -BeExactly ($jobs -join ' ')
    }

    It 'have types' {
        $job = Get-FwDpoJob -First 1 -State Completed
        $job.State | Should -Be 'Completed'
        $job.CreateTime | Should -BeOfType DateTimeOffset
        $job.Duration | Should -BeOfType TimeSpan
        $job.TrainingConfig.Epochs | Should -BeOfType int
    }

    It 'are filtered as Where-Object would' {
        $block = { $_.State -eq 'Failed' -and $_.CreateTime -gt [datetime]'2026-06-01' }
        $expected = Get-FwDpoJob -All | Where-Object $block | ForEach-Object Name
        Get-FwDpoJob -All -Filter $block | ForEach-Object Name | Should -Be $expected
        @(Get-FwDpoJob -All -Filter 'state = JOB_STATE_FAILED').Count | Should -Be @(Get-FwDpoJob -All -State Failed).Count
    }

    It 'are got by id, and one that is missing is one error' {
        $ids = @(Get-FwDpoJob -First 2 | ForEach-Object Id)
        $jobs = $ids[0], 'missing', $ids[1] | Get-FwDpoJob -ErrorAction SilentlyContinue -ErrorVariable failures
        @($jobs | ForEach-Object Id) | Should -Be $ids
        @($failures).Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FwApi.NotFound,*'
    }

    It 'print as a table, and keep their secrets' {
        $text = Get-FwDpoJob -First 3 | Out-String
        $text | Should -Match '(?m)^Id\s+DisplayName\s+State'
        $job = Get-FwDpoJob (Get-FwDpoJob -First 1).Id
        $job | Format-List * | Out-String | Should -Not -Match 'X-Goog-Signature'
        "$($job.TrainerLogsSignedUrl)" | Should -Be '(secret)'
        $job.TrainerLogsSignedUrl.Reveal() | Should -Match '^https://'
    }

    It 'stop when a later command has enough' {
        @(Get-FwDpoJob -All -PageSize 1 | Select-Object -First 3).Count | Should -Be 3
    }
}

Describe 'Connections and help' {
    It 'are made, shown and forgotten' {
        $key = ConvertTo-SecureString fw_basics_key_1234 -AsPlainText -Force
        Connect-FwAccount -ApiKey $key -AccountId acme
        try {
            Get-FwConnection | Out-String | Should -Match '1234'
            Get-FwConnection | Out-String | Should -Not -Match 'fw_basics'
        }
        finally { Disconnect-FwAccount }
    }

    It 'are found' {
        (Get-Help Get-FwDpoJob).Synopsis | Should -Match 'DPO jobs'
        @((Get-Help Get-FwDpoJob -Full).examples.example).Count | Should -BeGreaterThan 4
    }
}
