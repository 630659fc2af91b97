BeforeDiscovery {
    # A failure shows its seed. The same seed generates the same account and the same script blocks.
    $last = $env:FIREWORKS_TEST_SEEDS ? [int]$env:FIREWORKS_TEST_SEEDS : 3
    $rounds = foreach ($seed in 1..$last) { @{ Seed = $seed } }

    # How the service may treat filters and times (the emulator's --dialect).
    $dialects = 'bare-enums', 'quoted-enums', 'quoted-enums,core-fields', 'no-enums', 'core-fields', 'old-states,no-exponents',
    'rejected-filters', 'unimplemented-filters', 'ignored-filters', 'text-enums', 'short-enums', 'camel-fields', 'silent-fields',
    'empty-results', 'microseconds', 'milliseconds', 'seconds', 'hidden-digits', 'ignored-parameters', 'seconds,quoted-enums,no-exponents'
    # With FIREWORKS_TEST_SEEDS, thousands of script blocks.
    $dialectRounds = foreach ($seed in $env:FIREWORKS_TEST_SEEDS ? 1..$last : 1) { @{ Seed = $seed; Count = $env:FIREWORKS_TEST_SEEDS ? 60 : 6 } }
}
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs

    # All kinds of conditions that can be translated and some that cannot, with values of existing jobs.
    function New-Condition([Random] $Random, [object[]] $Jobs) {
        $job = $Jobs[$Random.Next($Jobs.Count)]
        $operator = { param([string[]] $From) $From[$Random.Next($From.Count)] }
        $states = "'$($job.State)', '$($Jobs[$Random.Next($Jobs.Count)].State)'"
        $time = "[DateTimeOffset]'$($job.CreateTime.ToString('o'))'"
        $order = & $operator '-lt', '-le', '-gt', '-ge', '-eq', '-ne'
        switch ($Random.Next(36)) {
            0 { "`$_.State $(& $operator '-eq', '-ne', '-gt', '-le') '$($job.State)'" }
            1 { "`$_.State $(& $operator '-in', '-notin', '-cin') $states" }
            2 { "$states $(& $operator '-contains', '-notcontains') `$_.State" }
            3 { "'$($job.State)' -eq `$_.State" }
            4 { '$_.IsFinished' }
            5 { "`$_.IsFinished $(& $operator '-eq', '-ne') `$$(& $operator 'true', 'false', 'null')" }
            6 { "`$_.CreateTime $order $time" }
            7 { "`$_.CompletedTime $order $time" }
            8 { "`$_.TrainingConfig.$(& $operator 'Epochs', 'LoraRank', 'BatchSize', 'LearningRateWarmupSteps', 'AcceleratorCount') $order $($Random.Next(-2, 20))" }
            9 { "$($Random.Next(-2, 5)) $order `$_.TrainingConfig.Epochs" }
            10 { "`$_.TrainingConfig.Epochs $(& $operator '-in', '-notin') 0, 2, $($Random.Next(5))" }
            11 { "`$_.TrainingConfig.LearningRate $order $($job.TrainingConfig.LearningRate)" }
            12 { "`$_.$(& $operator 'UseReservation', 'WandbConfig.Enabled', 'TrainingConfig.TrainerShardingScheme.SequenceParallelism')" }
            13 { "`$_.WandbConfig.Enabled $(& $operator '-eq', '-ne') `$$(& $operator 'true', 'false', 'null')" }
            14 { "`$_.Dataset $(& $operator '-eq', '-ceq', '-cne', '-lt', '-clike') '$($job.Dataset)'" }
            15 { "`$_.TrainingConfig.Region $(& $operator '-eq', '-ceq', '-ne') '$($job.TrainingConfig.Region)'" }
            16 { "`$_.Status.Code $(& $operator '-eq', '-ne', '-in') '$($job.Status.Code)'" }
            17 { "`$_.LossConfig.$(& $operator 'KlBeta', 'Dpo.Beta', 'Orpo.Lambda') $order 0.$($Random.Next(10))" }
            18 { "`$_.LossConfig.Method $(& $operator '-eq', '-cne') '$($job.LossConfig.Method)'" }
            19 { "`$_.DisplayName $(& $operator '-like', '-notlike', '-match') '*e*'" -replace "-match '\*e\*'", "-match 'e'" }
            20 { "`$_.CreatedBy -ceq '$($job.CreatedBy)'" }
            21 { "`$_.$(& $operator 'State', 'StateText', 'Status.Code') $(& $operator '-like', '-clike', '-notlike') '*$(& $operator 'ed', 'ED', 'ing', 'nal')$(& $operator '*', '')'" }
            22 { "`$_.$(& $operator 'State', 'StateText') $(& $operator '-match', '-cmatch', '-notmatch') '$(& $operator '^C', 'fail', '_RE|Re', '.')'" }
            23 { "`$_.StateText $(& $operator '-eq', '-ne', '-ceq', '-gt') '$($job.StateText)'" }
            24 { "`$_.$(& $operator 'State', 'StateText') $(& $operator '-in', '-notin') `$set" }
            25 { "`$_.$(& $operator 'Name', 'Dataset', 'TrainingConfig.BaseModel') $(& $operator '-eq', '-in', '-ne', '-notin') '$(& $operator $job.Name, $job.Dataset, $job.TrainingConfig.BaseModel)'" }
            26 { "`$_.TrainingConfig.Epochs $order $(& $operator '1.5', '-0.5', '2.0', "'2'", "'1'", '1.5d')" }
            27 { "$(& $operator '1.5', '2.5', "'2'", "'02'") $order `$_.TrainingConfig.Epochs" }
            28 { "`$_.TrainingConfig.Epochs -in '1', '2', 3" }
            # Two conditions on one property, one of which may exclude the jobs without it.
            29 { "`$_.CompletedTime $(& $operator '-and', '-or') `$_.CompletedTime $order $time" }
            30 {
                $property = & $operator 'TrainingConfig.Epochs', 'TrainingConfig.LoraRank', 'TrainingConfig.LearningRate', 'LossConfig.KlBeta'
                $guard = & $operator "`$_.$property", "`$null -ne `$_.$property", "`$_.$property $(& $operator '-ge', '-gt') $($Random.Next(3))"
                "$guard -and `$_.$property $order $($Random.Next(5))"
            }
            31 { "`$_.$(& $operator 'Dataset', 'CreatedBy') -ne `$null -and `$_.Dataset $(& $operator '-ne', '-cne', '-notin') '$($job.Dataset)'" }
            32 { "`$_.Status.Code $(& $operator '-gt', '-ne') 'Ok' -and `$_.Status.Code $(& $operator '-ne', '-lt', '-notin') '$($job.Status.Code)'" }
            34 { "`$_.Id $(& $operator '-eq', '-ceq', '-in', '-ne', '-notin', '-contains', '-lt') '$(& $operator $job.Id, $job.Id.ToUpperInvariant(), 'nothing')'" }
            35 {
                $text = & $operator "'1e-5'", "'$($job.TrainingConfig.LearningRate)'", "'0.00005'", "'5E-06'", "'0'", "''"
                & $operator "`$_.TrainingConfig.LearningRate $order $text", "`$_.TrainingConfig.LearningRate $(& $operator '-in', '-notin') $text, '5E-06'", "$text $order `$_.TrainingConfig.LearningRate", "`$_.LossConfig.KlBeta $order $text"
            }
            33 { & $operator '$_.Id.EndsWith("5")', '$_.CreateTime -gt [datetime]::new(2026, 9, 1).AddDays(9)', '$_.CreateTime -gt (Get-Date).Subtract([timespan]::FromDays(60))', '$_.IsFinished -eq $false' }
        }
    }
    # Conditions whose result depends on the jobs for which the block ran before.
    function New-SideEffect([Random] $Random) {
        switch ($Random.Next(6)) {
            0 { "`$n++ -lt $($Random.Next(1, 40))" }
            1 { '$seen.Add($_.Dataset)' }
            2 { "(`$n += 1) -or `$n -lt $($Random.Next(1, 40))" }
            3 { "(Test-Call) -lt $($Random.Next(1, 40))" }
            4 { '$_.Id -match "(.).$" -and $Matches[1] -in 1..7' }
            5 { '-not $seen.Add($_.State)' }
        }
    }
    # The number of jobs in the responses to a listing. The requests that verify a filter once have a field mask.
    function Get-SentCount([object[]] $Lines) {
        $sent = 0
        foreach ($line in $Lines) { if ("$line" -notmatch 'readMask=' -and "$line" -match ': 200, ([\d,]+) jobs? of') { $sent += [int]$Matches[1] } }
        $sent
    }
    function New-Predicate([Random] $Random, [object[]] $Jobs, [int] $Depth, [switch] $SideEffects) {
        $inner = { New-Predicate $Random $Jobs ($Depth - 1) -SideEffects:$SideEffects }
        switch ($Depth -gt 0 ? $Random.Next(5) : 0) {
            { $_ -le 1 } { $SideEffects -and $Random.Next(4) -eq 0 ? (New-SideEffect $Random) : (New-Condition $Random $Jobs); break }
            2 { "-not ($(& $inner))"; break }
            default { "($(& $inner)) $($Random.Next(2) ? '-and' : '-or') ($(& $inner))" }
        }
    }
}
AfterAll { Remove-Module Support }

Describe 'A random script block for -Filter' {
    It 'returns the same jobs in the same order as Where-Object, and reduces the jobs sent (seed <Seed>)' -ForEach $rounds {
        # As at a prompt: missing properties are $null.
        Set-StrictMode -Off
        $emulator = Start-Emulator emulate, --jobs, 150, --seed, $Seed
        try {
            $all = @(Get-FwDpoJob -All)
            $random = [Random]::new($Seed)
            $sent = 0
            $set = [System.Collections.Generic.HashSet[string]]@('Failed', 'JOB_STATE_FAILED', 'Running', 'JOB_STATE_PAUSED')
            $blocks = 1..60 | ForEach-Object { New-Predicate $random $all 3 }
            foreach ($text in $blocks) {
                $block = [scriptblock]::Create($text)
                $output = Get-FwDpoJob -All -Filter $block -Verbose 4>&1
                $lines, $jobs = $output.Where({ $_ -is [System.Management.Automation.VerboseRecord] }, 'Split')
                "$($jobs.ForEach{ $_.Name })" | Should -BeExactly "$(($all | Where-Object $block).ForEach{ $_.Name })" -Because "{ $text } ($lines)"
                $sent += Get-SentCount $lines
            }
            Write-Host "      seed ${Seed}: $($blocks.Count) script blocks, $sent jobs sent instead of $($blocks.Count * $all.Count)"
            $sent | Should -BeLessThan (0.8 * $blocks.Count * $all.Count)
        }
        finally { Stop-Emulator $emulator }
    }

    It 'returns the same jobs as Where-Object when it has side effects (seed <Seed>)' -ForEach $rounds {
        Set-StrictMode -Off
        $script:calls = 0
        function Test-Call { ($script:calls++) }
        $emulator = Start-Emulator emulate, --jobs, 150, --seed, $Seed
        try {
            $all = @(Get-FwDpoJob -All)
            $random = [Random]::new(1000 + $Seed)
            $set = [System.Collections.Generic.HashSet[string]]@('Failed', 'JOB_STATE_FAILED')
            $sent = 0
            foreach ($i in 1..60) {
                $text = "($(New-Predicate $random $all 1)) -and ($(New-Predicate $random $all 3 -SideEffects))"
                $block = [scriptblock]::Create($text)
                $n = $script:calls = 0
                $seen = [System.Collections.Generic.HashSet[object]]::new()
                # Sets $Matches, which a block may read.
                $null = '' -match ''
                $output = Get-FwDpoJob -All -Filter $block -Verbose 4>&1
                $lines, $jobs = $output.Where({ $_ -is [System.Management.Automation.VerboseRecord] }, 'Split')
                $names = "$($jobs.ForEach{ $_.Name })"
                $n = $script:calls = 0
                $seen = [System.Collections.Generic.HashSet[object]]::new()
                # Sets $Matches, which a block may read.
                $null = '' -match ''
                $names | Should -BeExactly "$(($all | Where-Object $block).ForEach{ $_.Name })" -Because "{ $text } ($lines)"
                $sent += Get-SentCount $lines
            }
            Write-Host "      seed ${Seed}: 60 script blocks with side effects, $sent jobs sent instead of $(60 * $all.Count)"
            $sent | Should -BeLessThan (60 * $all.Count)
        }
        finally { Stop-Emulator $emulator }
    }
}

Describe 'A random script block for -Filter on other services (seed <Seed>)' -ForEach $dialectRounds {
    BeforeAll {
        $emulator = Start-Emulator emulate, --jobs, 120, --seed, $Seed, --cache-pages
        $address = $env:FIREWORKS_BASE_URL
    }
    AfterAll { Stop-Emulator $emulator }

    It 'returns the same jobs in the same order as Where-Object with the dialect <_>' -ForEach $dialects {
        Set-StrictMode -Off
        $env:FIREWORKS_BASE_URL = "$address/dialects/$_"
        $all = @(Get-FwDpoJob -All)
        $set = [System.Collections.Generic.HashSet[string]]@('Failed', 'JOB_STATE_FAILED', 'Running', 'JOB_STATE_PAUSED')
        $random = [Random]::new($Seed + 100 * $_.Length)
        foreach ($i in 1..$Count) {
            $text = New-Predicate $random $all 3
            $block = [scriptblock]::Create($text)
            $expected = @($all | Where-Object $block)
            # The first jobs too, which need smaller pages.
            $limit = $random.Next(2) ? @{ First = $random.Next(1, 5) } : @{ All = $true }
            if ($limit.First) { $expected = @($expected | Select-Object -First $limit.First) }
            $jobs = Get-FwDpoJob @limit -Filter $block -WarningAction SilentlyContinue
            "$($jobs.ForEach{ $_.Name })" | Should -BeExactly "$($expected.ForEach{ $_.Name })" -Because "{ $text } $($limit.Keys) $($limit.Values), block $i"
        }
    }
}

Describe 'A script block for -Filter on a large account with high latency' {
    It 'makes the service send little more than the matching jobs, in far less time' {
        $emulator = Start-Emulator emulate, --jobs, 8000, --latency, 20ms
        try {
            $block = { $_.State -eq 'Failed' -and $_.CreateTime -gt (Get-Date).AddDays(-7) }
            $null = Get-FwDpoJob -All -Filter $block
            Reset-Emulator $emulator
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $output = @(Get-FwDpoJob -All -Filter $block -Verbose 4>&1)
            $filtering = $watch.Elapsed
            $lines, $jobs = $output.Where({ $_ -is [System.Management.Automation.VerboseRecord] }, 'Split')
            $sent = [int]([regex]::Match("$lines", ': 200, ([\d,]+) jobs? of').Groups[1].Value)
            $sent | Should -BeLessOrEqual (1.1 * $jobs.Count)

            $watch.Restart()
            $expected = @(Get-FwDpoJob -All | Where-Object $block)
            $fetching = $watch.Elapsed
            $jobs.Name | Should -Be $expected.Name
            # Measured: about 50 times. A tenth of that still shows that only matching jobs are fetched.
            $fetching / $filtering | Should -BeGreaterThan 5
        }
        finally { Stop-Emulator $emulator }
    }
}
