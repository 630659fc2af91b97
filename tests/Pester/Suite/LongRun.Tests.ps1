# A soak test: thousands of listings with random faults, in a separate PowerShell process.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    # One emulator per runspace, because an emulator can move jobs between the pages of only one listing at a time.
    $emulators = 1..4 | ForEach-Object { Start-Emulator emulate, --jobs, 25, --now, 2026-11-01T00:00:00Z }
    $listings = 2000
    $warmUp = 200

    # Together about one in six requests: errors of the service, faults of the network, and unusual pages and jobs.
    # Network faults are rare, because the retry delay that the client chooses (0.5 s) takes most of the time.
    $rules = @(
        @{ probability = 0.03; status = 429; headers = @{ 'retry-after-ms' = '1' }; body = @{ code = 8; message = 'slow down' } }
        @{ probability = 0.02; status = 503; headers = @{ 'retry-after-ms' = '1' }; body = '<html>busy</html>' }
        @{ probability = 0.01; status = 400; headers = @{ 'retry-after-ms' = '1'; 'x-should-retry' = 'true' }; body = 'odd' }
        @{ probability = 0.0008; reset = 'beforeHeaders' }
        @{ probability = 0.0008; reset = 'midBody' }
        @{ probability = 0.0008; truncate = $true }
        @{ probability = 0.0008; wrongContentLength = 'larger' }
        @{ probability = 0.0008; refuse = 200 }
        @{ probability = 0.001; stall = 'body' }
        @{ probability = 0.02; emptyPage = $true }
        @{ probability = 0.02; duplicateJob = $true }
        @{ probability = 0.02; moveJobs = $true }
        @{ probability = 0.01; unknownFields = $true }
        @{ probability = 0.01; unknownState = $true }
        @{ probability = 0.01; escapeSequences = $true }
        @{ probability = 0.01; contentType = 'none' }
    )
    for ($i = 0; $i -lt $emulators.Count; $i++) { Set-EmulatorFault $emulators[$i] -Seed (20261101 + $i) -Rule $rules }

    $run = Invoke-PowerShell -Environment @{ LISTINGS = $listings; WARM_UP = $warmUp; ADDRESSES = ($emulators | ForEach-Object Address) -join ' ' } -Script @'
        Set-StrictMode -Version Latest
        $ErrorActionPreference = 'Stop'
        Import-Module Fireworks.DpoJobs
        function Measure-Handle([System.Diagnostics.Process] $Process) {
            if (-not $IsLinux) { return $Process.HandleCount }
            # Sockets, pipes and files, but no assemblies, which are loaded on demand.
            $targets = foreach ($handle in [System.IO.Directory]::GetFiles('/proc/self/fd')) {
                # The handle may have been closed since.
                try { [System.IO.File]::ResolveLinkTarget($handle, $false).Name } catch { continue }
            }
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

        # Several runspaces, because a listing mostly waits. They stay open: PowerShell retains some memory of each.
        $shells = @(foreach ($address in $env:ADDRESSES -split ' ') {
                $shell = [powershell]::Create()
                # More retries than the default: three faults in a row do occur among so many requests.
                $null = $shell.AddScript(@"
                    `$ErrorActionPreference = 'Stop'
                    Import-Module Fireworks.DpoJobs
                    Connect-FwAccount -ApiKey (ConvertTo-SecureString fw_test -AsPlainText) -AccountId acme -BaseUri $address -TimeoutSec 2 -MaximumRetryCount 8 -SkipValidation
"@).Invoke()
                $shell
            })

        # Counts the distinct results. There must be only one in the end.
        $lists = @{}
        function Measure-Listing([int] $Count) {
            $pending = foreach ($shell in $shells) {
                $shell.Commands.Clear()
                $null = $shell.AddScript('1..$args[0] | ForEach-Object { (Get-FwDpoJob -All -PageSize 10).Name -join " " } | Group-Object -NoElement').AddArgument($Count / $shells.Count)
                $shell.BeginInvoke()
            }
            for ($i = 0; $i -lt $shells.Count; $i++) { foreach ($list in $shells[$i].EndInvoke($pending[$i])) { $lists[$list.Name] += $list.Count } }
        }

        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        Measure-Listing $env:WARM_UP
        $before = Measure-Process
        Measure-Listing ($env:LISTINGS - $env:WARM_UP)
        @{ Lists = @($lists.GetEnumerator() | ForEach-Object { @{ Names = $_.Key; Count = $_.Value } }); Before = $before; After = Measure-Process; Seconds = $watch.Elapsed.TotalSeconds } |
            ConvertTo-Json -Depth 4 -Compress
'@
    # All emulators have the same rules.
    $faults = for ($i = 0; $i -lt $rules.Count; $i++) { [pscustomobject]@{ Seen = 0; Played = 0 } }
    foreach ($emulator in $emulators) {
        $counts = @(Get-EmulatorFault $emulator)
        for ($i = 0; $i -lt $rules.Count; $i++) {
            $faults[$i].Seen += $counts[$i].Seen
            $faults[$i].Played += $counts[$i].Played
        }
        Set-EmulatorFault $emulator
    }
    $account = (Get-FwDpoJob -All).Name -join ' '
    $result = if ($run.ExitCode -eq 0) { $run.Output | ConvertFrom-Json }
    if ($result) {
        '{0:N0} listings, {1:N0} requests, {2:N0} faults in {3:N0} s; memory {4:N1} → {5:N1} MB, handles {6} → {7}, threads {8} → {9}' -f
            $listings, $faults[0].Seen, ($faults.Played | Measure-Object -Sum).Sum, $result.Seconds, ($result.Before.Memory / 1MB), ($result.After.Memory / 1MB),
            $result.Before.Handles, $result.After.Handles, $result.Before.Threads, $result.After.Threads | Write-Host
    }
}

AfterAll { foreach ($emulator in $emulators) { Stop-Emulator $emulator }; Remove-Module Support }

Describe '2,000 listings with random faults' {
    It 'complete without an error' {
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
    }

    It 'encounter every fault' {
        $faults | Should -HaveCount 16
        $faults.Played | Should -Not -Contain 0
        ($faults.Played | Measure-Object -Sum).Sum | Should -BeGreaterThan 700
    }

    It 'each return every job once, in order' {
        $result.Lists | Should -HaveCount 1
        $result.Lists[0].Names | Should -BeExactly $account
        $result.Lists[0].Count | Should -Be $listings
    }

    It 'use no more <Resource> at the end than after the first 200' -ForEach @(
        @{ Resource = 'memory'; Property = 'Memory'; Slack = 2MB }
        @{ Resource = 'handles'; Property = 'Handles'; Slack = 5 }
        @{ Resource = 'threads'; Property = 'Threads'; Slack = 8 }
    ) {
        $result.After.$Property - $result.Before.$Property | Should -BeLessOrEqual $Slack
    }
}
