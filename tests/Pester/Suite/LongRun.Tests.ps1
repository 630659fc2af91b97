# A night of it: very many listings over a bad network, in a PowerShell of their own.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    $emulator = Start-Emulator emulate, --jobs, 25, --now, 2026-11-01T00:00:00Z
    $listings = 2000
    $warm = 200

    # About every sixth request: what the service says by itself, what the network does, what pages and jobs can hold.
    # Waits that the client chooses (0.5 s) make up most of the time, so what leads to them is rare.
    Set-EmulatorFault $emulator -Seed 20261101 -Rule @(
        @{ probability = 0.03; status = 429; headers = @{ 'retry-after-ms' = '1' }; body = @{ code = 8; message = 'slow down' } }
        @{ probability = 0.02; status = 503; headers = @{ 'retry-after-ms' = '1' }; body = '<html>busy</html>' }
        @{ probability = 0.01; status = 400; headers = @{ 'retry-after-ms' = '1'; 'x-should-retry' = 'true' }; body = 'odd' }
        @{ probability = 0.0008; reset = 'beforeHeaders' }
        @{ probability = 0.0008; reset = 'midBody' }
        @{ probability = 0.0008; truncate = $true }
        @{ probability = 0.0006; wrongContentLength = 'larger' }
        @{ probability = 0.0003; refuse = 200 }
        @{ probability = 0.0003; stall = 'body' }
        @{ probability = 0.02; emptyPage = $true }
        @{ probability = 0.02; duplicateJob = $true }
        @{ probability = 0.02; moveJobs = $true }
        @{ probability = 0.01; unknownFields = $true }
        @{ probability = 0.01; unknownState = $true }
        @{ probability = 0.01; escapeSequences = $true }
        @{ probability = 0.01; contentType = 'none' }
    )

    $run = Invoke-PowerShell -Environment @{ LISTINGS = $listings; WARM = $warm; ADDRESS = $emulator.Address } -Script @'
        Set-StrictMode -Version Latest
        $ErrorActionPreference = 'Stop'
        Import-Module Fireworks.DpoJobs
        # More retries than by default: among so many requests, three faults in a row do happen.
        Connect-FwAccount -ApiKey (ConvertTo-SecureString fw_test -AsPlainText) -AccountId acme -BaseUri $env:ADDRESS -TimeoutSec 2 -MaximumRetryCount 8 -SkipValidation
        function Measure-Handle([System.Diagnostics.Process] $Process) {
            if (-not $IsLinux) { return $Process.HandleCount }
            # Sockets, pipes and files, but not the assemblies, which are loaded when they are first needed.
            $targets = [System.IO.Directory]::GetFiles('/proc/self/fd') | ForEach-Object { [System.IO.File]::ResolveLinkTarget($_, $false)?.Name }
            @($targets -notlike '*.dll').Count
        }
        function Measure-Process {
            1..3 | ForEach-Object { [GC]::Collect(); [GC]::WaitForPendingFinalizers() }
            $self = [System.Diagnostics.Process]::GetCurrentProcess()
            @{
                Memory = [GC]::GetTotalMemory($true)
                Handles = Measure-Handle $self
                Threads = $self.Threads.Count
            }
        }

        # Each different list is kept once: there must be only one in the end.
        $lists = @{}
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        for ($i = 1; $i -le $env:LISTINGS -and $watch.Elapsed.TotalMinutes -lt 5; $i++) {
            $names = (Get-FwDpoJob -All -PageSize 10).Name -join ' '
            $lists[$names]++
            if ($i -eq $env:WARM) { $before = Measure-Process }
        }
        @{ Lists = @($lists.GetEnumerator() | ForEach-Object { @{ Names = $_.Key; Count = $_.Value } }); Before = $before; After = Measure-Process; Seconds = $watch.Elapsed.TotalSeconds } |
            ConvertTo-Json -Depth 4 -Compress
'@
    $faults = Get-EmulatorFault $emulator
    Set-EmulatorFault $emulator
    $account = (Get-FwDpoJob -All).Name -join ' '
    $result = if ($run.ExitCode -eq 0) { $run.Output | ConvertFrom-Json }
    if ($result) {
        '{0:N0} listings, {1:N0} requests, {2:N0} faults in {3:N0} s; memory {4:N1} MB then {5:N1}, handles {6} then {7}, threads {8} then {9}' -f
            $listings, $faults[0].Seen, ($faults.Played | Measure-Object -Sum).Sum, $result.Seconds, ($result.Before.Memory / 1MB), ($result.After.Memory / 1MB),
            $result.Before.Handles, $result.After.Handles, $result.Before.Threads, $result.After.Threads | Write-Host
    }
}

AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe '2,000 listings against random faults' {
    It 'come to their end without an error' {
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
    }

    It 'met every fault' {
        $faults | Should -HaveCount 16
        $faults.Played | Should -Not -Contain 0
        ($faults.Played | Measure-Object -Sum).Sum | Should -BeGreaterThan 700
    }

    It 'gave the account every time: each job once, in order' {
        $result.Lists | Should -HaveCount 1
        $result.Lists[0].Names | Should -BeExactly $account
        $result.Lists[0].Count | Should -Be $listings
    }

    It 'left no more <What> at the end than after the first 200' -ForEach @(
        @{ What = 'memory'; Property = 'Memory'; Slack = 2MB }
        @{ What = 'handles'; Property = 'Handles'; Slack = 5 }
        @{ What = 'threads'; Property = 'Threads'; Slack = 8 }
    ) {
        $result.After.$Property - $result.Before.$Property | Should -BeLessOrEqual $Slack
    }
}
