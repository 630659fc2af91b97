# Wait-FwDpoJob. The clock of the emulator's account moves with each request, so that no test waits for a job.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 300, --now, 2026-11-01T00:00:00Z
    $names = (Get-FwDpoJob -All).Name
    # Every eighth job fails.
    $ids = $names | ForEach-Object { ($_ -split '/')[-1] } | Where-Object { [int]($_ -replace '.*-') % 8 -ne 7 }
    $fast = @{ PollingInterval = 0.1 }
    function Get-TestRequest { @(Get-EmulatorRequest $emulator) }
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'Wait-FwDpoJob' {
    BeforeEach { Reset-Emulator $emulator; Set-EmulatorFault $emulator }

    It 'writes each job when it finishes, in order of completion' {
        Set-EmulatorJobState $emulator $ids[0] CREATING
        Set-EmulatorJobState $emulator $ids[1] RUNNING
        Set-EmulatorJobState $emulator $ids[2] COMPLETED
        Set-EmulatorClock $emulator -PerRequest 40
        $jobs = $ids[0..2] | Wait-FwDpoJob @fast
        $jobs.Id | Should -Be $ids[2, 1, 0]
        $jobs.State | Select-Object -Unique | Should -Be 'Completed'
        $jobs[0].TrainingConfig | Should -Not -BeNullOrEmpty
    }

    It 'writes finished jobs from the pipeline at once, without a request' {
        $finished = Get-FwDpoJob -First 3 -State Completed
        Reset-Emulator $emulator
        ($finished | Wait-FwDpoJob).Id | Should -Be ($finished | Sort-Object CompletedTime).Id
        Get-TestRequest | Should -HaveCount 0
    }

    It 'needs one listing per round for many jobs, and one request for each that finished' {
        $some = $ids[10..49]
        Set-EmulatorJobState $emulator $some RUNNING
        $running = Get-FwDpoJob -All -State Running | Where-Object Id -In $some
        Reset-Emulator $emulator
        Set-EmulatorClock $emulator -PerRequest 200
        $jobs = $running | Wait-FwDpoJob @fast
        $jobs | Should -HaveCount 40
        $jobs.State | Select-Object -Unique | Should -Be 'Completed'
        $lists, $gets = (Get-TestRequest).Where({ $_.Path -like '*/dpoJobs' }, 'Split')
        $lists.Count | Should -BeLessOrEqual 4
        $gets | Should -HaveCount 40
        $lists[0].Query['readMask'] | Should -Be 'name,state,create_time,display_name'
    }

    It 'ends with the first job with -Any' {
        Set-EmulatorJobState $emulator $ids[0] PENDING
        Set-EmulatorJobState $emulator $ids[1] RUNNING
        Set-EmulatorClock $emulator -PerRequest 70
        (Wait-FwDpoJob $ids[0..1] -Any @fast).Id | Should -Be $ids[1]
    }

    It 'waits for the states of -State' {
        Set-EmulatorJobState $emulator $ids[0] PENDING
        Set-EmulatorClock $emulator -PerRequest 50
        (Wait-FwDpoJob $ids[0] -State Running, Completed @fast).State | Should -Be 'Running'
    }

    It 'writes one error for a job that <Text>' -ForEach @(
        @{ Text = 'is paused'; State = 'PAUSED'; Wanted = @{}; Id = 'FwWait.Paused'; Message = 'is paused and may never continue by itself\.' }
        @{ Text = 'is in an unknown state'; State = 'HIBERNATING'; Wanted = @{}; Id = 'FwWait.UnknownState'; Message = 'is in a state that this version of the module does not know: JOB_STATE_HIBERNATING\.' }
        @{ Text = 'was deleted'; State = 'DELETED'; Wanted = @{}; Id = 'FwWait.Removed'; Message = 'was deleted; its state is Archived\.' }
        @{ Text = 'ended in another state'; State = 'FAILED'; Wanted = @{ State = 'Running' }; Id = 'FwWait.OtherState'; Message = 'ended in the state Failed, which is not one of' }
    ) {
        Set-EmulatorJobState $emulator $ids[3] $State
        Set-EmulatorJobState $emulator $ids[4] RUNNING
        Set-EmulatorClock $emulator -PerRequest $(if ($Wanted.Count) { 0 } else { 300 })
        $jobs = Wait-FwDpoJob $ids[3, 4] @fast @Wanted -ErrorAction SilentlyContinue -ErrorVariable failures
        @($jobs).Id | Should -Be $ids[4]
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        "$($failures[0])" | Should -Match "^$($ids[3]) $Message"
        $failures[0].TargetObject | Should -Be "accounts/acme/dpoJobs/$($ids[3])"
        $failures[0].Exception.Job.Id | Should -Be $ids[3]
    }

    It 'writes one error for a job that does not exist' {
        { Wait-FwDpoJob no-such-job } | Should -Throw -ErrorId 'FwApi.NotFound,*'
    }

    It 'writes one error per remaining job at the time limit, with its state' {
        Set-EmulatorJobState $emulator $ids[5, 6] RUNNING
        Set-EmulatorJobState $emulator $ids[7] COMPLETED
        $jobs = Wait-FwDpoJob $ids[5..7] @fast -Timeout 0.3 -ErrorAction SilentlyContinue -ErrorVariable failures
        $jobs.Id | Should -Be $ids[7]
        $failures | Should -HaveCount 2
        foreach ($failure in $failures) {
            $failure.FullyQualifiedErrorId | Should -BeLike 'FwWait.Timeout,*'
            "$failure" | Should -Match "^$($ids[5])|^$($ids[6])"
            "$failure" | Should -Match 'did not reach the state within 00:00:00\.3000000; it is Running\.$'
            $failure.CategoryInfo.Category | Should -Be 'OperationTimeout'
        }
    }

    It 'accepts <Text> as a duration' -ForEach @(
        @{ Text = 'a number of seconds'; Value = 0 }
        @{ Text = 'a TimeSpan'; Value = [timespan]::Zero }
        @{ Text = 'a string in the form of a TimeSpan'; Value = '0:00:00' }
        @{ Text = 'a string with a unit'; Value = '0m' }
    ) {
        Set-EmulatorJobState $emulator $ids[5] RUNNING
        { Wait-FwDpoJob $ids[5] -Timeout $Value } | Should -Throw -ErrorId 'FwWait.Timeout,*'
        { Wait-FwDpoJob $ids[5] -PollingInterval $Value } | Should -Throw '*too short. The minimum is 00:00:00.1*'
    }

    It 'reads 1d as a day, and rejects what is not a duration' {
        Set-EmulatorJobState $emulator $ids[5] COMPLETED
        (Wait-FwDpoJob $ids[5] -Timeout 1d).Id | Should -Be $ids[5]
        { Wait-FwDpoJob $ids[5] -Timeout soon } | Should -Throw "*'soon' is not a duration. Use a number of seconds*"
    }

    It 'rides out an outage and reports it once' {
        Set-EmulatorJobState $emulator $ids[8] RUNNING
        Set-EmulatorClock $emulator -PerRequest 100
        Set-EmulatorFault $emulator @{ path = '/v1/*'; requests = 2, 3; status = 200; body = '<html>sign in</html>' }
        $job = Wait-FwDpoJob $ids[8] @fast -WarningVariable warnings -WarningAction SilentlyContinue
        $job.State | Should -Be 'Completed'
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match '^The state of the jobs cannot be retrieved at present, so waiting continues\. The service returned 200 with text/html'
    }

    It 'ends when the key is rejected: <Count> jobs' -ForEach @{ Count = 1 }, @{ Count = 9 } {
        Set-EmulatorJobState $emulator $ids[20..28] RUNNING
        Set-EmulatorFault $emulator @{ path = '/v1/*'; requests = @(2..99); status = 401; body = @{ code = 16; message = 'bad key' } }
        $failures = $null
        { Wait-FwDpoJob $ids[20..(19 + $Count)] @fast -ErrorVariable +failures } | Should -Throw -ErrorId 'FwApi.Unauthenticated,*'
    }

    It 'writes nothing and requests nothing for an empty pipeline' {
        @() | Wait-FwDpoJob | Should -BeNullOrEmpty
        Get-TestRequest | Should -HaveCount 0
    }

    It 'shows the progress of all jobs, and clears it' {
        Set-EmulatorJobState $emulator $ids[30] RUNNING
        Set-EmulatorJobState $emulator $ids[31] COMPLETED
        Set-EmulatorClock $emulator -PerRequest 150
        $pipeline = Start-Pipeline "Wait-FwDpoJob '$($ids[30])', '$($ids[31])' -PollingInterval 0.3"
        Wait-Until { $pipeline.Shell.InvocationStateInfo.State -eq 'Completed' }
        $records = $pipeline.Shell.Streams.Progress | Where-Object ActivityId -GE 100
        $pipeline.Shell.Dispose()
        $overall, $lines = $records.Where({ $_.ActivityId -eq 100 }, 'Split')
        $overall.StatusDescription | Should -Contain '1 of 2 finished'
        ($lines | Where-Object Activity -EQ $ids[30]).StatusDescription | Should -Contain 'Running for 0s'
        $lines.ParentActivityId | Select-Object -Unique | Should -Be 100
        # The last record of each bar removes it.
        foreach ($bar in $records | Group-Object ActivityId) { $bar.Group[-1].RecordType | Should -Be 'Completed' }
    }

    It 'stops at once' {
        Set-EmulatorJobState $emulator $ids[32] RUNNING
        $pipeline = Start-Pipeline "Wait-FwDpoJob '$($ids[32])' -PollingInterval 600"
        Wait-Until { Get-TestRequest }
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $pipeline.Shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
        $pipeline.Shell.Dispose()
    }

    It 'gives a script its exit code' {
        Set-EmulatorJobState $emulator $ids[40] RUNNING
        Set-EmulatorJobState $emulator $ids[41] FAILED
        Set-EmulatorClock $emulator -PerRequest 400
        $jobs = Wait-FwDpoJob $ids[40, 41] @fast -Timeout 2:00:00
        @($jobs | Where-Object State -NE Completed).Count | Should -Be 1
    }
}
