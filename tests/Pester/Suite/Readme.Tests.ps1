# Every command that the README prints works as printed: here on a made-up account, in a session of its own each.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $now = [DateTimeOffset]::UtcNow.ToString('yyyy-MM-ddTHH:00:00Z')
    $emulator = Start-Emulator emulate, --jobs, 500, --now, $now
    $readme = Get-Content (Join-Path $env:FIREWORKS_TEST_ROOT 'README.md') -Raw

    function Get-ReadmeCode($Heading) {
        $section = [regex]::Match($readme, "(?s)\n##+ $([regex]::Escape($Heading))\n(.*?)(\n##+ |\z)").Groups[1].Value
        $code = [regex]::Match($section, '(?s)```powershell\n(.*?)```').Groups[1].Value
        if (-not $code) { throw "The README has no code under '$Heading'." }
        $code
    }

    # In a folder that is empty at first, as a file of a scheduler would run.
    function Invoke-ReadmeCode($Code, [hashtable] $Environment = @{}) {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item $folder -ItemType Directory
        Set-Content (Join-Path $folder script.ps1) $Code
        $run = Invoke-Runspace "Set-Location '$folder'; ./script.ps1" -Environment $Environment
        [pscustomobject]@{ Output = $run.Output; ErrorOutput = $run.ErrorOutput; ExitCode = $run.ExitCode; Folder = $folder }
    }
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'The README' {
    It 'prints commands that PowerShell can read' {
        foreach ($match in [regex]::Matches($readme, '(?s)```powershell\n(.*?)```')) {
            $errors = $null
            $null = [System.Management.Automation.Language.Parser]::ParseInput($match.Groups[1].Value, [ref]$null, [ref]$errors)
            $errors | Should -BeNullOrEmpty -Because $match.Groups[1].Value
        }
    }

    It 'links to files and headings that exist' {
        $headings = [regex]::Matches($readme, '(?m)^#+ (.+)$') | ForEach-Object { '#' + ($_.Groups[1].Value.ToLower() -replace '[^a-z0-9 -]' -replace ' ', '-') }
        foreach ($match in [regex]::Matches(($readme -replace '(?s)```.*?```'), '\]\((?!https:)(?<to>[^)]+)\)')) {
            $to = $match.Groups['to'].Value
            if ($to.StartsWith('#')) { $headings | Should -Contain $to }
            else { Join-Path $env:FIREWORKS_TEST_ROOT $to | Should -Exist }
        }
    }

    It 'prints one-liners that work' {
        $lines = (Get-ReadmeCode 'Use') -split '\n' | Where-Object { $_ }
        $lines.Count | Should -BeGreaterThan 10
        Push-Location $TestDrive
        try {
            Set-Content ids.txt nightly-qwen-000477
            foreach ($line in $lines) {
                $output = @(& ([scriptblock]::Create($line)) 3>$null)
                if ($line -match 'Export-Csv') { @(Import-Csv jobs.csv) | Should -HaveCount 500 }
                else { $output.Count | Should -BeGreaterThan 0 -Because $line }
            }
        }
        finally { Pop-Location }
    }

    It 'has a first screen that works' {
        $lines = [regex]::Match($readme, '(?s)```powershell\n(.*?)```').Groups[1].Value -split '\n' | Where-Object { $_ }
        $lines | Should -HaveCount 3
        $code = 'function Read-Host { ConvertTo-SecureString fw_test -AsPlainText }', ($lines -join "`n") -join "`n"
        $run = Invoke-ReadmeCode $code @{ FIREWORKS_API_KEY = $null }
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.Output | Should -Match 'Failed'
    }
}

Describe 'A nightly report of failed jobs' {
    BeforeAll { $code = Get-ReadmeCode 'A nightly report of failed jobs' }

    It 'lists them in a file, and ends with 1 when there are any' {
        $run = Invoke-ReadmeCode $code
        $failed = @(Get-FwDpoJob -All -State Failed -CreatedAfter 7d)
        $failed.Count | Should -BeGreaterThan 0
        $run.Output.Trim() | Should -Be "$($failed.Count) jobs of the last seven days have failed: failed.csv"
        $run.ExitCode | Should -Be 1
        $rows = @(Import-Csv (Join-Path $run.Folder failed.csv))
        $rows.Id | Should -Be @($failed.Id)
        $rows.Why | Should -Be @($failed | ForEach-Object { $_.Status.Message })
    }

    It 'ends with 0 when there are none' {
        $empty = Start-Emulator emulate, --jobs, 0
        try { $run = Invoke-ReadmeCode $code @{ FIREWORKS_BASE_URL = "$($empty.Address)" } }
        finally {
            Stop-Emulator $empty
            $env:FIREWORKS_BASE_URL = $emulator.Address
        }
        $run.ExitCode | Should -Be 0
        $run.Output.Trim() | Should -BeLike '0 jobs of the last seven days have failed*'
    }

    It 'ends with 2 and says why when the service cannot be asked' {
        $run = Invoke-ReadmeCode $code @{ FIREWORKS_API_KEY = $null }
        $run.ExitCode | Should -Be 2
        $run.Output | Should -Match 'could not be read.*Connect-FwAccount'
        Join-Path $run.Folder failed.csv | Should -Not -Exist
    }

    It 'has a line for cron, with its key in a file' {
        if ($IsWindows) { Set-ItResult -Skipped -Because 'Windows has no cron' }
        $line = [regex]::Match($readme, '(?m)^0 7 \* \* \* +(.+)$').Groups[1].Value
        $there = Join-Path $TestDrive cron
        $null = New-Item $there -ItemType Directory
        Set-Content (Join-Path $there report.ps1) $code
        Set-Content (Join-Path $there .fireworks.env) 'export FIREWORKS_API_KEY=fw_cron'
        $key = $env:FIREWORKS_API_KEY
        try {
            $env:FIREWORKS_API_KEY = $null
            $output = sh -c "HOME='$there'; $line"
        }
        finally { $env:FIREWORKS_API_KEY = $key }
        $LASTEXITCODE | Should -Be 1
        $output | Should -Match 'jobs of the last seven days have failed'
    }
}

Describe 'An alert on jobs that are stuck' {
    It 'tells them to the webhook' {
        $stuck = @(Get-FwDpoJob -All -State Paused, Pending -CreatedBefore 1d)
        $stuck.Count | Should -BeGreaterThan 0
        Reset-Emulator $emulator
        Set-EmulatorResponse $emulator @{ path = '/hook'; status = 200; body = 'ok' }
        $run = Invoke-ReadmeCode (Get-ReadmeCode 'An alert on jobs that are stuck') @{ ALERT_WEBHOOK = "$($emulator.Address)hook" }
        $run.ErrorOutput | Should -BeNullOrEmpty
        @(Get-EmulatorRequest $emulator | Where-Object { $_.Method -eq 'POST' -and $_.Path -eq '/hook' -and $_.Status -eq 200 }) | Should -HaveCount 1
    }
}

Describe 'CSV and JSON' {
    It 'have every job, and no secret' {
        $run = Invoke-ReadmeCode (Get-ReadmeCode 'CSV and JSON')
        $run.ErrorOutput | Should -BeNullOrEmpty
        $rows = @(Import-Csv (Join-Path $run.Folder jobs.csv))
        $rows | Should -HaveCount 500
        @($rows.BaseModel | Where-Object { $_ }).Count | Should -BeGreaterThan 400
        $json = Get-Content (Join-Path $run.Folder jobs.json) -Raw
        ($json | ConvertFrom-Json) | Should -HaveCount 500
        $json | Should -Match '"ApiKey": \{\}'
        $json | Should -Not -Match 'X-Goog-Signature'
        $lines = Get-Content (Join-Path $run.Folder jobs.jsonl)
        $lines | Should -HaveCount 500
        ($lines[7] | ConvertFrom-Json).Name | Should -Be ($json | ConvertFrom-Json)[7].Name
    }
}

Describe 'Many accounts side by side' {
    It 'takes the key of each from its profile' {
        $folder = Join-Path $TestDrive home/.fireworks/profiles
        foreach ($name in 'research', 'production') {
            $null = New-Item (Join-Path $folder $name) -ItemType Directory -Force
            $file = Join-Path $folder $name auth.ini
            Set-Content $file "api_key = fw_$name`naccount_id = acme"
            if (-not $IsWindows) { chmod 600 $file }
        }
        $environment = @{ HOME = Join-Path $TestDrive home; FIREWORKS_API_KEY = $null; FIREWORKS_ACCOUNT_ID = $null }
        $run = Invoke-ReadmeCode (Get-ReadmeCode 'Many accounts side by side') $environment
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.Output | Should -Match "\b$(2 * @(Get-FwDpoJob -All -State Failed).Count) acme"
    }
}

Describe 'A large account' {
    It 'is counted alike, side by side' {
        $large = Start-Emulator emulate, --jobs, 2000, --now, $now
        try {
            $run = Invoke-ReadmeCode (Get-ReadmeCode 'A large account')
            $run.ErrorOutput | Should -BeNullOrEmpty
            foreach ($group in Get-FwDpoJob -All | Group-Object State -NoElement) {
                $run.Output | Should -Match "(?m)^\s*$($group.Count) $($group.Name)\b"
            }
            @(Get-EmulatorRequest $large | Where-Object { $_.Query['filter'] -match 'create_time' }).Count | Should -BeGreaterThan 2
        }
        finally {
            Stop-Emulator $large
            $env:FIREWORKS_BASE_URL = $emulator.Address
        }
    }
}

Describe 'What a filter costs' {
    It 'is what the comments beside it say' {
        $lines = (Get-ReadmeCode 'What a filter costs') -split '\n' | Where-Object { $_ }
        $counts = foreach ($line in $lines) {
            Reset-Emulator $emulator
            $jobs = @(& ([scriptblock]::Create($line)))
            $filters = @(Get-EmulatorRequest $emulator | ForEach-Object { $_.Query['filter'] })
            [pscustomobject]@{ Jobs = $jobs.Count; IsFiltered = @($filters | Where-Object { $_ }).Count -gt 0; Says = $line -match '# failed ones are sent' }
        }
        $counts | Should -HaveCount 3
        $counts[1].Jobs | Should -Be $counts[2].Jobs
        foreach ($count in $counts) { $count.IsFiltered | Should -Be $count.Says }
    }
}
