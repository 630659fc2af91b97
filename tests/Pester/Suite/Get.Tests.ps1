BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 20, --now, 2026-11-01T00:00:00Z
    $allJobs = Get-FwDpoJob -All
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'Get-FwDpoJob -Id' {
    BeforeEach { Reset-Emulator $emulator }

    It 'accepts an id by position' {
        (Get-FwDpoJob $allJobs[3].Id).Name | Should -Be $allJobs[3].Name
    }

    It 'accepts a full name' {
        (Get-FwDpoJob -Id $allJobs[3].Name).Name | Should -Be $allJobs[3].Name
    }

    It 'has the alias Name' {
        (Get-FwDpoJob -Name $allJobs[3].Id).Name | Should -Be $allJobs[3].Name
    }

    It 'requests only the job and the fields of -ReadMask' {
        $null = Get-FwDpoJob $allJobs[0].Id -ReadMask State, TrainingConfig.BaseModel
        $request = Get-EmulatorRequest $emulator
        $request.Method | Should -Be 'GET'
        $request.Path | Should -Be "/v1/$($allJobs[0].Name)"
        $request.Query.readMask | Should -Be 'state,training_config.base_model'
    }

    It 'accepts ids from the pipeline' {
        ($allJobs[5, 2].Id | Get-FwDpoJob).Name | Should -Be $allJobs[5, 2].Name
    }

    It 'accepts jobs from the pipeline and uses the account of each' {
        $env:FIREWORKS_ACCOUNT_ID = 'somebody-else'
        try { ($allJobs[5, 2] | Get-FwDpoJob).Name | Should -Be $allJobs[5, 2].Name }
        finally { $env:FIREWORKS_ACCOUNT_ID = 'acme' }
    }

    It 'accepts CSV rows with an Id or a Name column' {
        $rows = $allJobs[1, 4] | Select-Object Id, AccountId | ConvertTo-Csv | ConvertFrom-Csv
        ($rows | Get-FwDpoJob -ReadMask Name).Name | Should -Be $allJobs[1, 4].Name
        $rows = $allJobs[1, 4] | Select-Object Name | ConvertTo-Csv | ConvertFrom-Csv
        ($rows | Get-FwDpoJob -ReadMask Name).Name | Should -Be $allJobs[1, 4].Name
    }

    It 'uses the account of a row rather than that of the environment' {
        $env:FIREWORKS_ACCOUNT_ID = 'somebody-else'
        try {
            ($allJobs[1, 4] | Select-Object Id, Name | Get-FwDpoJob -ReadMask Name).Name | Should -Be $allJobs[1, 4].Name
            ($allJobs[1, 4] | Select-Object Id, AccountId | Get-FwDpoJob -ReadMask Name).Name | Should -Be $allJobs[1, 4].Name
        }
        finally { $env:FIREWORKS_ACCOUNT_ID = 'acme' }
    }

    It 'accepts jobs from Import-Clixml, from the pipeline and as an argument' {
        $path = Join-Path $TestDrive jobs.xml
        $allJobs[1, 4] | Export-Clixml $path
        $stored = Import-Clixml $path
        ($stored | Get-FwDpoJob -ReadMask Name).Name | Should -Be $allJobs[1, 4].Name
        (Get-FwDpoJob $stored -ReadMask Name).Name | Should -Be $allJobs[1, 4].Name
        (Get-FwDpoJob $allJobs[1, 4] -ReadMask Name).Name | Should -Be $allJobs[1, 4].Name
    }

    It 'ignores white space around an id, and skips blank lines of a file' {
        $path = Join-Path $TestDrive ids.txt
        "$($allJobs[5].Id) ", '', "`t", " $($allJobs[2].Id)", '' | Set-Content $path
        (Get-Content $path | Get-FwDpoJob -ErrorVariable failures).Name | Should -Be $allJobs[5, 2].Name
        $failures | Should -BeNullOrEmpty
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 2
    }

    It 'ignores white space around the id and the account of a row' {
        $env:FIREWORKS_ACCOUNT_ID = 'somebody-else'
        try {
            $rows = "Id,AccountId`n$($allJobs[1].Id) ,acme " | ConvertFrom-Csv
            ($rows | Get-FwDpoJob).Name | Should -Be $allJobs[1].Name
        }
        finally { $env:FIREWORKS_ACCOUNT_ID = 'acme' }
    }

    It 'causes one error for a row without an id, and for a job without a name' {
        $rows = [pscustomobject]@{ Id = ''; State = 'Failed' }, [pscustomobject]@{ Name = $null }, (Get-FwDpoJob -First 1 -ReadMask State)
        Reset-Emulator $emulator
        $rows | Get-FwDpoJob -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures | Should -HaveCount 3
        foreach ($failure in $failures) { $failure.FullyQualifiedErrorId | Should -BeLike 'FwInvalidJobId,*' }
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
    }

    It 'accepts hashtables with <Keys>' -ForEach @(
        @{ Keys = 'an id'; Create = { @{ Id = $args[0].Id } } }
        @{ Keys = 'a full name'; Create = { @{ name = $args[0].Name } } }
        @{ Keys = 'an id as the name'; Create = { @{ Name = $args[0].Id; Other = 1 } } }
        @{ Keys = 'an id and an account'; Create = { [ordered]@{ AccountId = 'acme'; Id = $args[0].Id } } }
        @{ Keys = 'an id, from ConvertFrom-Json'; Create = { @{ id = $args[0].Id } | ConvertTo-Json | ConvertFrom-Json -AsHashtable } }
    ) {
        $tables = & $Create $allJobs[3]; $second = & $Create $allJobs[7]
        ($tables, $second | Get-FwDpoJob).Name | Should -Be $allJobs[3, 7].Name
        (Get-FwDpoJob $tables).Name | Should -Be $allJobs[3].Name
    }

    It 'sends no request for a hashtable without a job' {
        @{ AccountId = 'acme' } | Get-FwDpoJob -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures | Should -HaveCount 1
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
    }

    It 'never prints a key that was passed instead of an id: <Kind>' -ForEach @(
        @{ Kind = 'of Fireworks'; Key = 'fw_3ZkW9canary0123456789' }
        @{ Kind = 'of the connection, in the form of an id'; Key = '3zkw9canary0123456789' }
        @{ Kind = 'of the connection, in another form'; Key = '3zkw9canary.0123456789' }
    ) {
        $ErrorActionPreference = 'Continue'
        $before = $env:FIREWORKS_API_KEY
        $env:FIREWORKS_API_KEY = $Key
        try {
            $output = @(Get-FwDpoJob $env:FIREWORKS_API_KEY -Verbose -Debug *>&1) + @($env:FIREWORKS_API_KEY | Get-FwDpoJob -ErrorAction SilentlyContinue -ErrorVariable failures)
        }
        finally { $env:FIREWORKS_API_KEY = $before }
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FwInvalidJobId,*'
        @($output + $failures + $failures.TargetObject | ForEach-Object { "$_"; $_ | Format-List * -Force | Out-String }) -join "`n" | Should -Not -Match 'canary'
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
    }

    It 'never prints a key that was passed to -<Parameter>' -ForEach @(
        @{ Parameter = 'State' }, @{ Parameter = 'CreatedAfter' }, @{ Parameter = 'CreatedBefore' }, @{ Parameter = 'AccountId' }
    ) {
        $arguments = @{ $Parameter = 'fw_3ZkW9canary0123456789' }
        $failure = { Get-FwDpoJob @arguments } | Should -Throw -PassThru
        "$failure$($failure | Format-List * -Force | Out-String)" | Should -Not -Match 'canary'
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
    }

    It 'sends no request for a row without a job' {
        [pscustomobject]@{ AccountId = 'acme' } | Get-FwDpoJob -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
    }

    It 'uses the account of a full name rather than -AccountId' {
        (Get-FwDpoJob $allJobs[0].Name -AccountId other).Name | Should -Be $allJobs[0].Name
    }

    It 'returns several jobs in the requested order' {
        (Get-FwDpoJob $allJobs[9].Id, $allJobs[1].Name, $allJobs[4].Id).Name | Should -Be $allJobs[9, 1, 4].Name
    }

    It 'writes one error for a missing job and continues with the next' {
        $jobs = Get-FwDpoJob $allJobs[0].Id, missing, $allJobs[1].Id -ErrorVariable failures -ErrorAction SilentlyContinue
        $jobs.Name | Should -Be $allJobs[0, 1].Name
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'FwApi.NotFound,Fireworks.DpoJobs.GetFwDpoJobCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -Be 'accounts/acme/dpoJobs/missing'
        $failures[0].Exception | Should -BeOfType ([Fireworks.DpoJobs.FwApiException])
        $failures[0].Exception.StatusCode | Should -Be 404
        "$($failures[0])" | Should -Match 'GET http://127.0.0.1:\d+/v1/accounts/acme/dpoJobs/missing'
        $failures[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'rejects the id "<Id>" before sending a request' -ForEach @(
        @{ Id = 'a:cancel' }
        @{ Id = '../x' }
        @{ Id = 'Upper-Case' }
        @{ Id = 'x' * 64 }
        @{ Id = '' }
        @{ Id = '-edge' }
        @{ Id = 'edge-' }
        @{ Id = 'a b' }
        @{ Id = 'accounts/acme/dpoJobs/' }
        @{ Id = 'accounts/acme/otherJobs/x' }
        @{ Id = 'accounts/acme/dpoJobs/x/y' }
    ) {
        Get-FwDpoJob -Id $Id -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FwInvalidJobId,*'
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
    }

    It 'continues after an invalid id' {
        $jobs = 'a:cancel', $allJobs[0].Id | Get-FwDpoJob -ErrorAction SilentlyContinue
        $jobs.Name | Should -Be $allJobs[0].Name
    }

    It 'accepts ids as an argument, but not from the pipeline, while -All is a default, as the help describes' {
        $PSDefaultParameterValues['Get-FwDpoJob:All'] = $true
        try {
            (Get-FwDpoJob $allJobs[3].Id).Name | Should -Be $allJobs[3].Name
            # Never the whole account.
            $allJobs[3].Id | Get-FwDpoJob -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $failures.FullyQualifiedErrorId | Should -BeLike 'InputObjectNotBound,*'
        }
        finally { $PSDefaultParameterValues.Remove('Get-FwDpoJob:All') }
    }

    It 'cannot be combined with -All' {
        { Get-FwDpoJob -Id x -All } | Should -Throw -ErrorId 'AmbiguousParameterSet*'
    }
}
