# Get-FwDpoJobLog. The clock of the emulator's account moves with each request, so that no test waits for a job.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 40, --now, 2026-11-01T00:00:00Z
    # Every eighth job fails.
    $ids = (Get-FwDpoJob -All).Id | Where-Object { [int]($_ -replace '.*-') % 8 -ne 7 }
    function Get-FileRequest { @(Get-EmulatorRequest $emulator | Where-Object File) }
    function Get-Log($Id) {
        $response = Invoke-WebRequest ([uri]::new($emulator.Address, "/_emulator/files/$Id/log"))
        [Text.Encoding]::UTF8.GetString($response.Content)
    }
    function Connect-Dialect($Name) {
        Connect-FwAccount -ApiKey (ConvertTo-SecureString fw_test -AsPlainText) -BaseUri "$($emulator.Address)dialects/$Name" -AccountId acme -SkipValidation
    }
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'Get-FwDpoJobLog' {
    BeforeEach { Reset-Emulator $emulator -Account; Set-EmulatorJobState $emulator $ids[0..3] COMPLETED }

    It 'rejects -PollingInterval without -Wait' {
        { Get-FwDpoJobLog a -PollingInterval 5 } | Should -Throw '-PollingInterval needs -Wait.' -ErrorId 'FwInvalidParameter,*'
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }

    It 'writes the lines, with visible control characters' {
        $lines = Get-FwDpoJobLog $ids[0]
        $lines[0] | Should -BeOfType [string]
        $expected = (Get-Log $ids[0]).TrimEnd("`n") -split '\r?\n'
        $lines | Should -HaveCount $expected.Count
        $lines[0] | Should -Match 'the training begins$'
        $lines -match '[\p{Cc}\u202a-\u202e\u2066-\u2069]' | Should -BeNullOrEmpty
        $lines -match '␛\[33mWARNING␛\[0m' | Should -Not -BeNullOrEmpty
    }

    It 'writes the lines unchanged with -Raw' {
        $expected = (Get-Log $ids[0]).TrimEnd("`n") -split '\r?\n'
        (Get-FwDpoJobLog $ids[0] -Raw) -join '|' | Should -BeExactly ($expected -join '|')
    }

    It 'writes the last lines with a request for the last part of the log' {
        $all = Get-FwDpoJobLog $ids[0]
        Reset-Emulator $emulator
        Get-FwDpoJobLog $ids[0] -Tail 5 | Should -BeExactly $all[-5..-1]
        (Get-FileRequest).Range | Should -Be 'bytes=-65536'
        Get-FwDpoJobLog $ids[0] -Tail 500 | Should -BeExactly $all[-500..-1]
        Get-FwDpoJobLog $ids[0] -Tail 100000 | Should -HaveCount $all.Count
        Get-FwDpoJobLog $ids[0] -Tail 0 | Should -BeNullOrEmpty
    }

    It 'writes an incomplete last line too' {
        Set-EmulatorFile $emulator $ids[0] log "one`ntwo`r`nthr"
        Get-FwDpoJobLog $ids[0] | Should -BeExactly 'one', 'two', 'thr'
        Get-FwDpoJobLog $ids[0] -Tail 2 | Should -BeExactly 'two', 'thr'
    }

    It 'accepts job objects, ids and full names' {
        $first = $ids[0..1] | ForEach-Object { Get-FwDpoJobLog $_ -Tail 1 }
        $ids[0..1] | Get-FwDpoJobLog -Tail 1 | Should -BeExactly $first
        Get-FwDpoJob $ids[0..1] | Get-FwDpoJobLog -Tail 1 | Should -BeExactly $first
        Get-FwDpoJobLog "accounts/acme/dpoJobs/$($ids[0])" -Tail 1 | Should -BeExactly $first[0]
    }

    It 'uses the address of a job object, and requests the job again when it has expired' {
        $job = Get-FwDpoJob $ids[0]
        Reset-Emulator $emulator
        $job | Get-FwDpoJobLog -Tail 1 | Should -Not -BeNullOrEmpty
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 1
        Set-EmulatorClock $emulator -Advance 700
        Reset-Emulator $emulator
        $job | Get-FwDpoJobLog -Tail 1 | Should -Not -BeNullOrEmpty
        (Get-EmulatorRequest $emulator).Status | Should -Be 403, 200, 206
        (Get-EmulatorFileStatus $emulator).withAuthorization | Should -Be 0
    }

    It 'reports all jobs without a log in one error that says what to do' {
        Connect-Dialect no-trainer-logs
        try { $lines = Get-FwDpoJob $ids[0..2] | Get-FwDpoJobLog -ErrorVariable failures -ErrorAction SilentlyContinue }
        finally { Disconnect-FwAccount }
        $lines | Should -BeNullOrEmpty
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeExactly 'FwLogUnavailable,Fireworks.DpoJobs.GetFwDpoJobLogCommand'
        "$($failures[0])" | Should -BeExactly "There is no trainer log of $($ids[0..2] -join ', '). The service offers the log only after the trainer has started, and only to accounts for which trainer log reading is enabled."
        $failures[0].ErrorDetails.RecommendedAction | Should -Match 'ask Fireworks\.ai to enable'
    }

    It 'divides a line that is too long' {
        Set-EmulatorFile $emulator $ids[0] log ('x' * 2.5mb + "`nend")
        $lines = Get-FwDpoJobLog $ids[0]
        $lines | ForEach-Object Length | Should -Be 1mb, 1mb, 0.5mb, 3
    }

    It 'works in a new process' {
        $run = Invoke-PowerShell "Get-FwDpoJobLog $($ids[0]) -Tail 3 | Measure-Object | ForEach-Object Count"
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.Output.Trim() | Should -Be '3'
    }
}

Describe 'Get-FwDpoJobLog -Wait' {
    BeforeEach { Reset-Emulator $emulator -Account }

    It 'continues with new lines until the job ends' {
        Set-EmulatorJobState $emulator $ids[0] RUNNING
        Set-EmulatorClock $emulator -PerRequest 30
        $lines = Get-FwDpoJobLog $ids[0] -Wait -PollingInterval 0.1 -Raw
        (Get-FwDpoJob $ids[0]).State | Should -Be 'Completed'
        $lines -join '|' | Should -BeExactly (((Get-Log $ids[0]).TrimEnd("`n") -split '\r?\n') -join '|')
    }

    It 'begins with the last lines of -Tail' {
        Set-EmulatorJobState $emulator $ids[0] RUNNING
        Set-EmulatorClock $emulator -Advance 300
        Set-EmulatorClock $emulator -PerRequest 100
        $lines = Get-FwDpoJobLog $ids[0] -Tail 2 -Wait -PollingInterval 0.1 -Raw
        $all = (Get-Log $ids[0]).TrimEnd("`n") -split '\r?\n'
        $lines.Count | Should -BeLessThan ($all.Count * 0.7)
        $lines -join '|' | Should -BeExactly ($all[ - $lines.Count..-1] -join '|')
    }

    It 'does not wait for a log that will not appear' {
        Set-EmulatorJobState $emulator $ids[0] PENDING
        Set-EmulatorClock $emulator -PerRequest 60
        Connect-Dialect no-trainer-logs
        try { Get-FwDpoJobLog $ids[0] -Wait -PollingInterval 0.1 -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty }
        finally { Disconnect-FwAccount }
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FwLogUnavailable,*'
        (Get-FwDpoJob $ids[0]).State | Should -Be 'Running'
    }
}
