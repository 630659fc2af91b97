BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $commands = (Get-Module Fireworks.DpoJobs).ExportedCmdlets.Keys | ForEach-Object { @{ Name = $_ } }
    $topics = 'about_Fireworks.DpoJobs', 'about_Fireworks.DpoJobs_Cookbook', 'about_Fireworks.DpoJobs_Errors', 'about_Fireworks.DpoJobs_Filters' |
        ForEach-Object { @{ Name = $_ } }

    # As a user reads them. In a topic, a transcript is indented by eight spaces.
    $examples = @(
        foreach ($command in $commands.Name) {
            foreach ($example in (Get-Help $command -Full).examples.example) {
                @{ Source = $command; Title = $example.title.Trim('-', ' '); Transcript = $example.code }
            }
        }
        foreach ($topic in $topics.Name) {
            $lines = [regex]::Matches((Get-Help $topic), '(?m)^ {8}PS> .*(\r?\n( {8}.*)?$)*').Value
            foreach ($transcript in $lines) {
                @{ Source = $topic; Title = ($transcript.Trim() -split '\r?\n')[0]; Transcript = $transcript }
            }
        }
    )

    # The claims of the topic about errors of the service, and a response that causes each error.
    $responses = @{
        'FwApi.ClientRejected'      = @{ status = 403; body = 'error code: 1010' }
        'FwApi.HttpError'           = @{ status = 409; headers = @{ 'retry-after-ms' = '1' } }
        'FwApi.FailedPrecondition'  = @{ status = 400; body = '{"code":9,"message":"not now"}' }
        'FwApi.AlreadyExists'       = @{ status = 409; body = '{"code":6,"message":"taken"}'; headers = @{ 'retry-after-ms' = '1' } }
        'FwApi.Aborted'             = @{ status = 409; body = '{"code":10,"message":"conflict"}'; headers = @{ 'retry-after-ms' = '1' } }
        'FwApi.QuotaExceeded'       = @{ status = 403; body = '{"code":8,"message":"quota"}' }
        'FwApi.Unimplemented'       = @{ status = 501; body = '{"code":12,"message":"not here"}'; headers = @{ 'retry-after-ms' = '1' } }
        'FwApi.ConnectionFailed'    = @{ reset = 'midBody'; body = '{"name":"accounts/acme/dpoJobs/broken"}' }
        'FwApi.Timeout'             = @{ stall = 'headers' }
        'FwApi.InvalidResponse'     = @{ status = 200; body = '[]'; headers = @{ 'content-type' = 'application/json' } }
    }
    $claims = foreach ($match in [regex]::Matches(
            (Get-Help about_Fireworks.DpoJobs_Errors),
            '(?s)\n    (?<id>FwApi\.\w+)\r?\n +(?<status>\d*).+?Retried +(?<again>\w+).+?-Id continues +(?<on>\w+)'
        )) {
        $id = $match.Groups['id'].Value
        $response = $responses[$id] ?? @{ status = [int]$match.Groups['status'].Value; headers = @{ 'retry-after-ms' = '1' } }
        @{ Id = $id; IsRetried = $match.Groups['again'].Value -ne 'no'; Continues = $match.Groups['on'].Value -eq 'yes'; Response = $response }
    }
}
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $source = Join-Path $env:FIREWORKS_TEST_ROOT 'src' 'Fireworks.DpoJobs'
    $staged = Join-Path $env:FIREWORKS_TEST_ROOT 'out' 'Fireworks.DpoJobs'

    function Get-OwnParameter($Command) {
        (Get-Command $Command).Parameters.Values | Where-Object Name -NotIn ([System.Management.Automation.Cmdlet]::CommonParameters)
    }
    # Reads each parameter's description and the YAML block after it.
    function Get-MarkdownParameter($Command) {
        $text = Get-Content (Join-Path $source "Help/$Command.md") -Raw
        foreach ($match in [regex]::Matches($text, '(?s)### -(?<name>\w+)\n\n(?<text>[^`].*?|`(?!``).*?)\n\n```yaml\n(?<yaml>.*?)\n```')) {
            $yaml = $match.Groups['yaml'].Value
            [pscustomobject]@{
                Name    = $match.Groups['name'].Value
                Text    = $match.Groups['text'].Value
                Type    = [regex]::Match($yaml, '(?m)^Type: (.+)$').Groups[1].Value
                Default = [regex]::Match($yaml, '(?m)^DefaultValue: (.+)$').Groups[1].Value.Trim("'")
                Aliases = @([regex]::Match($yaml, '(?m)^Aliases:\n((- .+\n)+)').Groups[1].Value -split '- |\n' | Where-Object { $_ })
                Sets    = @([regex]::Match($yaml, '(?s)ParameterSets:\n(.+?)\nDontShow').Groups[1].Value -split '(?m)^- ' | Where-Object { $_ } |
                        ForEach-Object { ($_ -replace '\s+', ' ').Trim() } | Sort-Object)
            }
        }
    }
}
AfterAll { Remove-Module Support }

Describe 'The help of <Name>' -ForEach $commands {
    BeforeAll { $help = Get-Help $Name -Full }

    It 'has a synopsis, a description, five examples, notes and links' {
        $help.Synopsis.Trim() | Should -Match '^[A-Z].{20,}\.$'
        "$($help.description.Text)" | Should -Match '(?s).{200,}'
        $help.inputTypes.inputType.type.name | Should -Not -BeNullOrEmpty
        $help.returnValues.returnValue.type.name | Should -Not -BeNullOrEmpty
        "$($help.alertSet.alert.Text)" | Should -Match '(?s).{40,}'
        @($help.examples.example).Count | Should -BeGreaterOrEqual 5
        @($help.relatedLinks.navigationLink).Count | Should -BeGreaterOrEqual 4
        $help | Out-String | Should -Not -Match '\{\{|```'
    }

    It 'describes every parameter, and only existing ones' {
        $own = Get-OwnParameter $Name | ForEach-Object Name | Sort-Object
        # Without parameters, this is $null.
        $described = @(if ($own) { $help.parameters.parameter })
        @($described | ForEach-Object name) | Should -Be @($own)
        foreach ($parameter in $described) {
            "$($parameter.description.Text)" | Should -Match '\w.{20,}' -Because "-$($parameter.name) is explained"
            $parameter.defaultValue | Should -Not -BeNullOrEmpty -Because "-$($parameter.name) has a default"
        }
    }

    It 'has an address for -Online' {
        $address = "https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/src/Fireworks.DpoJobs/Help/$Name.md"
        (Get-Command $Name).HelpUri | Should -BeExactly $address
        $help.relatedLinks.navigationLink[0].uri | Should -BeExactly $address
        Join-Path $env:FIREWORKS_TEST_ROOT ($address -replace '^.*/main/') | Should -Exist
    }

    It 'links to existing files' {
        foreach ($link in [regex]::Matches((Get-Content (Join-Path $source "Help/$Name.md") -Raw), '\]\((?!https:)(?<file>[^)]+)\)')) {
            Join-Path $source 'Help' $link.Groups['file'].Value | Should -Exist
        }
    }
}

Describe 'The markdown of <Name>' -ForEach $commands {
    It 'agrees with the cmdlet about each parameter' {
        $described = @(Get-MarkdownParameter $Name)
        $own = @(Get-OwnParameter $Name)
        @($described | ForEach-Object Name) | Should -Be @($own | ForEach-Object Name | Sort-Object)
        foreach ($parameter in $own) {
            $markdown = $described | Where-Object Name -EQ $parameter.Name
            $type = [Nullable]::GetUnderlyingType($parameter.ParameterType) ?? $parameter.ParameterType
            $markdown.Type | Should -BeExactly $type.FullName -Because "it is the type of -$($parameter.Name)"
            $markdown.Aliases | Should -Be @($parameter.Aliases) -Because "they are those of -$($parameter.Name)"
            $sets = foreach ($set in $parameter.ParameterSets.GetEnumerator()) {
                $position = $set.Value.Position -ge 0 ? $set.Value.Position : 'Named'
                ('Name: {0} Position: {1} IsRequired: {2} ValueFromPipeline: {3} ValueFromPipelineByPropertyName: {4} ValueFromRemainingArguments: {5}' -f
                ($set.Key -replace '^__AllParameterSets$', '(All)'), $position, "$($set.Value.IsMandatory)".ToLower(), "$($set.Value.ValueFromPipeline)".ToLower(),
                "$($set.Value.ValueFromPipelineByPropertyName)".ToLower(), "$($set.Value.ValueFromRemainingArguments)".ToLower())
            }
            $markdown.Sets | Should -Be @($sets | Sort-Object) -Because "they are those of -$($parameter.Name)"
        }
    }

    It 'has the syntax of each parameter set' {
        $section = [regex]::Match((Get-Content (Join-Path $source "Help/$Name.md") -Raw), '(?s)\n## SYNTAX\n(.*?)\n## ').Groups[1].Value
        $written = @([regex]::Matches($section, '(?s)### (?<set>.+?)\n\n```\n(?<text>.+?)\n```') | ForEach-Object {
                $names = [regex]::Matches($_.Groups['text'].Value, '(?<= \[*)-(\w+)') | ForEach-Object { $_.Groups[1].Value } | Sort-Object
                "$($_.Groups['set'].Value): $names"
            })
        $sets = (Get-Command $Name).ParameterSets | ForEach-Object {
            $names = $_.Parameters.Name | Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters } | Sort-Object
            "$($_.Name)$(if ($_.IsDefault -and $_.Name -notlike '__*') { ' (Default)' }): $names"
        }
        $written | Sort-Object | Should -Be @($sets | Sort-Object)
    }

    It 'has no placeholder of a template' {
        Get-Content (Join-Path $source "Help/$Name.md") -Raw | Should -Not -Match '\{\{'
    }
}

Describe 'The file that Get-Help reads' {
    It 'is generated from the current markdown' {
        if (-not (Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)) {
            Set-ItResult -Skipped -Because 'Microsoft.PowerShell.PlatyPS is not installed'
        }
        $made = Join-Path $TestDrive 'made.xml'
        $null = Invoke-PowerShell "& '$(Join-Path $source 'Help/ConvertTo-Maml.ps1')' -OutputPath '$made'"
        $kept = Get-Content (Join-Path $source 'en-US/Fireworks.DpoJobs.dll-Help.xml') -Raw
        (Get-Content $made -Raw) -ceq $kept | Should -BeTrue -Because './build.ps1 -Task Help must be run after a change'
    }

    It 'cannot be generated without PlatyPS, and the error names the command that installs it' {
        $run = Invoke-PowerShell "`$env:PSModulePath = '$TestDrive'; & '$(Join-Path $source 'Help/ConvertTo-Maml.ps1')' -OutputPath '$(Join-Path $TestDrive 'none.xml')'"
        $run.ErrorOutput | Should -Match 'Install-PSResource Microsoft\.PowerShell\.PlatyPS'
        $run.ExitCode | Should -Be 1
    }

    It 'ships with the module: <_>' -ForEach @(
        'Fireworks.DpoJobs.dll-Help.xml', 'about_Fireworks.DpoJobs.help.txt', 'about_Fireworks.DpoJobs_Cookbook.help.txt', 'about_Fireworks.DpoJobs_Errors.help.txt',
        'about_Fireworks.DpoJobs_Filters.help.txt'
    ) {
        Get-Content (Join-Path $staged "en-US/$_") -Raw | Should -BeExactly (Get-Content (Join-Path $source "en-US/$_") -Raw)
    }

    It 'is found on PSModulePath before the module is imported' {
        $run = Invoke-Runspace '(Get-Help about_Fireworks*).Name; (Get-Help Get-FwDpoJob -Parameter Filter).name; (Get-Help Get-FwConnection -Examples).examples.example.Count; (Get-Help Connect-FwAccount).Synopsis'
        $lines = $run.Output.Trim() -split '\r?\n'
        $lines[0..3] | Sort-Object | Should -Be 'about_Fireworks.DpoJobs', 'about_Fireworks.DpoJobs_Cookbook', 'about_Fireworks.DpoJobs_Errors', 'about_Fireworks.DpoJobs_Filters'
        $lines[4] | Should -Be 'Filter'
        [int]$lines[5] | Should -BeGreaterOrEqual 5
        $lines[6] | Should -BeExactly (Get-Help Connect-FwAccount).Synopsis
    }
}

Describe 'The topic <Name>' -ForEach $topics {
    It 'has the sections of a topic and fits 80 columns' {
        $text = Get-Content (Join-Path $source "en-US/$Name.help.txt")
        $text[0..1] | Should -Be 'TOPIC', "    $Name"
        @($text | Where-Object { $_ -cmatch '^[A-Z]' -and $_ -ne 'EXAMPLES' }) | Should -Be 'TOPIC', 'SHORT DESCRIPTION', 'LONG DESCRIPTION', 'SEE ALSO'
        @($text | Where-Object Length -GT 80) | Should -BeNullOrEmpty
    }

    It 'refers to the other topics' {
        $seeAlso = (Get-Content (Join-Path $source "en-US/$Name.help.txt") -Raw) -replace '(?s)^.*\nSEE ALSO'
        foreach ($other in Get-ChildItem (Join-Path $source 'en-US') -Filter about_*.help.txt) {
            $topic = $other.Name -replace '\.help\.txt$'
            if ($topic -ne $Name) { $seeAlso | Should -Match "(?m)^    $([regex]::Escape($topic))\r?$" }
        }
    }
}

Describe 'An example' {
    BeforeAll {
        $environment = 'HOME', 'FIREWORKS_API_KEY', 'FIREWORKS_ACCOUNT_ID', 'FIREWORKS_BASE_URL'
        $before = $environment | ForEach-Object { [Environment]::GetEnvironmentVariable($_) }

        # All examples use one account, and assume a key in the environment and a profile of the official CLI.
        $key = 'fw_0123456789abcdef7f3a'
        $emulator = Start-Emulator emulate, --jobs, 500, --key, $key
        $env:HOME = Join-Path $TestDrive 'home'
        $profileFolder = New-Item (Join-Path $env:HOME '.fireworks/profiles/staging') -ItemType Directory
        Set-Content (Join-Path $profileFolder 'auth.ini') "api_key = $key", 'account_id = acme'
        if (-not $IsWindows) { chmod 600 (Join-Path $profileFolder 'auth.ini') }
        # Simulates a typed key.
        $setup = 'function Read-Host { ConvertTo-SecureString $env:FIREWORKS_API_KEY -AsPlainText -Force }'

        # Ignores white space, which depends on the width, and values that differ between runs: times, milliseconds and sizes.
        # The address is that of the service.
        function Get-Essence($Printed) {
            $Printed.Replace("$($emulator.Address)", 'https://api.fireworks.ai/') -replace '\s' -replace
            '\d\d/\d\d/\d{4}\d\d:\d\d', '(time)' -replace '[\d,]+bytesin[\d,]+ms', '(size)'
        }
    }
    AfterAll {
        Stop-Emulator $emulator
        for ($i = 0; $i -lt $environment.Count; $i++) { [Environment]::SetEnvironmentVariable($environment[$i], $before[$i]) }
    }
    BeforeEach {
        $env:FIREWORKS_API_KEY = $key
        $env:FIREWORKS_ACCOUNT_ID = 'acme'
        $env:FIREWORKS_BASE_URL = "$($emulator.Address)"
        Reset-Emulator $emulator -Account
        $folder = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
    }

    It 'of <Source> prints the output that it shows: <Title>' -ForEach $examples {
        if ($Source -eq 'about_Fireworks.DpoJobs_Errors') {
            # Every attempt of the third request fails.
            Set-EmulatorFault $emulator @{ requests = @(3, 4, 5); status = 500; path = '/v1/accounts/acme/dpoJobs'; headers = @{ 'retry-after-ms' = '1' } }
        }
        # A job that is running finishes a few requests later.
        # Signed addresses expire after 599 seconds.
        if ($Transcript -match 'Get-FwDpoJob(Metric|Log).* -Wait') { Set-EmulatorClock $emulator -PerRequest 120 }
        elseif ($Transcript -like '*Wait-FwDpoJob*') { Set-EmulatorClock $emulator -PerRequest 601 }
        if ($Source -eq 'about_Fireworks.DpoJobs_Cookbook') {
            $env:ALERT_WEBHOOK = "$($emulator.Address)hook"
            Set-EmulatorResponse $emulator @{ path = '/hook'; status = 200; body = 'ok' }
        }
        $typed = @(Get-Transcript $Transcript)
        try { $printed = @(Invoke-Transcript $typed.Code -Folder $folder -Setup $setup) }
        finally { Set-EmulatorFault $emulator }

        for ($i = 0; $i -lt $typed.Count; $i++) {
            Get-Essence $printed[$i] | Should -BeExactly (Get-Essence $typed[$i].Output) -Because "the output is: $($printed[$i])"
        }
    }

    It 'of <Source> shows output and fits the console: <Title>' -ForEach $examples {
        @(Get-Transcript $Transcript | Where-Object { $_.Output.Trim() }) | Should -Not -BeNullOrEmpty
        @($Transcript -split '\r?\n' | Where-Object Length -GT ($Source -like 'about_*' ? 80 : 76)) | Should -BeNullOrEmpty
    }
}

Describe 'The errors of about_Fireworks.DpoJobs_Errors' {
    BeforeAll {
        $entries = [regex]::Matches(
            (Get-Content (Join-Path $source 'en-US/about_Fireworks.DpoJobs_Errors.help.txt') -Raw),
            '(?s)\n    (?<id>Fw[\w.]+)\n.+?\n        Do +(?<action>.+?)\n        Category +(?<category>\w+)\n        Exception +(?<exception>\w+)'
        )
        $records = [regex]::Matches(
            (Get-Content (Join-Path $source 'Errors/ErrorRecords.cs') -Raw),
            '(?s)"(?<id>Fw[\w.]+)",\s*ErrorCategory\.(?<category>\w+),\s*"(?<action>[^"]+)"'
        )
        function Get-Line($Matched) {
            $Matched | ForEach-Object { '{0} {1} {2}' -f $_.Groups['id'].Value, $_.Groups['category'].Value, ($_.Groups['action'].Value -replace '\s+', ' ') } | Sort-Object
        }
    }

    It 'have the IDs, categories and advice of the source' {
        $records.Count | Should -BeGreaterThan 10
        Get-Line $entries | Should -Be (Get-Line $records)
    }

    It 'have the exceptions of the assembly, each with an explanation' {
        $types = (Get-Command Get-FwDpoJob).ImplementingType.Assembly.GetExportedTypes() | Where-Object { $_.IsSubclassOf([Exception]) -and $_.Name -notlike '*Syntax*' }
        $topic = Get-Content (Join-Path $source 'en-US/about_Fireworks.DpoJobs_Errors.help.txt') -Raw
        foreach ($type in $types) { $topic | Should -Match "(?m)^    $($type.Name)\r?\n        [A-Z]" }
        $entries.ForEach{ $_.Groups['exception'].Value } | Sort-Object -Unique | Should -Be @($types | Where-Object IsAbstract -EQ $false | ForEach-Object Name | Sort-Object)
    }
}

Describe 'What about_Fireworks.DpoJobs_Errors claims' {
    BeforeAll { $emulator = Start-Emulator emulate, --jobs, 500 }
    AfterAll { Stop-Emulator $emulator }

    It 'holds for <Id>: retried <IsRetried>, -Id continues <Continues>' -ForEach $claims {
        Reset-Emulator $emulator
        $path = '/v1/accounts/acme/dpoJobs/broken'
        Set-EmulatorResponse $emulator (@{ path = $path; repeat = 3 } + $Response)
        $time = if ($Response['stall']) { 1 } else { 60 }
        # One retry is enough to show that an error is retried.
        $connection = Connect-FwAccount -SkipValidation -PassThru -TimeoutSec $time -MaximumRetryCount 1
        Disconnect-FwAccount
        $job = try { Get-FwDpoJob broken, nightly-qwen-000477 -Connection $connection -ErrorVariable failed -ErrorAction SilentlyContinue } catch { $failed = $_ }

        $failed.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $null -ne $job | Should -Be $Continues
        @(Get-EmulatorRequest $emulator | Where-Object Path -EQ $path) | Should -HaveCount ($IsRetried ? 2 : 1)
    }

    It 'covers every ID of the source' -ForEach @{ claimCount = @($claims).Count } {
        $ids = [regex]::Matches((Get-Content (Join-Path $source 'Errors/ErrorRecords.cs') -Raw), '"FwApi\.\w+"').Count
        $claimCount | Should -Be $ids
    }
}
