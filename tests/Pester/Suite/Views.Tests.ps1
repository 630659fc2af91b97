BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 60
    $jobs = Get-FwDpoJob -All
    $whole = [Fireworks.DpoJobs.DpoJob]@{
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

Describe 'The table' {
    BeforeEach { $PSStyle.OutputRendering = 'PlainText' }

    It 'fits 120 columns' {
        $lines = Show $jobs 120
        $lines[0] -split '\s+' | Should -Be 'Id', 'DisplayName', 'State', 'Created', 'Duration', 'BaseModel', 'Epochs'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
        $lines | Should -HaveCount 62
    }

    It 'keeps its head at 80 columns' {
        $lines = Show $jobs 80
        $lines[0].Trim() -split '\s+' | Should -Be 'Id', 'DisplayName', 'State', 'Created'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $lines | Should -HaveCount 62
    }

    It 'shows id, state and times as a person reads them' {
        $job = [Fireworks.DpoJobs.DpoJob]@{
            Name = 'accounts/acme/dpoJobs/nightly-1'; StateText = 'JOB_STATE_COMPLETED'
            CreateTime = '2026-10-01T08:00:00Z'; CompletedTime = '2026-10-01T10:14:30Z'
            TrainingConfig = @{ BaseModel = 'accounts/fireworks/models/llama-v3p1-8b-instruct'; Epochs = 3 }
        }
        $row = (Show $job)[2]
        $created = ([DateTimeOffset]'2026-10-01T08:00:00Z').ToLocalTime().ToString('g')
        $row | Should -BeExactly ('nightly-1'.PadRight(45) + 'Completed      ' + $created.PadRight(20) + '   2h 14m llama-v3p1-8b-instruct      3')
    }

    It 'uses the reader''s own culture' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $job = [Fireworks.DpoJobs.DpoJob]@{ CreateTime = '2026-10-01T08:00:00Z' }
            Show $job | Select-Object -Index 2 | Should -Match '\b01\.10\.2026 \d\d:00\b'
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
    }

    It 'prints a job of which a mask left nothing' {
        Show ([Fireworks.DpoJobs.DpoJob]::new()) | Should -HaveCount 2
    }

    It 'shows a state that this version does not know in the service''s words' {
        $job = [Fireworks.DpoJobs.DpoJob]@{ StateText = 'JOB_STATE_HIBERNATING' }
        $job.State | Should -Be 'Unrecognized'
        (Show $job)[2].Trim() | Should -BeExactly 'HIBERNATING'
    }
}

Describe 'A job that comes back from Import-Clixml' {
    It 'shows in the table as it did before' {
        $path = Join-Path $TestDrive jobs.xml
        $whole | Export-Clixml $path
        $now = Show $whole
        Show (Import-Clixml $path) | Should -Be $now
        $now[2] | Should -Match 'Failed .*2h 14m'
    }

    It 'has no secret in the file' {
        $job = [Fireworks.DpoJobs.DpoJob]@{ TrainerLogsSignedUrl = 'canary'; WandbConfig = @{ ApiKey = 'canary' } }
        $path = Join-Path $TestDrive secret.xml
        $job | Export-Clixml $path -Depth 5
        $hexadecimal = -join ('canary'.ToCharArray() | ForEach-Object { '{0:x2}00' -f [int]$_ })
        Get-Content $path -Raw | Should -Not -Match "canary|$hexadecimal"
    }
}

Describe 'Colour' {
    BeforeEach { $PSStyle.OutputRendering = 'PlainText' }

    It 'marks states where the host has colour' {
        $PSStyle.OutputRendering = 'Ansi'
        $failed = [Fireworks.DpoJobs.DpoJob]@{ StateText = 'JOB_STATE_FAILED' }
        $failed | Out-String | Should -Match "`e\[31mFailed`e\[0m"
    }

    It 'is no part of what goes into a file' {
        $PSStyle.OutputRendering = 'Host'
        $file = Join-Path $TestDrive 'jobs.txt'
        $jobs > $file
        Get-Content $file -Raw | Should -Not -Match "`e"
        Get-Content $file -Raw | Should -Match 'Completed'
    }

    It 'is off under NO_COLOR' {
        $run = Invoke-PowerShell 'Get-FwDpoJob -First 20' -Environment @{ NO_COLOR = '1' }
        $run.Output | Should -Match 'Completed'
        $run.Output | Should -Not -Match "`e"
    }
}

Describe 'The list' {
    BeforeEach { $PSStyle.OutputRendering = 'PlainText' }

    It 'shows everything that is set, part by part' {
        $text = $whole | Format-List | Out-String -Width 120
        foreach ($label in 'Id', 'State', 'Created', 'CreatedBy', 'Dataset', 'Training', 'Loss', 'Name') {
            $text | Should -Match "(?m)^$label\s+: \S"
        }
        $text | Should -Match "BaseModel: $([regex]::Escape($whole.TrainingConfig.BaseModel))"
    }

    It 'prints a job of which a mask left nothing' {
        { [Fireworks.DpoJobs.DpoJob]::new() | Format-List | Out-String } | Should -Not -Throw
        [Fireworks.DpoJobs.DpoJob]::new() | Format-List | Out-String | Should -Not -Match '#ERR'
    }
}

Describe 'Parts and pages' {
    BeforeEach { $PSStyle.OutputRendering = 'PlainText' }

    It 'has a view for <Property> that leaves out what is not set' -ForEach @(
        @{ Property = 'Status' }, @{ Property = 'TrainingConfig' }, @{ Property = 'LossConfig' }, @{ Property = 'WandbConfig' }
    ) {
        $lines = Show $whole.$Property
        $lines | Should -Not -BeNullOrEmpty
        $lines | Should -Not -Match '^\w+\s*:\s*$'
        $lines | Should -Not -Match 'Fireworks\.DpoJobs'
        $lines | Should -Not -Match 'AdditionalData'
    }

    It 'shows a page as its number of jobs, the total and the next token' {
        $page = Get-FwDpoJob -AsPage -PageSize 10
        $lines = Show $page
        $lines[0].Trim() -split '\s+' | Should -Be 'Jobs', 'TotalSize', 'NextPageToken'
        $lines[2].Trim() -split '\s+' | Should -Be '10', '60', $page.NextPageToken
    }
}

Describe 'What must never reach a terminal' {
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

    It 'control characters from the service, in <View>' -ForEach @(
        @{ View = 'Format-Table' }, @{ View = 'Format-List' }
    ) {
        $text = $hostile | & $View | Out-String -Width 200
        $text += $hostile.Status | Out-String
        $text += $hostile.TrainingConfig | Out-String
        $text -replace '[\r\n]' | Should -Not -Match '[\p{Cc}\u202a-\u202e\u2066-\u2069]'
        $text | Should -Match 'gone'
    }

    It 'secrets, in <View>' -ForEach @(
        @{ View = 'Format-Table' }, @{ View = 'Format-List' }, @{ View = 'ConvertTo-Json' }, @{ View = 'ConvertTo-Csv' }
    ) {
        $text = ($secret | & $View | Out-String) + ($secret.WandbConfig | & $View | Out-String)
        $text | Should -Not -Match 'canary'
    }

    It 'secrets, in every property of the object and its parts' {
        $text = ($secret | Format-List * | Out-String) + ($secret.WandbConfig | Format-List * | Out-String)
        $text | Should -Not -Match 'canary'
        $secret.TrainerLogsSignedUrl.Reveal() | Should -BeExactly 'https://x.example/log?sig=canary'
    }
}

Describe 'ConvertTo-Json' {
    BeforeEach { $PSStyle.OutputRendering = 'PlainText' }

    It 'names the state' {
        $jobs[0] | ConvertTo-Json -Depth 5 | ConvertFrom-Json | ForEach-Object State | Should -BeExactly ([string]$jobs[0].State)
    }
}

Describe 'A job that a user creates for their own tests' {
    It 'has the text of the state that is set' {
        $job = [Fireworks.DpoJobs.DpoJob]@{ State = 'Failed'; Status = @{ Code = 'InvalidArgument' } }
        $job.StateText | Should -BeExactly 'JOB_STATE_FAILED'
        $job.Status.CodeText | Should -BeExactly 'INVALID_ARGUMENT'
        $job.IsFinished | Should -BeTrue
        { $job.State = 'Unrecognized' } | Should -Throw '*StateText*'
    }
}
