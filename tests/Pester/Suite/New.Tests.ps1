BeforeDiscovery {
    # What the service did when the response was lost or replaced, and what must follow. No row creates a second job.
    $lost = @(
        foreach ($fault in @(
                @{ Name = 'a reset before the headers'; Rule = @{ reset = 'beforeHeaders' } }
                @{ Name = 'a reset within the body'; Rule = @{ reset = 'midBody' } }
                @{ Name = 'a timeout'; Rule = @{ stall = 'headers' }; Connection = @{ TimeoutSec = 1 } }
                @{ Name = 'a truncated response'; Rule = @{ truncate = $true } }
                @{ Name = 'an empty response'; Rule = @{ emptyBody = $true } }
                @{ Name = 'HTML instead of JSON'; Rule = @{ contentType = 'text/html' } }
                @{ Name = 'status 500'; Rule = @{ status = 500; body = 'out of order' } }
                @{ Name = 'status 502'; Rule = @{ status = 502; body = '<html></html>' } }
                @{ Name = 'status 503'; Rule = @{ status = 503; body = '{"code":14,"message":"unavailable"}' } }
                @{ Name = 'status 504'; Rule = @{ status = 504 } }
                @{ Name = 'status 408'; Rule = @{ status = 408 } }
                @{ Name = 'status 409 of another operation'; Rule = @{ status = 409; body = '{"code":10,"message":"conflict"}' } }
            )) {
            @{ Name = "$($fault.Name) after the job was created"; Rule = $fault.Rule + @{ afterEffect = $true }; Methods = 'POST', 'GET'; Connection = $fault['Connection'] ?? @{} }
        }
        @{ Name = 'a reset before the job was created'; Rule = @{ reset = 'beforeHeaders' }; Methods = 'POST', 'GET', 'POST'; Connection = @{} }
        @{ Name = 'status 503 before the job was created'; Rule = @{ status = 503 }; Methods = 'POST', 'GET', 'POST'; Connection = @{} }
        @{ Name = 'status 429'; Rule = @{ status = 429; headers = @{ 'retry-after-ms' = '1' } }; Methods = 'POST', 'POST'; Connection = @{} }
        @{ Name = 'status 503 that allows a retry'; Rule = @{ status = 503; headers = @{ 'retry-after-ms' = '1'; 'x-should-retry' = 'true' } }; Methods = 'POST', 'POST'; Connection = @{} }
        @{ Name = 'status 503 after the job was created that allows a retry'; Rule = @{ status = 503; afterEffect = $true; headers = @{ 'retry-after-ms' = '1'; 'x-should-retry' = 'true' } }; Methods = 'POST', 'POST', 'GET'; Connection = @{} }
    )

    $rejections = @(
        @{ Name = 'status 400'; Rule = @{ status = 400; body = '{"code":3,"message":"bad beta"}' }; Id = 'FwApi.InvalidArgument'; Ends = $false; Attempts = 1 }
        @{ Name = 'status 401'; Rule = @{ status = 401; body = '{"code":16,"message":"no key"}' }; Id = 'FwApi.Unauthenticated'; Ends = $true; Attempts = 1 }
        @{ Name = 'status 402'; Rule = @{ status = 402; body = '{"message":"pay first"}' }; Id = 'FwApi.PaymentRequired'; Ends = $true; Attempts = 1 }
        @{ Name = 'a used-up quota'; Rule = @{ status = 403; body = '{"code":8,"message":"training quota"}' }; Id = 'FwApi.QuotaExceeded'; Ends = $true; Attempts = 1 }
        @{ Name = 'status 403'; Rule = @{ status = 403; body = '{"code":7,"message":"training quota"}' }; Id = 'FwApi.PermissionDenied'; Ends = $true; Attempts = 1 }
        @{ Name = 'status 404'; Rule = @{ status = 404; body = '{"code":5,"message":"no such dataset"}' }; Id = 'FwApi.NotFound'; Ends = $false; Attempts = 1 }
        @{ Name = 'status 429 each time'; Rule = @{ status = 429; body = '{"code":8,"message":"slow down"}'; headers = @{ 'retry-after-ms' = '1' }; repeat = 3 }; Id = 'FwApi.RateLimited'; Ends = $true; Attempts = 3 }
        @{ Name = 'status 501'; Rule = @{ status = 501; body = '{"code":12,"message":"no"}' }; Id = 'FwApi.Unimplemented'; Ends = $false; Attempts = 1 }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 200, --now, 2026-11-01T00:00:00Z
    $path = '/v1/accounts/acme/dpoJobs'
    # A variant of this job needs no warning: a job of Training V2 with a loss method and without Weights & Biases.
    $base = Get-FwDpoJob -All | Where-Object {
        $_.TrainingConfig.BatchSizeSamples -and $_.LossConfig -and $_.LossConfig.Method -eq 'DPO' -and -not $_.WandbConfig -and -not $_.TrainingConfig.JinjaTemplate -and
        $_.TrainingConfig.Region -eq 'REGION_UNSPECIFIED' -and $_.TrainingConfig.BaseModel
    } | Select-Object -First 1
    $base | Should -Not -BeNullOrEmpty
    $scratch = @{ Dataset = 'prefs-tone'; BaseModel = 'accounts/fireworks/models/qwen3-8b' }
    $script:n = 0
    function New-Id { "new-$((++$script:n))" }
    function Get-JobCount { (Get-FwDpoJob -AsPage -PageSize 1 -IncludeArchived).TotalSize }
    function Get-Method { @(Get-EmulatorRequest $emulator | ForEach-Object Method) }
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'New-FwDpoJob' {
    BeforeEach { Reset-Emulator $emulator }

    It 'creates a job with all settings' {
        $id = New-Id
        $settings = @{
            Id = $id; DisplayName = 'Größe & 丁寧'; OutputModel = "model-$id"; LossMethod = 'dpo'; Beta = 0.2; KlBeta = 0.01; Epochs = 3
            LearningRate = 5e-6; LearningRateWarmupSteps = 10; LoraRank = 16; LoraAlpha = 32; LoraDropout = 0.05; LoraTargetModules = 'q_proj', 'v_proj'
            MaxContextLength = 4096; BatchSizeSamples = 64; OptimizerWeightDecay = 0.01; Scheduler = 'Cosine'; MinLearningRateRatio = 0.1; DecayRatio = 0.9
            WandbProject = 'p'; WandbEntity = 'e'; WandbApiKey = (ConvertTo-SecureString 'my-wandb-key' -AsPlainText); UseReservation = $true
            ReservationTarget = 'accounts/acme/reservations/r'
        }
        $job = New-FwDpoJob @scratch @settings

        $job | Should -BeOfType Fireworks.DpoJobs.DpoJob
        $job.Id | Should -BeExactly $id
        $job.State | Should -Be 'Validating'
        $job.DisplayName | Should -BeExactly 'Größe & 丁寧'
        $job.Dataset | Should -BeExactly 'accounts/acme/datasets/prefs-tone'
        $training = $job.TrainingConfig
        $training.BaseModel | Should -BeExactly $scratch.BaseModel
        $training.OutputModel | Should -BeExactly "accounts/acme/models/model-$id"
        foreach ($name in 'Epochs', 'LearningRate', 'LearningRateWarmupSteps', 'LoraRank', 'LoraAlpha', 'LoraDropout', 'LoraTargetModules', 'MaxContextLength', 'BatchSizeSamples', 'OptimizerWeightDecay') {
            $training.$name | Should -Be $settings.$name -Because $name
        }
        $training.LrScheduler.Cosine.MinLrRatio, $training.LrScheduler.Cosine.DecayRatio | Should -Be 0.1, 0.9
        $job.LossConfig.Method, $job.LossConfig.Dpo.Beta, $job.LossConfig.KlBeta | Should -Be 'DPO', 0.2, 0.01
        $job.WandbConfig.Enabled, $job.WandbConfig.Project, $job.WandbConfig.Entity | Should -Be $true, 'p', 'e'
        $job.WandbConfig.ApiKey.Reveal() | Should -BeExactly 'my-wandb-key'
        $job.UseReservation, $job.ReservationTarget | Should -Be $true, 'accounts/acme/reservations/r'
        Get-Method | Should -Be 'POST'
    }

    It 'starts from a LoRA model with ORPO' {
        $job = New-FwDpoJob -Dataset accounts/acme/datasets/prefs-tone -WarmStartFrom sft-1 -LossMethod ORPO -OrpoLambda 0.3 -Scheduler Constant
        $job.TrainingConfig.WarmStartFrom | Should -BeExactly 'accounts/acme/models/sft-1'
        $job.LossConfig.Orpo.Lambda | Should -Be 0.3
        $null -ne $job.TrainingConfig.LrScheduler.Constant | Should -BeTrue
        $job.Id | Should -Match '^sft-1-[a-z0-9]{8}$'
    }

    It 'generates an ID from the display name' {
        (New-FwDpoJob @scratch -DisplayName 'Shorter, please').Id | Should -Match '^shorter-please-[a-z0-9]{8}$'
    }

    It 'shows the body without secrets, and sends nothing, with -WhatIf' {
        $key = ConvertTo-SecureString 'my-wandb-key' -AsPlainText
        New-FwDpoJob @scratch -WandbApiKey $key -WhatIf | Should -BeNullOrEmpty
        Get-Method | Should -BeNullOrEmpty
        # -WhatIf writes to the host, which a transcript records.
        $file = Join-Path $TestDrive 'whatif.txt'
        $null = Start-Transcript $file
        New-FwDpoJob @scratch -Id dry -WandbApiKey $key -WhatIf
        $null = Stop-Transcript
        $text = (Get-Content $file -Raw) -replace '\s'
        $text | Should -Match ([regex]::Escape('Creatingthejobaccounts/acme/dpoJobs/dry:{"dataset":"accounts/acme/datasets/prefs-tone"'))
        $text | Should -Match ([regex]::Escape('"apiKey":"(secret)"'))
        $text | Should -Not -Match 'my-wandb-key'
    }

    It 'shows the body without secrets with -Verbose' {
        $key = ConvertTo-SecureString 'my-wandb-key' -AsPlainText
        $lines = New-FwDpoJob @scratch -Id (New-Id) -WandbApiKey $key -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$lines" | Should -Match '"loss\w*":\{"method":"DPO"\}'
        "$lines" | Should -Match '\?dpoJobId=new-\d+: 200, state JOB_STATE_VALIDATING'
        "$lines" | Should -Not -Match 'my-wandb-key'
    }

    It 'rejects invalid parameters: <Message>' -ForEach @(
        @{ Parameters = @{}; Message = '-Dataset is missing*' }
        @{ Parameters = @{ Dataset = 'd' }; Message = 'Use exactly one of -BaseModel and -WarmStartFrom*' }
        @{ Parameters = @{ Dataset = 'd'; BaseModel = 'accounts/a/models/m'; WarmStartFrom = 'w' }; Message = '-BaseModel and -WarmStartFrom cannot be combined.' }
        @{ Parameters = @{ Dataset = 'd'; BaseModel = 'qwen3-8b' }; Message = '-BaseModel must be a full name such as accounts/fireworks/models/<id>.' }
        @{ Parameters = @{ Dataset = 'accounts/acme/models/d'; BaseModel = 'accounts/a/models/m' }; Message = '-Dataset must be an ID or a full name*' }
        @{ Parameters = @{ Dataset = 'd'; BaseModel = 'accounts/a/models/m'; OrpoLambda = 1 }; Message = '-OrpoLambda has no effect on the loss method DPO*' }
        @{ Parameters = @{ Dataset = 'd'; BaseModel = 'accounts/a/models/m'; DecayRatio = 1 }; Message = '*-Scheduler Linear or -Scheduler Cosine*' }
        @{ Parameters = @{ Id = 'sweep-0.5' }; Message = "*'sweep-0.5' cannot be the ID of a job*For example: sweep-0-5*" }
        @{ Parameters = @{ MaxContextLength = 100 }; Message = '*It must be a multiple of 16*' }
        @{ Parameters = @{ LearningRate = 0 }; Message = '*It must be greater than 0*' }
        @{ Parameters = @{ LoraDropout = 1.5 }; Message = '*It must be from 0 to 1*' }
        @{ Parameters = @{ LossMethod = '' }; Message = "*LossMethod*" }
        @{ Parameters = @{ WandbApiKey = 'plain-wandb-key' }; Message = '*must be a SecureString*' }
        @{ Parameters = @{ SourceJob = '' }; Message = 'The job ID is empty*' }
    ) {
        $ErrorActionPreference = 'Stop'
        { New-FwDpoJob @Parameters } | Should -Throw $Message
        Get-Method | Should -BeNullOrEmpty
    }

    It 'creates nothing for a source that is $null' {
        { $null | New-FwDpoJob @scratch -ErrorAction Stop } | Should -Throw '*SourceJob*'
        @() | New-FwDpoJob @scratch | Should -BeNullOrEmpty
        Get-Method | Should -BeNullOrEmpty
    }

    It 'neither sends nor shows an API key in place of an ID' {
        $connection = Connect-FwAccount -ApiKey (ConvertTo-SecureString 'bare0key' -AsPlainText) -SkipValidation -PassThru
        Disconnect-FwAccount
        { New-FwDpoJob @scratch -Id bare0key -Connection $connection -ErrorAction Stop } | Should -Throw 'The job ID is the API key*'
        { New-FwDpoJob -SourceJob bare0key -Connection $connection -ErrorAction Stop } | Should -Throw 'The job ID is the API key*'
        Get-Method | Should -BeNullOrEmpty
    }
}

Describe 'A variant of a job' {
    BeforeEach { Reset-Emulator $emulator }

    It 'has the settings of its source, except for those that are chosen' {
        $job = $base | New-FwDpoJob -Id (New-Id) -LearningRate 5e-6 -DisplayName 'Variant' -Dataset prefs-tone -WarningAction Ignore
        $job.TrainingConfig.LearningRate | Should -Be 5e-6
        $job.DisplayName | Should -BeExactly 'Variant'
        foreach ($name in 'BaseModel', 'Epochs', 'LoraRank', 'LoraDropout', 'LoraTargetModules', 'MaxContextLength', 'BatchSizeSamples', 'OptimizerWeightDecay', 'LearningRateWarmupSteps') {
            $job.TrainingConfig.$name | Should -Be $base.TrainingConfig.$name -Because $name
        }
        $job.LossConfig.Dpo.Beta | Should -Be $base.LossConfig.Dpo.Beta
        $job.TrainingConfig.OutputModel | Should -BeExactly "accounts/acme/models/$($job.Id)"
        Get-Method | Should -Be 'POST'
    }

    It 'reports what it does not have' {
        $old = Get-FwDpoJob -All | Where-Object { $_.WandbConfig -and $_.WandbConfig.Enabled -and $_.TrainingConfig.BatchSize -and $_.TrainingConfig.BaseModel } | Select-Object -First 1
        $job = $old | New-FwDpoJob -Id (New-Id) -Dataset prefs-tone -LossMethod DPO -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 2
        "$warnings" | Should -Match "TrainingConfig\.BatchSize $($old.TrainingConfig.BatchSize)"
        "$warnings" | Should -Match '-WandbApiKey'
        "$warnings" | Should -Not -Match 'wandb-secret'
        $null -eq $job.WandbConfig | Should -BeTrue
        $key = ConvertTo-SecureString 'my-wandb-key' -AsPlainText
        $job = $old | New-FwDpoJob -Id (New-Id) -Dataset prefs-tone -LossMethod DPO -WandbApiKey $key -WarningAction Ignore
        $job.WandbConfig.Project | Should -BeExactly $old.WandbConfig.Project
        $job.WandbConfig.RunId | Should -BeNullOrEmpty
    }

    It 'is complete when its source is <Form>' -ForEach @(
        @{ Form = 'an ID'; Source = { $base.Id } }
        @{ Form = 'a job that was read with a mask'; Source = { Get-FwDpoJob $base.Id -ReadMask Name, TrainingConfig.Epochs } }
        @{ Form = 'a deserialized job'; Source = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($base)) } }
        @{ Form = 'a row of a CSV file'; Source = { $base | Select-Object Name | ConvertTo-Csv | ConvertFrom-Csv } }
    ) {
        $job = & $Source | New-FwDpoJob -Id (New-Id) -Dataset prefs-tone -WarningAction Ignore
        foreach ($name in 'BaseModel', 'Epochs', 'LearningRate', 'LoraRank', 'MaxContextLength') {
            $job.TrainingConfig.$name | Should -Be $base.TrainingConfig.$name -Because $name
        }
        $job.LossConfig.Dpo.Beta | Should -Be $base.LossConfig.Dpo.Beta
        (Get-Method)[-2..-1] | Should -Be 'GET', 'POST'
    }

    It 'has the changes that were made to the object' {
        $copy = Get-FwDpoJob $base.Id -ReadMask Name, TrainingConfig
        $copy.TrainingConfig.Epochs = 7
        $job = $copy | New-FwDpoJob -Id (New-Id) -Dataset prefs-tone -WarningAction Ignore
        $job.TrainingConfig.Epochs | Should -Be 7
    }

    It 'needs a ForEach-Object for several sources with -Id' {
        $id = New-Id
        { $base, $base | New-FwDpoJob -Id $id -Dataset prefs-tone } | Should -Throw '*ForEach-Object*' -ErrorId 'FwInvalidParameter,*'
        Get-Method | Should -BeNullOrEmpty
    }

    It 'is created for each job of a listing, and not for the jobs that are created meanwhile' {
        $small = Start-Emulator emulate, --jobs, 20, --page-numbers
        try {
            Get-FwDpoJob -All -PageSize 3 -WarningAction Ignore | New-FwDpoJob -DisplayName zzz -WarningAction Ignore | Should -HaveCount 20
            Get-JobCount | Should -Be 40
            Set-EmulatorFault $small @{ method = 'GET'; path = $path; requests = @(3); status = 400; body = '{"code":3,"message":"no"}' }
            { Get-FwDpoJob -All -PageSize 3 -WarningAction Ignore | New-FwDpoJob -WarningAction Ignore } | Should -Throw
            Set-EmulatorFault $small
            Get-JobCount | Should -Be 40
        }
        finally {
            Stop-Emulator $small
            $env:FIREWORKS_BASE_URL = $emulator.Address
        }
    }

    It 'of a job that does not exist is one error, and the others are created' {
        $jobs = 'none-such', '', $base.Id | New-FwDpoJob -Dataset prefs-tone -WarningAction Ignore -ErrorVariable failed -ErrorAction SilentlyContinue
        @($jobs) | Should -HaveCount 1
        $failed.FullyQualifiedErrorId | Should -BeLike 'FwApi.NotFound,*'
        $failed.TargetObject | Should -BeExactly 'none-such'
    }
}

Describe 'A sweep' {
    BeforeEach { Reset-Emulator $emulator }

    It 'creates nothing twice when it is run again' {
        $sweep = { 1e-6, 5e-6, 1e-5 | ForEach-Object { $base | New-FwDpoJob -Id "sweep-$_" -LearningRate $_ } }
        $first = & $sweep
        $first.Id | Should -BeExactly 'sweep-1e-06', 'sweep-5e-06', 'sweep-1e-05'
        $first.TrainingConfig.LearningRate | Should -Be 1e-6, 5e-6, 1e-5
        $count = Get-JobCount

        $warnings, $again = (& $sweep 3>&1).Where({ $_ -is [System.Management.Automation.WarningRecord] }, 'Split')
        $again.Id | Should -BeExactly $first.Id
        $again.CreateTime | Should -Be $first.CreateTime
        Get-JobCount | Should -Be $count
        @("$($warnings -join "`n")" -split "`n" -match "The job 'sweep-\S+' exists with these settings \(state Validating\), so none was created\.") | Should -HaveCount 3
    }

    It 'reports an ID that another job has' {
        $null = $base | New-FwDpoJob -Id sweep-taken -LearningRate 1e-6 -WarningAction Ignore
        $job = $base | New-FwDpoJob -Id sweep-taken -LearningRate 2e-6 -Epochs 9 -WarningAction Ignore -ErrorVariable failed -ErrorAction SilentlyContinue
        $job | Should -BeNullOrEmpty
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'FwApi.AlreadyExists,*'
        "$failed" | Should -Match 'TrainingConfig\.LearningRate \(1E-06 instead of 2E-06\)'
        "$failed" | Should -Match 'TrainingConfig\.Epochs'
        $failed[0].TargetObject | Should -BeExactly 'accounts/acme/dpoJobs/sweep-taken'
    }

    It 'reports an ID that a deleted job had' {
        $job = $base | New-FwDpoJob -Id sweep-deleted -WarningAction Ignore
        $null = Invoke-RestMethod "$($emulator.Address)v1/$($job.Name)" -Method Delete -Headers @{ Authorization = 'Bearer fw_test' }
        { $base | New-FwDpoJob -Id sweep-deleted -WarningAction Ignore -ErrorAction Stop } | Should -Throw "A deleted job had the ID 'sweep-deleted'.*30 days*"
    }

    It 'stops at a used-up quota and names the jobs that were created' {
        Set-EmulatorFault $emulator @{ method = 'POST'; path = $path; requests = @(3); status = 403; body = '{"code":8,"message":"2 of 2 jobs are active"}' }
        $jobs = try { 1..5 | ForEach-Object { $base } | New-FwDpoJob -Dataset prefs-tone -WarningAction Ignore -OutVariable jobs } catch { $failed = $_ }
        $failed.FullyQualifiedErrorId | Should -BeLike 'FwApi.QuotaExceeded,*'
        "$failed" | Should -Match '2 of 2 jobs are active'
        $jobs | Should -HaveCount 2
        "$failed" | Should -Match "Created before by this command: $($jobs[0].Id), $($jobs[1].Id)\."
        Get-Method | Should -Be 'POST', 'POST', 'POST'
    }

    It 'names the jobs that were created when <Name> ends the command' -ForEach @(
        @{ Name = 'a source that cannot be read'; Source = { $base.Id }; Rule = @{ method = 'GET'; status = 403; body = '{"code":7,"message":"no access"}' }; Id = 'FwApi.PermissionDenied' }
        @{ Name = 'a source without a model'; Source = { [Fireworks.DpoJobs.DpoJob]@{ Name = 'accounts/acme/dpoJobs/bare'; Dataset = 'accounts/acme/datasets/d'; State = 'Completed'; TrainingConfig = @{ Epochs = 1 }; LossConfig = @{ Method = 'DPO' } } }; Rule = $null; Id = 'FwInvalidParameter' }
    ) {
        if ($Rule) { Set-EmulatorFault $emulator (@{ path = "$path/*" } + $Rule) }
        $failed = $null
        try { $base, (& $Source) | New-FwDpoJob -WarningAction Ignore -OutVariable jobs } catch { $failed = $_ }
        $failed.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $jobs | Should -HaveCount 1
        "$failed" | Should -Match "Created before by this command: $($jobs[0].Id)\."
    }

    It 'names the jobs that were created when -ErrorAction Stop ends the command' {
        try { $base, 'missing' | New-FwDpoJob -WarningAction Ignore -ErrorAction Stop -OutVariable jobs } catch { $failed = $_ }
        $failed.FullyQualifiedErrorId | Should -BeLike 'FwApi.NotFound,*'
        "$failed" | Should -Match "Created before by this command: $($jobs[0].Id)\."
    }
}

Describe 'A new job' {
    BeforeEach {
        Reset-Emulator $emulator
        $count = Get-JobCount
        Reset-Emulator $emulator
    }

    It 'exists once and is written once after <Name>' -ForEach $lost {
        $own = Connect-FwAccount -SkipValidation -PassThru @Connection
        Disconnect-FwAccount
        $id = New-Id
        Set-EmulatorResponse $emulator (@{ method = 'POST'; path = $path } + $Rule)
        $jobs = @(New-FwDpoJob @scratch -Id $id -Epochs 2 -Connection $own -WarningVariable warnings -ErrorVariable failed -ErrorAction SilentlyContinue)

        $failed | Should -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
        $jobs.Id | Should -BeExactly $id
        Get-Method | Should -Be $Methods
        Set-EmulatorFault $emulator
        Get-JobCount | Should -Be ($count + 1)
        (Get-FwDpoJob $id).TrainingConfig.Epochs | Should -Be 2
    }

    It 'is not created after <Name>, which is reported' -ForEach $rejections {
        Set-EmulatorResponse $emulator (@{ method = 'POST'; path = $path } + $Rule)
        $failed = $null
        $jobs = @(try { $base, $base | New-FwDpoJob -Dataset prefs-tone -WarningAction Ignore -ErrorVariable failed -ErrorAction SilentlyContinue } catch { $failed = $_ })

        @($failed)[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        "$failed" | Should -Match 'Request: POST \S+\?dpoJobId='
        $jobs.Count | Should -Be $(if ($Ends) { 0 } else { 1 })
        @(Get-EmulatorRequest $emulator).Count | Should -Be ($Attempts + $jobs.Count)
        Set-EmulatorFault $emulator
        Get-JobCount | Should -Be ($count + $jobs.Count)
    }

    It 'may exist after an outage: the error says so, and -Id creates no second one' {
        $connection = Connect-FwAccount -SkipValidation -PassThru -MaximumRetryCount 0
        Disconnect-FwAccount
        $id = New-Id
        # Its own response is lost, and so is that of the request that looks for it.
        Set-EmulatorFault $emulator @{ path = "$path*"; reset = 'beforeHeaders'; afterEffect = $true }
        { New-FwDpoJob @scratch -Id $id -Connection $connection } | Should -Throw "*could not be determined: Get-FwDpoJob $id*" -ErrorId 'FwApi.ConnectionFailed,*'
        Get-Method | Should -Be 'POST', 'GET'
        Set-EmulatorFault $emulator

        (New-FwDpoJob @scratch -Id $id -WarningVariable warnings -WarningAction SilentlyContinue).Id | Should -BeExactly $id
        "$warnings" | Should -Match 'exists with these settings'
        Get-JobCount | Should -Be ($count + 1)
    }

    It 'does not exist after an outage without an effect: the error says so' {
        $connection = Connect-FwAccount -SkipValidation -PassThru -MaximumRetryCount 0
        Disconnect-FwAccount
        $id = New-Id
        Set-EmulatorFault $emulator @{ method = 'POST'; path = $path; status = 503 }
        New-FwDpoJob @scratch -Id $id -Connection $connection -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$failed" | Should -Match "Afterwards, no job '$id' existed\."
        Set-EmulatorFault $emulator
        Get-JobCount | Should -Be $count
    }

    It 'is not created when the service cannot be reached' {
        $connection = Connect-FwAccount -SkipValidation -PassThru -MaximumRetryCount 0 -BaseUri http://127.0.0.1:9
        Disconnect-FwAccount
        { New-FwDpoJob @scratch -Connection $connection } | Should -Throw '*could not be reached*Request: POST *' -ErrorId 'FwApi.ConnectionFailed,*'
    }

    It 'is created once when the command is stopped before the response' {
        $id = New-Id
        Set-EmulatorFault $emulator @{ method = 'POST'; path = $path; stall = 'headers'; afterEffect = $true }
        $pipeline = Start-Pipeline "New-FwDpoJob -Id $id -Dataset prefs-tone -BaseModel $($scratch.BaseModel)"
        Wait-Until { @(Get-EmulatorRequest $emulator).Count -eq 1 -and @(Get-EmulatorFault $emulator)[0].Played }
        $pipeline.Shell.Stop()
        $pipeline.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
        Wait-Until { @(Get-EmulatorRequest $emulator)[-1].Aborted }
        Get-Method | Should -Be 'POST'
        Set-EmulatorFault $emulator
        Get-JobCount | Should -Be ($count + 1)
        (New-FwDpoJob @scratch -Id $id -WarningAction Ignore).Id | Should -BeExactly $id
        Get-JobCount | Should -Be ($count + 1)
    }
}
