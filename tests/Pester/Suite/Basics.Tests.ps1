# The behaviour that all editions share. This is the only file that runs in Windows PowerShell 5.1, so it uses that syntax.

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

    It 'loads its own JSON library in Windows PowerShell only' {
        $null = Get-FwDpoJob -First 1
        $base = (Get-Module Fireworks.DpoJobs).ModuleBase
        $own = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { -not $_.IsDynamic -and $_.Location -like "$base*" }
        $names = @($own | ForEach-Object { $_.GetName().Name })
        if ($PSVersionTable.PSEdition -eq 'Core') { $names | Should -Be 'Fireworks.DpoJobs' }
        else { $names | Should -Contain 'System.Text.Json' }
    }
}

Describe 'Get-FwDpoJob' {
    It 'returns one page, with a warning that more jobs are available' {
        $jobs = Get-FwDpoJob -WarningVariable warnings -WarningAction SilentlyContinue
        @($jobs).Count | Should -Be 50
        "$warnings" | Should -Match '450 more jobs are available'
    }

    It 'returns all jobs once and in order, sequentially or in parallel' {
        $jobs = @(Get-FwDpoJob -All | ForEach-Object Name)
        $jobs.Count | Should -Be 500
        @($jobs | Sort-Object -Unique).Count | Should -Be 500
        @(Get-FwDpoJob -All -PageSize 20 -ThrottleLimit 4 | ForEach-Object Name) -join ' ' | Should -BeExactly ($jobs -join ' ')
    }

    It 'returns typed properties' {
        $job = Get-FwDpoJob -First 1 -State Completed
        $job.State | Should -Be 'Completed'
        $job.CreateTime | Should -BeOfType DateTimeOffset
        $job.Duration | Should -BeOfType TimeSpan
        $job.TrainingConfig.Epochs | Should -BeOfType int
    }

    It 'filters like Where-Object' {
        $block = { $_.State -eq 'Failed' -and $_.CreateTime -gt [datetime]'2026-06-01' }
        $expected = Get-FwDpoJob -All | Where-Object $block | ForEach-Object Name
        Get-FwDpoJob -All -Filter $block | ForEach-Object Name | Should -Be $expected
        @(Get-FwDpoJob -All -Filter 'state = JOB_STATE_FAILED').Count | Should -Be @(Get-FwDpoJob -All -State Failed).Count
    }

    It 'returns jobs by id, with one error for a missing job' {
        $ids = @(Get-FwDpoJob -First 2 | ForEach-Object Id)
        $jobs = $ids[0], 'missing', $ids[1] | Get-FwDpoJob -ErrorAction SilentlyContinue -ErrorVariable failures
        @($jobs | ForEach-Object Id) | Should -Be $ids
        @($failures).Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FwApi.NotFound,*'
    }

    It 'prints jobs as a table, without secrets' {
        $text = Get-FwDpoJob -First 3 | Out-String
        $text | Should -Match '(?m)^Id\s+DisplayName\s+State'
        $job = Get-FwDpoJob (Get-FwDpoJob -First 1).Id
        $job | Format-List * | Out-String | Should -Not -Match 'X-Goog-Signature'
        "$($job.TrainerLogsSignedUrl)" | Should -Be '(secret)'
        $job.TrainerLogsSignedUrl.Reveal() | Should -Match '^http://127.0.0.1:\d+/'
    }

    It 'stops when Select-Object -First has enough jobs' {
        @(Get-FwDpoJob -All -PageSize 1 | Select-Object -First 3).Count | Should -Be 3
    }
}

Describe 'Get-FwConnection' {
    It 'shows the connection of Connect-FwAccount without the key' {
        $key = ConvertTo-SecureString fw_basics_key_1234 -AsPlainText -Force
        Connect-FwAccount -ApiKey $key -AccountId acme
        try {
            Get-FwConnection | Out-String | Should -Match '1234'
            Get-FwConnection | Out-String | Should -Not -Match 'fw_basics'
        }
        finally { Disconnect-FwAccount }
    }
}

Describe 'Get-Help' {
    It 'finds the synopsis and examples of Get-FwDpoJob' {
        (Get-Help Get-FwDpoJob).Synopsis | Should -Match 'DPO jobs'
        @((Get-Help Get-FwDpoJob -Full).examples.example).Count | Should -BeGreaterThan 4
    }
}
