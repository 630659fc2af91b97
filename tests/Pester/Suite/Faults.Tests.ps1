# What goes wrong on the way, and what comes of it: the table is tests/Pester/Faults/matrix.json, with a legend.

BeforeDiscovery {
    $rows = (Get-Content (Join-Path $PSScriptRoot '../Faults/matrix.json') -Raw | ConvertFrom-Json -AsHashtable).rows
    $usual = @{ lasting = $false; operations = @('list'); pages = @(2); pageSize = 10; connection = @{}; ends = $false
        resumable = $true; written = $null; seconds = $null; check = $null }
    # One case a row, operation and page.
    $cases = foreach ($row in $rows) {
        $full = $usual.Clone()
        foreach ($key in $row.Keys) { $full[$key] = $row[$key] }
        foreach ($operation in $full.operations) {
            $pages = if ($operation -eq 'list') { $full.pages } else { 2 }
            foreach ($page in $pages) {
                $where = if ($operation -eq 'list') { "list, page $page" } else { $operation }
                $outcome = if ($row.outcome -eq 'error') { $row.id } else { $row.outcome }
                @{ Name = $row.name; Operation = $operation; Where = $where; Outcome = $outcome; Page = $page; Row = $full }
            }
        }
    }
    $recovered = $cases | Where-Object Outcome -EQ 'recovered'
    $failing = $cases | Where-Object Outcome -NE 'recovered'
    $table = $cases | ForEach-Object { '{0,-42} | {1,-12} | {2}' -f $_.Name, $_.Where, $_.Outcome }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 25, --now, 2026-11-01T00:00:00Z
    $account = (Get-FwDpoJob -All).Name
    $ids = (Get-FwDpoJob -First 3).Id

    # Cases wait more than they work, so several run in parallel, each with an emulator of its own.
    $emulators = [System.Collections.Concurrent.ConcurrentBag[object]]::new([object[]]@(
            $emulator; foreach ($n in 2..4) { Start-Emulator emulate, --jobs, 25, --now, 2026-11-01T00:00:00Z }))

    function Invoke-Case([hashtable[]] $Case) {
        $support = Join-Path $PSScriptRoot '../Support.psm1'
        $script = Join-Path $PSScriptRoot '../Faults/Invoke-Case.ps1'
        $runs = [System.Collections.Concurrent.ConcurrentDictionary[string, object]]::new()
        $Case | ForEach-Object -ThrottleLimit $emulators.Count -Parallel {
            Import-Module $using:support, Fireworks.DpoJobs
            $own = $null
            while (-not ($using:emulators).TryTake([ref]$own)) { Start-Sleep -Milliseconds 5 }
            try { ($using:runs)["$($_.Name) ($($_.Where))"] = & $using:script -Case $_ -Emulator $own -Id $using:ids }
            finally { ($using:emulators).Add($own) }
        }
        $runs
    }

    # What an operation asks for and gives when nothing goes wrong.
    function Get-Peaceful($Row, $Operation) {
        switch ($Operation) {
            'list' { @{ Names = $account; Requests = [Math]::Ceiling(25 / $Row.pageSize) } }
            'page' { @{ Names = $account[$Row.pageSize..(2 * $Row.pageSize - 1)]; Requests = 1 } }
            'get' { @{ Names = $account[0..2]; Requests = 3 } }
            'connect' { @{ Names = @(); Requests = 1 } }
        }
    }

    # The job that a data fault was played on.
    function Get-FaultyJob($Run, $Row, $Operation, $Page) {
        switch ($Operation) {
            'list' { $Run.Jobs[($Page - 1) * $Row.pageSize] }
            'page' { $Run.Jobs[0] }
            'get' { $Run.Jobs[1] }
        }
    }

    $checks = @{
        unknownFields = {
            param($Job)
            $Job.AdditionalData.Keys | Sort-Object | Should -Be 'unknownList', 'unknownMessage', 'unknownNull', 'unknownNumber', 'unknownText'
            $Job.TrainingConfig.AdditionalData.Keys | Should -HaveCount 5
        }
        unknownState = {
            param($Job)
            $Job.State | Should -Be 'Unrecognized'
            $Job.StateText | Should -BeExactly 'JOB_STATE_HIBERNATING'
            $null -eq $Job.IsFinished | Should -BeTrue
        }
        bigString = {
            param($Job)
            $Job.DisplayName.Length | Should -Be 10000000
            ($Job | Out-String -Width 120).Length | Should -BeLessThan 1000
        }
        nesting = {
            param($Job)
            $Job.AdditionalData.Keys | Should -Be 'somethingDeep'
        }
        escapeSequences = {
            param($Job)
            $Job.DisplayName | Should -BeExactly "`e[2J`e]0;title`a`u{9b}31m`u{202e}gone`u{2066}"
            foreach ($view in 'Format-Table', 'Format-List') {
                $rendering, $PSStyle.OutputRendering = $PSStyle.OutputRendering, 'PlainText'
                $text = $Job | & $view | Out-String -Width 200
                $PSStyle.OutputRendering = $rendering
                $text | Should -Match '\[2J'
                $text -replace '[\r\n]' | Should -Not -Match '[\p{Cc}\u202a-\u202e\u2066-\u2069]'
            }
        }
    }
}

AfterAll { foreach ($emulator in $emulators) { Stop-Emulator $emulator }; Remove-Module Support }

Describe 'The fault matrix' -ForEach @{ Table = $table; Rows = $rows } {
    BeforeAll {
        Write-Host ("`n{0,-42} | {1,-12} | {2}" -f 'fault', 'operation', 'outcome')
        $Table | Write-Host
    }

    It 'covers whatever the emulator can spoil' {
        $kinds = $Rows.fault.Keys | Where-Object { $_ -notin 'headers', 'body' } | Sort-Object -Unique
        $help = & dotnet $env:FIREWORKS_TEST_EMULATOR --help | Out-String
        $section = $help.Substring($help.IndexOf('  response:'), $help.IndexOf('POST /_emulator/faults accepts') - $help.IndexOf('  response:'))
        $known = [regex]::Matches($section, '"(\w+)":') | ForEach-Object { $_.Groups[1].Value } |
            Where-Object { $_ -notin 'headers', 'body' } | Sort-Object -Unique
        $known.Count | Should -BeGreaterThan 15
        $kinds | Should -Be $known
    }

    It 'covers <What>' -ForEach @(
        @{ What = 'every status of the table of errors'; Kind = 'status'; Values = 302, 400, 401, 402, 403, 404, 408, 409, 412, 429, 500, 502, 503, 504 }
        @{ What = 'both resets'; Kind = 'reset'; Values = 'beforeHeaders', 'midBody' }
        @{ What = 'both stalls'; Kind = 'stall'; Values = 'headers', 'body' }
        @{ What = 'both wrong lengths'; Kind = 'wrongContentLength'; Values = 'smaller', 'larger' }
        @{ What = 'token loops of 1 and 3'; Kind = 'tokenLoop'; Values = 1, 3 }
    ) {
        $covered = $Rows.fault | ForEach-Object { $_[$Kind] }
        foreach ($value in $Values) { $covered | Should -Contain $value }
    }
}

Describe 'A fault that is got over' -ForEach @{ Cases = $recovered } {
    BeforeAll { $runs = Invoke-Case $Cases }

    It '<Name> (<Where>): every job once, in order' -ForEach $recovered {
        $peaceful = Get-Peaceful $Row $Operation
        $run = $runs["$Name ($Where)"]

        $run.Failures | Should -BeNullOrEmpty
        $run.Played | Should -Be 1
        $run.Names -join "`n" | Should -BeExactly ($peaceful.Names -join "`n")
        $run.Requests | Should -HaveCount ($peaceful.Requests + $Row.tries - 1)
        if ($Row.seconds) {
            $run.Seconds | Should -BeGreaterOrEqual $Row.seconds[0]
            $run.Seconds | Should -BeLessOrEqual $Row.seconds[1]
        }
        if ($Operation -eq 'connect') { $run.ApiKeySource | Should -BeExactly '-ApiKey' }
        elseif ($Row.check) { & $checks[$Row.check] (Get-FaultyJob $run $Row $Operation $Page) }
    }
}

Describe 'A fault that is an error' -ForEach @{ Cases = $failing } {
    BeforeAll { $runs = Invoke-Case $Cases }

    It '<Name> (<Where>): <Outcome>' -ForEach $failing {
        $peaceful = Get-Peaceful $Row $Operation
        $run = $runs["$Name ($Where)"]

        # One error, which says what and where.
        $run.Failures | Should -HaveCount 1
        $failure = $run.Failures[0]
        $failure.FullyQualifiedErrorId | Should -BeLike "$($Row.id),*"
        "$failure" | Should -Match $Row.text
        "$failure" | Should -Match ([regex]::Escape("Request: GET $($run.Address)v1/accounts/acme/dpoJobs"))
        "$failure" | Should -Not -Match 'Exception|   at |fw_test'
        if ($Row.seconds) {
            $run.Seconds | Should -BeGreaterOrEqual $Row.seconds[0]
            $run.Seconds | Should -BeLessOrEqual $Row.seconds[1]
        }

        # No more was asked for than makes sense.
        $others = switch ($Operation) { 'list' { $Page - 1 } 'get' { if ($Row.ends) { 1 } else { 2 } } default { 0 } }
        $run.Requests | Should -HaveCount ($others + $Row.tries)
        $run.Played | Should -Be $(if ($Row.lasting) { $Row.tries } else { 1 })

        # Everything before it is there; after the fault, the rest is to be had.
        $run.IsTerminating | Should -Be ($Operation -ne 'get' -or $Row.ends)
        switch ($Operation) {
            'list' {
                $written = if ($null -ne $Row.written) { $Row.written } else { ($Page - 1) * $Row.pageSize }
                $run.Names | Should -Be @($account | Select-Object -First $written)
                if ($Row.resumable) {
                    $token = $failure.Exception.PageToken
                    if ($Page -gt 1) {
                        $token | Should -Not -BeNullOrEmpty
                        "$failure" | Should -Match ([regex]::Escape("-PageToken '$token' -PageSize $($Row.pageSize)"))
                    }
                    else { $token | Should -BeNullOrEmpty }
                    $run.Names + $run.Rest -join "`n" | Should -BeExactly ($account -join "`n")
                }
            }
            'page' {
                $run.Jobs | Should -BeNullOrEmpty
                $failure.Exception.PageToken | Should -BeExactly $run.Token
                $run.Rest | Should -Be $peaceful.Names
            }
            'get' {
                $run.Names | Should -Be $(if ($Row.ends) { $account[0] } else { $account[0, 2] })
                $failure.TargetObject | Should -BeExactly $account[1]
            }
            'connect' { $run.ApiKeySource | Should -Match 'FIREWORKS_API_KEY' }
        }
    }
}
