BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 1234, --now, 2026-11-01T00:00:00Z
    function Get-ListRequest { Get-EmulatorRequest $emulator | Where-Object path -Like '*/dpoJobs' }
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'Get-FwDpoJob without -All' {
    BeforeEach { Reset-Emulator $emulator }

    It 'returns one page of the service''s default size, and sends no parameters' {
        $jobs = Get-FwDpoJob -WarningAction SilentlyContinue
        $jobs | Should -HaveCount 50
        $request = Get-ListRequest
        $request.Path | Should -Be '/v1/accounts/acme/dpoJobs'
        $request.Query.Count | Should -Be 0
    }

    It 'warns once with the number of remaining jobs and how to continue' {
        $null = Get-FwDpoJob -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -Match '1[,.\u00a0\u202f]?184 more jobs are available'
        $warnings[0].Message | Should -Match '-All'
        $warnings[0].Message | Should -Match "-PageToken '\S+'"
    }

    It 'does not warn on the last page' {
        $null = Get-FwDpoJob -Filter 'state = JOB_STATE_PAUSED' -PageSize 200 -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
    }

    It 'returns -PageSize jobs' {
        Get-FwDpoJob -PageSize 7 -WarningAction SilentlyContinue | Should -HaveCount 7
    }

    It 'omits the number of remaining jobs from the warning when it started at a page token' {
        $page = Get-FwDpoJob -AsPage
        $null = Get-FwDpoJob -PageToken $page.NextPageToken -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings[0].Message | Should -Match '^Only one page was returned; more jobs are available\.'
    }
}

Describe 'Get-FwDpoJob -All' {
    BeforeEach { Reset-Emulator $emulator }

    It 'returns every job once, in the order of the service' {
        $jobs = Get-FwDpoJob -All
        $jobs | Should -HaveCount 1234
        $names = [string[]]$jobs.Name
        [System.Collections.Generic.HashSet[string]]::new($names).Count | Should -Be 1234
        $sorted = [string[]]$names.Clone()
        [array]::Sort($sorted, [System.StringComparer]::Ordinal)
        $names -join ' ' | Should -BeExactly ($sorted -join ' ')
    }

    It 'requests 200 jobs per page and sends the same parameters with each request' {
        $null = Get-FwDpoJob -All -Filter 'state = JOB_STATE_COMPLETED' -OrderBy 'CreateTime desc' -ReadMask Name, State
        $queries = Get-ListRequest | ForEach-Object { $_.Query.Remove('pageToken'); $_.Query | ConvertTo-Json -Compress }
        $queries.Count | Should -BeGreaterThan 3
        $queries | Select-Object -Unique | Should -HaveCount 1
        @(Get-ListRequest)[0].Query.pageSize | Should -Be '200'
    }

    It 'uses -PageSize when it is set' {
        $null = Get-FwDpoJob -All -PageSize 100
        Get-ListRequest | Should -HaveCount 13
    }

    It 'requests the next page while it writes the current one' {
        $marks = Get-FwDpoJob -All -PageSize 200 | ForEach-Object { $seen = 0 } {
            $seen++
            # Half of the page is still unread.
            if ($seen -eq 100) { Wait-Until { @(Get-ListRequest).Count -ge 2 }; 'requested ahead' }
        }
        $marks | Should -Be 'requested ahead'
    }

    It 'shows the progress when it takes more than a second, and removes it' {
        Set-EmulatorFault $emulator @{ path = '/v1/*'; requests = @(3); status = 503; headers = @{ 'retry-after' = '1.2' } }
        $pipeline = Start-Pipeline 'Get-FwDpoJob -All'
        Wait-Until { $pipeline.Shell.InvocationStateInfo.State -eq 'Completed' }
        $records = $pipeline.Shell.Streams.Progress | Where-Object Activity -EQ 'Listing DPO jobs'
        $pipeline.Shell.Dispose()
        $pipeline.Output | Should -HaveCount 1234
        $records[0].StatusDescription | Should -Match '^400 of 1[,.\u00a0\u202f]?234 jobs$'
        $records[0].PercentComplete | Should -Be 32
        $records[-1].RecordType | Should -Be 'Completed'
    }

    It 'shows no progress when it takes less than a second' {
        $pipeline = Start-Pipeline 'Get-FwDpoJob -First 10'
        Wait-Until { $pipeline.Shell.InvocationStateInfo.State -eq 'Completed' }
        $pipeline.Shell.Streams.Progress | Should -BeNullOrEmpty
        $pipeline.Shell.Dispose()
    }

    It 'can be filtered by state with Where-Object' {
        $failed = Get-FwDpoJob -All | Where-Object State -EQ Failed
        $failed.Count | Should -BeGreaterThan 50
        $failed.StateText | Select-Object -Unique | Should -BeExactly 'JOB_STATE_FAILED'
    }
}

Describe 'Get-FwDpoJob -All when the service counts more jobs than it sends' {
    BeforeEach {
        Reset-Emulator $emulator
        $page = Get-FwDpoJob -AsPage -PageSize 200 -ReadMask Name -WarningAction SilentlyContinue
        $body = @{ dpoJobs = @($page.Jobs | ForEach-Object { @{ name = $_.Name } }); nextPageToken = ''; totalSize = 5000 }
        # The second page has no token for a third.
        Set-EmulatorFault $emulator @{ requests = @(2); status = 200; body = $body }
    }
    AfterEach { Set-EmulatorFault $emulator }

    It 'warns once with both numbers' {
        # The second page repeats the first one.
        $jobs = Get-FwDpoJob -All -WarningVariable warnings -WarningAction SilentlyContinue
        $jobs | Should -HaveCount 200
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -Match '^The listing ended early: the service sent 200 jobs, but counted 1[,.\u00a0\u202f]?234\.'
    }

    It 'does not warn when <Text>' -ForEach @(
        @{ Text = '-First ends the listing'; List = { Get-FwDpoJob -First 150 } }
        @{ Text = 'a later command ends the pipeline'; List = { Get-FwDpoJob -All | Select-Object -First 150 } }
        @{ Text = 'it starts at a page token'; List = { Get-FwDpoJob -All -PageToken $page.NextPageToken -PageSize 200 -ReadMask Name } }
    ) {
        $null = & { & $List } 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] } | Should -BeNullOrEmpty
    }
}

Describe 'Get-FwDpoJob -First' {
    BeforeEach { Reset-Emulator $emulator }

    It 'requests no more jobs than needed: <First> in <Count> requests of <PageSize>' -ForEach @(
        @{ First = 1; PageSize = 1; Count = 1 }
        @{ First = 3; PageSize = 3; Count = 1 }
        @{ First = 200; PageSize = 200; Count = 1 }
        @{ First = 450; PageSize = 200; Count = 3 }
    ) {
        Get-FwDpoJob -First $First -WarningVariable warnings | Should -HaveCount $First
        $warnings | Should -BeNullOrEmpty
        $requests = @(Get-ListRequest)
        $requests | Should -HaveCount $Count
        $requests | ForEach-Object { $_.Query.pageSize } | Select-Object -Unique | Should -Be "$PageSize"
    }

    It 'returns all jobs when the account has fewer' {
        Get-FwDpoJob -First 5000 | Should -HaveCount 1234
    }

    It 'requests pages of -PageSize when -First is larger' {
        Get-FwDpoJob -First 5 -PageSize 2 | Should -HaveCount 5
        Get-ListRequest | Should -HaveCount 3
    }
}

Describe 'Get-FwDpoJob -AsPage and -PageToken' {
    BeforeEach { Reset-Emulator $emulator }

    It 'returns a page with its jobs, the next page token and the total' {
        $page = Get-FwDpoJob -AsPage -PageSize 10 -WarningVariable warnings
        $page | Should -BeOfType ([Fireworks.DpoJobs.DpoJobPage])
        $page.Jobs | Should -HaveCount 10
        $page.TotalSize | Should -Be 1234
        $page.NextPageToken | Should -Not -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
    }

    It 'can be used in a loop that starts with an empty token' {
        $token = $null
        $names = do {
            $page = Get-FwDpoJob -AsPage -PageSize 200 -PageToken $token
            $page.Jobs.Name
            $token = $page.NextPageToken
        } while ($token)
        $names | Should -Be (Get-FwDpoJob -All).Name
    }

    It 'returns every page with -All' {
        $pages = Get-FwDpoJob -AsPage -All
        $pages | Should -HaveCount 7
        $pages[-1].NextPageToken | Should -BeNullOrEmpty
    }

    It 'fails with the error of the service when a token is used with other parameters' {
        $token = (Get-FwDpoJob -AsPage -PageSize 10).NextPageToken
        { Get-FwDpoJob -PageSize 20 -PageToken $token } |
            Should -Throw -ErrorId 'FwApi.InvalidArgument,Fireworks.DpoJobs.GetFwDpoJobCommand'
    }
}

Describe 'Get-FwDpoJob -All for an account of 20,000 jobs' {
    BeforeEach { Reset-Emulator $emulator }

    It 'returns every job, and makes at most two list requests for the first job' {
        $large = Start-Emulator emulate, --jobs, 20000
        try {
            (Get-FwDpoJob -All | Measure-Object).Count | Should -Be 20000
            Reset-Emulator $large
            Get-FwDpoJob -All | Select-Object -First 1 | Should -HaveCount 1
            @(Get-EmulatorRequest $large).Count | Should -BeLessOrEqual 2
        }
        finally {
            Stop-Emulator $large
            $env:FIREWORKS_BASE_URL = $emulator.Address
        }
    }
}
