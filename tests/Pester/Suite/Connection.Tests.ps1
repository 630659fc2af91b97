BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 3, --key, fw_right
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'The API key' {
    BeforeEach {
        Reset-Emulator $emulator
        $env:FIREWORKS_API_KEY = 'fw_right'
        $env:FIREWORKS_ACCOUNT_ID = 'acme'
        $env:FIREWORKS_BASE_URL = $emulator.Address
    }

    It 'is required, and the error lists its sources' {
        $env:FIREWORKS_API_KEY = $null
        { Get-FwDpoJob } | Should -Throw -ErrorId 'FwConfiguration,*' -PassThru |
            ForEach-Object { "$_" | Should -Match 'no API key.*-ApiKey.*FIREWORKS_API_KEY' }
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
    }

    It 'in -ApiKey takes precedence over the environment' {
        $env:FIREWORKS_API_KEY = 'fw_wrong'
        Get-FwDpoJob -ApiKey (ConvertTo-SecureString fw_right -AsPlainText) | Should -HaveCount 3
    }

    It 'is rejected and not printed when it is <Description>' -ForEach @(
        @{ Description = 'empty'; Key = [securestring]::new() }
        @{ Description = 'two lines'; Key = "fw_canary`nfw_canary" | ConvertTo-SecureString -AsPlainText }
        @{ Description = 'not ASCII'; Key = 'fw_canaryä' | ConvertTo-SecureString -AsPlainText }
    ) {
        $failure = { Get-FwDpoJob -ApiKey $Key } | Should -Throw -ErrorId 'FwConfiguration,*' -PassThru
        ($failure | Format-List * -Force | Out-String) | Should -Not -Match 'canary'
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
    }

    It 'is rejected as a plain string, without printing it' {
        $key = 'fw_canary'
        $failure = { Get-FwDpoJob -ApiKey $key } | Should -Throw -PassThru
        "$failure" | Should -Match 'SecureString'
        ($failure | Format-List * -Force | Out-String) | Should -Not -Match 'canary'
    }

    It 'ends the command with one error when the service rejects it' {
        $env:FIREWORKS_API_KEY = 'fw_canary'
        $failure = { 'a', 'b' | Get-FwDpoJob } | Should -Throw -ErrorId 'FwApi.Unauthenticated,*' -PassThru
        "$failure" | Should -Match '403'
        "$failure" | Should -Match 'Request ID: '
        ($failure | Format-List * -Force | Out-String) | Should -Not -Match 'canary'
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 1
    }
}

Describe 'The account id' {
    BeforeEach {
        Reset-Emulator $emulator
        $env:FIREWORKS_API_KEY = 'fw_right'
        $env:FIREWORKS_ACCOUNT_ID = 'acme'
        $env:FIREWORKS_BASE_URL = $emulator.Address
    }

    It 'in -AccountId takes precedence over the environment' {
        { Get-FwDpoJob -AccountId other } | Should -Throw -ErrorId 'FwApi.NotFound,*'
    }

    It 'can be a resource name such as accounts/acme' {
        Get-FwDpoJob -AccountId accounts/acme | Should -HaveCount 3
    }

    It 'is looked up once from the key when it is not configured' {
        $env:FIREWORKS_ACCOUNT_ID = $null
        Get-FwDpoJob | Should -HaveCount 3
        Get-FwDpoJob | Should -HaveCount 3
        @(Get-EmulatorRequest $emulator | Where-Object path -EQ '/v1/accounts').Count | Should -BeLessOrEqual 1
    }

    It 'is rejected before any request when it is invalid' {
        { Get-FwDpoJob -AccountId 'a/../b' } | Should -Throw -ErrorId 'FwConfiguration,*'
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
    }
}

Describe 'The base address' {
    BeforeEach {
        Reset-Emulator $emulator
        $env:FIREWORKS_API_KEY = 'fw_right'
        $env:FIREWORKS_ACCOUNT_ID = 'acme'
        $env:FIREWORKS_BASE_URL = $emulator.Address
    }

    It 'is rejected when it is <Address>' -ForEach @(
        @{ Address = 'http://example.invalid' }
        @{ Address = 'http://10.0.0.1' }
        @{ Address = 'ftp://127.0.0.1' }
        @{ Address = 'not an address' }
        @{ Address = 'https://user:password@127.0.0.1' }
    ) {
        $env:FIREWORKS_BASE_URL = $Address
        $failure = { Get-FwDpoJob } | Should -Throw -ErrorId 'FwConfiguration,*' -PassThru
        "$failure" | Should -Match 'FIREWORKS_BASE_URL'
        "$failure" | Should -Not -Match 'password'
    }

    It 'is part of the error when no server listens there' {
        $env:FIREWORKS_BASE_URL = 'http://127.0.0.1:1'
        $failure = { Get-FwDpoJob } | Should -Throw -ErrorId 'FwApi.ConnectionFailed,*' -PassThru
        "$failure" | Should -Match 'http://127\.0\.0\.1:1/'
        $failure.CategoryInfo.Category | Should -Be 'ConnectionError'
    }

    It 'is never reached through a proxy when it is a loopback address' {
        $run = Invoke-PowerShell '@(Get-FwDpoJob).Count' -Environment @{ http_proxy = 'http://127.0.0.1:1'; ALL_PROXY = 'http://127.0.0.1:1' }
        $run.Output.Trim() | Should -BeExactly '3' -Because $run.ErrorOutput
    }
}
