# A soak test: random listings with random faults, rate limits, stops, page sizes and requests in parallel, in a separate
# PowerShell process. FIREWORKS_TEST_SOAK_SECONDS is its duration, FIREWORKS_TEST_SOAK_SEED selects other runs.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    $seconds = if ($env:FIREWORKS_TEST_SOAK_SECONDS) { [int]$env:FIREWORKS_TEST_SOAK_SECONDS } else { 12 }
    $seed = if ($env:FIREWORKS_TEST_SOAK_SEED) { [int]$env:FIREWORKS_TEST_SOAK_SEED } else { 20261101 }
    # One emulator per runspace, each with other random faults.
    $emulators = 1..3 | ForEach-Object { Start-Emulator emulate, --jobs, 300, --now, 2026-11-01T00:00:00Z }
    $account = (Get-FwDpoJob -All).Name

    # Together about one in eight requests: errors of the service, faults of the network, and unusual pages and jobs.
    # Faults whose retry delay is the client's own (0.5 s) are rare, because waiting would take most of the time.
    $rules = @(
        @{ probability = 0.001; status = 403; body = @{ code = 7; message = 'not today' } }
        @{ probability = 0.02; status = 429; headers = @{ 'retry-after-ms' = '2' }; body = @{ code = 8; message = 'slow down' } }
        @{ probability = 0.02; status = 503; headers = @{ 'retry-after-ms' = '1' }; body = '<html>busy</html>' }
        @{ probability = 0.01; status = 400; headers = @{ 'retry-after-ms' = '1'; 'x-should-retry' = 'true' }; body = 'odd' }
        @{ probability = 0.001; reset = 'beforeHeaders' }
        @{ probability = 0.001; reset = 'midBody' }
        @{ probability = 0.001; truncate = $true }
        @{ probability = 0.001; truncatedGzip = $true }
        @{ probability = 0.001; wrongContentLength = 'larger' }
        @{ probability = 0.001; status = 200; body = @{} }
        @{ probability = 0.0005; refuse = 200 }
        @{ probability = 0.0005; stall = 'body' }
        @{ probability = 0.02; emptyPage = $true }
        @{ probability = 0.02; duplicateJob = $true }
        @{ probability = 0.01; unknownFields = $true }
        @{ probability = 0.01; unknownState = $true }
        @{ probability = 0.01; escapeSequences = $true }
        @{ probability = 0.01; contentType = 'none' }
        @{ rate = 80; headers = @{ 'retry-after-ms' = '20' } }
    )
    for ($i = 0; $i -lt $emulators.Count; $i++) { Set-EmulatorFault $emulators[$i] -Seed ($seed + $i) -Rule $rules }

    $run = Invoke-PowerShell -Environment @{
        SECONDS = $seconds; SEED = $seed; ADDRESSES = ($emulators | ForEach-Object Address) -join ' '; ACCOUNT = $account -join ' '
    } -Script @'
        Set-StrictMode -Version Latest
        $ErrorActionPreference = 'Stop'
        Import-Module Fireworks.DpoJobs
        Add-Type 'using System.Threading; using System.Threading.Tasks;
            public static class Unobserved {
                public static int Count;
                public static void Watch() { TaskScheduler.UnobservedTaskException += (_, _) => Interlocked.Increment(ref Count); }
            }'
        [Unobserved]::Watch()
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
            @{ Memory = [GC]::GetTotalMemory($true); Handles = Measure-Handle $self; Threads = $self.Threads.Count }
        }

        # One listing per random number: all jobs, the first ones, or a part before Ctrl-C. Returns what is wrong with it.
        $loop = {
            param($Address, $Seed, $Until, $Account)
            $ErrorActionPreference = 'Stop'
            # The streams of a [powershell] retain every record.
            $ProgressPreference = $WarningPreference = 'SilentlyContinue'
            Import-Module Fireworks.DpoJobs
            # More retries than the default: several faults in a row do occur among so many requests.
            $connection = Connect-FwAccount -ApiKey (ConvertTo-SecureString fw_test -AsPlainText) -AccountId acme -BaseUri $Address -TimeoutSec 2 -MaximumRetryCount 8 -SkipValidation -PassThru
            $descending = [string[]]$Account.Clone()
            [array]::Reverse($descending)
            $counts = @{ all = 0; first = 0; stop = 0; failed = 0 }
            $problems = [System.Collections.Generic.List[string]]::new()
            $inner = [powershell]::Create()
            for ($number = 0; [datetime]::UtcNow -lt $Until; $number++) {
                $random = [random]::new($Seed + $number)
                $listing = @{ Connection = $connection; PageSize = (5, 10, 25, 50, 200)[$random.Next(5)]; ThrottleLimit = (1, 1, 2, 4, 8, 64)[$random.Next(6)] }
                if ($random.Next(3) -eq 0) { $listing.OrderBy = 'Name desc' }
                $expected = if ($listing.ContainsKey('OrderBy')) { $descending } else { $Account }
                $kind = ('all', 'first', 'stop')[$random.Next(3)]
                $limit = $random.Next(1, 300)
                $names = [System.Collections.Generic.List[string]]::new()
                $failure = $null
                try {
                    switch ($kind) {
                        'all' { Get-FwDpoJob -All @listing | ForEach-Object { $names.Add($_.Name) } }
                        'first' { Get-FwDpoJob -All @listing | Select-Object -First $limit | ForEach-Object { $names.Add($_.Name) } }
                        'stop' {
                            $inner.Commands.Clear()
                            $null = $inner.AddScript('param($Listing, $Names) Get-FwDpoJob -All @Listing | ForEach-Object { $Names.Add($_.Name) }').AddArgument($listing).AddArgument($names)
                            $running = $inner.BeginInvoke()
                            $null = $running.AsyncWaitHandle.WaitOne($random.Next(60))
                            $inner.Stop()
                            try { $null = $inner.EndInvoke($running) }
                            catch [System.Management.Automation.PipelineStoppedException] { $failure = $null }
                            $inner.Streams.ClearStreams()
                        }
                    }
                }
                catch { $failure = $_ }
                $counts[$kind]++
                $what = "seed $($Seed + $number), $kind, -PageSize $($listing.PageSize), -ThrottleLimit $($listing.ThrottleLimit), $($names.Count) jobs"
                if (($names -join ' ') -cne (@($expected | Select-Object -First $names.Count) -join ' ')) { $problems.Add("${what}: other jobs, or another order") }
                if ($failure) {
                    $counts.failed++
                    $fault = if ($failure.Exception.InnerException) { $failure.Exception.InnerException.Message } else { "$failure" }
                    if ($fault -notmatch 'not today') { $problems.Add("${what}: $fault") }
                }
                elseif ($kind -eq 'all' -and $names.Count -ne $expected.Count) { $problems.Add("${what}: incomplete without an error") }
                elseif ($kind -eq 'first' -and $names.Count -ne $limit) { $problems.Add("${what}: not the first $limit") }
            }
            @{ Counts = $counts; Problems = $problems }
        }

        # Several runspaces, because a listing mostly waits. They stay open: PowerShell retains some memory of each.
        $addresses = $env:ADDRESSES -split ' '
        $shells = @(foreach ($address in $addresses) { [powershell]::Create() })
        $total = @{ all = 0; first = 0; stop = 0; failed = 0 }
        $problems = [System.Collections.Generic.List[string]]::new()
        function Measure-Listing([double] $Seconds, [int] $Seed) {
            $until = [datetime]::UtcNow.AddSeconds($Seconds)
            $pending = for ($i = 0; $i -lt $shells.Count; $i++) {
                $shells[$i].Commands.Clear()
                $null = $shells[$i].AddScript($loop).AddArgument($addresses[$i]).AddArgument($Seed + 1000000 * $i).AddArgument($until).AddArgument([string[]]($env:ACCOUNT -split ' '))
                $shells[$i].BeginInvoke()
            }
            for ($i = 0; $i -lt $shells.Count; $i++) {
                foreach ($result in $shells[$i].EndInvoke(@($pending)[$i])) {
                    foreach ($kind in @($total.Keys)) { $total[$kind] += $result.Counts[$kind] }
                    $problems.AddRange([string[]]@($result.Problems))
                }
            }
        }

        Measure-Listing ($env:SECONDS / 3) $env:SEED
        $before = Measure-Process
        Measure-Listing (2 * $env:SECONDS / 3) ([int]$env:SEED + 500000)
        @{ Counts = $total; Problems = @($problems | Select-Object -First 20); Before = $before; After = Measure-Process; Unobserved = [Unobserved]::Count } |
            ConvertTo-Json -Depth 4 -Compress
'@
    $result = if ($run.ExitCode -eq 0) { $run.Output | ConvertFrom-Json }
    if ($result) {
        '{0:N0} listings ({1:N0} stopped, {2:N0} failed) in {3:N0} s from seed {4}; memory {5:N1} → {6:N1} MB, handles {7} → {8}, threads {9} → {10}' -f
            ($result.Counts.all + $result.Counts.first + $result.Counts.stop), $result.Counts.stop, $result.Counts.failed, $seconds, $seed,
            ($result.Before.Memory / 1MB), ($result.After.Memory / 1MB), $result.Before.Handles, $result.After.Handles, $result.Before.Threads, $result.After.Threads | Write-Host
    }
}

AfterAll { foreach ($emulator in $emulators) { Stop-Emulator $emulator }; Remove-Module Support }

Describe 'Random listings with random faults' {
    It 'end without an error of the process' {
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
    }

    It 'return exactly the jobs of the account in order, or those before one precise error' {
        $result.Problems | Should -BeNullOrEmpty
    }

    It 'are of every kind, and encounter faults and the rate limit' {
        foreach ($kind in 'all', 'first', 'stop') { $result.Counts.$kind | Should -BeGreaterThan 3 }
        for ($i = 0; $i -lt $rules.Count; $i++) {
            $counts = $emulators | ForEach-Object { @(Get-EmulatorFault $_)[$i] }
            $seen = ($counts | Measure-Object Seen -Sum).Sum
            # A slow machine sends too few requests for rare faults, and not enough in a second for the rate limit.
            $expected = if ($rules[$i].ContainsKey('rate')) { $seen / $emulators.Count / $seconds -gt 2 * $rules[$i].rate } else { $seen * $rules[$i].probability -gt 20 }
            if ($expected) { ($counts | Measure-Object Played -Sum).Sum | Should -BeGreaterThan 0 -Because ($rules[$i] | ConvertTo-Json -Compress) }
        }
    }

    It 'leave no failed task unobserved' {
        $result.Unobserved | Should -Be 0
    }

    It 'use no more <Resource> at the end than after the first third' -ForEach @(
        @{ Resource = 'memory'; Property = 'Memory'; Slack = 6MB }
        @{ Resource = 'handles'; Property = 'Handles'; Slack = 20 }
        @{ Resource = 'threads'; Property = 'Threads'; Slack = 8 }
    ) {
        $result.After.$Property - $result.Before.$Property | Should -BeLessOrEqual $Slack
    }
}
