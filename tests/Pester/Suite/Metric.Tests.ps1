# Get-FwDpoJobMetric. The clock of the emulator's account moves with each request, so that no test waits for a job.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 40, --now, 2026-11-01T00:00:00Z
    # Every eighth job fails.
    $ids = (Get-FwDpoJob -All).Id | Where-Object { [int]($_ -replace '.*-') % 8 -ne 7 }
    function Get-FileRequest { @(Get-EmulatorRequest $emulator | Where-Object File) }
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'Get-FwDpoJobMetric' {
    BeforeEach { Reset-Emulator $emulator -Account; Set-EmulatorJobState $emulator $ids[0..3] COMPLETED }

    It 'rejects -PollingInterval without -Wait' {
        { Get-FwDpoJobMetric a -PollingInterval 5 } | Should -Throw '-PollingInterval needs -Wait.' -ErrorId 'FwInvalidParameter,*'
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }

    It 'writes one typed object per step' {
        $metrics = Get-FwDpoJobMetric $ids[0]
        $metrics | Should -HaveCount 1000
        $metrics[0] | Should -BeOfType Fireworks.DpoJobs.DpoJobMetric
        $metrics.JobId | Select-Object -Unique | Should -BeExactly $ids[0]
        -join $metrics.Step | Should -BeExactly (-join (1..1000))
        $metrics[0].Loss | Should -BeGreaterThan 0
        $metrics[0].Accuracy | Should -BeIn (0..64 | ForEach-Object { $_ / 64 })
        $metrics[-1].TotalTokens | Should -BeOfType [long]
        # NaN is null.
        @($metrics | Where-Object { $null -eq $_.Loss }).Count | Should -BeGreaterThan 0
        $metrics[0].Values.Count | Should -BeGreaterThan 0
    }

    It 'reads both forms of a line' {
        $flat = Get-FwDpoJobMetric $ids[0]
        Connect-FwAccount -ApiKey (ConvertTo-SecureString fw_test -AsPlainText) -BaseUri "$($emulator.Address)dialects/nested-metrics" -AccountId acme -SkipValidation
        try { $nested = Get-FwDpoJobMetric $ids[0] }
        finally { Disconnect-FwAccount }
        $flat[0].Time | Should -BeNullOrEmpty
        $nested[0].Time | Should -BeOfType [datetimeoffset]
        $nested.Loss -join ' ' | Should -BeExactly ($flat.Loss -join ' ')
        $nested.Step -join ' ' | Should -BeExactly ($flat.Step -join ' ')
    }

    It 'accepts <Form>' -ForEach @(
        @{ Form = 'job objects'; Get = { Get-FwDpoJob $ids[0..1] | Get-FwDpoJobMetric -Last 1 } }
        @{ Form = 'ids from the pipeline'; Get = { $ids[0], '', $ids[1] | Get-FwDpoJobMetric -Last 1 } }
        @{ Form = 'full names'; Get = { $alias = @{ Name = $ids[0..1] | ForEach-Object { "accounts/acme/dpoJobs/$_" } }; Get-FwDpoJobMetric @alias -Last 1 } }
        @{ Form = 'rows of a CSV file'; Get = { Get-FwDpoJob $ids[0..1] | ConvertTo-Csv | ConvertFrom-Csv | Get-FwDpoJobMetric -Last 1 } }
    ) {
        $metrics = & $Get
        $metrics.JobId | Should -Be $ids[0..1]
        $metrics.Step | Should -Be 1000, 1000
    }

    It 'reports a missing and an invalid job, and continues' {
        $metrics = $ids[0], 'no-such-job', 'No/Job', $ids[1] | Get-FwDpoJobMetric -Last 1 -ErrorVariable failures -ErrorAction SilentlyContinue
        $metrics.JobId | Should -Be $ids[0..1]
        $failures.FullyQualifiedErrorId | Should -Be 'FwApi.NotFound,Fireworks.DpoJobs.GetFwDpoJobMetricCommand', 'FwInvalidJobId,Fireworks.DpoJobs.GetFwDpoJobMetricCommand'
        $failures[0].TargetObject | Should -Be 'accounts/acme/dpoJobs/no-such-job'
    }

    It 'gets the last metrics with a request for the last part of the file' {
        Set-EmulatorFileSetting $emulator @{ metricSteps = 5000 }
        (Get-FwDpoJobMetric $ids[0] -Last 3).Step | Should -Be 4998, 4999, 5000
        (Get-FileRequest).Range | Should -Be 'bytes=-65536'
        (Get-FwDpoJobMetric $ids[0] -Last 600).Step | Should -Be (4401..5000)
        Get-FwDpoJobMetric $ids[0] -Last 0 | Should -BeNullOrEmpty
        (Get-FwDpoJobMetric $ids[0] -Last 9999) | Should -HaveCount 5000
    }

    It 'streams, so that Select-Object -First ends the download' {
        # The rest of the file never arrives.
        Set-EmulatorFault $emulator @{ file = 'metrics'; stall = 'body' }
        (Get-FwDpoJobMetric $ids[0] | Select-Object -First 2).Step | Should -Be 1, 2
        Wait-Until { (Get-FileRequest)[0].Aborted }
    }

    It 'has no result and no error if there is no file: <Form>' -ForEach @(
        @{ Form = 'an empty address'; State = 'PENDING'; Dialect = '' }
        @{ Form = 'an address without a file'; State = 'COMPLETED'; Dialect = 'dialects/missing-metrics' }
    ) {
        Set-EmulatorJobState $emulator $ids[0] $State
        Connect-FwAccount -ApiKey (ConvertTo-SecureString fw_test -AsPlainText) -BaseUri "$($emulator.Address)$Dialect" -AccountId acme -SkipValidation
        try { $output = Get-FwDpoJobMetric $ids[0] -Verbose 4>&1 -ErrorAction Stop }
        finally { Disconnect-FwAccount }
        $output | Should -BeOfType System.Management.Automation.VerboseRecord
        "$($output[-1])" | Should -BeExactly "$($ids[0]) has no metrics file. A job has none before its first step."
    }

    It 'leaves an incomplete last line for later, and warns once about malformed lines' {
        Set-EmulatorFile $emulator $ids[0] metrics "{`"step`":1,`"train/loss`":0.7}`nbroken`n`n{`"step`":2}`nbroken`n{`"ste"
        $metrics = $ids[0] | Get-FwDpoJobMetric -WarningVariable warnings -WarningAction SilentlyContinue
        $metrics.Step | Should -Be 1, 2
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match "^The metrics file of $($ids[0]) has a malformed line, which is left out \(line 2\)\."
    }

    It 'counts a complete last line without a line feed, and warns about an incomplete one if the job has ended' {
        Set-EmulatorFile $emulator $ids[0] metrics "{`"step`":1}`n{`"step`":2}"
        (Get-FwDpoJobMetric $ids[0]).Step | Should -Be 1, 2
        Set-EmulatorFile $emulator $ids[0] metrics "{`"step`":1}`n{`"step`":"
        $metrics = Get-FwDpoJob $ids[0] | Get-FwDpoJobMetric -WarningVariable warnings -WarningAction SilentlyContinue
        $metrics.Step | Should -Be 1
        "$warnings" | Should -Match 'line 2'
    }

    It 'reports a line that is too long, and continues with the next job' {
        Set-EmulatorFile $emulator $ids[0] metrics ('{"step":1}' + "`n" + 'x' * 3mb)
        $metrics = $ids[0, 1] | Get-FwDpoJobMetric -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        "$failures" | Should -Match "The metrics file of $($ids[0]) has a line of more than 1 MiB \(line 2\)"
        $metrics[0].Step | Should -Be 1
        $metrics[1].JobId | Should -Be $ids[1]
    }

    It 'loses and repeats no step when the connection breaks' {
        Set-EmulatorFault $emulator @{ file = 'metrics'; reset = 'midBody'; after = 10000; requests = 1, 2 }, @{ file = 'metrics'; truncate = $true; after = 0; requests = @(3) }
        -join (Get-FwDpoJobMetric $ids[0]).Step | Should -BeExactly (-join (1..1000))
        Get-FileRequest | Should -HaveCount 4
        (Get-FileRequest).Range[1..3] | Should -Match '^bytes=\d+-$'
    }

    It 'sends no key to a signed address, and does not show the address' {
        $output = Get-FwDpoJobMetric $ids[0] -Last 1 -Verbose -Debug *>&1 | Out-String -Width 500
        $output | Should -Match 'VERBOSE|GET http://127\.0\.0\.1:\d+/\(signed address\): 206'
        $output | Should -Not -Match 'X-Goog|Signature|metrics\.jsonl'
        $status = Get-EmulatorFileStatus $emulator
        $status.requests | Should -Be 1
        $status.withAuthorization | Should -Be 0
    }

    It 'renews an address that has expired, once' {
        Set-EmulatorFault $emulator @{ file = 'metrics'; status = 403; repeat = 1 }
        (Get-FwDpoJobMetric $ids[0] -Last 1).Step | Should -Be 1000
        Get-FileRequest | Should -HaveCount 2
        Reset-Emulator $emulator
        Set-EmulatorFault $emulator @{ file = 'metrics'; status = 403 }
        Get-FwDpoJobMetric $ids[0] -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures.FullyQualifiedErrorId | Should -BeLike 'FwApi.PermissionDenied,*'
        Get-FileRequest | Should -HaveCount 2
    }

    It 'works in a new process, and shows a table' {
        $run = Invoke-PowerShell "[cultureinfo]::CurrentCulture = ''; `$PSStyle.OutputRendering = 'PlainText'; Get-FwDpoJobMetric $($ids[0]) -Last 2"
        $run.ErrorOutput | Should -BeNullOrEmpty
        $lines = $run.Output -split '\r?\n' | Where-Object { $_ }
        $lines[0].Trim() | Should -BeExactly "Job: $($ids[0])"
        $lines[1] | Should -BeExactly '    Step       Loss    Margin Accuracy        LR   Tokens/s'
        $lines[4] | Should -Match '^    1000 +[\d.]+ +[\d.]+ +0\.\d{3}  \d\.\d\de-\d\d +[\d,]+$'
        $lines | Should -HaveCount 5
    }

    It 'can be plotted' {
        $lines = $ids[0..1] | Get-FwDpoJobMetric | Show-FwDpoJobMetric Loss -Width 79
        $lines[-1] | Should -Match "^A $($ids[0]) [\d.]+   B $($ids[1]) [\d.]+$"
    }
}

Describe 'Get-FwDpoJobMetric -Wait' {
    BeforeEach { Reset-Emulator $emulator -Account }

    It 'writes the steps as they are added, until the job ends' {
        Set-EmulatorFileSetting $emulator @{ metricSteps = 20 }
        Set-EmulatorJobState $emulator $ids[0] PENDING
        Set-EmulatorClock $emulator -PerRequest 11
        $metrics = Get-FwDpoJobMetric $ids[0] -Wait -PollingInterval 0.1
        $metrics.Step | Should -Be (1..20)
        (Get-FwDpoJob $ids[0]).State | Should -Be 'Completed'
        # Requests for more begin with the end of the last complete line.
        $files = Get-FileRequest
        $files.Count | Should -BeGreaterThan 10
        $files[-1].Range | Should -Match '^bytes=[1-9]\d*-$'
        (Get-EmulatorFileStatus $emulator).withAuthorization | Should -Be 0
    }

    It 'renews the address when it expires' {
        Set-EmulatorFileSetting $emulator @{ metricSteps = 20; lifetime = 60 }
        Set-EmulatorJobState $emulator $ids[0] RUNNING
        Set-EmulatorClock $emulator -PerRequest 11
        $metrics = Get-FwDpoJobMetric $ids[0] -Wait -PollingInterval 0.1 -WarningVariable warnings
        $metrics.Step | Should -Be (1..20)
        $warnings | Should -BeNullOrEmpty
        @(Get-FileRequest | Where-Object Status -EQ 403).Count | Should -BeGreaterThan 3
        @(Get-EmulatorRequest $emulator | Where-Object Path -Like '*:getMetricsFileEndpoint').Count | Should -BeGreaterThan 3
    }

    It 'follows several jobs together' {
        Set-EmulatorFileSetting $emulator @{ metricSteps = 10 }
        Set-EmulatorJobState $emulator $ids[0..1] RUNNING
        Set-EmulatorClock $emulator -PerRequest 20
        $metrics = Get-FwDpoJob $ids[0..1] | Get-FwDpoJobMetric -Wait -PollingInterval 0.1
        foreach ($id in $ids[0..1]) { ($metrics | Where-Object JobId -EQ $id).Step | Should -Be (1..10) }
        # The jobs take turns.
        ($metrics.JobId | Select-Object -First 15 -Unique) | Should -HaveCount 2
    }

    It 'begins with the last metrics of -Last' {
        Set-EmulatorFileSetting $emulator @{ metricSteps = 20 }
        Set-EmulatorJobState $emulator $ids[0] RUNNING
        Set-EmulatorClock $emulator -Advance 300
        Set-EmulatorClock $emulator -PerRequest 20
        $metrics = Get-FwDpoJobMetric $ids[0] -Last 2 -Wait -PollingInterval 0.1
        $metrics[0].Step | Should -BeIn 8, 9, 10
        $metrics.Step | Should -Be ($metrics[0].Step..20)
    }

    It 'reads a job that has ended once' {
        Set-EmulatorJobState $emulator $ids[0] COMPLETED
        $job = Get-FwDpoJob $ids[0]
        Reset-Emulator $emulator
        $job | Get-FwDpoJobMetric -Wait | Should -HaveCount 1000
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 2
    }

    It 'ends with an error for a job that is paused, after its metrics' {
        Set-EmulatorFile $emulator $ids[0] metrics "{`"step`":1}`n"
        Set-EmulatorJobState $emulator $ids[0] PAUSED
        (Get-FwDpoJobMetric $ids[0] -Wait -ErrorVariable failures -ErrorAction SilentlyContinue).Step | Should -Be 1
        $failures.FullyQualifiedErrorId | Should -BeLike 'FwWait.Paused,*'
    }

    It 'survives an outage with one warning' {
        Set-EmulatorFileSetting $emulator @{ metricSteps = 10 }
        Set-EmulatorJobState $emulator $ids[0] RUNNING
        Set-EmulatorClock $emulator -PerRequest 30
        Connect-FwAccount -SkipValidation -MaximumRetryCount 0
        Set-EmulatorFault $emulator @{ file = 'metrics'; status = 503; requests = 3, 4 }
        try { $metrics = Get-FwDpoJobMetric $ids[0] -Wait -PollingInterval 0.1 -WarningVariable warnings -WarningAction SilentlyContinue }
        finally { Disconnect-FwAccount }
        $metrics.Step | Should -Be (1..10)
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match 'cannot be read at present, so waiting continues\. .*503.*\(signed address\)'
    }

    It 'ends at once with Ctrl-C' {
        Set-EmulatorJobState $emulator $ids[0] RUNNING
        $pipeline = Start-Pipeline "Get-FwDpoJobMetric $($ids[0]) -Wait -PollingInterval 1h"
        Wait-Until { @(Get-EmulatorRequest $emulator | Where-Object { $_.Path -like "*/$($ids[0])" }).Count -gt 0 }
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $pipeline.Shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 3
        $pipeline.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $pipeline.Shell.Streams.Error | Should -BeNullOrEmpty
    }
}
