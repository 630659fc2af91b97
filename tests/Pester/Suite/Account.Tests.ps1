BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 3, --key, fw_right_0123456789
    $env:FIREWORKS_API_KEY = $env:FIREWORKS_ACCOUNT_ID = $null
    $key = ConvertTo-SecureString fw_right_0123456789 -AsPlainText
    $wrong = ConvertTo-SecureString fw_canary_0123456789 -AsPlainText
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'Connect-FwAccount' {
    BeforeEach {
        Reset-Emulator $emulator
        $env:FIREWORKS_BASE_URL = $emulator.Address
        $env:HOME = "$TestDrive"
    }
    AfterEach { Disconnect-FwAccount }

    It 'validates the key and finds its account with one request, and keeps the connection for this runspace' {
        Connect-FwAccount -ApiKey $key | Should -BeNullOrEmpty
        @(Get-EmulatorRequest $emulator).Path | Should -Be '/v1/accounts'
        Get-FwDpoJob | Should -HaveCount 3
        @(Get-EmulatorRequest $emulator).Path | Should -Be '/v1/accounts', '/v1/accounts/acme/dpoJobs'
    }

    It 'validates the key and -AccountId with one request for a single job' {
        Connect-FwAccount -ApiKey $key -AccountId acme
        $request = Get-EmulatorRequest $emulator
        $request.Path | Should -Be '/v1/accounts/acme/dpoJobs'
        $request.Query.pageSize | Should -Be '1'
    }

    It 'returns the connection with -PassThru, without the key' {
        $connection = Connect-FwAccount -ApiKey $key -PassThru
        $connection | Should -BeOfType ([Fireworks.DpoJobs.FwConnection])
        $connection.AccountId | Should -Be 'acme'
        $connection.BaseUri | Should -Be $emulator.Address
        $connection.ApiKeySource | Should -Be '-ApiKey'
        $connection.ApiKeyEnd | Should -Be '6789'
        foreach ($view in 'Format-List', 'Format-Table', 'ConvertTo-Json', 'ConvertTo-Csv') {
            $connection | & $view | Out-String | Should -Not -Match 'fw_right' -Because $view
        }
        $connection | Format-List * -Force | Out-String | Should -Not -Match 'fw_right'
    }

    It 'keeps no connection when the service rejects the key' {
        $failure = { Connect-FwAccount -ApiKey $wrong } | Should -Throw -ErrorId 'FwApi.Unauthenticated,*' -PassThru
        $failure | Format-List * -Force | Out-String | Should -Not -Match 'canary'
        { Get-FwDpoJob } | Should -Throw -ErrorId 'FwConfiguration,*'
    }

    It 'keeps the previous connection when the service rejects the key of a new one' {
        Connect-FwAccount -ApiKey $key
        { Connect-FwAccount -ApiKey $wrong } | Should -Throw
        Get-FwDpoJob | Should -HaveCount 3
    }

    It 'sends no request with -SkipValidation' {
        Connect-FwAccount -ApiKey $key -AccountId acme -SkipValidation
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
        Get-FwDpoJob | Should -HaveCount 3
    }

    It 'uses -BaseUri rather than FIREWORKS_BASE_URL' {
        $env:FIREWORKS_BASE_URL = 'http://127.0.0.1:1'
        Connect-FwAccount -ApiKey $key -BaseUri $emulator.Address
        Get-FwDpoJob | Should -HaveCount 3
    }

    It 'rejects the address <Address>' -ForEach @(
        @{ Address = 'http://example.invalid' }, @{ Address = 'example.invalid' }, @{ Address = 'file:///etc' }
    ) {
        { Connect-FwAccount -ApiKey $key -BaseUri $Address } | Should -Throw -ErrorId 'FwConfiguration,*'
    }

    It 'reads the key and the account from the configuration files of firectl' {
        $folder = New-Item (Join-Path $TestDrive .fireworks) -ItemType Directory -Force
        "[fireworks]`napi_key = `"fw_right_0123456789`"`naccount_id = acme" | Set-Content (Join-Path $folder auth.ini)
        if (-not $IsWindows) { chmod 600 (Join-Path $folder auth.ini) }
        try {
            (Connect-FwAccount -PassThru).ApiKeySource | Should -BeLike '*auth.ini'
            Get-FwDpoJob | Should -HaveCount 3
        }
        finally { Remove-Item $folder -Recurse -Force }
    }

    It 'warns once about a key file that other users can read' {
        if ($IsWindows) { Set-ItResult -Skipped -Because 'Windows has access control lists instead of file modes, and the module does not check them' }
        $folder = New-Item (Join-Path $TestDrive .fireworks profiles shared) -ItemType Directory -Force
        'api_key = fw_right_0123456789' | Set-Content (Join-Path $folder auth.ini)
        chmod 644 (Join-Path $folder auth.ini)
        Connect-FwAccount -Profile shared -WarningVariable warnings -WarningAction SilentlyContinue
        Connect-FwAccount -Profile shared -WarningVariable +warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match 'chmod 600'
        "$warnings" | Should -Not -Match 'fw_right'
    }

    It 'lists the checked sources in order when no key is found' {
        $failure = { Connect-FwAccount } | Should -Throw -ErrorId 'FwConfiguration,*' -PassThru
        "$failure" | Should -Match '-ApiKey.*Connect-FwAccount.*FIREWORKS_API_KEY.*auth\.ini'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'Connect-FwAccount'
    }

    It 'applies -TimeoutSec and -MaximumRetryCount to later requests' {
        Connect-FwAccount -ApiKey $key -AccountId acme -TimeoutSec 1 -MaximumRetryCount 0 -SkipValidation
        Set-EmulatorResponse $emulator @{ stall = 'headers' }
        $failure = { Get-FwDpoJob } | Should -Throw -ErrorId 'FwApi.Timeout,*' -PassThru
        "$failure" | Should -Match 'within 1 s'
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 1
    }
}

Describe 'Get-FwConnection' {
    BeforeEach {
        $env:FIREWORKS_BASE_URL = $emulator.Address
        $env:HOME = "$TestDrive"
    }
    AfterEach {
        Disconnect-FwAccount
        $env:FIREWORKS_API_KEY = $null
    }

    It 'shows the connection of this runspace' {
        Connect-FwAccount -ApiKey $key
        (Get-FwConnection).AccountId | Should -Be 'acme'
    }

    It 'shows the connection from the environment when this runspace has none' {
        $env:FIREWORKS_API_KEY = 'fw_right_0123456789'
        (Get-FwConnection).ApiKeySource | Should -Be 'the environment variable FIREWORKS_API_KEY'
    }

    It 'fails when nothing is configured' {
        { Get-FwConnection } | Should -Throw -ErrorId 'FwConfiguration,*'
    }

    It 'prints a table with the last four characters of the key only' {
        Connect-FwAccount -ApiKey $key
        $text = Get-FwConnection | Out-String -Width 120
        $text | Should -Match 'acme'
        $text | Should -Match '…6789'
        $text | Should -Not -Match 'fw_right'
    }
}

Describe 'A connection' {
    BeforeAll {
        $env:FIREWORKS_BASE_URL = $emulator.Address
        $env:HOME = "$TestDrive"
    }
    AfterEach { Disconnect-FwAccount }

    It 'is not visible to other runspaces' {
        Connect-FwAccount -ApiKey $key
        $id = 1 | ForEach-Object -Parallel { try { Get-FwDpoJob } catch { $_.FullyQualifiedErrorId } }
        $id | Should -BeLike 'FwConfiguration,*'
    }

    It 'is not visible to the next iteration of ForEach-Object -Parallel, which uses the runspace again' {
        $iterations = 1..3 | ForEach-Object -ThrottleLimit 1 -Parallel {
            $before = try { (Get-FwConnection).AccountId } catch { $_.FullyQualifiedErrorId }
            Connect-FwAccount -ApiKey $using:key -AccountId "account-$_" -SkipValidation
            [pscustomobject]@{ Before = $before; After = (Get-FwConnection).AccountId; Runspace = [runspace]::DefaultRunspace.Id }
        }
        @($iterations.Runspace | Sort-Object -Unique).Count | Should -Be 1
        $iterations.Before | Should -BeLike 'FwConfiguration,*'
        $iterations.After | Should -Be 'account-1', 'account-2', 'account-3'
    }

    It 'is visible in functions, script blocks and modules of its runspace' {
        Connect-FwAccount -ApiKey $key -AccountId outer -SkipValidation
        & { (Get-FwConnection).AccountId } | Should -Be 'outer'
        $module = New-Module {
            function Get-FromModule { (Get-FwConnection).AccountId }
            function Connect-FromModule { Connect-FwAccount -ApiKey $args[0] -AccountId inner -SkipValidation }
        }
        try {
            Get-FromModule | Should -Be 'outer'
            Connect-FromModule $key
            (Get-FwConnection).AccountId | Should -Be 'inner'
        }
        finally { $module | Remove-Module }
    }

    It 'can be passed to parallel runspaces with -Connection' {
        $connection = Connect-FwAccount -ApiKey $key -PassThru
        $counts = 1..8 | ForEach-Object -Parallel { @(Get-FwDpoJob -Connection $using:connection).Count } -ThrottleLimit 4
        $counts | Should -Be (@(3) * 8)
    }

    It 'can be different in each of several parallel runspaces' {
        $address = $emulator.Address
        $accounts = 1..4 | ForEach-Object -Parallel {
            Connect-FwAccount -ApiKey $using:key -AccountId "account-$_" -BaseUri $using:address -SkipValidation
            Start-Sleep -Milliseconds 50
            (Get-FwConnection).AccountId
        } -ThrottleLimit 4
        $accounts | Sort-Object | Should -Be 'account-1', 'account-2', 'account-3', 'account-4'
    }
}

Describe 'Disconnect-FwAccount' {
    It 'removes the connection, and does nothing when there is none' {
        $env:HOME = "$TestDrive"
        Connect-FwAccount -ApiKey $key -AccountId acme -BaseUri $emulator.Address -SkipValidation
        Disconnect-FwAccount | Should -BeNullOrEmpty
        { Get-FwDpoJob } | Should -Throw -ErrorId 'FwConfiguration,*'
        { Disconnect-FwAccount } | Should -Not -Throw
    }
}
