BeforeDiscovery {
    $D = 'Different'
    $N = 'Not settled'
    $noTime = @{ 'Time with 6 digits' = $N; 'Time with 7 digits' = $N }
    $noNumber = @{ 'Numbers with an exponent' = $N }
    $noFilter = @{
        'Filter by name' = $D
        'Total of a filter' = $N
        'Enum values without quotes' = $N
        'Enum values in quotes' = $N
        'Times in filters' = $N
        'Fields of the training configuration' = $N
        'State of deleted jobs' = $D
    } + $noTime + $noNumber
    # The verdicts that are not "As expected" on a service with each dialect. The emulator has opaque page tokens, and accepts any key.
    $dialects = @(
        @{ Dialect = 'none'; Verdicts = @{} }
        @{ Dialect = 'quoted-enums'; Verdicts = @{ 'Enum values without quotes' = $D } }
        @{ Dialect = 'bare-enums'; Verdicts = @{ 'Enum values in quotes' = $D } }
        @{ Dialect = 'text-enums'; Verdicts = @{ 'Enum values without quotes' = $D } }
        @{ Dialect = 'short-enums'; Verdicts = @{ 'Enum values without quotes' = $D; 'Enum values in quotes' = $D; 'State of deleted jobs' = $D } }
        @{ Dialect = 'no-enums'; Verdicts = @{ 'Enum values without quotes' = $D; 'Enum values in quotes' = $D; 'State of deleted jobs' = $D } }
        @{ Dialect = 'old-states'; Verdicts = @{ 'State of deleted jobs' = $D } }
        @{ Dialect = 'camel-fields'; Verdicts = @{ 'Times in filters' = $D; 'Fields of the training configuration' = $D } + $noTime + $noNumber }
        @{ Dialect = 'core-fields'; Verdicts = @{ 'Fields of the training configuration' = $D } + $noNumber }
        @{ Dialect = 'silent-fields'; Verdicts = @{ 'Fields of the training configuration' = $D } + $noNumber }
        @{ Dialect = 'no-exponents'; Verdicts = @{ 'Numbers with an exponent' = $D } }
        @{ Dialect = 'microseconds'; Verdicts = @{ 'Time with 7 digits' = $D } }
        @{ Dialect = 'milliseconds'; Verdicts = @{ 'Time with 7 digits' = $D } }
        @{ Dialect = 'seconds'; Verdicts = @{ 'Time with 7 digits' = $D } }
        @{ Dialect = 'hidden-digits'; Verdicts = @{ 'Time with 6 digits' = $D; 'Time with 7 digits' = $N } }
        @{ Dialect = 'ignored-filters'; Verdicts = @{ 'Filter without matches' = $D; 'Unknown field' = $D } + $noFilter }
        @{ Dialect = 'rejected-filters'; Verdicts = @{ 'Filter without matches' = $D; 'Unknown field' = $N } + $noFilter }
        @{ Dialect = 'unimplemented-filters'; Verdicts = @{ 'Filter without matches' = $D; 'Unknown field' = $N } + $noFilter }
        @{ Dialect = 'empty-results'; Verdicts = @{ 'Unknown field' = $D } + $noFilter }
        @{ Dialect = 'ignored-parameters'; Verdicts = @{ 'Field mask' = $D; 'Order' = $D; 'Deleted jobs' = $N; 'State of deleted jobs' = $N } }
    )
}
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $script = Join-Path $env:FIREWORKS_TEST_ROOT 'tests/LiveCheck/Invoke-LiveCheck.ps1'
    $key = 'fw_SecretKeyOfTheLiveCheck'
    # The verdicts of all checks on the services that differ, to compare them at the end.
    $seen = @{}
    function Add-Verdict($Results) { foreach ($result in $Results) { $seen[$result.Check] += @($result.Verdict) } }
    function Invoke-Check { & $script -Force -ReportPath TestDrive:/report/check.md @args 6> $null }
    function Get-Deviation($Results) {
        $found = [ordered]@{}
        foreach ($result in $Results | Where-Object Verdict -NE 'As expected') { $found[$result.Check] = $result.Verdict }
        ($found.GetEnumerator() | Sort-Object Key | ForEach-Object { "$($_.Key): $($_.Value)" }) -join "`n"
    }
    function Format-Expected($Verdicts) { ($Verdicts.GetEnumerator() | Sort-Object Key | ForEach-Object { "$($_.Key): $($_.Value)" }) -join "`n" }
    function Start-Account([string[]] $Option) {
        $started = Start-Emulator (@('emulate', '--seed', '1', '--now', '2026-11-01T00:00:00Z') + $Option)
        $env:FIREWORKS_API_KEY = $key
        $started
    }
}
AfterAll { Remove-Module Support }

# The script needs PowerShell 7.5, which build.ps1 starts.
if ($PSVersionTable.PSVersion -lt '7.5') {
    Describe 'The live check' { It 'runs' { Set-ItResult -Skipped -Because 'the live check needs PowerShell 7.5' } }
}

Describe 'The live check' -Skip:($PSVersionTable.PSVersion -lt '7.5') {
    Context 'on an account with jobs' {
        BeforeAll {
            $emulator = Start-Account --jobs, 60
            $address = $env:FIREWORKS_BASE_URL
            $jobs = Get-FwDpoJob -All
            function Use-Dialect($Dialect) {
                $env:FIREWORKS_BASE_URL = $Dialect -eq 'none' ? $address : "$address/dialects/$Dialect"
                $deleted = "$env:FIREWORKS_BASE_URL/v1/$($jobs[5].Name)"
                $null = Invoke-RestMethod $deleted -Method Delete -Headers @{ Authorization = "Bearer $key" }
                Reset-Emulator $emulator
            }
        }
        AfterAll { Stop-Emulator $emulator }

        It 'has the right verdicts for the dialect <Dialect>' -ForEach $dialects {
            Use-Dialect $Dialect
            $results = Invoke-Check
            Add-Verdict $results
            Get-Deviation $results | Should -Be (Format-Expected ($Verdicts + @{ 'Page token' = 'Different'; 'Error for a wrong key' = 'Different' }))
            $requests = @(Get-EmulatorRequest $emulator)
            $requests.Count | Should -BeIn (10..19)
            $requests.Method | Select-Object -Unique | Should -Be 'GET'
        }

        It 'sends no more requests than its limit, and settles nothing beyond it' {
            Use-Dialect none
            $results = Invoke-Check -RequestLimit 7
            @(Get-EmulatorRequest $emulator) | Should -HaveCount 7
            ($results | Where-Object Check -EQ 'Filter by name').Verdict | Should -Be 'As expected'
            $late = $results | Where-Object Check -Match 'wrong (ID|key)|Unknown'
            $late.Verdict | Select-Object -Unique | Should -Be 'Not settled'
            $late.Received | Select-Object -Unique | Should -Be 'the limit of 7 requests was reached'
            { & $script -Force -RequestLimit 21 } | Should -Throw '*21*'
        }

        It 'looks up the account of a key with one request more' {
            Use-Dialect none
            $env:FIREWORKS_ACCOUNT_ID = $null
            try { (Invoke-Check).Count | Should -BeGreaterThan 15 }
            finally { $env:FIREWORKS_ACCOUNT_ID = 'acme' }
            @(Get-EmulatorRequest $emulator).Count | Should -BeIn (19..20)
        }

        It 'writes no key and no name of the account' {
            # The errors of this dialect quote the filters.
            Use-Dialect quoted-enums
            $text = (Invoke-Check | Out-String -Width 500) + (Get-Content TestDrive:/report/check.md -Raw)
            $text | Should -Match '<name>'
            $text | Should -Not -Match ([regex]::Escape($key))
            $text | Should -Not -Match '\bacme\b'
            foreach ($job in $jobs) { $text | Should -Not -Match ([regex]::Escape($job.Id)) }
            foreach ($name in ($jobs.Dataset + $jobs.CreatedBy | Select-Object -Unique)) { $text | Should -Not -Match ([regex]::Escape($name)) }
        }

        It 'saves a report of all checks' {
            Use-Dialect none
            $results = Invoke-Check
            $report = Get-Content TestDrive:/report/check.md -Raw
            $report | Should -Match '\d+ requests: .*as expected'
            foreach ($result in $results) {
                $report | Should -Match ([regex]::Escape("## $($result.Check): $($result.Verdict.ToLowerInvariant())"))
                foreach ($part in 'Expected', 'Received', 'Module') { $report | Should -Match ([regex]::Escape($result.$part)) }
            }
        }

        It 'settles nothing that fails for another reason' {
            Use-Dialect none
            Set-EmulatorFault $emulator @{ path = '/v1/accounts/acme/dpoJobs'; requests = @(5, 6, 7); status = 503; body = 'busy' }, @{ path = '/v1/accounts/acme/dpoJobs'; requests = @(8); reset = 'beforeHeaders' }
            $results = Invoke-Check
            @($results | Where-Object { $_.Received -match 'returned 503|no response' }).Verdict | Should -Be (@('Not settled') * 4)
        }

        It 'recognizes another form of the error for a wrong ID' {
            Use-Dialect none
            Set-EmulatorResponse $emulator @{ path = '/v1/accounts/acme/dpoJobs/no-such-job'; status = 404; body = @{ detail = 'Not Found' } }
            $result = Invoke-Check | Where-Object Check -EQ 'Error for a wrong ID'
            Add-Verdict $result
            $result.Verdict | Should -Be 'Different'
            $result.Received | Should -Match '^404 application/json with detail: '
        }

        It 'sends nothing with -WhatIf' {
            Use-Dialect none
            & $script -WhatIf 6> $null | Should -BeNullOrEmpty
            @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
        }

        It 'fails at once where nobody can confirm it' {
            Use-Dialect none
            $run = Invoke-PowerShell "& '$script'; exit 0"
            $run.ExitCode | Should -Be 1
            $run.ErrorOutput | Should -Match '-Force'
            @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
        }
    }

    It 'recognizes page numbers, a missing total and the error for a wrong key' {
        $emulator = Start-Account --jobs, 60, --page-numbers, --no-total, --key, $key
        try {
            $verdicts = @{}
            $results = Invoke-Check
            Add-Verdict $results
            foreach ($result in $results) { $verdicts[$result.Check] = $result.Verdict }
            $verdicts['Page token'] | Should -Be 'As expected'
            $verdicts['Total of a filter'] | Should -Be 'Different'
            $verdicts['Error for a wrong key'] | Should -Be 'As expected'
            $env:FIREWORKS_API_KEY = 'fw_wrong'
            { & $script -Force } | Should -Throw '*rejects the key*'
        }
        finally { Stop-Emulator $emulator }
    }

    It 'has a different verdict for every assumption on some service' {
        $seen.Count | Should -BeGreaterThan 15
        foreach ($check in $seen.Keys) {
            $seen[$check] | Should -Contain 'As expected' -Because $check
            # Whether a parameter is ignored, or no job is deleted, cannot be distinguished.
            $seen[$check] | Should -Contain ($check -eq 'Deleted jobs' ? 'Not settled' : 'Different') -Because $check
        }
    }

    It 'settles only rejections and errors on an account with <Jobs> jobs' -ForEach @(
        @{ Jobs = 0; Settled = 'Error for a wrong ID', 'Error for a wrong key', 'Unknown field' }
        @{ Jobs = 1; Settled = 'Enum values in quotes', 'Enum values without quotes', 'Error for a wrong ID', 'Error for a wrong key', 'Field mask', 'Fields of the training configuration', 'Filter by name', 'Filter without matches', 'Numbers with an exponent', 'Time with 6 digits', 'Time with 7 digits', 'Times in filters', 'Unknown field' }
    ) {
        $emulator = Start-Account --jobs, $Jobs
        try {
            $results = & $script -Force -ReportPath TestDrive:/few.md 6> $null
            ($results | Where-Object Verdict -NE 'Not settled').Check | Sort-Object | Should -Be $Settled
            # A rejection proves something without a job.
            $env:FIREWORKS_BASE_URL += '/dialects/quoted-enums,no-exponents'
            $results = & $script -Force -ReportPath TestDrive:/few.md 6> $null
            foreach ($check in 'Enum values without quotes', 'Numbers with an exponent') {
                ($results | Where-Object Check -EQ $check).Verdict | Should -Be 'Different'
            }
        }
        finally { Stop-Emulator $emulator }
    }
}
