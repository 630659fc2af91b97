# Jobs that are deleted or cancelled, before and during a listing.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs

    function Remove-TestJob($Job) {
        $null = Invoke-RestMethod "$($env:FIREWORKS_BASE_URL.TrimEnd('/'))/v1/$($Job.Name)" -Method Delete -Headers @{ Authorization = 'Bearer fw_test' }
    }
    function Stop-TestJob($Job) {
        $null = Invoke-RestMethod "$($env:FIREWORKS_BASE_URL.TrimEnd('/'))/v1/$($Job.Name):cancel" -Method Post -Body '{}' `
            -ContentType 'application/json' -Headers @{ Authorization = 'Bearer fw_test' }
    }
}
AfterAll { Remove-Module Support }

Describe 'Deleted jobs' {
    BeforeAll {
        $emulator = Start-Emulator emulate, --jobs, 450, --now, 2026-11-01T00:00:00Z
        $allJobs = Get-FwDpoJob -All
        $failed = @($allJobs | Where-Object State -EQ Failed)
        $gone = $allJobs[3, 100, 449] + $failed[0]
        foreach ($job in $gone) { Remove-TestJob $job }
    }
    AfterAll { Stop-Emulator $emulator }
    BeforeEach { Reset-Emulator $emulator }

    It 'are not listed by default' {
        (Get-FwDpoJob -All).Name | Should -Be ($allJobs.Name | Where-Object { $_ -notin $gone.Name })
    }

    It 'are listed with -IncludeArchived' {
        $jobs = Get-FwDpoJob -All -IncludeArchived
        $jobs.Name | Should -Be $allJobs.Name
        ($jobs | Where-Object State -EQ Archived).Name | Should -Be ($gone.Name | Sort-Object { $allJobs.Name.IndexOf($_) })
        Get-EmulatorRequest $emulator | ForEach-Object { $_.Query.includeArchived } | Select-Object -Unique | Should -Be 'true'
    }

    It 'are found with -State Archived, which is matched locally' {
        (Get-FwDpoJob -All -State Archived).Name | Should -Be ((Get-FwDpoJob -All -IncludeArchived | Where-Object State -EQ Archived).Name)
        (Get-FwDpoJob -All -State Failed, Archived).Count | Should -Be ($failed.Count - 1 + $gone.Count)
        (Get-FwDpoJob -First 2 -State Archived).Count | Should -Be 2
        @(Get-EmulatorRequest $emulator | Where-Object { $_.Query['filter'] }) | Should -HaveCount 0
    }

    It 'are found with -State Deleted too, although the service shows them as Archived' {
        $jobs = Get-FwDpoJob -All -State Deleted
        $jobs.Name | Should -Be (Get-FwDpoJob -All -State Archived).Name
        $jobs.State | Select-Object -Unique | Should -Be 'Archived'
        (Get-FwDpoJob -All -State Deleted, Failed).Count | Should -Be ($failed.Count - 1 + $gone.Count)
    }

    It 'are found with the script block <Block>' -ForEach @(
        @{ Block = { $_.State -eq 'Archived' } }
        @{ Block = { $_.State -ne 'Deleted' } }
        @{ Block = { $_.IsFinished -and $_.TrainingConfig.Epochs -gt 1 } }
        @{ Block = { -not $_.IsFinished } }
        @{ Block = { $_.State -in 'Failed', 'Archived' } }
    ) {
        $expected = @(Get-FwDpoJob -All -IncludeArchived | Where-Object $Block).Name
        @(Get-FwDpoJob -All -IncludeArchived -Filter $Block).Name | Should -Be $expected
    }

    It 'are found with a string filter on the state that the service stores' {
        $jobs = Get-FwDpoJob -All -IncludeArchived -Filter 'state = JOB_STATE_DELETED' -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $jobs.Name | Should -Be (Get-FwDpoJob -All -State Archived).Name
    }

    It 'can be requested by id' {
        (Get-FwDpoJob $gone[0].Name).State | Should -Be 'Archived'
    }
}

Describe 'A listing whose jobs are removed by its own pipeline (<Name>)' -ForEach @(
    @{ Name = 'opaque page tokens'; Option = @() }
    @{ Name = 'page numbers'; Option = '--page-numbers' }
) {
    BeforeEach {
        $emulator = Start-Emulator (@('emulate', '--jobs', '600', '--now', '2026-11-01T00:00:00Z') + $Option)
        $allJobs = Get-FwDpoJob -All
    }
    AfterEach { Stop-Emulator $emulator }

    It 'reaches all jobs' {
        $names = Get-FwDpoJob -All -WarningVariable warnings | ForEach-Object { Remove-TestJob $_; $_.Name }
        $names | Should -Be $allJobs.Name
        Get-FwDpoJob -All | Should -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
    }

    It 'reaches all jobs of a state' {
        $expected = ($allJobs | Where-Object State -EQ Completed).Name
        $names = Get-FwDpoJob -All -State Completed -PageSize 50 -WarningVariable warnings | ForEach-Object { Remove-TestJob $_; $_.Name }
        $names | Should -Be $expected
        $warnings | Should -BeNullOrEmpty
    }

    It 'reaches all running jobs when they are cancelled' {
        $expected = ($allJobs | Where-Object State -EQ Running).Name
        $names = Get-FwDpoJob -All -State Running -PageSize 5 -WarningVariable warnings | ForEach-Object { Stop-TestJob $_; $_.Name }
        $names | Should -Be $expected
        Get-FwDpoJob -All -State Running | Should -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
    }

    It 'reaches all jobs with -ThrottleLimit' {
        $names = Get-FwDpoJob -All -ThrottleLimit 4 -PageSize 20 -WarningAction SilentlyContinue | ForEach-Object { Remove-TestJob $_; $_.Name }
        $names | Should -Be $allJobs.Name
        Get-FwDpoJob -All | Should -BeNullOrEmpty
    }

    It 'reaches all jobs when they are collected first' {
        @(Get-FwDpoJob -All) | ForEach-Object { Remove-TestJob $_ }
        Get-FwDpoJob -All | Should -BeNullOrEmpty
    }
}

Describe 'A listing without a total' {
    BeforeAll { $emulator = Start-Emulator emulate, --jobs, 600, --no-total }
    AfterAll { Stop-Emulator $emulator }

    It 'warns once at the end that jobs may have been skipped, with the number of jobs' {
        $jobs = Get-FwDpoJob -All -WarningVariable warnings -WarningAction SilentlyContinue
        $jobs | Should -HaveCount 600
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match '^600 jobs were returned, but others may have been skipped: .*@\(Get-FwDpoJob'
    }

    It 'does not warn about a single page' {
        $null = Get-FwDpoJob -All -State Paused -WarningVariable warnings
        $null = Get-FwDpoJob -First 3 -WarningVariable +warnings
        $warnings | Should -BeNullOrEmpty
    }
}
