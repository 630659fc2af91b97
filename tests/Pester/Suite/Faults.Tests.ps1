# Every fault and its outcome: tests/Pester/Faults/matrix.json contains the rows and a legend.

BeforeDiscovery {
    $matrix = Get-Content (Join-Path $PSScriptRoot '../Faults/matrix.json') -Raw | ConvertFrom-Json -AsHashtable
    $rows = $matrix.rows
    $changes = foreach ($row in $matrix.changes) {
        foreach ($verb in $row['operations'] ?? @('Stop', 'Resume', 'Remove')) { @{ Name = $row.name; Verb = $verb; Row = $row } }
    }
    $files = foreach ($row in $matrix.files) {
        foreach ($operation in $row['operations'] ?? @('metric', 'log', 'saveMetric', 'saveLog')) { @{ Name = $row.name; Operation = $operation; Row = $row } }
    }
    $defaults = @{ persistent = $false; operations = @('list'); pages = @(2); pageSize = 10; connection = @{}; endsCommand = $false
        resumable = $true; written = $null; seconds = $null; check = $null }
    # One case per row, operation and page.
    $cases = foreach ($row in $rows) {
        $full = $defaults.Clone()
        foreach ($key in $row.Keys) { $full[$key] = $row[$key] }
        foreach ($operation in $full.operations) {
            $pages = if ($operation -eq 'list') { $full.pages } else { 2 }
            foreach ($page in $pages) {
                $where = if ($operation -eq 'list') { "list, page $page" } else { $operation }
                $outcome = if ($row.outcome -eq 'error') { $row.id } else { $row.outcome }
                @{ Name = $row.name; Operation = $operation; Where = $where; Outcome = $outcome; Page = $page; Row = $full }
            }
        }
    }
    $recovered = $cases | Where-Object Outcome -EQ 'recovered'
    $failing = $cases | Where-Object Outcome -NE 'recovered'
    $table = $cases | ForEach-Object { '{0,-60} | {1,-12} | {2}' -f $_.Name, $_.Where, $_.Outcome }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 25, --now, 2026-11-01T00:00:00Z
    $account = (Get-FwDpoJob -All).Name
    $ids = (Get-FwDpoJob -First 3).Id

    # Cases mostly wait, so several run in parallel, each with its own emulator.
    $emulators = [System.Collections.Concurrent.ConcurrentBag[object]]::new([object[]]@(
            $emulator; foreach ($n in 2..4) { Start-Emulator emulate, --jobs, 25, --now, 2026-11-01T00:00:00Z }))

    function Invoke-Case([hashtable[]] $Case) {
        $support = Join-Path $PSScriptRoot '../Support.psm1'
        $script = Join-Path $PSScriptRoot '../Faults/Invoke-Case.ps1'
        $runs = [System.Collections.Concurrent.ConcurrentDictionary[string, object]]::new()
        $Case | ForEach-Object -ThrottleLimit $emulators.Count -Parallel {
            Import-Module $using:support, Fireworks.DpoJobs
            $own = $null
            while (-not ($using:emulators).TryTake([ref]$own)) { Start-Sleep -Milliseconds 5 }
            try { ($using:runs)["$($_.Name) ($($_.Where))"] = & $using:script -Case $_ -Emulator $own -Id $using:ids }
            finally { ($using:emulators).Add($own) }
        }
        $runs
    }

    # The jobs and the number of requests of an operation without a fault.
    function Get-ExpectedResult($Row, $Operation) {
        switch ($Operation) {
            'list' { @{ Names = $account; Requests = [Math]::Ceiling(25 / $Row.pageSize) } }
            'page' { @{ Names = $account[$Row.pageSize..(2 * $Row.pageSize - 1)]; Requests = 1 } }
            'get' { @{ Names = $account[0..2]; Requests = 3 } }
            'connect' { @{ Names = @(); Requests = 1 } }
        }
    }

    # The job that a data fault changed.
    function Get-AffectedJob($Run, $Row, $Operation, $Page) {
        switch ($Operation) {
            'list' { $Run.Jobs[($Page - 1) * $Row.pageSize] }
            'page' { $Run.Jobs[0] }
            'get' { $Run.Jobs[1] }
        }
    }

    $checks = @{
        unknownFields = {
            param($Job)
            $Job.AdditionalData.Keys | Sort-Object | Should -Be 'unknownList', 'unknownMessage', 'unknownNull', 'unknownNumber', 'unknownText'
            $Job.TrainingConfig.AdditionalData.Keys | Should -HaveCount 5
        }
        unknownState = {
            param($Job)
            $Job.State | Should -Be 'Unrecognized'
            $Job.StateText | Should -BeExactly 'JOB_STATE_HIBERNATING'
            $null -eq $Job.IsFinished | Should -BeTrue
        }
        misfits = {
            param($Job)
            $values = $Job.CreateTime, $Job.DisplayName, $Job.WandbConfig.Enabled, $Job.TrainingConfig.Epochs,
                $Job.TrainingConfig.LearningRate, $Job.TrainingConfig.LoraTargetModules
            $values | Where-Object { $null -ne $_ } | Should -BeNullOrEmpty
            $Job.AdditionalData['createTime'] | Should -BeExactly '2016-12-31T23:59:60Z'
            $Job.AdditionalData['displayName']['text'] | Should -BeExactly 'x'
            $Job.TrainingConfig.AdditionalData['epochs'] | Should -Be 4000000000
            $Job.TrainingConfig.AdditionalData['loraTargetModules'] | Should -BeExactly 'q_proj'
            $Job.WandbConfig.AdditionalData['enabled'] | Should -BeExactly 'true'
            $Job.TrainingConfig.AdditionalData['learningRate'] | Should -BeExactly '1e400'
        }
        bigString = {
            param($Job)
            $Job.DisplayName.Length | Should -Be 10000000
            ($Job | Out-String -Width 120).Length | Should -BeLessThan 1000
        }
        nesting = {
            param($Job)
            $Job.AdditionalData.Keys | Should -Be 'somethingDeep'
        }
        escapeSequences = {
            param($Job)
            $Job.DisplayName | Should -BeExactly "`e[2J`e]0;title`a`u{9b}31m`u{202e}gone`u{2066}"
            foreach ($view in 'Format-Table', 'Format-List') {
                $rendering, $PSStyle.OutputRendering = $PSStyle.OutputRendering, 'PlainText'
                $text = $Job | & $view | Out-String -Width 200
                $PSStyle.OutputRendering = $rendering
                $text | Should -Match '\[2J'
                $text -replace '[\r\n]' | Should -Not -Match '[\p{Cc}\u202a-\u202e\u2066-\u2069]'
            }
        }
    }
}

AfterAll { foreach ($emulator in $emulators) { Stop-Emulator $emulator }; Remove-Module Support }

Describe 'The fault matrix' -ForEach @{ Table = $table; Rows = $rows; Files = $matrix.files } {
    BeforeAll {
        Write-Host ("`n{0,-60} | {1,-12} | {2}" -f 'fault', 'operation', 'outcome')
        $Table | Write-Host
    }

    It 'covers every fault that the help of the emulator lists' {
        $kinds = $Rows.fault.Keys | Where-Object { $_ -notin 'headers', 'body' } | Sort-Object -Unique
        $help = & dotnet $env:FIREWORKS_TEST_EMULATOR --help | Out-String
        $section = $help.Substring($help.IndexOf('  response:'), $help.IndexOf('POST /_emulator/faults accepts') - $help.IndexOf('  response:'))
        $known = [regex]::Matches($section, '"(\w+)":') | ForEach-Object { $_.Groups[1].Value } |
            Where-Object { $_ -notin 'headers', 'body' } | Sort-Object -Unique
        $known.Count | Should -BeGreaterThan 15
        $kinds | Should -Be $known
    }

    It 'covers every fault of a download that the module can notice' {
        # Nothing shows that a smaller Content-Length or an empty body is wrong.
        $kinds = $Files.faults.Keys | Where-Object { $_ -notin 'headers', 'requests' } | Sort-Object -Unique
        $kinds | Should -Be 'after', 'changedFile', 'contentType', 'gzip', 'ignoreRange', 'refuse', 'reset', 'stall', 'status', 'truncate', 'wrongContentLength'
    }

    It 'covers <Description>' -ForEach @(
        @{ Description = 'every status of the error table'; Kind = 'status'; Values = 302, 400, 401, 402, 403, 404, 408, 409, 412, 429, 500, 502, 503, 504 }
        @{ Description = 'resets before the headers and within the body'; Kind = 'reset'; Values = 'beforeHeaders', 'midBody' }
        @{ Description = 'stalls before the headers and within the body'; Kind = 'stall'; Values = 'headers', 'body' }
        @{ Description = 'a Content-Length that is too small and one that is too large'; Kind = 'wrongContentLength'; Values = 'smaller', 'larger' }
        @{ Description = 'loops of one and of three page tokens'; Kind = 'tokenLoop'; Values = 1, 3 }
    ) {
        $covered = $Rows.fault | ForEach-Object { $_[$Kind] }
        foreach ($value in $Values) { $covered | Should -Contain $value }
    }
}

Describe 'An operation with a recoverable fault' -ForEach @{ Cases = $recovered } {
    BeforeAll { $runs = Invoke-Case $Cases }

    It 'succeeds with every job once and in order: <Name> (<Where>)' -ForEach $recovered {
        $expected = Get-ExpectedResult $Row $Operation
        $run = $runs["$Name ($Where)"]

        $run.Failures | Should -BeNullOrEmpty
        $run.Played | Should -Be 1
        $run.Names -join "`n" | Should -BeExactly ($expected.Names -join "`n")
        $run.Requests | Should -HaveCount ($expected.Requests + $Row.attempts - 1)
        if ($Row.seconds) {
            $run.Seconds | Should -BeGreaterOrEqual $Row.seconds[0]
            $run.Seconds | Should -BeLessOrEqual $Row.seconds[1]
        }
        if ($Operation -eq 'connect') { $run.ApiKeySource | Should -BeExactly '-ApiKey' }
        elseif ($Row.check) { & $checks[$Row.check] (Get-AffectedJob $run $Row $Operation $Page) }
    }
}

Describe 'An operation with an unrecoverable fault' -ForEach @{ Cases = $failing } {
    BeforeAll { $runs = Invoke-Case $Cases }

    It 'fails with <Outcome>: <Name> (<Where>)' -ForEach $failing {
        $expected = Get-ExpectedResult $Row $Operation
        $run = $runs["$Name ($Where)"]

        # One error, with its cause and the request.
        $run.Failures | Should -HaveCount 1
        $failure = $run.Failures[0]
        $failure.FullyQualifiedErrorId | Should -BeLike "$($Row.id),*"
        "$failure" | Should -Match $Row.text
        "$failure" | Should -Match ([regex]::Escape("Request: GET $($run.Address)v1/accounts/acme/dpoJobs"))
        "$failure" | Should -Not -Match 'Exception|   at |fw_test'
        if ($Row.seconds) {
            $run.Seconds | Should -BeGreaterOrEqual $Row.seconds[0]
            $run.Seconds | Should -BeLessOrEqual $Row.seconds[1]
        }

        # No more requests than necessary.
        $others = switch ($Operation) { 'list' { $Page - 1 } 'get' { if ($Row.endsCommand) { 1 } else { 2 } } default { 0 } }
        $run.Requests | Should -HaveCount ($others + $Row.attempts)
        $run.Played | Should -Be $(if ($Row.persistent) { $Row.attempts } else { 1 })

        # Everything before the fault was written; after the fault, the rest is available.
        $run.IsTerminating | Should -Be ($Operation -ne 'get' -or $Row.endsCommand)
        switch ($Operation) {
            'list' {
                $written = if ($null -ne $Row.written) { $Row.written } else { ($Page - 1) * $Row.pageSize }
                $run.Names | Should -Be @($account | Select-Object -First $written)
                if ($Row.resumable) {
                    $token = $failure.Exception.PageToken
                    if ($Page -gt 1) {
                        $token | Should -Not -BeNullOrEmpty
                        "$failure" | Should -Match ([regex]::Escape("-PageToken '$token' -PageSize $($Row.pageSize)"))
                    }
                    else { $token | Should -BeNullOrEmpty }
                    $run.Names + $run.Rest -join "`n" | Should -BeExactly ($account -join "`n")
                }
            }
            'page' {
                $run.Jobs | Should -BeNullOrEmpty
                $failure.Exception.PageToken | Should -BeExactly $run.Token
                $run.Rest | Should -Be $expected.Names
            }
            'get' {
                $run.Names | Should -Be $(if ($Row.endsCommand) { $account[0] } else { $account[0, 2] })
                $failure.TargetObject | Should -BeExactly $account[1]
            }
            'connect' { $run.ApiKeySource | Should -Match 'FIREWORKS_API_KEY' }
        }
    }
}

Describe 'A change with a fault' {
    BeforeAll {
        $emulator = Start-Emulator emulate, --jobs, 25, --now, 2026-11-01T00:00:00Z, --transition, '10s'
        $accountJobs = (Get-FwDpoJob -All).Id
        $before = @{ Stop = 'RUNNING'; Resume = 'FAILED'; Remove = 'COMPLETED' }
        $after = @{ Stop = 'Cancelling'; Resume = 'Pending'; Remove = 'DeletingCleaningUp' }
        $call = @{ Stop = 'POST', ':cancel'; Resume = 'POST', ':resume'; Remove = 'DELETE', '' }
        Connect-FwAccount -SkipValidation -TimeoutSec 1
    }
    AfterAll { Disconnect-FwAccount; Stop-Emulator $emulator }

    It 'is carried out once or reported, and nothing else is changed: <Verb>, <Name>' -ForEach $changes {
        Reset-Emulator $emulator -Account
        Set-EmulatorJobState $emulator $accountJobs[0..2] $before[$Verb]
        $unchanged = (Get-FwDpoJob -All | Where-Object Id -NotIn $accountJobs[0..2]).State -join ' '
        $jobs = Get-FwDpoJob $accountJobs[0..2]
        $method, $suffix = $call[$Verb]
        $path = "/v1/$($jobs[1].Name)$suffix"
        $rule = $Row.fault + @{ method = $method; path = $path }
        if ($Row['once']) { $rule.repeat = 1 }
        Set-EmulatorFault $emulator $rule

        $changed = $jobs | & "$Verb-FwDpoJob" -Confirm:$false -PassThru -ErrorAction SilentlyContinue -ErrorVariable failures -WarningVariable warnings
        $requests = @(Get-EmulatorRequest $emulator | Where-Object { $_.Path -eq $path -and $_.Method -eq $method })
        Set-EmulatorFault $emulator

        $warnings | Should -BeNullOrEmpty
        $requests | Should -HaveCount $Row.requests[@('Stop', 'Resume', 'Remove').IndexOf($Verb)]
        $isDone = $Row.outcome -eq 'done'
        $changed.Id | Should -Be $(if ($isDone) { $jobs.Id } else { $jobs[0, 2].Id })
        $changed.State | Select-Object -Unique | Should -Be $after[$Verb]
        $now = (Get-FwDpoJob $jobs[1].Id).State
        if ($isDone) {
            $failures | Should -BeNullOrEmpty
            $now | Should -Be $after[$Verb]
        }
        else {
            $failures | Should -HaveCount 1
            $failures[0].FullyQualifiedErrorId | Should -BeLike "$($Row.id),*"
            $failures[0].TargetObject | Should -Be $jobs[1].Name
            "$($failures[0])" | Should -Match $(if ($Row.outcome -eq 'unknown') { 'The request may have been carried out nevertheless\. A moment later, the job was \w+\. To check, run: Get-FwDpoJob -Id' } else { $Row.text })
            $now | Should -Be $jobs[1].State
        }
        (Get-FwDpoJob -All | Where-Object Id -NotIn $jobs.Id).State -join ' ' | Should -BeExactly $unchanged
    }
}

Describe 'A download with a fault' {
    BeforeAll {
        $emulator = Start-Emulator emulate, --jobs, 25, --now, 2026-11-01T00:00:00Z
        $jobIds = (Get-FwDpoJob -First 3).Id
        Connect-FwAccount -SkipValidation -TimeoutSec 1
        Set-EmulatorFileSetting $emulator @{ metricSteps = 200; logSize = 65536 }
        Set-EmulatorJobState $emulator $jobIds COMPLETED
        $operations = @{
            metric = { $jobIds | Get-FwDpoJobMetric @args | ForEach-Object { "$($_.JobId) $($_.Step) $($_.Loss)" } }
            # The lines of a log don't contain the job.
            log = { foreach ($id in $jobIds) { Get-FwDpoJobLog $id @args | ForEach-Object { "$id $_" } } }
            saveMetric = { $jobIds | Save-FwDpoJobMetric -Path $folder -Force @args }
            saveLog = { $jobIds | Save-FwDpoJobLog -Path $folder -Force @args }
        }
        # What an operation writes, and the files.
        function Invoke-Operation($Name, $Failures) {
            $folder = (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory).FullName
            & $operations[$Name] -ErrorAction SilentlyContinue -ErrorVariable +Failures -WarningAction SilentlyContinue
            foreach ($file in Get-ChildItem $folder -Force) {
                $id = $file.BaseName
                foreach ($line in [IO.File]::ReadAllText($file.FullName) -split '\n') { "$id $line" }
            }
        }
        $expected = @{}
    }
    AfterAll { Disconnect-FwAccount; Stop-Emulator $emulator }

    It 'is complete or reported: <Operation>, <Name>' -ForEach $files {
        Reset-Emulator $emulator
        $none = [System.Collections.ArrayList]::new()
        if (-not $expected[$Operation]) { $expected[$Operation] = @(Invoke-Operation $Operation $none) }
        $whole = $expected[$Operation]
        $none | Should -BeNullOrEmpty
        $kind = $Operation -like '*log' ? 'log' : 'metrics'
        Reset-Emulator $emulator
        Set-EmulatorFault $emulator @($Row.faults | ForEach-Object { $_ + @{ file = $kind; path = "/default/dpoJobs/$($jobIds[1])/*" } })

        $failures = [System.Collections.ArrayList]::new()
        $output = @(Invoke-Operation $Operation $failures)
        Wait-EmulatorListening $emulator
        $requests = @(Get-EmulatorRequest $emulator | Where-Object { $_.File -and $_.Path -like "*/$($jobIds[1])/*" })

        if ($Row.requests) { $requests | Should -HaveCount $Row.requests }
        (Get-EmulatorFileStatus $emulator).withAuthorization | Should -Be 0
        $others = @($whole | Where-Object { $_ -notlike "$($jobIds[1]) *" })
        $others.Count | Should -BeGreaterThan 200
        $ofOthers = @($output | Where-Object { $_ -notlike "$($jobIds[1]) *" })
        $ofOthers -join "`n" | Should -BeExactly ($others -join "`n")
        $own = @($output | Where-Object { $_ -like "$($jobIds[1]) *" }) -join "`n"
        $ofWhole = @($whole | Where-Object { $_ -like "$($jobIds[1]) *" }) -join "`n"
        if ($Row.outcome -eq 'recovered') {
            $failures | Should -BeNullOrEmpty
            $own | Should -BeExactly $ofWhole
        }
        elseif ($Row.outcome -eq 'missing') {
            $failures | ForEach-Object FullyQualifiedErrorId | Should -BeLike $(if ($kind -eq 'log') { 'FwLogUnavailable,*' })
            $own | Should -BeNullOrEmpty
        }
        else {
            $failures | Should -HaveCount 1
            $failures[0].FullyQualifiedErrorId | Should -BeLike "$($Row.id),*"
            $failures[0].TargetObject | Should -BeExactly "accounts/acme/dpoJobs/$($jobIds[1])"
            "$($failures[0])" | Should -Match $Row.text
            "$($failures[0])" | Should -Not -Match 'X-Goog|Signature|fw_test|Exception|   at '
            if ($Operation -like 'save*') { $own | Should -BeNullOrEmpty }
            elseif ($Row['isPrefix'] -ne $false) { $ofWhole.StartsWith($own) | Should -BeTrue }
        }
    }
}
