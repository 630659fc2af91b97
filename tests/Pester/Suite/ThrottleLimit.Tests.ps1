# A listing with -ThrottleLimit returns the same jobs in the same order, but sooner.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 2000, --now, 2026-11-01T00:00:00Z, --cache-pages
    $jobsPath = '/v1/accounts/acme/dpoJobs'

    function Get-RangeRequest { @(Get-EmulatorRequest $emulator | Where-Object { $_.Query['filter'] -match 'create_time (<|>=)' }) }
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'A listing with -ThrottleLimit' {
    BeforeEach { Reset-Emulator $emulator }

    It 'returns the same jobs in the same order: <Text>' -ForEach @(
        @{ Text = 'by name'; Arguments = @{} }
        @{ Text = 'by name, descending'; Arguments = @{ OrderBy = 'Name desc' } }
        @{ Text = 'by creation time'; Arguments = @{ OrderBy = 'CreateTime' } }
        @{ Text = 'by creation time, descending'; Arguments = @{ OrderBy = 'CreateTime desc', 'Name' } }
        @{ Text = 'with a state'; Arguments = @{ State = 'Completed' } }
        @{ Text = 'with an AIP-160 filter'; Arguments = @{ Filter = 'state = JOB_STATE_COMPLETED OR training_config.epochs > 1' } }
        @{ Text = 'with a script block'; Arguments = @{ Filter = { $_.State -eq 'Completed' -and $_.Id -like '*7*' } } }
        @{ Text = 'with creation times'; Arguments = @{ CreatedAfter = '2026-06-01'; CreatedBefore = '2026-10-01' } }
        @{ Text = 'with -First'; Arguments = @{ First = 1777; All = $false } }
        @{ Text = 'with -First by creation time'; Arguments = @{ First = 1777; All = $false; OrderBy = 'CreateTime desc' } }
    ) {
        $listing = @{ All = $true; PageSize = 50 }
        foreach ($name in $Arguments.Keys) { $listing[$name] = $Arguments[$name] }
        $expected = @(Get-FwDpoJob @listing | ForEach-Object Name)
        Reset-Emulator $emulator
        $jobs = @(Get-FwDpoJob @listing -ThrottleLimit 8 -WarningVariable warnings)
        ($jobs.Name -join "`n") | Should -BeExactly ($expected -join "`n")
        $expected.Count | Should -BeGreaterThan 300
        $warnings | Should -BeNullOrEmpty
        # The listing was indeed read in ranges.
        @(Get-RangeRequest | ForEach-Object { $_.Query['filter'] } | Sort-Object -Unique).Count | Should -BeGreaterThan 1
    }

    It 'is opt-in: without the parameter, requests are sequential' {
        $null = Get-FwDpoJob -All -PageSize 50
        Get-RangeRequest | Should -BeNullOrEmpty
        (Get-Command Get-FwDpoJob).Parameters['ThrottleLimit'].ParameterSets.Keys | Sort-Object | Should -Be 'Id', 'List'
    }

    It 'rejects a limit outside 1 to 64: <_>' -ForEach 0, 65, -1 {
        { Get-FwDpoJob -All -ThrottleLimit $_ } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'returns every job once when the limit exceeds the number of pages' {
        $jobs = Get-FwDpoJob -All -ThrottleLimit 64
        $jobs | Should -HaveCount 2000
        @($jobs.Name | Sort-Object -Unique) | Should -HaveCount 2000
    }

    It 'adds the fields that it needs for merging to -ReadMask' {
        $job = Get-FwDpoJob -All -PageSize 50 -ThrottleLimit 4 -ReadMask State | Select-Object -First 1
        $job.State | Should -Not -BeNullOrEmpty
        $job.Name | Should -Not -BeNullOrEmpty
        $job.CreateTime | Should -Not -BeNullOrEmpty
        $job.Dataset | Should -BeNullOrEmpty
        @(Get-EmulatorRequest $emulator | Where-Object { -not $_.Query['orderBy'] })[0].Query['readMask'] | Should -Be 'state,name,create_time'
    }

    It 'reads pages sequentially for <Text>' -ForEach @(
        @{ Text = 'a short listing'; Arguments = @{ All = $true; State = 'Failed' ; CreatedAfter = '2026-10-20' } }
        @{ Text = 'one page'; Arguments = @{ PageSize = 50 } }
        @{ Text = 'a few jobs'; Arguments = @{ First = 250 } }
        @{ Text = 'an order by other fields'; Arguments = @{ All = $true; OrderBy = 'State' } }
        @{ Text = 'the first jobs that match a script block'; Arguments = @{ First = 333; Filter = { $_.Id -like '*7*' -or $_.State -eq 'Failed' } } }
    ) {
        $null = Get-FwDpoJob @Arguments -ThrottleLimit 8 -WarningAction SilentlyContinue
        Get-RangeRequest | Where-Object { $_.Query['filter'] -notmatch '2026-10-20|2026-10-19' } | Should -BeNullOrEmpty
    }

    It 'shows with -Verbose whether it reads in parallel' {
        $lines = Get-FwDpoJob -All -PageSize 50 -ThrottleLimit 4 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | ForEach-Object Message
        $lines | Should -Contain 'Reading 2,000 jobs in parallel, in ranges of creation time.'
        $lines = Get-FwDpoJob -All -OrderBy State -ThrottleLimit 4 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | ForEach-Object Message
        $lines | Should -Contain 'Reading pages sequentially: only listings by name or creation time are read in parallel, and not those with -First and a script block.'
    }
}

Describe 'A parallel listing on a service that rejects filters by creation time' {
    AfterEach { Set-EmulatorFault $emulator }

    It 'continues sequentially, with one warning' {
        $expected = (Get-FwDpoJob -All).Name -join ' '
        # Requests 1 and 2 are the first and the last page.
        Set-EmulatorFault $emulator @{ path = $jobsPath; requests = 3, 4, 5, 6; status = 400; body = @{ code = 3; message = 'create_time is not filterable' } }
        $jobs = Get-FwDpoJob -All -PageSize 50 -ThrottleLimit 4 -WarningVariable warnings -WarningAction SilentlyContinue
        ($jobs.Name -join ' ') | Should -BeExactly $expected
        @($warnings) | Should -HaveCount 1
        "$warnings" | Should -BeLike '*sequentially*rejected the filter*create_time is not filterable*'
    }
}

Describe 'A parallel listing on a service that limits the rate of requests' {
    BeforeEach { Reset-Emulator $emulator }
    AfterEach { Set-EmulatorFault $emulator }

    It 'returns every job in order: -ThrottleLimit <Limit>, <Text>' -ForEach @(
        @{ Limit = 4; Text = 'without Retry-After'; Headers = @{} }
        @{ Limit = 64; Text = 'without Retry-After'; Headers = @{} }
        @{ Limit = 16; Text = 'with Retry-After'; Headers = @{ 'retry-after' = '1' } }
    ) {
        $expected = (Get-FwDpoJob -All).Name -join ' '
        Set-EmulatorFault $emulator @{ rate = 10; headers = $Headers; body = @{ code = 8; message = 'slow down' } }
        $jobs = Get-FwDpoJob -All -PageSize 50 -ThrottleLimit $Limit -WarningVariable warnings
        ($jobs.Name -join ' ') | Should -BeExactly $expected
        $warnings | Should -BeNullOrEmpty
        (Get-EmulatorFault $emulator).Played | Should -BeGreaterThan 0
    }

    It 'ends after few requests when the service rejects every request' {
        Set-EmulatorFault $emulator @{ path = $jobsPath; requests = @(20..400); status = 429; headers = @{ 'retry-after-ms' = '50' } }
        { Get-FwDpoJob -All -PageSize 50 -ThrottleLimit 8 } | Should -Throw -ErrorId 'FwApi.RateLimited,*'
        # A listing without -ThrottleLimit sends 22.
        @(Get-EmulatorRequest $emulator | Where-Object Status -EQ 429).Count | Should -BeLessOrEqual 12
    }
}

Describe 'A fault in a parallel listing' {
    AfterEach { Set-EmulatorFault $emulator }

    It 'is retried, and every job is returned once' {
        $expected = (Get-FwDpoJob -All).Name -join ' '
        Set-EmulatorFault $emulator @{ path = $jobsPath; every = 11; status = 503; headers = @{ 'retry-after-ms' = '5' } }, @{ path = $jobsPath; every = 13; reset = 'midBody' }
        # Requests in parallel share the faults, so that one of them can meet several in a row.
        Connect-FwAccount -SkipValidation -MaximumRetryCount 10
        try { $jobs = Get-FwDpoJob -All -PageSize 50 -ThrottleLimit 4 -WarningVariable warnings }
        finally { Disconnect-FwAccount }
        ($jobs.Name -join ' ') | Should -BeExactly $expected
        $warnings | Should -BeNullOrEmpty
        (Get-EmulatorFault $emulator).Played | ForEach-Object { $_ | Should -BeGreaterThan 0 }
    }

    It 'ends the listing when it persists, and the error shows how to continue: <Text>' -ForEach @(
        @{ Text = 'by name'; Arguments = @{ All = $true } }
        @{ Text = 'by creation time, descending'; Arguments = @{ All = $true; OrderBy = 'CreateTime desc' } }
        @{ Text = 'by creation time, with -ReadMask'; Arguments = @{ All = $true; OrderBy = 'CreateTime'; ReadMask = 'Name' } }
        @{ Text = 'with -First'; Arguments = @{ First = 1900 } }
        @{ Text = 'with a state and a creation time'; Arguments = @{ All = $true; State = 'Completed'; CreatedBefore = '2026-10-31' } }
        @{ Text = 'with a script block'; Arguments = @{ All = $true; Filter = { $_.State -eq 'Completed' -and $_.Id -like '*1*' } } }
    ) {
        $expected = @(Get-FwDpoJob @Arguments | ForEach-Object Name)
        # From the 20th request on, every request fails.
        Set-EmulatorFault $emulator @{ path = $jobsPath; requests = @(20..400); status = 500; headers = @{ 'x-should-retry' = 'false' } }
        $jobs = [System.Collections.Generic.List[string]]::new()
        $failure = { Get-FwDpoJob @Arguments -PageSize 50 -ThrottleLimit 4 | ForEach-Object { $jobs.Add($_.Name) } } | Should -Throw -ErrorId 'FwApi.ServerError,*' -PassThru
        Set-EmulatorFault $emulator
        $jobs.Count | Should -BeGreaterThan 20
        ($jobs -join ' ') | Should -BeExactly (@($expected | Select-Object -First $jobs.Count) -join ' ')
        $failure.Exception.PageToken | Should -BeNullOrEmpty

        # The parameters that a user would copy.
        $match = [regex]::Match($failure.Exception.Message, "To continue, run the same command with (?<parameters>.+ -Filter '.+') \(replaces ")
        $match.Success | Should -BeTrue
        $same = @{}
        foreach ($name in $Arguments.Keys | Where-Object { $_ -notin 'Filter', 'State', 'CreatedBefore', 'First' }) { $same[$name] = $Arguments[$name] }
        $rest = @(& ([scriptblock]::Create("param(`$same) Get-FwDpoJob @same -ThrottleLimit 4 $($match.Groups['parameters'].Value)")) $same)
        if ($Arguments.ContainsKey('Filter')) { $rest = @($rest | Where-Object $Arguments.Filter) }
        $seen = [System.Collections.Generic.HashSet[string]]::new()
        $all = @($jobs) + @($rest.Name) | Where-Object { $seen.Add($_) }
        ($all -join ' ') | Should -BeExactly ($expected -join ' ')
        # At most one job with the same creation time is returned again.
        ($jobs.Count + $rest.Count - $expected.Count) | Should -BeLessOrEqual 1
    }

    It 'is ignored when it affects pages that are not needed' {
        $wanted = @(Get-FwDpoJob -First 100 -OrderBy 'CreateTime desc' | ForEach-Object Name)
        # Affects pages of older ranges: the first 100 jobs are on the first two pages.
        Set-EmulatorFault $emulator @{ path = $jobsPath; requests = @(7..400); status = 500; headers = @{ 'x-should-retry' = 'false' } }
        $names = [System.Collections.Generic.List[string]]::new()
        Get-FwDpoJob -All -PageSize 50 -OrderBy 'CreateTime desc' -ThrottleLimit 4 | Select-Object -First 100 | ForEach-Object {
            $names.Add($_.Name)
            # The second page is here. The others are read meanwhile.
            if ($names.Count -eq 51) { Wait-Until { (Get-EmulatorFault $emulator).Played -gt 0 } }
        }
        ($names -join ' ') | Should -BeExactly ($wanted -join ' ')
    }
}

Describe 'A parallel listing that is stopped' {
    BeforeEach { Reset-Emulator $emulator }

    It 'sends no further requests after Select-Object -First' {
        Get-FwDpoJob -All -PageSize 10 -ThrottleLimit 4 | Select-Object -First 60 | Should -HaveCount 60
        Start-Sleep -Milliseconds 300
        $before = @(Get-EmulatorRequest $emulator).Count
        Start-Sleep -Milliseconds 300
        @(Get-EmulatorRequest $emulator).Count | Should -Be $before
        $before | Should -BeLessThan 150
    }

    It 'ends within three seconds of Ctrl-C, without further requests' {
        $pipeline = Start-Pipeline 'Get-FwDpoJob -All -PageSize 2 -ThrottleLimit 8 | ForEach-Object { Start-Sleep -Milliseconds 1; $_ }'
        Wait-Until { $pipeline.Output.Count -gt 40 }
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $pipeline.Shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 3
        $pipeline.Shell.Streams.Error | Should -BeNullOrEmpty
        Start-Sleep -Milliseconds 300
        $before = @(Get-EmulatorRequest $emulator).Count
        Start-Sleep -Milliseconds 300
        @(Get-EmulatorRequest $emulator).Count | Should -Be $before
    }
}

Describe 'A parallel listing with 50 ms of latency per page' {
    It 'is more than 1.5 times as fast as a sequential one' {
        $slow = Start-Emulator emulate, --jobs, 1000, --latency, 50ms, --now, 2026-11-01T00:00:00Z
        try {
            $null = Get-FwDpoJob -All -PageSize 50 -ThrottleLimit 8
            $rounds = foreach ($round in 1..3) {
                [pscustomobject]@{
                    Sequential = (Measure-Command { Get-FwDpoJob -All -PageSize 50 }).TotalMilliseconds
                    Parallel = (Measure-Command { Get-FwDpoJob -All -PageSize 50 -ThrottleLimit 8 }).TotalMilliseconds
                }
            }
            ($rounds.Sequential | Measure-Object -Minimum).Minimum / ($rounds.Parallel | Measure-Object -Minimum).Minimum |
                Should -BeGreaterThan 1.5
        }
        finally { Stop-Emulator $slow }
    }
}

Describe 'Get-FwDpoJob -Id with -ThrottleLimit' {
    BeforeAll {
        $slow = Start-Emulator emulate, --jobs, 200, --latency, 50ms
        $names = (Get-FwDpoJob -All).Name
        $jobPath = '/v1/accounts/acme/dpoJobs/'
    }
    AfterAll {
        Stop-Emulator $slow
        $env:FIREWORKS_BASE_URL = "$($emulator.Address)"
    }
    BeforeEach { Reset-Emulator $slow }
    AfterEach { Set-EmulatorFault $slow }

    It 'returns the jobs in order, in much less time: <Text>' -ForEach @(
        @{ Text = 'from an argument'; Get = { Get-FwDpoJob $names @args } }
        @{ Text = 'from the pipeline'; Get = { $names | Get-FwDpoJob @args } }
        @{ Text = 'from the pipeline, in lists'; Get = { , $names[0..99] + , $names[100..199] | Get-FwDpoJob @args } }
    ) {
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        (& $Get -ThrottleLimit 16).Name | Should -Be $names
        # One after the other, the latency alone is 10 seconds.
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 8
        @(Get-EmulatorRequest $slow) | Should -HaveCount 200
    }

    It 'writes each error in the place of its job: <Text>' -ForEach @(
        @{ Text = 'from an argument'; Get = { Get-FwDpoJob $ids @args } }
        @{ Text = 'from the pipeline'; Get = { $ids | Get-FwDpoJob @args } }
    ) {
        $ErrorActionPreference = 'Continue'
        $ids = $names[0..9] + 'missing-1', 'Wrong Id' + $names[10..19] + 'missing-2'
        $expected = & $Get 2>&1 | ForEach-Object { $_ -is [System.Management.Automation.ErrorRecord] ? $_.TargetObject : $_.Name }
        $found = & $Get -ThrottleLimit 8 2>&1 | ForEach-Object { $_ -is [System.Management.Automation.ErrorRecord] ? $_.TargetObject : $_.Name }
        $found | Should -Be $expected
        $found | Should -HaveCount 23
        $found[10..11] | Should -Be 'accounts/acme/dpoJobs/missing-1', 'Wrong Id'
    }

    It 'ends with an error when the service rejects the key, after the jobs before it' {
        Set-EmulatorFault $slow @{ path = "/v1/$($names[5])"; status = 401; body = '{}' }
        $jobs = [System.Collections.Generic.List[object]]::new()
        { $names | Get-FwDpoJob -ThrottleLimit 8 | ForEach-Object { $jobs.Add($_) } } | Should -Throw -ErrorId 'FwApi.Unauthenticated,*'
        $jobs.Name | Should -Be $names[0..4]
        @(Get-EmulatorRequest $slow).Count | Should -BeLessOrEqual 16
    }

    It 'writes a job before a slow command passes the next id' {
        $seen = [System.Collections.Generic.List[object]]::new()
        $order = & {
            foreach ($name in $names[0..3]) { "id $($seen.Count)"; Start-Sleep -Milliseconds 300; $name }
        } | ForEach-Object { if ($_ -like 'id *') { $seen.Add($_) } else { $_ } } | Get-FwDpoJob -ThrottleLimit 8 | ForEach-Object { $seen.Add($_.Name) }
        $order | Should -BeNullOrEmpty
        $seen | Should -Be 'id 0', $names[0], 'id 2', $names[1], 'id 4', $names[2], 'id 6', $names[3]
    }

    It 'stops at once for Select-Object -First' {
        $names | Get-FwDpoJob -ThrottleLimit 4 | Select-Object -First 1 | ForEach-Object Name | Should -Be $names[0]
        Start-Sleep -Milliseconds 300
        @(Get-EmulatorRequest $slow).Count | Should -BeLessOrEqual 5
        Get-FwDpoJob $names -ThrottleLimit 4 | Select-Object -First 2 | Should -HaveCount 2
    }

    It 'stops at Ctrl-C and cancels all requests' {
        Set-EmulatorFault $slow @{ path = "$jobPath*"; stall = 'headers' }
        $pipeline = Start-Pipeline "Get-FwDpoJob $($names[0..19] -join ', ') -ThrottleLimit 8"
        Wait-Until { @(Get-EmulatorRequest $slow).Count -eq 8 }
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $pipeline.Shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 3
        $pipeline.Shell.Streams.Error | Should -BeNullOrEmpty
        Wait-Until { -not (@(Get-EmulatorRequest $slow).Aborted -contains $false) }
        @(Get-EmulatorRequest $slow) | Should -HaveCount 8
    }

    It 'ends after a run of connection failures: -ThrottleLimit <Limit>' -ForEach @(
        @{ Limit = 1; Failures = 5 }
        @{ Limit = 4; Failures = 8 }
    ) {
        Connect-FwAccount -ApiKey (ConvertTo-SecureString fw_test -AsPlainText) -AccountId acme -BaseUri $slow.Address -MaximumRetryCount 0 -SkipValidation
        try {
            Set-EmulatorFault $slow @{ path = "$jobPath*"; reset = 'beforeHeaders' }
            $failure = { Get-FwDpoJob $names -ThrottleLimit $Limit -ErrorVariable script:failures -ErrorAction SilentlyContinue } |
                Should -Throw -ErrorId 'FwApi.ConnectionFailed,*' -PassThru
            "$failure" | Should -Match "$Failures requests in a row failed, so no more jobs are requested\.$"
            @(Get-EmulatorRequest $slow).Count | Should -BeLessOrEqual ($Failures + $Limit)
        }
        finally { Disconnect-FwAccount }
    }

    It 'continues after connection failures that are not in a row' {
        Connect-FwAccount -ApiKey (ConvertTo-SecureString fw_test -AsPlainText) -AccountId acme -BaseUri $slow.Address -MaximumRetryCount 0 -SkipValidation
        try {
            Set-EmulatorFault $slow @{ path = "$jobPath*"; every = 2; reset = 'beforeHeaders' }
            $jobs = Get-FwDpoJob $names[0..29] -ErrorVariable failures -ErrorAction SilentlyContinue
            $failures | Should -HaveCount 15
            $jobs | Should -HaveCount 15
        }
        finally { Disconnect-FwAccount }
    }
}
