BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 60
    $jobs = Get-FwDpoJob -All
    $fullJob = [Fireworks.DpoJobs.DpoJob]@{
        Name = 'accounts/acme/dpoJobs/nightly-1'; StateText = 'JOB_STATE_FAILED'; CreatedBy = 'ada@example.com'
        CreateTime = '2026-10-01T08:00:00Z'; CompletedTime = '2026-10-01T10:14:30Z'; Dataset = 'accounts/acme/datasets/prefs'
        Status = @{ CodeText = 'INVALID_ARGUMENT'; Message = 'the data set is empty' }
        TrainingConfig = @{ BaseModel = 'accounts/fireworks/models/llama-v3p1-8b-instruct'; Epochs = 3; LoraTargetModules = [string[]]@() }
        LossConfig = @{ Method = 'DPO'; Dpo = @{ Beta = 0.1 } }
        WandbConfig = @{ Enabled = $true; Project = 'preferences' }
    }
    $rendering = $PSStyle.OutputRendering
    function Show($Object, $Width = 120) { ($Object | Out-String -Width $Width) -split '\r?\n' | Where-Object { $_.Trim() } }
}
AfterAll {
    $PSStyle.OutputRendering = $rendering
    Stop-Emulator $emulator
    Remove-Module Support
}

Describe 'The table of jobs' {
    BeforeEach { $PSStyle.OutputRendering = 'PlainText' }

    It 'fits 120 columns' {
        $lines = Show $jobs 120
        $lines[0] -split '\s+' | Should -Be 'Id', 'DisplayName', 'State', 'Created', 'Duration', 'BaseModel', 'Epochs'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
        $lines | Should -HaveCount 62
    }

    It 'keeps its first columns at 80 columns' {
        $lines = Show $jobs 80
        $lines[0].Trim() -split '\s+' | Should -Be 'Id', 'DisplayName', 'State', 'Created'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $lines | Should -HaveCount 62
    }

    It 'shows the id, state, times and model in readable form' {
        $job = [Fireworks.DpoJobs.DpoJob]@{
            Name = 'accounts/acme/dpoJobs/nightly-1'; StateText = 'JOB_STATE_COMPLETED'
            CreateTime = '2026-10-01T08:00:00Z'; CompletedTime = '2026-10-01T10:14:30Z'
            TrainingConfig = @{ BaseModel = 'accounts/fireworks/models/llama-v3p1-8b-instruct'; Epochs = 3 }
        }
        $row = (Show $job)[2]
        $created = ([DateTimeOffset]'2026-10-01T08:00:00Z').ToLocalTime().ToString('g')
        $row | Should -BeExactly ('nightly-1'.PadRight(45) + 'Completed      ' + $created.PadRight(20) + '   2h 14m llama-v3p1-8b-instruct      3')
    }

    It 'uses the current culture' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $job = [Fireworks.DpoJobs.DpoJob]@{ CreateTime = '2026-10-01T08:00:00Z' }
            Show $job | Select-Object -Index 2 | Should -Match '\b01\.10\.2026 \d\d:00\b'
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
    }

    It 'can show a job without any fields' {
        Show ([Fireworks.DpoJobs.DpoJob]::new()) | Should -HaveCount 2
    }

    It 'shows an unknown state by its API name' {
        $job = [Fireworks.DpoJobs.DpoJob]@{ StateText = 'JOB_STATE_HIBERNATING' }
        $job.State | Should -Be 'Unrecognized'
        (Show $job)[2].Trim() | Should -BeExactly 'HIBERNATING'
    }
}

Describe 'A job from Import-Clixml' {
    It 'looks the same in the table' {
        $path = Join-Path $TestDrive jobs.xml
        $fullJob | Export-Clixml $path
        $expected = Show $fullJob
        Show (Import-Clixml $path) | Should -Be $expected
        $expected[2] | Should -Match 'Failed .*2h 14m'
    }

    It 'has no secret in its file' {
        $job = [Fireworks.DpoJobs.DpoJob]@{ TrainerLogsSignedUrl = 'canary'; WandbConfig = @{ ApiKey = 'canary' } }
        $path = Join-Path $TestDrive secret.xml
        $job | Export-Clixml $path -Depth 5
        $hexadecimal = -join ('canary'.ToCharArray() | ForEach-Object { '{0:x2}00' -f [int]$_ })
        Get-Content $path -Raw | Should -Not -Match "canary|$hexadecimal"
    }
}

Describe 'The colour of a state' {
    BeforeEach { $PSStyle.OutputRendering = 'PlainText' }

    It 'is shown when the host supports colour' {
        $PSStyle.OutputRendering = 'Ansi'
        $failed = [Fireworks.DpoJobs.DpoJob]@{ StateText = 'JOB_STATE_FAILED' }
        $failed | Out-String | Should -Match "`e\[31mFailed`e\[0m"
    }

    It 'is not written to a file' {
        $PSStyle.OutputRendering = 'Host'
        $file = Join-Path $TestDrive 'jobs.txt'
        $jobs > $file
        Get-Content $file -Raw | Should -Not -Match "`e"
        Get-Content $file -Raw | Should -Match 'Completed'
    }

    It 'is off when NO_COLOR is set' {
        $run = Invoke-PowerShell 'Get-FwDpoJob -First 20' -Environment @{ NO_COLOR = '1' }
        $run.Output | Should -Match 'Completed'
        $run.Output | Should -Not -Match "`e"
    }
}

Describe 'The list view of a job' {
    BeforeEach { $PSStyle.OutputRendering = 'PlainText' }

    It 'shows all fields with a value' {
        $text = $fullJob | Format-List | Out-String -Width 120
        foreach ($label in 'Id', 'State', 'Created', 'CreatedBy', 'Dataset', 'Training', 'Loss', 'Name') {
            $text | Should -Match "(?m)^$label\s+: \S"
        }
        $text | Should -Match "BaseModel: $([regex]::Escape($fullJob.TrainingConfig.BaseModel))"
    }

    It 'can show a job without any fields' {
        { [Fireworks.DpoJobs.DpoJob]::new() | Format-List | Out-String } | Should -Not -Throw
        [Fireworks.DpoJobs.DpoJob]::new() | Format-List | Out-String | Should -Not -Match '#ERR'
    }
}

Describe 'The view of parts and pages' {
    BeforeEach { $PSStyle.OutputRendering = 'PlainText' }

    It 'shows only the fields of <Property> that have a value' -ForEach @(
        @{ Property = 'Status' }, @{ Property = 'TrainingConfig' }, @{ Property = 'LossConfig' }, @{ Property = 'WandbConfig' }
    ) {
        $lines = Show $fullJob.$Property
        $lines | Should -Not -BeNullOrEmpty
        $lines | Should -Not -Match '^\w+\s*:\s*$'
        $lines | Should -Not -Match 'Fireworks\.DpoJobs'
        $lines | Should -Not -Match 'AdditionalData'
    }

    It 'shows the number of jobs, the total and the next token of a page' {
        $page = Get-FwDpoJob -AsPage -PageSize 10
        $lines = Show $page
        $lines[0].Trim() -split '\s+' | Should -Be 'Jobs', 'TotalSize', 'NextPageToken'
        $lines[2].Trim() -split '\s+' | Should -Be '10', '60', $page.NextPageToken
    }
}

Describe 'A view in constrained language mode' {
    BeforeAll {
        $run = Invoke-Runspace @'
            Import-Module Fireworks.DpoJobs
            $PSStyle.OutputRendering = 'PlainText'
            $job = [Fireworks.DpoJobs.DpoJob]@{
                Name = 'accounts/acme/dpoJobs/nightly-1'; StateText = 'JOB_STATE_FAILED'; DisplayName = "`e[2Jgone`u{202e}"
                CreateTime = '2026-10-01T08:00:00Z'; CompletedTime = '2026-10-01T10:14:30Z'; Dataset = 'accounts/acme/datasets/prefs'
                Status = @{ CodeText = 'INTERNAL'; Message = "no`e[1A memory" }
                TrainingConfig = @{ BaseModel = 'accounts/fireworks/models/llama'; Epochs = 3 }
                WandbConfig = @{ ApiKey = 'canary' }; TrainerLogsSignedUrl = 'canary'
            }
            $unknown = [Fireworks.DpoJobs.DpoJob]@{ Name = 'accounts/acme/dpoJobs/u'; StateText = 'JOB_STATE_HIBERNATING' }
            $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($job))
            $page = [Fireworks.DpoJobs.DpoJobPage]@{ Jobs = [Fireworks.DpoJobs.DpoJob[]]@($job); NextPageToken = 'next' }
            $connection = Get-FwConnection
            $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            $job, $unknown, $copy | Format-Table | Out-String -Width 120
            '==='; $job | Format-List | Out-String -Width 120
            '==='; $copy | Format-List | Out-String -Width 120
            '==='; $job.TrainingConfig | Format-List | Out-String -Width 120
            '==='; $page | Format-Table | Out-String -Width 120
            '==='; $connection | Format-Table | Out-String -Width 120
'@ -Environment @{ FIREWORKS_API_KEY = 'fw_0123456789abcdefghij'; FIREWORKS_ACCOUNT_ID = 'acme' }
        $table, $list, $copyList, $part, $page, $connection = $run.Output -split '==='
    }

    It 'has no error' {
        $run.ErrorOutput | Should -BeNullOrEmpty
        $connection | Should -Not -BeNullOrEmpty
    }

    It 'shows the table of jobs' {
        $rows = @($table -split '\r?\n' | Where-Object { $_.Trim() } | Select-Object -Skip 2)
        $created = ([DateTimeOffset]'2026-10-01T08:00:00Z').ToLocalTime().ToString('g')
        $rows[0] | Should -Match "^nightly-1 +.\[2Jgone. +Failed +$([regex]::Escape($created)) +02:14:30 llama +3$"
        $rows[1] | Should -Match '^u +HIBERNATING\s*$'
        $rows[2] | Should -BeExactly $rows[0]
    }

    It 'shows the list of a job, live or deserialized' {
        $list | Should -Match '(?m)^Status +: INTERNAL: no.\[1A memory'
        $list | Should -Match '(?m)^Training +: BaseModel=accounts/fireworks/models/llama; Epochs=3'
        $list | Should -Match '(?m)^Name +: accounts/acme/dpoJobs/nightly-1'
        $list | Should -Not -Match '(?m)^\w+ +:\s*$'
        $copyList.Trim() | Should -BeExactly $list.Trim()
    }

    It 'shows parts, pages and connections' {
        $part | Should -Match 'Details : BaseModel=accounts/fireworks/models/llama; Epochs=3'
        $page | Should -Match '(?m)^ +1 +next'
        $connection | Should -Match '(?m)^acme +https?://'
    }

    It 'contains no control characters from the service and no secrets' {
        $run.Output -replace '[\r\n]' | Should -Not -Match '[\p{Cc}\u202a-\u202e]'
        $run.Output | Should -Not -Match 'canary|fw_0123'
    }
}

Describe 'Terminal output' {
    BeforeEach { $PSStyle.OutputRendering = 'PlainText' }

    BeforeAll {
        $hostile = [Fireworks.DpoJobs.DpoJob]@{
            Name = "accounts/acme/dpoJobs/x`e]0;title`a"; DisplayName = "`e[2Jgone`u{9b}31m`u{202e}txt.exe"
            StateText = "JOB_STATE_`e[5mBLINK"; CreatedBy = "`e[8mhidden"; Dataset = "a`rb"
            Status = @{ CodeText = 'INTERNAL'; Message = "first`e[1A`nsecond" }
            TrainingConfig = @{ BaseModel = "m/`e[31mred"; LoraTargetModules = [string[]]"`e[0m" }
        }
        $secret = [Fireworks.DpoJobs.DpoJob]@{
            TrainerLogsSignedUrl = 'https://x.example/log?sig=canary'
            WandbConfig = @{ ApiKey = 'canary'; Project = 'p' }
        }
    }

    It 'contains no control characters from the service: <View>' -ForEach @(
        @{ View = 'Format-Table' }, @{ View = 'Format-List' }
    ) {
        $text = $hostile | & $View | Out-String -Width 200
        $text += $hostile.Status | Out-String
        $text += $hostile.TrainingConfig | Out-String
        $text -replace '[\r\n]' | Should -Not -Match '[\p{Cc}\u202a-\u202e\u2066-\u2069]'
        $text | Should -Match 'gone'
    }

    It 'contains no secrets: <View>' -ForEach @(
        @{ View = 'Format-Table' }, @{ View = 'Format-List' }, @{ View = 'ConvertTo-Json' }, @{ View = 'ConvertTo-Csv' }
    ) {
        $text = ($secret | & $View | Out-String) + ($secret.WandbConfig | & $View | Out-String)
        $text | Should -Not -Match 'canary'
    }

    It 'contains no secrets when all properties are shown' {
        $text = ($secret | Format-List * | Out-String) + ($secret.WandbConfig | Format-List * | Out-String)
        $text | Should -Not -Match 'canary'
        $secret.TrainerLogsSignedUrl.Reveal() | Should -BeExactly 'https://x.example/log?sig=canary'
    }
}

Describe 'ConvertTo-Json' {
    BeforeEach { $PSStyle.OutputRendering = 'PlainText' }

    It 'writes the state by name' {
        $jobs[0] | ConvertTo-Json -Depth 5 | ConvertFrom-Json | ForEach-Object State | Should -BeExactly ([string]$jobs[0].State)
    }
}

Describe 'A job that a user creates' {
    It 'derives StateText and CodeText from the enum values' {
        $job = [Fireworks.DpoJobs.DpoJob]@{ State = 'Failed'; Status = @{ Code = 'InvalidArgument' } }
        $job.StateText | Should -BeExactly 'JOB_STATE_FAILED'
        $job.Status.CodeText | Should -BeExactly 'INVALID_ARGUMENT'
        $job.IsFinished | Should -BeTrue
        { $job.State = 'Unrecognized' } | Should -Throw '*StateText*'
    }
}
