BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 20000
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'A pipeline that ends early' {
    BeforeEach { Reset-Emulator $emulator }

    It 'sends one list request for Select-Object -First 1, and at most two for -First 3' {
        Get-FwDpoJob -All | Select-Object -First 1 | Should -HaveCount 1
        @(Get-EmulatorRequest $emulator).Count | Should -Be 1
        Reset-Emulator $emulator
        Get-FwDpoJob -All | Select-Object -First 3 | Should -HaveCount 3
        @(Get-EmulatorRequest $emulator).Count | Should -BeLessOrEqual 2
    }

    It 'cancels the request for the next page' {
        Set-EmulatorResponse $emulator @(
            @{ path = '/v1/accounts/acme/dpoJobs'; status = 200; headers = @{ 'content-type' = 'application/json' }
                body = '{"dpoJobs":[{"name":"accounts/acme/dpoJobs/a"},{"name":"accounts/acme/dpoJobs/b"}],"nextPageToken":"next"}' }
            @{ path = '/v1/accounts/acme/dpoJobs'; stall = 'headers' }
        )
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $first = Get-FwDpoJob -All |
            ForEach-Object { if ($_.Id -eq 'b') { Wait-Until { @(Get-EmulatorRequest $emulator).Count -eq 2 } }; $_ } |
            Select-Object -First 2
        $first.Id | Should -Be 'a', 'b'
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 8
        Wait-Until { @(Get-EmulatorRequest $emulator)[-1].Aborted }
    }

    It 'leaves the next command unaffected when a later command throws' {
        { Get-FwDpoJob -All | ForEach-Object { throw 'enough' } } | Should -Throw 'enough'
        (Get-FwDpoJob -First 1) | Should -HaveCount 1
    }
}

Describe 'Ctrl-C' {
    BeforeEach { Reset-Emulator $emulator }

    It 'stops at once and cancels the request while <Activity>' -ForEach @(
        @{ Activity = 'the service does not respond'; Response = @{ stall = 'headers' } }
        @{ Activity = 'a response stalls'; Response = @{ stall = 'body'; status = 200; body = '{"dpoJobs":[' } }
        @{ Activity = 'a retry is pending'; Response = @{ status = 503; headers = @{ 'retry-after' = '30' }; body = '{}' } }
    ) {
        Set-EmulatorResponse $emulator $Response
        $pipeline = Start-Pipeline 'Get-FwDpoJob -All'
        Wait-Until { @(Get-EmulatorRequest $emulator).Count -eq 1 }
        Start-Sleep -Milliseconds 200
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $pipeline.Shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 3
        $pipeline.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $pipeline.Shell.Streams.Error | Should -BeNullOrEmpty
        Start-Sleep -Milliseconds 300
        $requests = @(Get-EmulatorRequest $emulator)
        $requests | Should -HaveCount 1
        if ($Response.ContainsKey('stall')) { $requests[0].Aborted | Should -BeTrue }
    }

    It 'cancels the request for a single job' {
        Set-EmulatorResponse $emulator @{ stall = 'headers' }
        $pipeline = Start-Pipeline 'Get-FwDpoJob any-job'
        Wait-Until { @(Get-EmulatorRequest $emulator).Count -eq 1 }
        $pipeline.Shell.Stop()
        Wait-Until { @(Get-EmulatorRequest $emulator)[0].Aborted }
    }

    It 'stops a listing between pages, without further requests' {
        $pipeline = Start-Pipeline 'Get-FwDpoJob -All -PageSize 1'
        Wait-Until { $pipeline.Output.Count -gt 20 }
        $pipeline.Shell.Stop()
        $before = @(Get-EmulatorRequest $emulator).Count
        Start-Sleep -Milliseconds 300
        @(Get-EmulatorRequest $emulator).Count | Should -Be $before
        $before | Should -BeLessThan 20000
    }
}

Describe 'Ctrl-C during a download' {
    BeforeAll {
        $id = (Get-FwDpoJob -First 20 -State Completed)[0].Id
        $folder = (New-Item (Join-Path $TestDrive saved) -ItemType Directory).FullName
        $commands = @{
            'Get-FwDpoJobMetric' = "Get-FwDpoJobMetric $id"
            'Get-FwDpoJobMetric -Wait' = "Get-FwDpoJobMetric $id -Wait"
            'Get-FwDpoJobLog' = "Get-FwDpoJobLog $id"
            'Get-FwDpoJobLog -Tail' = "Get-FwDpoJobLog $id -Tail 5"
            'Save-FwDpoJobMetric' = "Save-FwDpoJobMetric $id '$folder'"
            'Save-FwDpoJobLog' = "Save-FwDpoJobLog $id '$folder'"
        }
    }
    BeforeEach { Reset-Emulator $emulator }

    It 'stops <Command> at once and cancels the request while <Activity>' -ForEach @(
        foreach ($command in 'Get-FwDpoJobMetric', 'Get-FwDpoJobMetric -Wait', 'Get-FwDpoJobLog', 'Get-FwDpoJobLog -Tail', 'Save-FwDpoJobMetric', 'Save-FwDpoJobLog') {
            @{ Command = $command; Activity = 'the storage does not respond'; Fault = @{ stall = 'headers' } }
            @{ Command = $command; Activity = 'a download stalls'; Fault = @{ stall = 'body' } }
            @{ Command = $command; Activity = 'a retry is pending'; Fault = @{ status = 503; headers = @{ 'retry-after' = '30' } } }
        }
    ) {
        Set-EmulatorFault $emulator @(foreach ($kind in 'metrics', 'log') { $Fault + @{ file = $kind } })
        $pipeline = Start-Pipeline $commands[$Command]
        Wait-Until { @(Get-EmulatorRequest $emulator | Where-Object File).Count -eq 1 }
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $pipeline.Shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 3
        $pipeline.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $pipeline.Shell.Streams.Error | Should -BeNullOrEmpty
        if ($Fault.ContainsKey('stall')) { Wait-Until { @(Get-EmulatorRequest $emulator | Where-Object File)[0].Aborted } }
        @(Get-EmulatorRequest $emulator | Where-Object File) | Should -HaveCount 1
        Get-ChildItem $folder -Force | Should -BeNullOrEmpty
    }

    It 'cancels the download when a later command throws' {
        Set-EmulatorFault $emulator @{ file = 'log'; stall = 'body' }
        { Get-FwDpoJobLog $id | ForEach-Object { throw 'enough' } } | Should -Throw 'enough'
        Wait-Until { @(Get-EmulatorRequest $emulator | Where-Object File)[0].Aborted }
        Get-FwDpoJob $id | Should -HaveCount 1
    }
}
