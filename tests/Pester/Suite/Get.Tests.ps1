BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 20, --now, 2026-11-01T00:00:00Z
    $known = Get-FwDpoJob -All
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'Get-FwDpoJob -Id' {
    BeforeEach { Reset-Emulator $emulator }

    It 'takes an id by position' {
        (Get-FwDpoJob $known[3].Id).Name | Should -Be $known[3].Name
    }

    It 'takes a full name' {
        (Get-FwDpoJob -Id $known[3].Name).Name | Should -Be $known[3].Name
    }

    It 'has the alias Name' {
        (Get-FwDpoJob -Name $known[3].Id).Name | Should -Be $known[3].Name
    }

    It 'asks for that job and the fields of the mask' {
        $null = Get-FwDpoJob $known[0].Id -ReadMask State, TrainingConfig.BaseModel
        $request = Get-EmulatorRequest $emulator
        $request.Method | Should -Be 'GET'
        $request.Path | Should -Be "/v1/$($known[0].Name)"
        $request.Query.readMask | Should -Be 'state,training_config.base_model'
    }

    It 'takes ids from the pipeline' {
        ($known[5, 2].Id | Get-FwDpoJob).Name | Should -Be $known[5, 2].Name
    }

    It 'takes jobs from the pipeline, each with its own account' {
        $env:FIREWORKS_ACCOUNT_ID = 'somebody-else'
        try { ($known[5, 2] | Get-FwDpoJob).Name | Should -Be $known[5, 2].Name }
        finally { $env:FIREWORKS_ACCOUNT_ID = 'acme' }
    }

    It 'takes rows with an Id column, or a Name column, as Import-Csv gives them' {
        $rows = $known[1, 4] | Select-Object Id, AccountId | ConvertTo-Csv | ConvertFrom-Csv
        ($rows | Get-FwDpoJob -ReadMask Name).Name | Should -Be $known[1, 4].Name
        $rows = $known[1, 4] | Select-Object Name | ConvertTo-Csv | ConvertFrom-Csv
        ($rows | Get-FwDpoJob -ReadMask Name).Name | Should -Be $known[1, 4].Name
    }

    It 'takes the account from a row''s full name, not from the environment' {
        $env:FIREWORKS_ACCOUNT_ID = 'somebody-else'
        try {
            ($known[1, 4] | Select-Object Id, Name | Get-FwDpoJob -ReadMask Name).Name | Should -Be $known[1, 4].Name
            ($known[1, 4] | Select-Object Id, AccountId | Get-FwDpoJob -ReadMask Name).Name | Should -Be $known[1, 4].Name
        }
        finally { $env:FIREWORKS_ACCOUNT_ID = 'acme' }
    }

    It 'takes jobs that come back from Import-Clixml, as input and as argument' {
        $path = Join-Path $TestDrive jobs.xml
        $known[1, 4] | Export-Clixml $path
        $stored = Import-Clixml $path
        ($stored | Get-FwDpoJob -ReadMask Name).Name | Should -Be $known[1, 4].Name
        (Get-FwDpoJob $stored -ReadMask Name).Name | Should -Be $known[1, 4].Name
        (Get-FwDpoJob $known[1, 4] -ReadMask Name).Name | Should -Be $known[1, 4].Name
    }

    It 'does not list an account for a row that names no job' {
        [pscustomobject]@{ AccountId = 'acme' } | Get-FwDpoJob -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
    }

    It 'lets a full name''s own account win over -AccountId' {
        (Get-FwDpoJob $known[0].Name -AccountId other).Name | Should -Be $known[0].Name
    }

    It 'gives several jobs in the order asked' {
        (Get-FwDpoJob $known[9].Id, $known[1].Name, $known[4].Id).Name | Should -Be $known[9, 1, 4].Name
    }

    It 'reports a missing job and gives the others' {
        $jobs = Get-FwDpoJob $known[0].Id, missing, $known[1].Id -ErrorVariable failures -ErrorAction SilentlyContinue
        $jobs.Name | Should -Be $known[0, 1].Name
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'FwApi.NotFound,Fireworks.DpoJobs.GetFwDpoJobCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -Be 'accounts/acme/dpoJobs/missing'
        $failures[0].Exception | Should -BeOfType ([Fireworks.DpoJobs.FwApiException])
        $failures[0].Exception.StatusCode | Should -Be 404
        "$($failures[0])" | Should -Match 'GET http://127.0.0.1:\d+/v1/accounts/acme/dpoJobs/missing'
        $failures[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'refuses <Id> before anything is sent' -ForEach @(
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

    It 'goes on after an id that is none' {
        $jobs = 'a:cancel', $known[0].Id | Get-FwDpoJob -ErrorAction SilentlyContinue
        $jobs.Name | Should -Be $known[0].Name
    }

    It 'cannot be combined with what belongs to a listing' {
        { Get-FwDpoJob -Id x -All } | Should -Throw -ErrorId 'AmbiguousParameterSet*'
    }
}
