# The commands of the README work as printed, on a simulated account.

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

    # Runs the code as a script file in an empty folder.
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
    It 'contains only code that PowerShell can parse' {
        foreach ($match in [regex]::Matches($readme, '(?s)```powershell\n(.*?)```')) {
            $errors = $null
            $null = [System.Management.Automation.Language.Parser]::ParseInput($match.Groups[1].Value, [ref]$null, [ref]$errors)
            $errors | Should -BeNullOrEmpty -Because $match.Groups[1].Value
        }
    }

    It 'links to files and headings that exist' {
        foreach ($match in [regex]::Matches(($readme -replace '(?s)```.*?```'), '\]\((?!https:)(?<file>[^)#]+)(#(?<heading>[^)]+))?\)')) {
            $file = Join-Path $env:FIREWORKS_TEST_ROOT $match.Groups['file'].Value
            $file | Should -Exist
            $heading = $match.Groups['heading'].Value
            if ($heading) {
                $headings = [regex]::Matches((Get-Content $file -Raw), '(?m)^#+ (.+)$') | ForEach-Object { $_.Groups[1].Value.ToLower() -replace '[^a-z0-9 -]' -replace ' ', '-' }
                $headings | Should -Contain $heading
            }
        }
    }

    It 'has a quick start whose commands all write something' {
        $lines = (Get-ReadmeCode 'Quick start') -split '\n' | Where-Object { $_ }
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

    It 'begins with three commands that work together' {
        $lines = [regex]::Match($readme, '(?s)```powershell\n(.*?)```').Groups[1].Value -split '\n' | Where-Object { $_ }
        $lines | Should -HaveCount 3
        $code = 'function Read-Host { ConvertTo-SecureString fw_test -AsPlainText }', ($lines -join "`n") -join "`n"
        $run = Invoke-ReadmeCode $code @{ FIREWORKS_API_KEY = $null }
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.Output | Should -Match 'Failed'
    }
}

Describe 'The plot on the first screen' {
    It 'is the output of its command' {
        $block = [regex]::Match($readme, '(?s)```text\n(?<text>PS> .+?)\n```')
        $readme.Substring(0, $block.Index) -split '\n' | Measure-Object | ForEach-Object Count | Should -BeLessThan 25
        $shown = Get-Transcript $block.Groups['text'].Value
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = ''
            $lines = & ([scriptblock]::Create($shown.Code))
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
        $lines -join "`n" | Should -BeExactly $shown.Output.Trim("`r", "`n")
    }
}

Describe 'The recipe for a nightly report' {
    BeforeAll { $code = Get-ReadmeCode 'A nightly report of failed jobs' }

    It 'writes the failed jobs to a file and exits with 1' {
        $run = Invoke-ReadmeCode $code
        $failed = @(Get-FwDpoJob -All -State Failed -CreatedAfter 7d)
        $failed.Count | Should -BeGreaterThan 0
        $run.Output.Trim() | Should -Be "$($failed.Count) jobs of the last seven days have failed: failed.csv"
        $run.ExitCode | Should -Be 1
        $rows = @(Import-Csv (Join-Path $run.Folder failed.csv))
        $rows.Id | Should -Be @($failed.Id)
        $rows.Why | Should -Be @($failed | ForEach-Object { $_.Status.Message })
    }

    It 'exits with 0 if no job has failed' {
        $empty = Start-Emulator emulate, --jobs, 0
        try { $run = Invoke-ReadmeCode $code @{ FIREWORKS_BASE_URL = "$($empty.Address)" } }
        finally {
            Stop-Emulator $empty
            $env:FIREWORKS_BASE_URL = $emulator.Address
        }
        $run.ExitCode | Should -Be 0
        $run.Output.Trim() | Should -BeLike '0 jobs of the last seven days have failed*'
    }

    It 'exits with 2 and reports the reason if the service cannot be queried' {
        $run = Invoke-ReadmeCode $code @{ FIREWORKS_API_KEY = $null }
        $run.ExitCode | Should -Be 2
        $run.Output | Should -Match 'could not be read.*Connect-FwAccount'
        Join-Path $run.Folder failed.csv | Should -Not -Exist
    }

    It 'runs from the crontab line, with the key in a file' {
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

Describe 'The recipe for many accounts in parallel' {
    It 'uses the key of each profile' {
        $folder = Join-Path $TestDrive home/.fireworks/profiles
        foreach ($name in 'research', 'production') {
            $null = New-Item (Join-Path $folder $name) -ItemType Directory -Force
            $file = Join-Path $folder $name auth.ini
            Set-Content $file "api_key = fw_$name`naccount_id = acme"
            if (-not $IsWindows) { chmod 600 $file }
        }
        $environment = @{ HOME = Join-Path $TestDrive home; FIREWORKS_API_KEY = $null; FIREWORKS_ACCOUNT_ID = $null }
        $run = Invoke-ReadmeCode (Get-ReadmeCode 'Many accounts in parallel') $environment
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.Output | Should -Match "\b$(2 * @(Get-FwDpoJob -All -State Failed).Count) acme"
    }
}
