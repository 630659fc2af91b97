# Stop-, Resume- and Remove-FwDpoJob.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $jobsPath = '/v1/accounts/acme/dpoJobs'
}
AfterAll { Remove-Module Support }

Describe 'A cmdlet that changes jobs' {
    BeforeAll {
        $emulator = Start-Emulator emulate, --jobs, 300, --now, 2026-11-01T00:00:00Z, --transition, '10s'
        # Every eighth job fails.
        $ids = (Get-FwDpoJob -All).Id | Where-Object { [int]($_ -replace '.*-') % 8 -ne 7 }
        function Get-TestRequest { @(Get-EmulatorRequest $emulator | ForEach-Object { "$($_.Method) $($_.Path -replace '.*/dpoJobs/?')" }) }
        $before = @{ Stop = 'RUNNING'; Resume = 'FAILED'; Remove = 'COMPLETED' }
        $after = @{ Stop = 'Cancelling'; Resume = 'Pending'; Remove = 'DeletingCleaningUp' }
        $final = @{ Stop = 'Cancelled'; Resume = 'Completed'; Remove = 'Archived' }
        function Get-ChangeRequest([string] $Verb, [string] $Job) { @{ Stop = "POST ${Job}:cancel"; Resume = "POST ${Job}:resume"; Remove = "DELETE $Job" }[$Verb] }
    }
    AfterAll { Stop-Emulator $emulator }

    Context '<Verb>-FwDpoJob' -ForEach @{ Verb = 'Stop' }, @{ Verb = 'Resume' }, @{ Verb = 'Remove' } {
        BeforeAll {
            $command = Get-Command "$Verb-FwDpoJob"
            $force = if ($Verb -eq 'Remove') { @{ Force = $true } } else { @{} }
        }
        BeforeEach {
            Set-EmulatorFault $emulator
            Set-EmulatorJobState $emulator $ids[0..2] $before[$Verb]
            $jobs = Get-FwDpoJob $ids[0..2]
            Reset-Emulator $emulator
        }

        It 'changes a job by id: gets it for the prompt, then sends one request, and writes nothing' {
            & $command $ids[0] -Confirm:$false | Should -BeNullOrEmpty
            Get-TestRequest | Should -Be "GET $($ids[0])", (Get-ChangeRequest $Verb $ids[0])
            (Get-FwDpoJob $ids[0]).State | Should -Be $after[$Verb]
        }

        It 'changes jobs from the pipeline with one request each, and each job once' {
            $jobs[0, 1, 0] | & $command @force -WarningVariable warnings
            Get-TestRequest | Should -Be $ids[0, 1].ForEach({ Get-ChangeRequest $Verb $_ })
            $warnings | Should -BeNullOrEmpty
        }

        It 'writes each job as it is afterwards with -PassThru' {
            $changed = $jobs[0, 1] | & $command @force -PassThru -ThrottleLimit 2
            $changed.Id | Should -Be $ids[0, 1]
            $changed.State | Select-Object -Unique | Should -Be $after[$Verb]
        }

        It 'waits with -Wait, and writes the jobs only with -PassThru' {
            if ($Verb -eq 'Stop') { Set-EmulatorJobState $emulator $ids[0, 1] PAUSED }
            Set-EmulatorClock $emulator -PerRequest 800
            $jobs[0] | & $command @force -Wait | Should -BeNullOrEmpty
            (Get-FwDpoJob $ids[0]).State | Should -Be $final[$Verb]
            ($jobs[1] | & $command @force -Wait -PassThru).State | Should -Be $final[$Verb]
        }

        It 'sends nothing with -WhatIf' {
            $id, $job = $ids[0], $jobs[1]
            $run = Invoke-Runspace "Import-Module Fireworks.DpoJobs; '$id' | $Verb-FwDpoJob -WhatIf; `$WhatIfPreference = `$true; $Verb-FwDpoJob -Id '$id' $(if ($force.Count) { '-Force' })"
            $run.ErrorOutput | Should -BeNullOrEmpty
            $job | & $command -WhatIf
            Get-TestRequest | Should -HaveCount 0
        }

        It 'shows id, display name, state and age with -Verbose' {
            Set-EmulatorJobState $emulator $ids[0] $before[$Verb]
            $job = Get-FwDpoJob $ids[0]
            $lines = $job | & $command @force -Confirm:$false -Verbose 4>&1 | ForEach-Object Message
            $name = if ($job.DisplayName) { "'$($job.DisplayName)', " } else { '' }
            @($lines) -match [regex]::Escape("$($job.Id) ($name$($job.State), created ") | Should -HaveCount 1
        }

        It 'reports a name that is not one of a job, and continues' {
            & $command 'a/b', $ids[0] @force -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failures
            $failures | Should -HaveCount 1
            $failures[0].FullyQualifiedErrorId | Should -BeLike 'FwInvalidJobId,*'
            Get-TestRequest | Should -Contain (Get-ChangeRequest $Verb $ids[0])
        }

        It 'acts on nothing when its input ends with an error' {
            { & { $jobs[0]; throw 'an error' } | & $command @force } | Should -Throw 'an error'
            Get-TestRequest | Should -HaveCount 0
        }

        It 'ends when the key is rejected' {
            Set-EmulatorFault $emulator @{ path = '/v1/*'; status = 401; body = @{ code = 16; message = 'bad key' } }
            { $jobs | & $command @force } | Should -Throw -ErrorId 'FwApi.Unauthenticated,*'
            Get-TestRequest | Should -HaveCount 1
        }

        It 'says when the request may have been carried out' {
            $request = Get-ChangeRequest $Verb $ids[0]
            Set-EmulatorFault $emulator @{ path = '/v1/*'; status = 503; headers = @{ 'retry-after-ms' = '1' } }
            $failure = { $jobs[0] | & $command @force } | Should -Throw -ErrorId 'FwApi.ServerError,*' -PassThru
            "$failure" | Should -Match "The request may have been carried out, and the state of the job could not be retrieved: .* To check, run: Get-FwDpoJob -Id accounts/acme/dpoJobs/$($ids[0])$"
            @(Get-TestRequest) -eq $request | Should -HaveCount $(if ($Verb -eq 'Resume') { 1 } else { 3 })
        }
    }

    It 'warns that a job is already <State>: <Verb>' -ForEach @(
        @{ Verb = 'Stop'; State = 'Completed'; Participle = 'stopped' }
        @{ Verb = 'Stop'; State = 'Cancelling'; Participle = 'stopped' }
        @{ Verb = 'Stop'; State = 'Archived'; Participle = 'stopped' }
        @{ Verb = 'Resume'; State = 'Running'; Participle = 'resumed' }
        @{ Verb = 'Remove'; State = 'Archived'; Participle = 'removed' }
    ) {
        $wire = if ($State -eq 'Archived') { 'DELETED' } else { $State.ToUpperInvariant() }
        Set-EmulatorJobState $emulator $ids[3] $wire
        Reset-Emulator $emulator
        $job = & "$Verb-FwDpoJob" $ids[3] -PassThru -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeExactly "$($ids[3]) was not $Participle, because it is already $State."
        $job.State | Should -Be $State
        Get-TestRequest | Should -Be "GET $($ids[3])"
    }

    It 'warns that a job from an older listing is already finished' {
        Set-EmulatorJobState $emulator $ids[4] RUNNING
        $job = Get-FwDpoJob $ids[4]
        Set-EmulatorJobState $emulator $ids[4] COMPLETED
        $job | Stop-FwDpoJob -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeExactly "$($ids[4]) was not stopped, because it is already Completed."
    }

    It 'warns that a job to remove does not exist, and reports it as an error otherwise' {
        Remove-FwDpoJob no-such-job -Force -PassThru -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$warnings" | Should -Match '^There is no job accounts/acme/dpoJobs/no-such-job, so nothing was removed\.'
        { Stop-FwDpoJob no-such-job } | Should -Throw -ErrorId 'FwApi.NotFound,*'
        { Resume-FwDpoJob no-such-job } | Should -Throw -ErrorId 'FwApi.NotFound,*'
    }

    It 'reports that a completed job cannot be resumed' {
        Set-EmulatorJobState $emulator $ids[5] COMPLETED
        { Resume-FwDpoJob $ids[5] } | Should -Throw '*cannot resume job in state: JOB_STATE_COMPLETED*' -ErrorId 'FwApi.FailedPrecondition,*'
    }

    It 'prompts before it removes a job, but not with -Force' {
        $job = Get-FwDpoJob $ids[6]
        # There is no one to answer.
        { $job | Remove-FwDpoJob } | Should -Throw '*NonInteractive*'
        (Get-FwDpoJob $ids[6]).State | Should -Be $job.State
        $job | Remove-FwDpoJob -Force
        (Get-FwDpoJob $ids[6]).State | Should -Be 'DeletingCleaningUp'
    }

    It 'ends after several connection failures in a row, and says what was changed' {
        $jobs = Get-FwDpoJob $ids[50..59]
        Set-EmulatorFault $emulator @{ path = '/v1/*'; requests = @(2..99); reset = 'beforeHeaders' }
        Connect-FwAccount -SkipValidation -MaximumRetryCount 0
        try {
            $changed = [System.Collections.Generic.List[object]]::new()
            $failure = { $jobs | Remove-FwDpoJob -Force -ErrorAction SilentlyContinue -Verbose 4>&1 | ForEach-Object { $changed.Add($_) } } | Should -Throw -PassThru
            "$failure" | Should -Match '5 requests in a row failed, so no more jobs are requested\.'
        }
        finally { Disconnect-FwAccount; Set-EmulatorFault $emulator }
        (Get-FwDpoJob $ids[50..59]).Where({ $_.State -ne 'DeletingCleaningUp' }).Id | Should -Be $ids[51..59]
    }
}

Describe 'A listing that is piped to a cmdlet that changes its jobs (<Name>)' -ForEach @(
    @{ Name = 'opaque page tokens'; Option = @(); Listing = @{} }
    @{ Name = 'page numbers'; Option = '--page-numbers'; Listing = @{} }
    @{ Name = 'page numbers, -ThrottleLimit'; Option = '--page-numbers'; Listing = @{ ThrottleLimit = 4; PageSize = 50 } }
) {
    BeforeAll {
        $emulator = Start-Emulator (@('emulate', '--jobs', '600', '--now', '2026-11-01T00:00:00Z') + $Option)
        $allJobs = Get-FwDpoJob -All
    }
    AfterAll { Stop-Emulator $emulator }

    It 'reaches all running jobs' {
        $expected = ($allJobs | Where-Object State -EQ Running).Name
        (Get-FwDpoJob -All -State Running @Listing -WarningVariable warnings | Stop-FwDpoJob -PassThru).Name | Should -Be $expected
        $warnings | Should -BeNullOrEmpty
    }

    It 'reaches all 600 of 600 jobs' {
        Get-FwDpoJob -All @Listing -WarningVariable warnings | Remove-FwDpoJob -Force -ThrottleLimit 8
        $warnings | Should -BeNullOrEmpty
        Get-FwDpoJob -All | Should -BeNullOrEmpty
        (Get-FwDpoJob -All -IncludeArchived).Name | Should -Be $allJobs.Name
    }
}
