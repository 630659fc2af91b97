BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs

    $jobs = foreach ($i in 1..20) {
        [Fireworks.DpoJobs.DpoJob]@{
            Name = "accounts/acme/dpoJobs/nightly-$i"
            State = $i % 4 ? 'Completed' : 'Failed'
            CreateTime = [datetimeoffset]::new(2026, 11, $i, 8, 0, 0, [timespan]::Zero)
            CompletedTime = [datetimeoffset]::new(2026, 11, $i, 10, $i, 0, [timespan]::Zero)
            Status = if ($i % 4) { $null } else { [Fireworks.DpoJobs.RpcStatus]@{ CodeText = 'INTERNAL'; Message = "out of memory at step $i" } }
        }
    }
    $metrics = foreach ($step in 1..50) {
        [Fireworks.DpoJobs.DpoJobMetric]@{ JobId = 'nightly-20'; Step = $step; Loss = 1 / $step; Accuracy = 1 - 1 / $step }
    }
}
AfterAll { Remove-Module Support }

Describe 'Export-FwDpoJobReport' {
    BeforeEach {
        $folder = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
        $path = Join-Path $folder 'report.html'
    }
    AfterEach { Get-ChildItem $folder -Force -Filter *.tmp | Should -BeNullOrEmpty }

    It 'writes a page about the jobs, and nothing to the pipeline' {
        $jobs | Export-FwDpoJobReport $path | Should -BeNullOrEmpty
        $page = Get-Content $path -Raw
        $page | Should -Match '(?s)^<!DOCTYPE html ?><html lang="en">.*</html>$'
        $page | Should -Match '(?s)<h1>DPO jobs</h1>.*<dt>Failed</dt><dd><strong>5</strong>'
        $page | Should -Match '5 × out of memory at step …'
        $page | Should -Not -Match 'id="curves"'
    }

    It 'counts a job once that comes twice' {
        $jobs + $jobs[3..5] | Export-FwDpoJobReport $path
        Get-Content $path -Raw | Should -Match '<dt>Failed</dt><dd><strong>5</strong>'
    }

    It 'draws curves of -Metric' {
        $jobs | Export-FwDpoJobReport $path -Metric $metrics -Smooth 0.5
        Get-Content $path -Raw | Should -Match '(?s)smoothed by 0\.5.*Loss by step.*data-name="nightly-20".*Accuracy by step'
    }

    It 'warns about metrics of other jobs, and accepts lines of a metrics file' {
        $lines = '{"step":1,"train/loss":0.7}', '{"step":2,"train/loss":0.6}'
        $jobs | Export-FwDpoJobReport $path -Metric $lines -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeExactly 'The metrics of 1 job are left out, because the job is not in the report: (no JobId).'
        Get-Content $path -Raw | Should -Match 'No job has metrics\.'
    }

    It 'leaves out metrics without an account when jobs of several accounts have their ID' {
        $other = [Fireworks.DpoJobs.DpoJob]@{ Name = 'accounts/other/dpoJobs/nightly-20'; State = 'Completed' }
        @($jobs) + $other | Export-FwDpoJobReport $path -Metric $metrics -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeExactly 'The metrics of 1 job are left out, because jobs of several accounts have its ID, and the metrics have no AccountId: nightly-20.'
        Get-Content $path -Raw | Should -Match 'No job has metrics\.'
    }

    It 'draws the curves of jobs of several accounts with the same ID' {
        $other = [Fireworks.DpoJobs.DpoJob]@{ Name = 'accounts/other/dpoJobs/nightly-20'; State = 'Completed' }
        $both = foreach ($account in 'acme', 'other') { foreach ($metric in $metrics) { $metric | Select-Object *, @{ n = 'AccountId'; e = { $account } } -ExcludeProperty AccountId } }
        @($jobs) + $other | Export-FwDpoJobReport $path -Metric $both -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $page = Get-Content $path -Raw
        $page | Should -Match 'data-name="nightly-20 \(acme\)"'
        $page | Should -Match 'data-name="nightly-20 \(other\)"'
        $page | Should -Match '>nightly-19 \(acme\)<'
    }

    It 'writes a report without jobs' {
        @() | Export-FwDpoJobReport $path -Title 'Failed & lost'
        Get-Content $path -Raw | Should -Match '(?s)<title>Failed &amp; lost</title>.*<strong>0</strong>'
    }

    It 'returns the file with -PassThru' {
        $file = $jobs | Export-FwDpoJobReport $path -PassThru
        $file | Should -BeOfType System.IO.FileInfo
        $file.FullName | Should -BeExactly $path
        $file.Length | Should -BeGreaterThan 10000
    }

    It 'overwrites a file only with -Force' {
        Set-Content $path 'old'
        { $jobs | Export-FwDpoJobReport $path } | Should -Throw -ErrorId 'FwFileExists,Fireworks.DpoJobs.ExportFwDpoJobReportCommand'
        Get-Content $path | Should -BeExactly 'old'
        $jobs | Export-FwDpoJobReport $path -Force
        Get-Content $path -Raw | Should -Match '^<!DOCTYPE'
    }

    It 'fails before jobs are listed when the file exists' {
        Set-Content $path 'old'
        $listed = [System.Collections.Generic.List[int]]::new()
        { 1..3 | ForEach-Object { $listed.Add($_); $jobs[$_] } | Export-FwDpoJobReport $path } | Should -Throw
        $listed | Should -BeNullOrEmpty
    }

    It 'writes nothing with -WhatIf' {
        $jobs | Export-FwDpoJobReport $path -WhatIf
        $path | Should -Not -Exist
    }

    It 'uses the current location of PowerShell' {
        Push-Location $folder
        try { $jobs | Export-FwDpoJobReport report.html }
        finally { Pop-Location }
        $path | Should -Exist
    }

    It 'rejects <_>' -ForEach 'missing/report.html', '.', 'Env:report.html' {
        Push-Location $folder
        try { { $jobs | Export-FwDpoJobReport $_ } | Should -Throw -ErrorId 'FwFileNotWritten,Fireworks.DpoJobs.ExportFwDpoJobReportCommand' }
        finally { Pop-Location }
    }

    It 'contains no secret of a job' {
        $job = [Fireworks.DpoJobs.DpoJob]@{ Name = 'accounts/acme/dpoJobs/a'; DisplayName = 'fw_canary'; TrainerLogsSignedUrl = 'canary'; WandbConfig = @{ ApiKey = 'canary' } }
        $job | Export-FwDpoJobReport $path
        Get-Content $path -Raw | Should -Not -Match 'canary'
    }
}

Describe 'Export-FwDpoJobReport -IncludeMetric' {
    BeforeAll {
        $emulator = Start-Emulator emulate, --jobs, 40, --now, 2026-11-01T00:00:00Z
        $completed = Get-FwDpoJob -All -State Completed | Select-Object -First 3
        Set-EmulatorFileSetting $emulator @{ metricSteps = 100 }
    }
    AfterAll { Stop-Emulator $emulator }
    BeforeEach {
        Reset-Emulator $emulator
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).html"
    }

    It 'draws the curves of the metrics that it gets from the service' {
        $completed | Export-FwDpoJobReport $path -IncludeMetric
        $page = Get-Content $path -Raw
        foreach ($id in $completed.Id) { $page | Should -Match "(?s)Loss by step.*data-name=`"$id`".*Accuracy by step" }
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 6
        (Get-EmulatorFileStatus $emulator).withAuthorization | Should -Be 0
        $page | Should -Not -Match 'X-Goog|fw_test'
    }

    It 'requests nothing for jobs whose metrics are in -Metric' {
        $metrics = $completed[0, 1] | Get-FwDpoJobMetric
        Reset-Emulator $emulator
        $completed | Export-FwDpoJobReport $path -IncludeMetric -Metric $metrics
        @(Get-EmulatorRequest $emulator | Where-Object File) | Should -HaveCount 1
        foreach ($id in $completed.Id) { Get-Content $path -Raw | Should -Match "data-name=`"$id`"" }
    }

    It 'reports a job whose metrics cannot be retrieved, and writes the rest' {
        Set-EmulatorFault $emulator @{ file = 'metrics'; path = "/default/dpoJobs/$($completed[1].Id)/*"; status = 403 }
        $completed | Export-FwDpoJobReport $path -IncludeMetric -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeExactly 'FwApi.PermissionDenied,Fireworks.DpoJobs.ExportFwDpoJobReportCommand'
        $failures[0].TargetObject | Should -BeExactly $completed[1].Name
        $page = Get-Content $path -Raw
        $page | Should -Match "data-name=`"$($completed[0].Id)`""
        $page | Should -Not -Match "data-name=`"$($completed[1].Id)`""
        $page | Should -Match "data-name=`"$($completed[2].Id)`""
    }

    It 'writes a report about jobs without metrics' {
        Set-EmulatorJobState $emulator $completed[0].Id PENDING
        $completed[0] | Export-FwDpoJobReport $path -IncludeMetric -ErrorAction Stop
        Get-Content $path -Raw | Should -Match 'No job has metrics\.'
        Reset-Emulator $emulator -Account
    }

    It 'needs an API key, and nothing else does' {
        $run = Invoke-Runspace "[Fireworks.DpoJobs.DpoJob]@{ Name = 'accounts/acme/dpoJobs/a' } | Export-FwDpoJobReport '$path'; Test-Path '$path'" @{ FIREWORKS_API_KEY = $null; HOME = "$TestDrive" }
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.Output.Trim() | Should -Be 'True'
        $run = Invoke-Runspace "[Fireworks.DpoJobs.DpoJob]@{ Name = 'accounts/acme/dpoJobs/a' } | Export-FwDpoJobReport '$path' -Force -IncludeMetric" @{ FIREWORKS_API_KEY = $null; HOME = "$TestDrive" }
        $run.ErrorOutput | Should -Match 'No API key was found'
    }

    It 'leaves no file when it is stopped' {
        Set-EmulatorFault $emulator @{ file = 'metrics'; stall = 'body' }
        $folder = (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory).FullName
        $pipeline = Start-Pipeline "Get-FwDpoJob $($completed[0].Id) | Export-FwDpoJobReport '$folder/report.html' -IncludeMetric"
        Wait-Until { @(Get-EmulatorRequest $emulator | Where-Object File).Count -gt 0 }
        $pipeline.Shell.Stop()
        $pipeline.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
        Get-ChildItem $folder -Force | Should -BeNullOrEmpty
    }
}
