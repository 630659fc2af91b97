BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    # An example of the help topic: a script block, the filter that is sent, and the local conditions with their reasons.
    $topic = Get-Content (Join-Path $env:FIREWORKS_TEST_ROOT 'src/Fireworks.DpoJobs/en-US/about_Fireworks.DpoJobs_Filters.help.txt') -Raw
    $examples = foreach ($match in [regex]::Matches($topic, '(?m)^    \{ (?<block>.+) \}\r?\n(?<rest>(        .+\r?\n)+)')) {
        $rest = [regex]::Split($match.Groups['rest'].Value, '(?m)^        (?=sent|stays)') | Where-Object { $_.Trim() }
        $parts = foreach ($part in $rest) { ($part -replace '\s+', ' ').Trim() }
        @{
            Block = $match.Groups['block'].Value
            Sent  = ($parts | Where-Object { $_ -like 'sent *' }) -replace '^sent '
            Stays = @($parts | Where-Object { $_ -like 'stays *' }) -replace '^stays '
        }
    }
}
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 2000, --cache-pages
    function Get-VerboseLine($Output) { "$($Output | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] })" }
    function New-RejectionResponse($Message = 'unknown operator') {
        @{ path = '/v1/accounts/acme/dpoJobs'; status = 400; headers = @{ 'content-type' = 'application/json' }
            body = (@{ code = 3; message = $Message } | ConvertTo-Json) }
    }
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'about_Fireworks.DpoJobs_Filters' {
    BeforeAll {
        $since = [DateTimeOffset]'2026-11-01T00:00:00Z'
        $states = 'Failed', 'Cancelled'
        $allJobs = @(Get-FwDpoJob -All)
    }
    BeforeEach { Reset-Emulator $emulator }

    It 'has more than 25 examples' {
        $found = Select-String -Path (Join-Path $env:FIREWORKS_TEST_ROOT 'src/Fireworks.DpoJobs/en-US/about_Fireworks.DpoJobs_Filters.help.txt') -Pattern '^    \{ .+ \}$'
        @($found).Count | Should -BeGreaterThan 25
    }

    It 'shows the sent filter and the local conditions of { <Block> }' -ForEach $examples {
        $filter = [scriptblock]::Create($Block)
        $i = 0
        $output = Get-FwDpoJob -All -Filter $filter -Verbose 4>&1
        $localConditions = @($output | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -and "$_" -like 'Filtering locally: *' })

        [string](Get-EmulatorRequest $emulator)[0].Query['filter'] | Should -BeExactly ([string]$Sent)
        $localConditions.ForEach{ "$_" -replace '^Filtering locally: ' -replace '\.$' } | Should -BeExactly $Stays
        $jobs = @($output | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] })
        $i = 0
        $jobs.Name | Should -Be @($allJobs | Where-Object $filter).Name
    }

    It 'is displayed by Get-Help' {
        (Invoke-Runspace 'Import-Module Fireworks.DpoJobs; Get-Help about_Fireworks.DpoJobs_Filters').Output |
            Should -Match 'What is sent, and what stays'
    }
}

Describe 'A script block for -Filter' {
    BeforeEach { Reset-Emulator $emulator }

    It 'uses the variables of the calling function' {
        function Get-Recent($Days) { $limit = (Get-Date).AddDays(-$Days); Get-FwDpoJob -All -Filter { $_.CreateTime -ge $limit } }
        @(Get-Recent 20).Count | Should -Be @(Get-FwDpoJob -All | Where-Object CreateTime -GE (Get-Date).AddDays(-20)).Count
        (Get-EmulatorRequest $emulator)[0].Query.filter | Should -Match '^create_time >= timestamp\("'
    }

    It 'uses the variables of its closure' {
        $limit = 3
        $filter = { $_.TrainingConfig.Epochs -ge $limit }.GetNewClosure()
        $limit = 0
        $jobs = Get-FwDpoJob -All -Filter $filter
        (Get-EmulatorRequest $emulator)[0].Query.filter | Should -BeExactly 'training_config.epochs >= 3'
        $jobs.TrainingConfig.Epochs | Measure-Object -Minimum | ForEach-Object Minimum | Should -Be 3
    }

    It 'keeps its own variables when another module passes it on' {
        $limit = 3
        $module = New-Module { $limit = 1; function Get-Wrapped($Filter) { Get-FwDpoJob -All -Filter $Filter } }
        $jobs = & $module { param($Filter) Get-Wrapped $Filter } { $_.TrainingConfig.Epochs -ge $limit }
        $jobs.Name | Should -Be (Get-FwDpoJob -All | Where-Object { $_.TrainingConfig.Epochs -ge $limit }).Name
        (Get-EmulatorRequest $emulator)[0].Query['filter'] | Should -BeNullOrEmpty
    }

    It 'runs in the scope of the caller, like that of Where-Object' {
        $count = 0
        $null = Get-FwDpoJob -First 3 -Filter { $count++; $true }
        $count | Should -Be 3
    }

    It 'calls no function before the first job arrives' {
        $script:calls = 0
        function Get-Limit { $script:calls++; 2 }
        $null = @(Get-FwDpoJob -All -Filter { $_.State -eq 'Nope' -and $_.TrainingConfig.Epochs -gt (Get-Limit) })
        $script:calls | Should -Be 0
        $null = @(Get-FwDpoJob -First 1 -Filter { $_.TrainingConfig.Epochs -ge (Get-Limit) -or $true })
        $script:calls | Should -Be 1
    }

    It 'sends no filter when the value may differ between jobs: { <Block> }' -ForEach @(
        @{ Block = '$_.TrainingConfig.Epochs -gt (Get-Limit)' }
        @{ Block = '$_.TrainingConfig.Epochs -gt $random.Next(5)' }
        @{ Block = '$_.TrainingConfig.Epochs -gt $queue.Dequeue()' }
        @{ Block = '$_.TrainingConfig.Epochs -ge $n -and (($n = 0) -or $true)' }
        @{ Block = '$_.TrainingConfig.Epochs -ge $n -and ([int]::TryParse("7", [ref] $n) -or $true)' }
        @{ Block = '$_.TrainingConfig.Epochs -gt ("$PSScriptRoot".Length -gt 0 ? 1 : 3)' }
        @{ Block = '$_.TrainingConfig.Epochs -gt ($PSBoundParameters.Count ? 1 : 3)' }
        @{ Block = '$_.TrainingConfig.Epochs -gt $local:args.Count' }
        @{ Block = '$_.TrainingConfig.Epochs -gt $(2)' }
        @{ Block = '$_.WandbConfig.Enabled -eq (Get-Nothing)' }
        @{ Block = '$_.WandbConfig.Enabled -eq $nothing' }
        @{ Block = '$_.IsFinished -lt [double]::NaN' }
        @{ Block = '$_.TrainingConfig.LearningRate -eq [double]::MaxValue' }
        @{ Block = '-not ($_.TrainingConfig.LearningRate -le 2)' }
    ) {
        Set-StrictMode -Off
        function Get-Limit { if ($_.State -eq 'Failed') { 0 } else { 3 } }
        function Get-Nothing { }
        $random = [Random]::new(1)
        $queue = [System.Collections.Generic.Queue[int]]::new([int[]](1..5000))
        $nothing = Get-Nothing
        $n = 3
        $null = Get-FwDpoJob -First 5 -Filter ([scriptblock]::Create($Block))
        [string](Get-EmulatorRequest $emulator)[0].Query['filter'] | Should -BeExactly ''
    }

    It 'sends computed times: { <Block> }' -ForEach @(
        @{ Block = '$_.CreateTime -gt (Get-Date).AddDays(-30)' }
        @{ Block = '$_.CreateTime -gt [DateTime]::UtcNow.AddHours(-1000)' }
        @{ Block = '$_.CreateTime -gt [DateTimeOffset]::Now - [TimeSpan]::FromDays(30)' }
        @{ Block = '$_.CreateTime -gt ((Get-Date) - (New-TimeSpan -Days 30)) -and $_.Id.StartsWith("n")' }
        @{ Block = '$_.CreateTime -gt [datetime]"2026-10-01"' }
        @{ Block = '$_.CreateTime -gt $limits.Since' }
        @{ Block = '$_.CreateTime -gt $limits["Since"]' }
    ) {
        $limits = @{ Since = (Get-Date).AddDays(-30) }
        $filter = [scriptblock]::Create($Block)
        $jobs = Get-FwDpoJob -All -Filter $filter
        (Get-EmulatorRequest $emulator)[0].Query.filter | Should -Match '^create_time > timestamp'
        $jobs.Name | Should -Be (Get-FwDpoJob -All | Where-Object $filter).Name
    }

    It 'sends no filter when a function replaces Get-Date' {
        function Get-Date {
            [Diagnostics.CodeAnalysis.SuppressMessage('PSAvoidOverwritingBuiltInCmdlets', '', Justification = 'The test verifies this case.')]
            param()
            [DateTime]::MaxValue
        }
        $null = Get-FwDpoJob -First 1 -Filter { $_.CreateTime -lt (Get-Date) }
        [string](Get-EmulatorRequest $emulator)[0].Query['filter'] | Should -BeExactly ''
    }

    It 'sends no filter when Update-TypeData has changed the property' {
        Update-TypeData -TypeName Fireworks.DpoJobs.TrainingConfig -MemberName Epochs -MemberType ScriptProperty -Value { 99 } -Force
        try { @(Get-FwDpoJob -All -Filter { $_.TrainingConfig.Epochs -gt 5 }) | Should -HaveCount 2000 }
        finally { Remove-TypeData -TypeName Fireworks.DpoJobs.TrainingConfig }
    }

    It 'does not change $Error' {
        $Error.Clear()
        $null = Get-FwDpoJob -All -Filter { $_.State -eq 'Nope' -and $_.CreateTime -gt [datetime]'nope' }
        $Error | Should -HaveCount 0
    }

    It 'works in constrained language mode' {
        $runspace = [runspacefactory]::CreateRunspace()
        $runspace.Open()
        try {
            $shell = [powershell]::Create($runspace)
            $null = $shell.AddScript('Import-Module Fireworks.DpoJobs; $ExecutionContext.SessionState.LanguageMode = "ConstrainedLanguage"').Invoke()
            $shell = [powershell]::Create($runspace)
            $count = $shell.AddScript('@(Get-FwDpoJob -All -Filter { $_.TrainingConfig.Epochs -gt 2 }).Count').Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
            $count | Should -Be @(Get-FwDpoJob -All | Where-Object { $_.TrainingConfig.Epochs -gt 2 }).Count
        }
        finally { $runspace.Dispose() }
    }

    It 'receives all fields despite -ReadMask when its properties are unknown' {
        $property = 'State'
        $jobs = Get-FwDpoJob -All -ReadMask Name -Filter { $_.$property -eq 'Failed' }
        $jobs.Name | Should -Be (Get-FwDpoJob -All -State Failed).Name
    }

    It 'never reveals the API key in -Verbose messages' {
        $key = $env:FIREWORKS_API_KEY = 'fw_0123456789abcdefghij'
        try {
            $messages = Get-FwDpoJob -First 1 -Verbose -Filter ([scriptblock]::Create("`$_.Dataset -ceq '$key' -or `$_.DisplayName -like '$key'")) *>&1
            $messages += Get-FwDpoJob -First 1 -Verbose -Filter { $_.Dataset -ceq $key } *>&1
            $messages += Get-FwDpoJob -First 1 -Verbose -Filter "dataset = `"$key`" AND state = JOB_STATE_FAILED OR use_reservation = true" *>&1
            "$messages" | Should -Match '\(API key\)'
            "$messages" | Should -Not -Match $key
        }
        finally { $env:FIREWORKS_API_KEY = 'fw_test' }
    }

    It 'has no side effects during translation: { <Block> }' -ForEach @(
        @{ Block = '$_.TrainingConfig.Epochs -gt ($n++)' }
        @{ Block = '$_.TrainingConfig.Epochs -gt ($n = 5)' }
        @{ Block = '$_.TrainingConfig.Epochs -gt $(1; throw "no")' }
        @{ Block = '$_.Dataset -ceq "$PSScriptRoot"' }
    ) {
        $n = 0
        Set-EmulatorResponse $emulator @{ path = '/v1/accounts/acme/dpoJobs'; status = 200; headers = @{ 'content-type' = 'application/json' }; body = '{"dpoJobs":[]}' }
        Get-FwDpoJob -All -Filter ([scriptblock]::Create($Block)) | Should -BeNullOrEmpty
        $n | Should -Be 0
        (Get-EmulatorRequest $emulator)[0].Query['filter'] | Should -BeNullOrEmpty
    }

    It 'writes its errors like Where-Object, and continues: { <Block> }' -ForEach @(
        @{ Block = 'if ($_.Id -like "*7") { Write-Error "no $($_.Id)" }; $true' }
        @{ Block = '$_.Id.Substring(200)' }
        @{ Block = '$_.Nope -eq 1' }
    ) {
        $script = @'
            $WarningPreference = 'SilentlyContinue'
            Set-StrictMode -Version Latest
            $filtered = & { Get-FwDpoJob -All -PageSize 100 -Filter { BLOCK } } 2>&1
            $expected = & { Get-FwDpoJob -All -PageSize 100 | Where-Object { BLOCK } } 2>&1
            "$($filtered.Count) $(@($filtered | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }).Count)"
            "$filtered" -ceq "$expected"
            "$($filtered.FullyQualifiedErrorId)" -ceq "$($expected.FullyQualifiedErrorId)"
'@.Replace('BLOCK', $Block)
        $lines = (Invoke-Runspace $script.Replace('Set-StrictMode', '$null = Get-Command Get-FwDpoJob; Set-StrictMode')).Output.Trim() -split '\r?\n'
        $lines[0] | Should -Match '^\d+ [1-9]\d*$'
        $lines[1..2] | Should -Be 'True', 'True'
    }

    It 'ends the listing when it throws' {
        { Get-FwDpoJob -All -Filter { throw 'enough' } } | Should -Throw 'enough'
    }

    It 'is sent unchanged, with a warning, when it is a string' {
        $null = Get-FwDpoJob -Filter '{ $_.State -eq "Failed" }' -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'looks like a script block'
        (Get-EmulatorRequest $emulator)[0].Query.filter | Should -BeExactly '{ $_.State -eq "Failed" }'
    }

    It 'causes a warning when it names an unknown property or state: { <Block> }' -ForEach @(
        @{ Block = '$_.Stat -eq "Failed"'; Text = '^Jobs have no property Stat, so it is always \$null in the filter\. ' }
        @{ Block = '$_.State -eq "JOB_STATE_FAILED"'; Text = "'JOB_STATE_FAILED', which equals no State\. Use 'Failed'\.$" }
        @{ Block = '$_.State -in @($wanted, "Expierd")'; Text = "'Faild', .* \[Enum\]::GetNames\(\[Fireworks\.DpoJobs\.JobState\]\)\. .*'Expierd', " }
    ) {
        Set-StrictMode -Off
        $wanted = 'Faild'
        Get-FwDpoJob -All -Filter ([scriptblock]::Create($Block)) -WarningVariable warnings -WarningAction SilentlyContinue |
            Should -BeNullOrEmpty
        "$warnings" | Should -Match $Text
    }

    It 'causes one error, and no request, when it runs a command that does not exist: { <Block> }' -ForEach @(
        @{ Block = 'State -eq "Failed"' }, @{ Block = '$true -and (State -eq "Failed")' }, @{ Block = 'Nope-It' }
    ) {
        { Get-FwDpoJob -All -Filter ([scriptblock]::Create($Block)) -ErrorVariable failures -ErrorAction SilentlyContinue } |
            Should -Throw -ErrorId 'FwInvalidFilter,*'
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
        function State { $true }
        if ($Block -like '*State*') { Get-FwDpoJob -First 2 -Filter ([scriptblock]::Create($Block)) | Should -HaveCount 2 }
    }

    It 'causes one warning: { <Block> }' -ForEach @(
        @{ Block = '$_.State -eq "Failed" -or "Cancelled"'; Text = 'the same for every job' }
        @{ Block = '$_.State = "Failed"'; Text = 'To compare, use -eq' }
        @{ Block = '$_.State -like "JOB_STATE_*"'; Text = 'use StateText' }
        @{ Block = '$_["State"] -eq "Failed"'; Text = 'Use \$_.State' }
    ) {
        Set-StrictMode -Off
        $null = Get-FwDpoJob -All -Filter ([scriptblock]::Create($Block)) -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match $Text
    }

    It 'returns the jobs of Where-Object when it has side effects: { <Block> }' -ForEach @(
        @{ Block = '$i++ -lt 20 -and $_.State -eq "Failed"' }
        @{ Block = '$seen.Add($_.Dataset) -and $_.State -eq "Failed"' }
        @{ Block = '$_.State -eq "Failed" -and $seen.Add($_.Dataset)' }
        @{ Block = '(Test-Call) -lt 20 -and $_.State -eq "Failed"' }
        @{ Block = '([Environment]::ExitCode += 1) -or [Environment]::ExitCode -lt 20 -and $_.State -eq "Failed"' }
    ) {
        $script:calls = 0
        function Test-Call { ($script:calls++) }
        $block = [scriptblock]::Create($Block)
        $results = foreach ($command in { Get-FwDpoJob -All -Filter $block }, { Get-FwDpoJob -All | Where-Object $block }) {
            $i = $script:calls = [Environment]::ExitCode = 0
            $seen = [System.Collections.Generic.HashSet[string]]::new()
            (. $command).Name -join ' '
        }
        [Environment]::ExitCode = 0
        $results[0] | Should -BeExactly $results[1]
        $results[0] | Should -Not -BeNullOrEmpty
    }

    It 'sends a value of the caller: { $_.State -eq $using:wanted }' {
        $module = (Get-Module Fireworks.DpoJobs).Path
        $url = $env:FIREWORKS_BASE_URL
        $wanted = 'Failed'
        $jobs = 1 | ForEach-Object -Parallel {
            Import-Module $using:module
            $env:FIREWORKS_BASE_URL = $using:url
            Get-FwDpoJob -All -Filter { $_.State -eq $using:wanted }
        }
        $jobs.Name | Should -Be (Get-FwDpoJob -All -State Failed).Name
        (Get-EmulatorRequest $emulator)[0].Query.filter | Should -BeExactly 'state = JOB_STATE_FAILED'
    }

    It 'causes at most five warnings, without control characters' {
        Set-StrictMode -Off
        $block = (1..9).ForEach{ "`$_.Nope$_" } -join ' -or '
        $null = Get-FwDpoJob -First 1 -Filter ([scriptblock]::Create($block)) -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 5
        $null = Get-FwDpoJob -First 1 -Filter ([scriptblock]::Create("`$_.'a`e[31m'")) -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match ([regex]::Escape("property a$([char]0x241b)[31m,"))
    }

    It 'can use properties from Update-TypeData' {
        Update-TypeData -TypeName Fireworks.DpoJobs.DpoJob -MemberName Owner -MemberType AliasProperty -Value CreatedBy -Force
        try {
            @(Get-FwDpoJob -All -Filter { $_.Owner } -WarningVariable warnings -WarningAction SilentlyContinue).Count | Should -BeGreaterThan 0
            $warnings | Should -BeNullOrEmpty
        }
        finally { Remove-TypeData -TypeName Fireworks.DpoJobs.DpoJob }
    }

    It 'filters the jobs of -AsPage' {
        $pages = @(Get-FwDpoJob -All -AsPage -PageSize 100 -Filter { $_.Id -like '*5' })
        @($pages[0].Jobs[0]) | Should -HaveCount 1
        ($pages.Jobs).Name | Should -Be (Get-FwDpoJob -All | Where-Object Id -Like '*5').Name
    }

    It 'stops at Ctrl-C, even in an endless loop' {
        $pipeline = Start-Pipeline 'Get-FwDpoJob -All -Filter { while ($true) { } }'
        Wait-Until { @(Get-EmulatorRequest $emulator).Count -ge 1 }
        Start-Sleep -Milliseconds 300
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $pipeline.Shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
        $pipeline.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
    }

    It 'stops at once when Select-Object -First has enough jobs' {
        Get-FwDpoJob -All -Filter { $_.Id -like '*5' } | Select-Object -First 1 | Should -HaveCount 1
        @(Get-EmulatorRequest $emulator).Count | Should -BeLessOrEqual 2
    }
}

Describe 'Get-FwDpoJob -First with a filter' {
    BeforeEach { Reset-Emulator $emulator }

    It 'requests only the needed jobs when the service evaluates the whole filter' {
        Get-FwDpoJob -First 3 -Filter { $_.State -eq 'Failed' } | Should -HaveCount 3
        $requests = @(Get-EmulatorRequest $emulator)
        $requests | Should -HaveCount 1
        $requests[0].Query.pageSize | Should -Be 3
    }

    It 'requests pages only until enough jobs match' {
        $expected = Get-FwDpoJob -All | Where-Object Id -Like '*99' | Select-Object -First 5
        Reset-Emulator $emulator
        (Get-FwDpoJob -First 5 -Filter { $_.Id -like '*99' }).Name | Should -Be $expected.Name
        $needed = [Math]::Ceiling((1 + (Get-FwDpoJob -All).Name.IndexOf($expected[-1].Name)) / 200)
        @(Get-EmulatorRequest $emulator | Where-Object { $_.Query.pageSize -eq 200 }).Count - 10 | Should -BeLessOrEqual ($needed + 1)
    }

    It 'returns jobs whose state can be passed to -State' {
        $job = Get-FwDpoJob -First 1 -State Paused
        @(Get-FwDpoJob -All -State $job.State).Name | Should -Contain $job.Name
    }

    It 'returns all matching jobs when there are fewer' {
        Get-FwDpoJob -First 2000 -Filter { $_.State -eq 'Failed' } | Should -HaveCount @(Get-FwDpoJob -All -State Failed).Count
    }
}

Describe '-State, -CreatedAfter and -CreatedBefore' {
    BeforeEach { Reset-Emulator $emulator }

    It 'send -State <Given> as <Sent>' -ForEach @(
        @{ Given = 'Failed'; Sent = 'state = JOB_STATE_FAILED' }
        @{ Given = 'failed', 'Cancelled'; Sent = 'state = JOB_STATE_FAILED OR state = JOB_STATE_CANCELLED' }
        @{ Given = 'JOB_STATE_RE_QUEUEING'; Sent = 'state = JOB_STATE_RE_QUEUEING' }
        @{ Given = 'ReQueueing'; Sent = 'state = JOB_STATE_RE_QUEUEING' }
        @{ Given = 'EarlyStopped'; Sent = 'state = JOB_STATE_EARLY_STOPPED' }
        @{ Given = 'EARLY_STOPPED'; Sent = 'state = JOB_STATE_EARLY_STOPPED' }
        @{ Given = 'Failed,Cancelled'; Sent = 'state = JOB_STATE_FAILED OR state = JOB_STATE_CANCELLED' }
        @{ Given = 'Failed', 'cancelled , EARLY_STOPPED'; Sent = 'state = JOB_STATE_FAILED OR state = JOB_STATE_CANCELLED OR state = JOB_STATE_EARLY_STOPPED' }
    ) {
        $jobs = @(Get-FwDpoJob -All -State $Given)
        (Get-EmulatorRequest $emulator)[0].Query.filter | Should -BeExactly $Sent
        $jobs.Count | Should -BeGreaterThan 0
        $jobs.StateText | Sort-Object -Unique | ForEach-Object { $Sent | Should -Match $_ }
    }

    It 'send an unknown state by its API name' {
        Set-EmulatorResponse $emulator @{ path = '/v1/accounts/acme/dpoJobs'; status = 200; headers = @{ 'content-type' = 'application/json' }
            body = '{"dpoJobs":[{"name":"accounts/acme/dpoJobs/a","state":"JOB_STATE_NEW"},{"name":"accounts/acme/dpoJobs/b","state":"JOB_STATE_FAILED"}]}' }
        # Jobs with another state are removed locally.
        (Get-FwDpoJob -All -State job_state_new).Id | Should -BeExactly 'a'
        (Get-EmulatorRequest $emulator).Query.filter | Should -BeExactly 'state = JOB_STATE_NEW'
    }

    It 'reject <Name> before any request' -ForEach @(
        @{ Name = 'an unknown state'; Given = @{ State = 'Nope' }; Text = "'Nope' is not a state" }
        @{ Name = 'an empty list of states'; Given = @{ State = @() }; Text = 'null, empty' }
        @{ Name = 'an empty state'; Given = @{ State = '' }; Text = 'is not a state' }
        @{ Name = 'an empty state after a comma'; Given = @{ State = 'Failed,' }; Text = "'' is not a state" }
        @{ Name = 'the filter $null'; Given = @{ Filter = $null; All = $true }; Text = 'null' }
        @{ Name = 'an empty filter'; Given = @{ Filter = ''; All = $true }; Text = 'The filter is empty' }
        @{ Name = 'a blank filter for pages'; Given = @{ Filter = ' '; AsPage = $true }; Text = 'The filter is empty' }
        @{ Name = 'the filter of a misspelled variable'; Given = @{ Filter = [string]$null }; Text = 'The filter is empty' }
        @{ Name = 'a word instead of a time'; Given = @{ CreatedAfter = 'yesterday' }; Text = 'neither a time .* nor an age' }
        @{ Name = 'an age with the unit M'; Given = @{ CreatedBefore = '6M' }; Text = 'minutes or months' }
        @{ Name = 'a number instead of a time'; Given = @{ CreatedAfter = 20261101 }; Text = "'20261101' is neither a time" }
        @{ Name = 'a number without a unit'; Given = @{ CreatedBefore = 7 }; Text = "'7' is neither a time" }
        @{ Name = 'an end before the start'; Given = @{ CreatedAfter = '2026-11-02Z'; CreatedBefore = '2026-11-01Z' }; Text = '-CreatedBefore \(2026-11-01 00:00:00Z\) is not later than -CreatedAfter \(2026-11-02 00:00:00Z\)' }
        @{ Name = 'an empty range'; Given = @{ CreatedAfter = '7d'; CreatedBefore = '7d' }; Text = 'No job can match' }
        @{ Name = 'an age with an unknown unit'; Given = @{ CreatedBefore = '7x' }; Text = 'neither a time .* nor an age' }
    ) {
        $failure = { Get-FwDpoJob @Given } | Should -Throw -PassThru
        $failure.CategoryInfo.Category | Should -BeIn 'InvalidData', 'InvalidArgument'
        "$failure" | Should -Match $Text
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
    }

    It 'accept the time <Given>' -ForEach @(
        @{ Given = [DateTime]::SpecifyKind('2026-10-01', 'Utc'); Sent = '2026-10-01T00:00:00Z' }
        @{ Given = [DateTimeOffset]::new(2026, 10, 1, 0, 0, 0, [TimeSpan]::FromHours(2)); Sent = '2026-09-30T22:00:00Z' }
        @{ Given = '2026-10-01T08:30Z'; Sent = '2026-10-01T08:30:00Z' }
    ) {
        $null = Get-FwDpoJob -CreatedAfter $Given -First 1
        (Get-EmulatorRequest $emulator).Query.filter | Should -BeExactly "create_time >= timestamp(`"$Sent`")"
    }

    It 'reject a date that the culture of the session reads differently, and show both readings' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $failure = { Get-FwDpoJob -CreatedAfter '04.11.2026' } | Should -Throw -PassThru
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
        "$failure" | Should -Match "'04\.11\.2026' could mean 2026-11-04 or 2026-04-11"
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
    }

    It 'accept a time from Import-Clixml' {
        $path = Join-Path $TestDrive time.xml
        @{ Time = [DateTimeOffset]::new(2026, 10, 1, 0, 0, 0, [TimeSpan]::FromHours(2)) } | Export-Clixml $path
        $null = Get-FwDpoJob -CreatedAfter (Import-Clixml $path).Time -First 1
        (Get-EmulatorRequest $emulator).Query.filter | Should -BeExactly 'create_time >= timestamp("2026-09-30T22:00:00Z")'
    }

    It 'warn about a start in the future' {
        Get-FwDpoJob -CreatedAfter (Get-Date).AddDays(1) -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match '-CreatedAfter \(.+Z\) is in the future'
    }

    It 'accept the age <Age>' -ForEach @(
        @{ Age = '7d'; Hours = 168 }, @{ Age = '12h'; Hours = 12 }, @{ Age = '90m'; Hours = 1.5 }, @{ Age = '2w'; Hours = 336 }
        @{ Age = [TimeSpan]::FromHours(5); Hours = 5 }
    ) {
        $null = Get-FwDpoJob -CreatedBefore $Age -First 1
        (Get-EmulatorRequest $emulator).Query.filter -match '^create_time < timestamp\("(?<time>.+)"\)$' | Should -BeTrue
        $difference = ([DateTimeOffset]::UtcNow.AddHours(-$Hours) - [DateTimeOffset]$Matches.time).TotalSeconds
        [Math]::Abs($difference) | Should -BeLessThan 60
    }

    It 'are combined with each other and with -Filter' {
        $null = Get-FwDpoJob -First 1 -State Failed, Cancelled -CreatedAfter 2026-01-01Z -CreatedBefore 2026-11-01Z -Filter 'use_reservation = true OR training_config.epochs = 2'
        (Get-EmulatorRequest $emulator).Query.filter | Should -BeExactly (
            '(use_reservation = true OR training_config.epochs = 2) AND (state = JOB_STATE_FAILED OR state = JOB_STATE_CANCELLED)' +
            ' AND create_time >= timestamp("2026-01-01T00:00:00Z") AND create_time < timestamp("2026-11-01T00:00:00Z")'
        )
    }

    It 'return the same jobs as Where-Object' {
        $from = [DateTimeOffset]::UtcNow.AddDays(-60); $to = [DateTimeOffset]::UtcNow.AddDays(-10)
        (Get-FwDpoJob -All -State Failed, Paused -CreatedAfter $from -CreatedBefore $to).Name | Should -Be (
            Get-FwDpoJob -All | Where-Object { $_.State -in 'Failed', 'Paused' -and $_.CreateTime -ge $from -and $_.CreateTime -lt $to }
        ).Name
    }

    It 'add the fields that they need to -ReadMask' {
        (Get-FwDpoJob -All -State Failed -ReadMask Name).Name | Should -Be (Get-FwDpoJob -All -State Failed).Name
        (Get-EmulatorRequest $emulator)[0].Query.readMask | Should -BeExactly 'name,state'
        Reset-Emulator $emulator
        $null = Get-FwDpoJob -First 1 -ReadMask Id -Filter { $_.TrainingConfig.Epochs -gt 1 -and $_.Duration -gt '01:00' }
        (Get-EmulatorRequest $emulator)[0].Query.readMask | Should -BeExactly 'name,training_config.epochs,create_time,completed_time'
    }
}

Describe 'A generated filter that the service rejects in either spelling' {
    # What a service rejects is remembered by its address, so each test has its own emulator.
    BeforeAll { $shared = $emulator }
    BeforeEach {
        $emulator = Start-Emulator emulate, --jobs, 500
        Set-EmulatorResponse $emulator ((New-RejectionResponse) + @{ repeat = 2 })
    }
    AfterEach {
        Stop-Emulator $emulator
        $env:FIREWORKS_BASE_URL = $shared.Address
    }

    It 'is omitted with one warning for all listings, and the same jobs are returned: <_.Keys>' -ForEach @(
        @{ State = 'Failed' }, @{ Filter = { $_.State -eq 'Failed' } }
    ) {
        $arguments = $_
        $jobs = Get-FwDpoJob -All @arguments -WarningVariable warnings -WarningAction SilentlyContinue
        $jobs.Name | Should -Be (Get-FwDpoJob -All | Where-Object { $_.State -eq 'Failed' }).Name
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match 'rejected the filter .*state = JOB_STATE_FAILED.* Service message: unknown operator'
        "$((Get-EmulatorRequest $emulator)[2..4].ForEach{ $_.Query['filter'] })".Trim() | Should -BeNullOrEmpty
        (Get-FwDpoJob -All @arguments -WarningVariable warnings).Name | Should -Be $jobs.Name
        $warnings | Should -BeNullOrEmpty
        @(Get-EmulatorRequest $emulator | Where-Object Status -NE 200) | Should -HaveCount 2
    }

    It 'does not affect the user filter' {
        $jobs = Get-FwDpoJob -All -Filter 'use_reservation = true' -State Failed -WarningAction SilentlyContinue
        (Get-EmulatorRequest $emulator)[2].Query.filter | Should -BeExactly 'use_reservation = true'
        $jobs.Name | Should -Be (Get-FwDpoJob -All | Where-Object { $_.UseReservation -and $_.State -eq 'Failed' }).Name
    }

    It 'still returns -First jobs, with full pages' {
        Get-FwDpoJob -First 3 -State Failed -WarningAction SilentlyContinue | Should -HaveCount 3
        (Get-EmulatorRequest $emulator)[2].Query.pageSize | Should -Be 200
    }
}

Describe 'A filter that the service rejects' {
    BeforeEach { Reset-Emulator $emulator }

    It 'causes an error that shows the position of a syntax error' {
        $failure = { Get-FwDpoJob -Filter 'state = JOB_STATE_FAILED AND (create_time > ' } |
            Should -Throw -ErrorId 'FwApi.InvalidArgument,*' -PassThru
        $lines = $failure.ErrorDetails.Message -split "`n"
        $lines[-3] | Should -Match 'At character 45 of the filter, … AND \(create_time > »«: found the end, expected a value\.$'
        $lines[-2] | Should -BeExactly '    state = JOB_STATE_FAILED AND (create_time > '
        $lines[-1] | Should -BeExactly (' ' * $lines[-2].Length + '^')
    }

    It 'causes an error that shows the position even where a console joins its lines, and names the right form' {
        $failure = { Get-FwDpoJob -Filter 'state == JOB_STATE_FAILED' } | Should -Throw -ErrorId 'FwApi.InvalidArgument,*' -PassThru
        "$failure" | Should -Match ([regex]::Escape("At character 8 of the filter, state =»=« JOB_STATE_FAILED: found '=', expected a value. For equality, use =."))
    }

    It 'causes an error without a position when its syntax is valid' {
        $failure = { Get-FwDpoJob -Filter 'nope = 3' } | Should -Throw -ErrorId 'FwApi.InvalidArgument,*' -PassThru
        "$failure" | Should -Not -Match 'At character'
    }
}

Describe 'A page token' {
    BeforeEach { Reset-Emulator $emulator }

    It 'causes an error that shows the request when it is used with an age' {
        $page = Get-FwDpoJob -AsPage -PageSize 10 -CreatedAfter 90d
        # Filters have whole seconds.
        Start-Sleep -Milliseconds 1100
        $failure = { Get-FwDpoJob -AsPage -PageSize 10 -CreatedAfter 90d -PageToken $page.NextPageToken } |
            Should -Throw -ErrorId 'FwApi.InvalidArgument,*' -PassThru
        $failure.Exception.Request | Should -Match 'filter=create_time'
    }

    It 'continues a listing with a fixed time' {
        $since = (Get-Date).AddDays(-90)
        $page = Get-FwDpoJob -AsPage -PageSize 10 -CreatedAfter $since
        (Get-FwDpoJob -AsPage -PageSize 10 -CreatedAfter $since -PageToken $page.NextPageToken).Jobs | Should -HaveCount 10
    }
}

Describe 'A filter that mixes AND and OR' {
    It 'causes one warning that shows its meaning with parentheses' {
        $null = Get-FwDpoJob -First 1 -Filter 'state = JOB_STATE_FAILED AND use_reservation = true OR state = JOB_STATE_PAUSED' -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match ([regex]::Escape('state = JOB_STATE_FAILED AND (use_reservation = true OR state = JOB_STATE_PAUSED)'))
    }

    It 'causes no warning when it is unambiguous: <Filter>' -ForEach @(
        @{ Filter = 'state = JOB_STATE_FAILED AND (use_reservation = true OR state = JOB_STATE_PAUSED)' }
        @{ Filter = 'state = JOB_STATE_FAILED OR state = JOB_STATE_PAUSED' }
    ) {
        $null = Get-FwDpoJob -First 1 -Filter $Filter -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
    }
}

Describe 'A string filter in another language' {
    It 'causes one warning that names the right form: <Filter>' -ForEach @(
        @{ Filter = 'state = JOB_STATE_FAILED and training_config.epochs > 1'; Text = "'and' (use AND)" }
        @{ Filter = 'not state = JOB_STATE_FAILED'; Text = "'not' (use NOT)" }
        @{ Filter = 'State = JOB_STATE_FAILED'; Text = "'State' (use state)" }
    ) {
        # The service decides whether it also rejects the filter.
        try { $null = Get-FwDpoJob -First 1 -Filter $Filter -WarningVariable warnings -WarningAction SilentlyContinue }
        catch { $_.FullyQualifiedErrorId | Should -BeLike 'FwApi.InvalidArgument,*' }
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match ([regex]::Escape($Text))
    }
}

Describe 'The error of a listing that fails on a later page' {
    It 'explains how to continue with a script block' {
        Reset-Emulator $emulator
        Set-EmulatorFault $emulator @{ requests = @(2, 3, 4); status = 404; path = '/v1/accounts/acme/dpoJobs' }
        try {
            $failure = { Get-FwDpoJob -All -PageSize 10 -Filter { $_.CreateTime -gt (Get-Date).AddDays(-300) -and $_.Id -like '*5' } } | Should -Throw -PassThru
            "$failure" | Should -Match 'pipe the result to Where-Object with the same script block\.$'
        }
        finally { Set-EmulatorFault $emulator }
    }

    It 'shows the sent filter when the same command would generate a different one' {
        Reset-Emulator $emulator
        Set-EmulatorFault $emulator @{ requests = @(2, 3, 4); status = 404; path = '/v1/accounts/acme/dpoJobs' }
        try {
            $failure = { Get-FwDpoJob -All -PageSize 10 -CreatedAfter 90d } | Should -Throw -PassThru
            $sent = (Get-EmulatorRequest $emulator)[0].Query.filter
            "$failure" | Should -Match ([regex]::Escape("-PageSize 10 -Filter '$sent'"))
        }
        finally { Set-EmulatorFault $emulator }
        # Continue as the message describes.
        $rest = Get-FwDpoJob -All -PageSize 10 -Filter $sent -PageToken $failure.Exception.PageToken
        @($rest).Count | Should -Be (@(Get-FwDpoJob -All -Filter $sent).Count - 10)
    }
}
