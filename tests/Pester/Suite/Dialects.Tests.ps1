BeforeDiscovery {
    # How the service may treat filters (the emulator's --dialect), whether that costs warnings, and whether it accepts string filters.
    $dialects = @(
        @{ Dialect = 'bare-enums'; Warns = $false }
        @{ Dialect = 'quoted-enums'; Warns = $false }
        @{ Dialect = 'quoted-enums,core-fields'; Warns = $true }
        @{ Dialect = 'no-enums'; Warns = $true }
        @{ Dialect = 'core-fields'; Warns = $true }
        @{ Dialect = 'old-states,no-exponents'; Warns = $false }
        @{ Dialect = 'rejected-filters'; Warns = $true }
        @{ Dialect = 'unimplemented-filters'; Warns = $true }
        @{ Dialect = 'ignored-filters'; Warns = $true }
        @{ Dialect = 'text-enums'; Warns = $false }
        @{ Dialect = 'short-enums'; Warns = $true }
        @{ Dialect = 'camel-fields'; Warns = $true }
        @{ Dialect = 'silent-fields'; Warns = $true }
        @{ Dialect = 'empty-results'; Warns = $true }
        @{ Dialect = 'microseconds'; Warns = $false }
        @{ Dialect = 'milliseconds'; Warns = $false }
        @{ Dialect = 'seconds'; Warns = $false }
        @{ Dialect = 'hidden-digits'; Warns = $false }
        @{ Dialect = 'microseconds,quoted-enums,no-exponents'; Warns = $false }
    )
}
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    # As at a prompt: a property of an empty result is $null.
    Set-StrictMode -Off
    $emulator = Start-Emulator emulate, --jobs, 400, --cache-pages
    $address = $env:FIREWORKS_BASE_URL
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'A service with the dialect <Dialect>' -ForEach $dialects {
    BeforeAll {
        $env:FIREWORKS_BASE_URL = "$address/dialects/$Dialect"
        $allJobs = @(Get-FwDpoJob -All)
        $middle = $allJobs[200].CreateTime
        $day = $middle.AddDays(-1)
        # Each narrows the jobs by parameters, and the same jobs with Where-Object.
        $listings = @(
            @{ Arguments = @{ State = 'Failed' }; Where = { $_.State -eq 'Failed' } }
            @{ Arguments = @{ State = 'Failed', 'Paused' }; Where = { $_.State -in 'Failed', 'Paused' } }
            @{ Arguments = @{ CreatedAfter = $middle }; Where = { $_.CreateTime -ge $middle } }
            @{ Arguments = @{ CreatedBefore = $middle }; Where = { $_.CreateTime -lt $middle } }
            @{ Arguments = @{ State = 'Completed'; CreatedAfter = $day; CreatedBefore = $middle }
                Where = { $_.State -eq 'Completed' -and $_.CreateTime -ge $day -and $_.CreateTime -lt $middle } }
        ) + @(
            { $_.State -ne 'Completed' }, { $_.State -eq 'Failed' -and $_.LossConfig.Method -eq 'DPO' }, { $_.IsFinished }, { -not $_.IsFinished }
            { $_.CreateTime -eq $middle }, { $_.CreateTime -le $middle }, { $_.CreateTime -in $middle }, { -not ($_.CreateTime -gt $middle) }
            { $_.CreateTime -gt $middle }, { $_.CompletedTime -gt $middle -and $_.State -eq 'Failed' }
            { $_.TrainingConfig.Epochs -gt 2 }, { $_.TrainingConfig.LearningRate -ge 0.00001 }, { $_.TrainingConfig.LearningRate -eq 5e-6 }
            { $_.TrainingConfig.Epochs -gt 2 -and $_.State -eq 'Failed' -and $_.CreateTime -lt $middle }
            { $_.UseReservation }, { $_.Status.Code -eq 'Internal' }, { $_.TrainingConfig.Region -eq 'US_IOWA_1' }
            { $_.TrainingConfig.Epochs -gt 99 }, { $_.State -eq 'Failed' -or $_.State -eq 'Cancelled' }, { $_.State -eq 'Archived' }
        ).ForEach{ @{ Arguments = @{ Filter = $_ }; Where = $_ } }
        $warnings = [System.Collections.Generic.List[string]]::new()
        function Get-Name($Arguments) {
            @(Get-FwDpoJob @Arguments -WarningVariable found -WarningAction SilentlyContinue).Name
            $found.ForEach{ $warnings.Add("$_") }
        }
    }

    It 'returns the same jobs as Where-Object, with few warnings' {
        foreach ($listing in $listings) {
            $expected = @($allJobs | Where-Object $listing.Where).Name
            Get-Name ($listing.Arguments + @{ All = $true }) | Should -Be $expected -Because "$($listing.Where)"
            Get-Name ($listing.Arguments + @{ First = 2 }) | Should -Be @($expected | Select-Object -First 2) -Because "$($listing.Where)"
        }
        if ($Warns) { $warnings.Count | Should -BeIn (1..12) }
        else { $warnings | Should -BeNullOrEmpty }
    }

    It 'causes no warning for the same listings again, and few requests' {
        $warnings.Clear()
        Reset-Emulator $emulator
        foreach ($listing in $listings) { $null = Get-Name ($listing.Arguments + @{ First = 1 }) }
        $warnings | Should -BeNullOrEmpty
        @(Get-EmulatorRequest $emulator | Where-Object Status -NE 200) | Should -BeNullOrEmpty
        @(Get-EmulatorRequest $emulator).Count | Should -BeLessOrEqual (4 * $listings.Count)
    }

    It 'returns the jobs in parallel too' {
        $expected = @($allJobs | Where-Object State -NE 'Completed').Name
        Get-Name @{ All = $true; PageSize = 10; ThrottleLimit = 4; Filter = { $_.State -ne 'Completed' } } | Should -Be $expected
    }

    It 'evaluates a string filter correctly, or reports a problem' {
        $expected = @($allJobs | Where-Object State -EQ 'Failed').Name
        $failure = $null
        $warning = $null
        try { $names = @(Get-FwDpoJob -All -Filter 'state = JOB_STATE_FAILED' -WarningVariable warning -WarningAction SilentlyContinue).Name }
        catch { $failure = $_ }
        if (-not $failure) {
            if ($names) { $names | Should -Be $expected }
            else { "$warning" | Should -Match 'jobs may be missing' }
        }
        if ($Dialect -eq 'text-enums') { "$warning" | Should -Match 'this spelling: state = "JOB_STATE_FAILED"' }
        if ($Dialect -eq 'ignored-filters') { "$warning" | Should -Match 'do not match -Filter' }
    }
}
