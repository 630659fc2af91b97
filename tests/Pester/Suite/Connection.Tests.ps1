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

    It 'is needed' {
        $env:FIREWORKS_API_KEY = $null
        { Get-FwDpoJob } | Should -Throw -ErrorId 'FwConfiguration,*' -PassThru |
            ForEach-Object { "$_" | Should -Match 'no API key.*-ApiKey.*FIREWORKS_API_KEY' }
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
    }

    It 'from the parameter wins over the environment' {
        $env:FIREWORKS_API_KEY = 'fw_wrong'
        Get-FwDpoJob -ApiKey (ConvertTo-SecureString fw_right -AsPlainText) | Should -HaveCount 3
    }

    It 'is refused when it is <What>, and not printed' -ForEach @(
        @{ What = 'empty'; Key = [securestring]::new() }
        @{ What = 'of two lines'; Key = "fw_canary`nfw_canary" | ConvertTo-SecureString -AsPlainText }
        @{ What = 'not ASCII'; Key = 'fw_canaryä' | ConvertTo-SecureString -AsPlainText }
    ) {
        $failure = { Get-FwDpoJob -ApiKey $Key } | Should -Throw -ErrorId 'FwConfiguration,*' -PassThru
        ($failure | Format-List * -Force | Out-String) | Should -Not -Match 'canary'
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
    }

    It 'is not taken as plain text, and not printed by the refusal' {
        $key = 'fw_canary'
        $failure = { Get-FwDpoJob -ApiKey $key } | Should -Throw -PassThru
        "$failure" | Should -Match 'SecureString'
        ($failure | Format-List * -Force | Out-String) | Should -Not -Match 'canary'
    }

    It 'that the service refuses ends the command at once, with one error' {
        $env:FIREWORKS_API_KEY = 'fw_canary'
        $failure = { 'a', 'b' | Get-FwDpoJob } | Should -Throw -ErrorId 'FwApi.Unauthenticated,*' -PassThru
        "$failure" | Should -Match '403'
        "$failure" | Should -Match 'Request ID: '
        ($failure | Format-List * -Force | Out-String) | Should -Not -Match 'canary'
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 1
    }
}

Describe 'The account' {
    BeforeEach {
        Reset-Emulator $emulator
        $env:FIREWORKS_API_KEY = 'fw_right'
        $env:FIREWORKS_ACCOUNT_ID = 'acme'
        $env:FIREWORKS_BASE_URL = $emulator.Address
    }

    It 'comes from -AccountId first' {
        { Get-FwDpoJob -AccountId other } | Should -Throw -ErrorId 'FwApi.NotFound,*'
    }

    It 'may be given as the service shows it' {
        Get-FwDpoJob -AccountId accounts/acme | Should -HaveCount 3
    }

    It 'of the key is looked up once when nothing names it' {
        $env:FIREWORKS_ACCOUNT_ID = $null
        Get-FwDpoJob | Should -HaveCount 3
        Get-FwDpoJob | Should -HaveCount 3
        @(Get-EmulatorRequest $emulator | Where-Object path -EQ '/v1/accounts').Count | Should -BeLessOrEqual 1
    }

    It 'is checked before anything is sent' {
        { Get-FwDpoJob -AccountId 'a/../b' } | Should -Throw -ErrorId 'FwConfiguration,*'
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
    }
}

Describe 'The address' {
    BeforeEach {
        Reset-Emulator $emulator
        $env:FIREWORKS_API_KEY = 'fw_right'
        $env:FIREWORKS_ACCOUNT_ID = 'acme'
        $env:FIREWORKS_BASE_URL = $emulator.Address
    }

    It 'is refused when it is <Address>' -ForEach @(
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

    It 'where nobody listens is one error that names it' {
        $env:FIREWORKS_BASE_URL = 'http://127.0.0.1:1'
        $failure = { Get-FwDpoJob } | Should -Throw -ErrorId 'FwApi.ConnectionFailed,*' -PassThru
        "$failure" | Should -Match 'http://127\.0\.0\.1:1/'
        $failure.CategoryInfo.Category | Should -Be 'ConnectionError'
    }

    It 'of this machine is never reached through a proxy, where the key could be read' {
        $run = Invoke-PowerShell '@(Get-FwDpoJob).Count' -Environment @{ http_proxy = 'http://127.0.0.1:1'; ALL_PROXY = 'http://127.0.0.1:1' }
        $run.Output.Trim() | Should -BeExactly '3' -Because $run.ErrorOutput
    }
}
