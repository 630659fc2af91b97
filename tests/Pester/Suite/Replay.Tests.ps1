BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $recordings = Join-Path $env:FIREWORKS_TEST_ROOT 'tests' 'Recordings'
    $emulator = Start-Emulator replay, --recordings, $recordings
    function Get-Failure([scriptblock] $Script) { $Script | Should -Throw -PassThru }
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'The example responses of the API reference' {
    It 'are read as a job with all fields' {
        $job = Get-FwDpoJob reference -AccountId reference
        $job.State | Should -Be 'Unspecified'
        $job.CreateTime | Should -Be ([DateTimeOffset]'2023-11-07T05:31:56Z')
        $job.Status.Code | Should -Be 'Ok'
        $job.TrainingConfig.BatchSizeSamples | Should -Be 123
        $job.TrainingConfig.OptimizerWeightDecay | Should -Be 123
        $job.LossConfig.KlBeta | Should -Be 123
        $job.WandbConfig.ApiKey | Should -BeOfType ([Fireworks.DpoJobs.SecretText])
        $job.AdditionalData.Count | Should -Be 0
        $job.TrainingConfig.AdditionalData.Count | Should -Be 0
    }

    It 'are read as a page' {
        $page = Get-FwDpoJob -AccountId reference -AsPage
        $page.Jobs | Should -HaveCount 1
        $page.TotalSize | Should -Be 123
        $page.NextPageToken | Should -Be '<string>'
    }
}

Describe 'A recorded listing' {
    It 'continues after an empty page, and writes a duplicate job once' {
        $jobs = Get-FwDpoJob -All
        $jobs | Should -HaveCount 5
        $jobs.Name | Select-Object -Unique | Should -HaveCount 5
    }

    It 'can be continued at a page token' {
        $first = Get-FwDpoJob -AsPage
        $second = Get-FwDpoJob -AsPage -PageToken $first.NextPageToken
        @($first.Jobs) + @($second.Jobs) | Should -HaveCount 5
        $second.NextPageToken | Should -BeNullOrEmpty
    }

    It 'fails when a page token repeats, after writing the received jobs: <Account>' -ForEach @(
        @{ Account = 'loop-one' }, @{ Account = 'loop-three' }
    ) {
        $jobs = [System.Collections.Generic.List[object]]::new()
        $failure = Get-Failure { Get-FwDpoJob -All -AccountId $Account | ForEach-Object { $jobs.Add($_) } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FwApi.InvalidResponse,*'
        "$failure" | Should -Match 'page token for the second time'
        "$failure" | Should -Match "accounts/$Account/dpoJobs"
        $jobs.Count | Should -BeGreaterThan 0
        $jobs.Name | Select-Object -Unique | Should -HaveCount $jobs.Count
    }

    It 'returns nothing for an account without jobs: <Account>' -ForEach @(
        @{ Account = 'no-jobs' }, @{ Account = 'no-jobs-null' }
    ) {
        Get-FwDpoJob -AccountId $Account -WarningVariable warnings | Should -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
    }

    It 'rejects a page without any of its fields, because the service sends fields that are not set' {
        $failure = Get-Failure { Get-FwDpoJob -AccountId no-jobs-absent }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FwApi.InvalidResponse,*'
        "$failure" | Should -Match 'none of the expected fields'
    }

    It 'writes the jobs before a failed page, and the error shows the page token to continue with' {
        $jobs = [System.Collections.Generic.List[object]]::new()
        $failure = Get-Failure { Get-FwDpoJob -All -AccountId fails-on-page-two | ForEach-Object { $jobs.Add($_) } }
        $jobs.Count | Should -BeGreaterThan 0
        $failure.FullyQualifiedErrorId | Should -BeLike 'FwApi.ServerError,*'
        $failure.Exception.PageToken | Should -BeExactly 'cGFnZS0y'
        "$failure" | Should -Match "-PageToken 'cGFnZS0y' -PageSize 200"
    }
}

Describe 'Jobs in unusual JSON' {
    BeforeAll {
        $jobs = Get-FwDpoJob -All -AccountId wire-habits
    }

    It 'are all read' { $jobs | Should -HaveCount 12 }

    It 'keep an unknown state' {
        $job = $jobs | Where-Object State -EQ Unrecognized
        $job.StateText | Should -BeExactly 'JOB_STATE_HIBERNATING'
        $null -eq $job.IsFinished | Should -BeTrue
    }

    It 'keep unknown fields' {
        ($jobs | ForEach-Object { $_.AdditionalData.Keys }) | Should -Not -BeNullOrEmpty
        ($jobs | ForEach-Object { if ($_.TrainingConfig) { $_.TrainingConfig.AdditionalData.Keys } }) | Should -Not -BeNullOrEmpty
    }

    It 'can be printed in every view' {
        $PSStyle.OutputRendering = 'PlainText'
        $text = ($jobs | Format-Table | Out-String -Width 120) + ($jobs | Format-List | Out-String -Width 120)
        $text -replace '[\r\n]' | Should -Not -Match '\p{Cc}'
        $text | Should -Not -Match '#ERR'
    }
}

Describe 'A recorded job' {
    It 'contains its secrets, and prints none of them' {
        $job = Get-FwDpoJob tone-1
        $job.TrainerLogsSignedUrl.Reveal() | Should -Match 'FAKE-signature-not-a-secret'
        $job.WandbConfig.ApiKey.Reveal() | Should -BeExactly 'FAKE-wandb-key-not-a-secret'
        foreach ($view in 'Format-Table', 'Format-List', 'ConvertTo-Json', 'ConvertTo-Csv') {
            $job | & $view | Out-String | Should -Not -Match 'not-a-secret' -Because $view
        }
        $job | Format-List * | Out-String | Should -Not -Match 'not-a-secret'
        $job.WandbConfig | Out-String | Should -Not -Match 'not-a-secret'
    }

    It 'contains only the fields of -ReadMask' {
        $job = Get-FwDpoJob tone-1 -ReadMask Name, State, TrainingConfig.BaseModel
        $job.TrainingConfig.BaseModel | Should -Not -BeNullOrEmpty
        $null -eq $job.DisplayName | Should -BeTrue
    }

    It 'has a status message when it failed' {
        (Get-FwDpoJob tone-2).Status.Message | Should -Not -BeNullOrEmpty
    }
}

Describe 'The address of a file' {
    It 'means that there are no metrics: <_>' -ForEach 'no-metrics', 'absent-address', 'no-endpoint' {
        Get-FwDpoJobMetric "accounts/metrics/dpoJobs/$_" -ErrorAction Stop | Should -BeNullOrEmpty
        Save-FwDpoJobMetric "accounts/metrics/dpoJobs/$_" $TestDrive -ErrorAction Stop -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -Match "no metrics file of $_"
    }

    It 'is rejected, and not shown: <Id>' -ForEach @(
        @{ Id = 'plain-http'; Message = 'not https, so no request was sent' }
        @{ Id = 'wrong-type'; Message = '\$\.signedUrl: the value does not fit' }
        @{ Id = 'error-200'; Message = 'metrics are not available' }
    ) {
        Get-FwDpoJobMetric "accounts/metrics/dpoJobs/$Id" -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FwApi.InvalidResponse,*'
        "$($failures[0])" | Should -Match $Message
        $failures | Format-List * -Force | Out-String | Should -Not -Match 'FAKE|X-Goog'
    }

    It 'is missing for an account without trainer log reading' {
        Get-FwDpoJobLog accounts/metrics/dpoJobs/no-log -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures.FullyQualifiedErrorId | Should -BeLike 'FwLogUnavailable,*'
    }
}

Describe 'An error response' {
    It 'is reported as <ErrorId>: <Id>' -ForEach @(
        @{ Id = 'bad-key'; ErrorId = 'FwApi.Unauthenticated'; Text = 'The API key you provided is invalid' }
        @{ Id = 'unauthenticated'; ErrorId = 'FwApi.Unauthenticated'; Text = '401' }
        @{ Id = 'permission-denied'; ErrorId = 'FwApi.PermissionDenied'; Text = '403' }
        @{ Id = 'not-found'; ErrorId = 'FwApi.NotFound'; Text = '404' }
        @{ Id = 'aip-193'; ErrorId = 'FwApi.NotFound'; Text = '404' }
        @{ Id = 'error-text'; ErrorId = 'FwApi.InvalidArgument'; Text = '400' }
        @{ Id = 'message'; ErrorId = 'FwApi.AccountSuspended'; Text = '412' }
        @{ Id = 'detail'; ErrorId = 'FwApi.PaymentRequired'; Text = '402' }
        @{ Id = 'plain-text-520'; ErrorId = 'FwApi.ServerError'; Text = '520.*after 3 attempts' }
        @{ Id = 'html-502'; ErrorId = 'FwApi.ServerError'; Text = '502.*after 3 attempts' }
        @{ Id = 'empty-500'; ErrorId = 'FwApi.ServerError'; Text = '500.*after 3 attempts' }
        @{ Id = 'no-retry'; ErrorId = 'FwApi.ServerError'; Text = '500(?!.*attempts)' }
    ) {
        $failure = Get-Failure { Get-FwDpoJob $Id -AccountId errors -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike "$ErrorId,*"
        "$failure" | Should -Match $Text
        "$failure" | Should -Match "GET http://\S+/v1/accounts/errors/dpoJobs/$Id"
        "$failure" | Should -Not -Match '<html|\sat \w+\.'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'does not affect the other jobs of -Id' {
        $jobs = Get-FwDpoJob accounts/errors/dpoJobs/permission-denied, tone-1 -ErrorVariable failures -ErrorAction SilentlyContinue
        $jobs.Id | Should -Be 'tone-1'
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FwApi.PermissionDenied,*'
    }

    It 'ends the command at once when the key is invalid' {
        { Get-FwDpoJob accounts/errors/dpoJobs/bad-key, tone-1 -ErrorAction SilentlyContinue } |
            Should -Throw -ErrorId 'FwApi.Unauthenticated,*'
    }

    It 'is reported with its reason and details' {
        $failure = Get-Failure { Get-FwDpoJob not-found -AccountId errors -ErrorAction Stop }
        $failure.Exception.Reason | Should -Not -BeNullOrEmpty
        $failure.Exception.Details[0]['@type'] | Should -BeLike '*ErrorInfo'
    }

    It 'is retried when it is transient' {
        (Get-FwDpoJob unavailable-once -AccountId errors).Id | Should -Be 'unavailable-once'
    }

    It 'is reported as FwApi.InvalidResponse when it is not the expected JSON: <Account>' -ForEach @(
        @{ Account = 'truncated-json'; Text = 'Invalid JSON' }
        @{ Account = 'html-page'; Text = 'text/html instead of JSON' }
        @{ Account = 'empty-body'; Text = 'response is empty' }
        @{ Account = 'invalid-utf8'; Text = 'Invalid JSON' }
        @{ Account = 'object-for-array'; Text = 'Invalid JSON.*\$\.dpoJobs' }
    ) {
        $failure = Get-Failure { Get-FwDpoJob -All -AccountId $Account }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FwApi.InvalidResponse,*'
        "$failure" | Should -Match $Text
        "$failure" | Should -Match "GET http://\S+/v1/accounts/$Account/dpoJobs"
        $failure.TargetObject | Should -Be "accounts/$Account/dpoJobs"
    }
}

Describe 'A response that never ends' {
    It 'is reported as one error, after the jobs before it were written' {
        $other = Start-Emulator emulate, --jobs, 300
        try {
            $token = (Get-FwDpoJob -AsPage -PageSize 200).NextPageToken
            Set-EmulatorResponse $other @{
                path = '/v1/accounts/acme/dpoJobs'; status = 200; headers = @{ 'content-type' = 'application/json' }
                body = (@{ dpoJobs = @(@{ name = 'accounts/acme/dpoJobs/first' }); nextPageToken = $token } | ConvertTo-Json)
            }, @{ status = 200; headers = @{ 'content-type' = 'application/json' }; generateBytes = 50MB }
            $jobs = [System.Collections.Generic.List[object]]::new()
            $failure = Get-Failure { Get-FwDpoJob -All | ForEach-Object { $jobs.Add($_) } }
            $jobs.Id | Should -Be 'first'
            $failure.FullyQualifiedErrorId | Should -BeLike 'FwApi.InvalidResponse,*'
            "$failure" | Should -Match 'larger than 32 MiB'
        }
        finally {
            Stop-Emulator $other
            $env:FIREWORKS_BASE_URL = $emulator.Address
        }
    }
}

Describe 'The account lookup for a key' {
    It 'uses the only account' {
        $env:FIREWORKS_ACCOUNT_ID = $null
        try { Get-FwDpoJob -All | Should -HaveCount 5 }
        finally { $env:FIREWORKS_ACCOUNT_ID = 'acme' }
    }

    It 'fails and suggests -AccountId when there is <Accounts>' -ForEach @(
        @{ Folder = 'accounts-none'; Accounts = 'no account'; Text = 'no account' }
        @{ Folder = 'accounts-two'; Accounts = 'more than one account'; Text = 'more than one account' }
    ) {
        $other = Start-Emulator replay, --recordings, (Join-Path $recordings $Folder)
        $env:FIREWORKS_ACCOUNT_ID = $null
        try {
            $failure = Get-Failure { Get-FwDpoJob }
            $failure.FullyQualifiedErrorId | Should -BeLike 'FwConfiguration,*'
            "$failure" | Should -Match "$Text.*-AccountId"
        }
        finally {
            Stop-Emulator $other
            $env:FIREWORKS_BASE_URL = $emulator.Address
            $env:FIREWORKS_ACCOUNT_ID = 'acme'
        }
    }
}

Describe 'The emulator' {
    It 'explains how a request without a recording differs from the nearest one' {
        $arguments = 'replay', '--recordings', $recordings, '--end-with-input'
        $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', @($env:FIREWORKS_TEST_EMULATOR) + $arguments)
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $env:FIREWORKS_BASE_URL = $process.StandardOutput.ReadLine() -replace '^Listening on '
        try { $failure = Get-Failure { Get-FwDpoJob -PageSize 7 } }
        finally { $env:FIREWORKS_BASE_URL = $emulator.Address }
        $process.StandardInput.Close()
        $process.WaitForExit(10000) | Should -BeTrue
        $failure.Exception.StatusCode | Should -Be 501
        $process.StandardError.ReadToEnd() | Should -Match 'no entry for GET /v1/accounts/acme/dpoJobs\?pageSize=7; nearest is .*pageSize is 7 instead of absent'
    }

    It 'rejects plain http for recording from another machine' {
        $text = & dotnet $env:FIREWORKS_TEST_EMULATOR record --upstream http://example.invalid --out (Join-Path $TestDrive r.har) 2>&1
        $LASTEXITCODE | Should -Be 2
        "$text" | Should -Match 'https'
    }
}
