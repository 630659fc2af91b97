# Asks the same everyday questions of live jobs and of jobs that left the process: from Start-Job, from CLIXML, from both, from
# JSON and from CSV. A question that CSV or JSON cannot answer in the same form has its own form for it, as the topic
# about_Fireworks.DpoJobs_Cookbook documents; the result is always the same.

BeforeDiscovery {
    $sources = 'Start-Job', 'Import-Clixml', 'Start-Job and Import-Clixml', 'ConvertFrom-Json', 'Import-Csv'
    $questions = @(
        @{ Question = 'Which jobs failed?'; Ask = { $_.State -eq 'Failed' } }
        @{ Question = 'Which jobs failed or were cancelled?'; Ask = { $_.State -in 'Failed', 'Cancelled' } }
        @{ Question = 'Which jobs are in no final state?'; Ask = { $_.State -notin 'Completed', 'Failed', 'Cancelled', 'EarlyStopped', 'Expired', 'Deleted', 'Archived' } }
        @{ Question = 'Which jobs are not finished?'; Ask = { $_.IsFinished -eq $false } }
        @{ Question = 'Which state has the name of the service?'; Ask = { $_.StateText -eq 'JOB_STATE_COMPLETED' } }
        @{ Question = 'Which jobs were created in the last 60 days?'; Ask = { $_.CreateTime -gt (Get-Date).AddDays(-60) }; Csv = { [datetimeoffset]$_.CreateTime -gt (Get-Date).AddDays(-60) } }
        @{ Question = 'Which jobs were created in a range?'; Ask = { $_.CreateTime -ge $from -and $_.CreateTime -lt $from.AddDays(45) }; Csv = { [datetimeoffset]$_.CreateTime -ge $from -and [datetimeoffset]$_.CreateTime -lt $from.AddDays(45) } }
        @{ Question = 'Which jobs were created after another one?'; Ask = { $_.CreateTime -gt $anyJob.CreateTime }; Csv = { [datetimeoffset]$_.CreateTime -gt $anyJob.CreateTime }; Json = { [datetimeoffset]$_.CreateTime -gt $anyJob.CreateTime } }
        @{ Question = 'Which job was created at this time?'; Ask = { $_.CreateTime -eq $anyJob.CreateTime }; Csv = { [datetimeoffset]$_.CreateTime -eq $anyJob.CreateTime }; Json = { [datetimeoffset]$_.CreateTime -eq $anyJob.CreateTime } }
        @{ Question = 'Which jobs have no end?'; Ask = { -not $_.CompletedTime } }
        @{ Question = 'Which jobs ended in the last 60 days?'; Ask = { $_.CompletedTime -and $_.CompletedTime -gt (Get-Date).AddDays(-60) }; Csv = { $_.CompletedTime -and [datetimeoffset]$_.CompletedTime -gt (Get-Date).AddDays(-60) } }
        @{ Question = 'Which jobs took more than two hours?'; Ask = { $_.Duration -gt '02:00' }; Csv = { $_.Duration -and [timespan]$_.Duration -gt '02:00' }; Json = { $_.Duration.TotalHours -gt 2 } }
        @{ Question = 'Which jobs ran out of memory?'; Ask = { $_.Status.Message -match 'memory' }; Csv = { $_.Status -match 'memory' } }
        @{ Question = 'Which jobs have an internal error?'; Ask = { $_.Status.Code -eq 'Internal' }; Csv = { $_.Status -match '^INTERNAL' } }
        @{ Question = 'Which jobs have several epochs?'; Ask = { $_.TrainingConfig.Epochs -gt 1 }; Csv = { $_.TrainingConfig -match '\bEpochs=([2-9]|\d\d)' } }
        @{ Question = 'Which jobs train a Llama model?'; Ask = { $_.TrainingConfig.BaseModel -like '*llama*' }; Csv = { $_.TrainingConfig -match 'BaseModel=[^;]*llama' } }
        @{ Question = 'Which jobs use a dataset?'; Ask = { $_.Dataset -eq $anyJob.Dataset } }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    # As at a prompt: a property of an empty result is $null.
    Set-StrictMode -Off
    $emulator = Start-Emulator emulate, --jobs, 120
    $live = @(Get-FwDpoJob -All)
    $file = Join-Path $TestDrive 'jobs'

    $fromJob = @(Start-Job { Get-FwDpoJob -All } | Receive-Job -Wait -AutoRemoveJob)
    $live | Export-Clixml "$file.xml"
    $fromJob | Export-Clixml "$file.2.xml"
    # The form that the README recommends.
    $rows = $live | Select-Object Name, Id, AccountId, State, StateText, IsFinished, Dataset, Duration, Status, TrainingConfig,
        @{ Name = 'CreateTime'; Expression = { $_.CreateTime.ToString('o') } },
        @{ Name = 'CompletedTime'; Expression = { if ($_.CompletedTime) { $_.CompletedTime.ToString('o') } } }
    $rows | Export-Csv "$file.csv"
    $copies = @{
        'Start-Job' = $fromJob
        'Import-Clixml' = @(Import-Clixml "$file.xml")
        'Start-Job and Import-Clixml' = @(Import-Clixml "$file.2.xml")
        'ConvertFrom-Json' = @($live | ConvertTo-Json -Depth 8 | ConvertFrom-Json)
        'Import-Csv' = @(Import-Csv "$file.csv")
    }
    $anyJob = $live | Where-Object { $_.Status.Message } | Select-Object -First 1
    $from = (Get-Date).AddDays(-90)
}
AfterAll {
    Stop-Emulator $emulator
    Remove-Module Support
}

Describe 'Jobs from <_>' -ForEach $sources {
    BeforeAll {
        $source = $_
        $jobs = $copies[$source]
        # Questions without a form of their own.
        $Csv = $Json = $null
    }

    It 'are complete' {
        $jobs | Should -HaveCount 120
        $jobs.Name | Should -BeExactly $live.Name
    }

    It 'answer like live jobs: <Question>' -ForEach $questions {
        $expected = ($live | Where-Object $Ask).Name
        $expected.Count | Should -BeIn (1..119)
        $form = switch ($source) {
            'Import-Csv' { $Csv }
            'ConvertFrom-Json' { $Json }
        }
        ($jobs | Where-Object ($form ? $form : $Ask)).Name | Should -BeExactly $expected
    }

    It 'have the same order by CreateTime' {
        ($jobs | Sort-Object CreateTime).Name | Should -BeExactly ($live | Sort-Object CreateTime).Name
    }

    It 'have the same groups by State' {
        $groups = $jobs | Group-Object State | Sort-Object Name | ForEach-Object { "$($_.Name): $($_.Count)" }
        $groups | Should -BeExactly ($live | Group-Object State | Sort-Object Name | ForEach-Object { "$($_.Name): $($_.Count)" })
    }

    It 'can be refreshed with Get-FwDpoJob' {
        ($jobs[3, 7] | Get-FwDpoJob).Name | Should -BeExactly $live[3, 7].Name
    }

    It 'have a CreateTime that -CreatedAfter and -CreatedBefore accept' {
        $time = ($live | Sort-Object CreateTime)[60].CreateTime
        $copy = $jobs | Where-Object { [datetimeoffset]$_.CreateTime -eq $time } | Select-Object -First 1
        $copy | Should -Not -BeNullOrEmpty
        (Get-FwDpoJob -All -CreatedAfter $copy.CreateTime).Name | Should -BeExactly (Get-FwDpoJob -All -CreatedAfter $time).Name
        (Get-FwDpoJob -All -CreatedBefore $copy.CreateTime).Name | Should -BeExactly (Get-FwDpoJob -All -CreatedBefore $time).Name
    }
}

Describe 'A session without the module' {
    It 'reads the times of jobs that were serialized <Times> as <Type>' -ForEach @(
        @{ Times = 'once'; File = 'jobs.xml'; Type = 'Deserialized.System.DateTimeOffset' }
        @{ Times = 'twice'; File = 'jobs.2.xml'; Type = 'System.String' }
    ) {
        $run = Invoke-Runspace "(Import-Clixml '$(Join-Path $TestDrive $File)')[0].CreateTime | ForEach-Object { `$_ -is [string] ? 'System.String' : `$_.PSTypeNames[0] }"
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.Output.Trim() | Should -BeExactly $Type
    }
}

Describe 'Deserialized jobs from <_>' -ForEach 'Start-Job', 'Import-Clixml', 'Start-Job and Import-Clixml' {
    BeforeAll { $jobs = $copies[$_] }

    It 'have times that are times' {
        $jobs[0].CreateTime | Should -BeOfType [datetimeoffset]
        ($jobs | Where-Object CompletedTime).CompletedTime | Should -BeOfType [datetimeoffset]
        @($jobs | Where-Object { $null -eq $_.CompletedTime }) | Should -HaveCount @($live | Where-Object { $null -eq $_.CompletedTime }).Count
    }

    It 'look the same in a table and in a list' {
        # The elapsed time of a running job changes.
        $table, $liveTable = foreach ($list in $jobs, $live) { $list | Where-Object CompletedTime | Format-Table | Out-String -Width 120 }
        $table | Should -BeExactly $liveTable
        $text = $jobs[0] | Format-List | Out-String -Width 400
        $text | Should -Match "Training +: BaseModel=$([regex]::Escape($live[0].TrainingConfig.BaseModel))|Training +: .*BaseModel="
        $text | Should -Not -Match 'Fireworks\.DpoJobs\.'
    }

    It 'write the name of the state as JSON' {
        ($jobs[0] | ConvertTo-Json -Depth 3 | ConvertFrom-Json).State | Should -BeExactly "$($live[0].State)"
    }

    It 'convert to their full names' {
        "$($jobs[0])" | Should -BeExactly $live[0].Name
    }

    It 'are complete to the deepest part' {
        $deep = [Fireworks.DpoJobs.DpoJob]@{
            Name = 'accounts/acme/dpoJobs/deep'
            TrainingConfig = @{ LoraTargetModules = [string[]]('q_proj', 'k_proj'); LrScheduler = @{ Cosine = @{ MinLrRatio = 0.25 } } }
            Status = @{ CodeText = 'INTERNAL' }
            WandbConfig = @{ ApiKey = 'canary' }
        }
        # The depth of Start-Job, twice.
        $text = [System.Management.Automation.PSSerializer]::Serialize($deep, 1)
        $copy = [System.Management.Automation.PSSerializer]::Deserialize($text)
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($copy, 1))
        $copy.TrainingConfig.LoraTargetModules | Should -BeExactly 'q_proj', 'k_proj'
        $copy.TrainingConfig.LrScheduler.Cosine.MinLrRatio | Should -Be 0.25
        $copy.Status.Code | Should -BeExactly 'Internal'
        $copy.WandbConfig.ApiKey | Should -BeExactly '(secret)'
        $text | Should -Not -Match 'canary'
        $null -eq $copy.CompletedTime | Should -BeTrue
    }
}

Describe 'A session that has not imported the module' {
    BeforeAll {
        $run = Invoke-Runspace @"
            `$jobs = Import-Clixml '$file.xml'
            @(`$jobs | Where-Object State -EQ Failed).Count
            @(`$jobs | Where-Object { `$_.TrainingConfig.Epochs -gt 1 }).Count
            try { `$jobs | Where-Object { `$_.CreateTime -gt (Get-Date) } } catch { 'cannot compare' }
            `$time = `$jobs[0].CreateTime
            @(Get-FwDpoJob -All -CreatedAfter `$time).Count
            @(`$jobs | Where-Object { `$_.CreateTime -ge `$jobs[0].CreateTime }).Count
"@
        $lines = $run.Output.Trim() -split '\r?\n'
    }

    It 'finds states and numbers' {
        $lines[0] | Should -BeExactly @($live | Where-Object State -EQ Failed).Count
        $lines[1] | Should -BeExactly @($live | Where-Object { $_.TrainingConfig.Epochs -gt 1 }).Count
    }

    It 'cannot compare times, and says so' {
        $lines[2] | Should -BeExactly 'cannot compare'
    }

    It 'passes a time to -CreatedAfter, which imports the module' {
        $lines[3] | Should -BeExactly @($live | Where-Object CreateTime -GE $live[0].CreateTime).Count
    }

    It 'compares times of the same jobs after the import' {
        $lines[4] | Should -BeExactly $lines[3]
    }
}

Describe 'A whole job in CSV' {
    It 'shows the values of its parts' {
        $job = [Fireworks.DpoJobs.DpoJob]@{
            Name = 'accounts/acme/dpoJobs/a'
            Status = @{ CodeText = 'INTERNAL'; Message = 'no memory' }
            TrainingConfig = @{ Epochs = 3; LearningRate = 0.0001; LoraTargetModules = [string[]]('q_proj', 'k_proj'); JinjaTemplate = "a`nb" }
            LossConfig = @{ Method = 'DPO'; Dpo = @{ Beta = 0.1 } }
            WandbConfig = @{ Enabled = $true; ApiKey = 'canary'; Project = 'p' }
            TrainerLogsSignedUrl = 'canary'
        }
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $row = $job | ConvertTo-Csv | ConvertFrom-Csv
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
        $row.Status | Should -BeExactly 'INTERNAL: no memory'
        $row.TrainingConfig | Should -BeExactly "JinjaTemplate=a`u{240a}b; LearningRate=0.0001; Epochs=3; LoraTargetModules=q_proj, k_proj"
        $row.LossConfig | Should -BeExactly 'Method=DPO; Dpo={ Beta=0.1 }'
        $row.WandbConfig | Should -BeExactly 'Enabled=True; ApiKey=(secret); Project=p'
        $row.TrainerLogsSignedUrl | Should -BeExactly '(secret)'
        $row.AdditionalData | Should -BeExactly ''
    }

    It 'shows no type name' {
        $live | ConvertTo-Csv | Out-String | Should -Not -Match 'Fireworks\.DpoJobs\.|System\.'
    }
}

Describe 'The times in the CSV file of the README' {
    It 'read back correctly in <_>' -ForEach 'en-US', 'de-DE', 'fa-IR', 'th-TH' {
        $readme = Get-Content (Join-Path $env:FIREWORKS_TEST_ROOT 'README.md')
        $line = @($readme | Where-Object { $_ -match 'Export-Csv' })[0] -replace 'jobs\.csv', "'$TestDrive/readme.csv'"
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            . ([scriptblock]::Create($line))
            $rows = Import-Csv "$TestDrive/readme.csv"
            [datetimeoffset[]]$times = $rows.CreateTime
            $times | Should -Be $live.CreateTime
            [datetime[]]$times = $rows.CreateTime
            $times | Should -Be $live.CreateTime.LocalDateTime
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
    }
}
