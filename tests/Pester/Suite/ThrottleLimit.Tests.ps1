# A listing with -ThrottleLimit is the listing without it, sooner.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 2000, --now, 2026-11-01T00:00:00Z, --cache-pages
    $jobsPath = '/v1/accounts/acme/dpoJobs'

    function Get-RequestOfRange { @(Get-EmulatorRequest $emulator | Where-Object { $_.Query['filter'] -match 'create_time (<|>=)' }) }
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'A listing with -ThrottleLimit' {
    BeforeEach { Reset-Emulator $emulator }

    It 'gives the same jobs in the same order: <Text>' -ForEach @(
        @{ Text = 'by name'; Arguments = @{} }
        @{ Text = 'by name, backwards'; Arguments = @{ OrderBy = 'Name desc' } }
        @{ Text = 'by age'; Arguments = @{ OrderBy = 'CreateTime' } }
        @{ Text = 'the newest first'; Arguments = @{ OrderBy = 'CreateTime desc', 'Name' } }
        @{ Text = 'with a state'; Arguments = @{ State = 'Completed' } }
        @{ Text = 'with a filter of AIP-160'; Arguments = @{ Filter = 'state = JOB_STATE_COMPLETED OR training_config.epochs > 1' } }
        @{ Text = 'with a script block'; Arguments = @{ Filter = { $_.State -eq 'Completed' -and $_.Id -like '*7*' } } }
        @{ Text = 'of an age'; Arguments = @{ CreatedAfter = '2026-06-01'; CreatedBefore = '2026-10-01' } }
        @{ Text = 'the first of them'; Arguments = @{ First = 777; All = $false } }
    ) {
        $listing = @{ All = $true; PageSize = 50 }
        foreach ($name in $Arguments.Keys) { $listing[$name] = $Arguments[$name] }
        $expected = @(Get-FwDpoJob @listing | ForEach-Object Name)
        Reset-Emulator $emulator
        $jobs = @(Get-FwDpoJob @listing -ThrottleLimit 8 -WarningVariable warnings)
        ($jobs.Name -join "`n") | Should -BeExactly ($expected -join "`n")
        $expected.Count | Should -BeGreaterThan 300
        $warnings | Should -BeNullOrEmpty
        # And it was indeed read in ranges.
        @(Get-RequestOfRange | ForEach-Object { $_.Query['filter'] } | Sort-Object -Unique).Count | Should -BeGreaterThan 3
    }

    It 'is one request at a time unless it is asked for' {
        $null = Get-FwDpoJob -All -PageSize 50
        Get-RequestOfRange | Should -BeNullOrEmpty
        (Get-Command Get-FwDpoJob).Parameters['ThrottleLimit'].ParameterSets.Keys | Should -Be 'List'
    }

    It 'takes 1 to 64 requests: <_> is refused' -ForEach 0, 65, -1 {
        { Get-FwDpoJob -All -ThrottleLimit $_ } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'reads no job twice, also with more requests than there are pages' {
        $jobs = Get-FwDpoJob -All -ThrottleLimit 64
        $jobs | Should -HaveCount 2000
        @($jobs.Name | Sort-Object -Unique) | Should -HaveCount 2000
    }

    It 'reads the fields too that it needs to put the ranges together' {
        $job = Get-FwDpoJob -All -PageSize 50 -ThrottleLimit 4 -ReadMask State | Select-Object -First 1
        $job.State | Should -Not -BeNullOrEmpty
        $job.Name | Should -Not -BeNullOrEmpty
        $job.CreateTime | Should -Not -BeNullOrEmpty
        $job.Dataset | Should -BeNullOrEmpty
        @(Get-EmulatorRequest $emulator)[0].Query['readMask'] | Should -Be 'state,name,create_time'
    }

    It 'makes ordinary requests for <Text>' -ForEach @(
        @{ Text = 'a short listing'; Arguments = @{ All = $true; State = 'Failed' ; CreatedAfter = '2026-10-20' } }
        @{ Text = 'one page'; Arguments = @{ PageSize = 50 } }
        @{ Text = 'a few jobs'; Arguments = @{ First = 250 } }
        @{ Text = 'an order that only the service knows'; Arguments = @{ All = $true; OrderBy = 'State' } }
        @{ Text = 'the first jobs by time'; Arguments = @{ First = 1500; OrderBy = 'CreateTime desc' } }
        @{ Text = 'the first jobs that pass a script block'; Arguments = @{ First = 333; Filter = { $_.Id -like '*7*' -or $_.State -eq 'Failed' } } }
    ) {
        $null = Get-FwDpoJob @Arguments -ThrottleLimit 8 -WarningAction SilentlyContinue
        Get-RequestOfRange | Where-Object { $_.Query['filter'] -notmatch '2026-10-20|2026-10-19' } | Should -BeNullOrEmpty
    }

    It 'tells with -Verbose what it does' {
        $lines = Get-FwDpoJob -All -PageSize 50 -ThrottleLimit 4 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | ForEach-Object Message
        $lines | Should -Contain 'Reading 2,000 jobs in 4 ranges of creation time in parallel.'
        $lines = Get-FwDpoJob -All -OrderBy State -ThrottleLimit 4 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | ForEach-Object Message
        $lines | Should -Contain 'Reading pages sequentially: only complete listings by name or creation time, and the first jobs by name, are read in parallel.'
    }
}

Describe 'A service that refuses ranges' {
    AfterEach { Set-EmulatorFault $emulator }

    It 'is read page by page, with one warning' {
        $expected = (Get-FwDpoJob -All).Name -join ' '
        # Requests 1 to 3 are the first page, the oldest and the newest job.
        Set-EmulatorFault $emulator @{ path = $jobsPath; requests = 4, 5, 6, 7; status = 400; body = @{ code = 3; message = 'create_time is not filterable' } }
        $jobs = Get-FwDpoJob -All -PageSize 50 -ThrottleLimit 4 -WarningVariable warnings -WarningAction SilentlyContinue
        ($jobs.Name -join ' ') | Should -BeExactly $expected
        @($warnings) | Should -HaveCount 1
        "$warnings" | Should -BeLike '*sequentially*rejected the filter*create_time is not filterable*'
    }
}

Describe 'Faults while ranges are read' {
    AfterEach { Set-EmulatorFault $emulator }

    It 'are tried again: every job comes once' {
        $expected = (Get-FwDpoJob -All).Name -join ' '
        Set-EmulatorFault $emulator @{ path = $jobsPath; every = 11; status = 503; headers = @{ 'retry-after-ms' = '5' } }, @{ path = $jobsPath; every = 13; reset = 'midBody' }
        $jobs = Get-FwDpoJob -All -PageSize 50 -ThrottleLimit 4 -WarningVariable warnings
        ($jobs.Name -join ' ') | Should -BeExactly $expected
        $warnings | Should -BeNullOrEmpty
        (Get-EmulatorFault $emulator).Played | ForEach-Object { $_ | Should -BeGreaterThan 0 }
    }

    It 'that last end the listing: what comes before is written, and the error says how to have the rest: <Text>' -ForEach @(
        @{ Text = 'by name'; Arguments = @{ All = $true } }
        @{ Text = 'the newest first'; Arguments = @{ All = $true; OrderBy = 'CreateTime desc' } }
        @{ Text = 'by age, some fields'; Arguments = @{ All = $true; OrderBy = 'CreateTime'; ReadMask = 'Name' } }
        @{ Text = 'the first'; Arguments = @{ First = 1900 } }
        @{ Text = 'of a state'; Arguments = @{ All = $true; State = 'Completed'; CreatedBefore = '2026-10-31' } }
        @{ Text = 'with a script block'; Arguments = @{ All = $true; Filter = { $_.State -eq 'Completed' -and $_.Id -like '*1*' } } }
    ) {
        $expected = @(Get-FwDpoJob @Arguments | ForEach-Object Name)
        # From the 20th request on, nothing comes any more.
        Set-EmulatorFault $emulator @{ path = $jobsPath; requests = @(20..400); status = 500; headers = @{ 'x-should-retry' = 'false' } }
        $jobs = [System.Collections.Generic.List[string]]::new()
        $failure = { Get-FwDpoJob @Arguments -PageSize 50 -ThrottleLimit 4 | ForEach-Object { $jobs.Add($_.Name) } } | Should -Throw -ErrorId 'FwApi.ServerError,*' -PassThru
        Set-EmulatorFault $emulator
        $jobs.Count | Should -BeGreaterThan 20
        ($jobs -join ' ') | Should -BeExactly (@($expected | Select-Object -First $jobs.Count) -join ' ')
        $failure.Exception.PageToken | Should -BeNullOrEmpty

        # The parameters are what a person would copy.
        $match = [regex]::Match($failure.Exception.Message, "To continue, run the same command with (?<parameters>.+ -Filter '.+') \(replaces ")
        $match.Success | Should -BeTrue
        $same = @{}
        foreach ($name in $Arguments.Keys | Where-Object { $_ -notin 'Filter', 'State', 'CreatedBefore', 'First' }) { $same[$name] = $Arguments[$name] }
        $rest = @(& ([scriptblock]::Create("param(`$same) Get-FwDpoJob @same -ThrottleLimit 4 $($match.Groups['parameters'].Value)")) $same)
        if ($Arguments.ContainsKey('Filter')) { $rest = @($rest | Where-Object $Arguments.Filter) }
        $seen = [System.Collections.Generic.HashSet[string]]::new()
        $all = @($jobs) + @($rest.Name) | Where-Object { $seen.Add($_) }
        ($all -join ' ') | Should -BeExactly ($expected -join ' ')
        # At most a job of the same moment comes again.
        ($jobs.Count + $rest.Count - $expected.Count) | Should -BeLessOrEqual 1
    }

    It 'that meet a range nobody needs are not an error' {
        $wanted = @(Get-FwDpoJob -First 1000 -OrderBy 'CreateTime desc' | ForEach-Object Name)
        # The oldest range: its pages past the first.
        Set-EmulatorFault $emulator @{ path = $jobsPath; requests = @(30..400); status = 500; headers = @{ 'x-should-retry' = 'false' } }
        $names = Get-FwDpoJob -All -PageSize 50 -OrderBy 'CreateTime desc' -ThrottleLimit 4 | Select-Object -First 300 | ForEach-Object Name
        ($names -join ' ') | Should -BeExactly (@($wanted | Select-Object -First 300) -join ' ')
    }
}

Describe 'A stop while ranges are read' {
    BeforeEach { Reset-Emulator $emulator }

    It 'is heeded by Select-Object -First: hardly anything is asked for afterwards' {
        Get-FwDpoJob -All -PageSize 10 -ThrottleLimit 4 | Select-Object -First 60 | Should -HaveCount 60
        Start-Sleep -Milliseconds 300
        $before = @(Get-EmulatorRequest $emulator).Count
        Start-Sleep -Milliseconds 300
        @(Get-EmulatorRequest $emulator).Count | Should -Be $before
        $before | Should -BeLessThan 150
    }

    It 'is heeded by Ctrl-C' {
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

Describe 'Pages that take 50 ms each' {
    It 'take much less than one after the other' {
        $slow = Start-Emulator emulate, --jobs, 1000, --latency, 50ms, --now, 2026-11-01T00:00:00Z
        try {
            $null = Get-FwDpoJob -All -PageSize 50 -ThrottleLimit 8
            $rounds = foreach ($round in 1..3) {
                [pscustomobject]@{
                    One = (Measure-Command { Get-FwDpoJob -All -PageSize 50 }).TotalMilliseconds
                    SideBySide = (Measure-Command { Get-FwDpoJob -All -PageSize 50 -ThrottleLimit 8 }).TotalMilliseconds
                }
            }
            ($rounds.One | Measure-Object -Minimum).Minimum / ($rounds.SideBySide | Measure-Object -Minimum).Minimum |
                Should -BeGreaterThan 1.5
        }
        finally { Stop-Emulator $slow }
    }
}
