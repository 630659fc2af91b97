# No response within the size limit takes more than 200 MB above the memory that PowerShell itself occupies.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    $size = 31MB
    $entries = @{}
    function Add-Page([string] $Account, [string] $Query, [string] $Text) {
        $entries["$Account$Query"] = @{
            request = @{ method = 'GET'; url = "https://api.fireworks.ai/v1/accounts/$Account/dpoJobs$Query"; headers = @() }
            response = @{ status = 200; headers = @(@{ name = 'Content-Type'; value = 'application/json' }); content = @{ text = $Text } }
        }
    }
    function Format-Job([string] $Account, [int] $Number, [int] $Length) {
        '{"name":"accounts/' + $Account + '/dpoJobs/job-' + $Number + '","displayName":"' + [string]::new('x', $Length) + '","novelty":{"a":1}}'
    }
    function Format-Page([string[]] $Job, [string] $Token) { '{"dpoJobs":[' + ($Job -join ',') + '],"nextPageToken":"' + $Token + '"}' }

    Add-Page small '' (Format-Page (Format-Job small 1 10))
    Add-Page objects '' (Format-Page ('{},' * ($size / 3) + '{}'))
    Add-Page spaces '' ('{"dpoJobs":[' + [string]::new(' ', $size) + ']}')
    Add-Page text '' (Format-Page (Format-Job text 1 $size))
    Add-Page jobs '' (Format-Page (1..200 | ForEach-Object { Format-Job jobs $_ ($size / 201) }))
    foreach ($number in 1..4) {
        $query = '?pageSize=200' + $(if ($number -gt 1) { "&pageToken=t$number" })
        Add-Page pages $query (Format-Page (1..200 | ForEach-Object { Format-Job pages (200 * $number + $_) 40000 }) $(if ($number -lt 4) { "t$($number + 1)" }))
    }
    $recording = Join-Path $TestDrive large.har
    @{ log = @{ version = '1.2'; creator = @{ name = 'test'; version = '1' }; entries = @($entries.Values) } } |
        ConvertTo-Json -Depth 8 -Compress | Set-Content $recording
    $entries = $null
    $emulator = Start-Emulator replay, --recordings, $recording
}

AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe 'A large response' {
    It 'takes less than 200 MB: <What>' -ForEach @(
        @{ What = '11 million empty jobs'; Account = 'objects'; Jobs = 0; ErrorText = '*more than 100,000 JSON values*-PageSize*' }
        @{ What = '31 MiB of spaces'; Account = 'spaces'; Jobs = 0; ErrorText = $null }
        @{ What = 'one string of 31 MiB'; Account = 'text'; Jobs = 1; ErrorText = $null }
        @{ What = '200 jobs of 160 KB'; Account = 'jobs'; Jobs = 200; ErrorText = $null }
        @{ What = 'four pages of 8 MB'; Account = 'pages'; Jobs = 800; ErrorText = $null }
    ) {
        $run = Invoke-PowerShell -Environment @{ FIREWORKS_ACCOUNT_ID = $Account } -Script @'
            $process = [System.Diagnostics.Process]::GetCurrentProcess()
            $null = Get-FwDpoJob -AccountId small
            $before = $process.PeakWorkingSet64
            $count = 0
            $failure = ''
            $options = @{ All = $env:FIREWORKS_ACCOUNT_ID -eq 'pages'; WarningAction = 'Ignore' }
            try { Get-FwDpoJob @options -ErrorAction Stop | ForEach-Object { $count++ } } catch { $failure = "$_" }
            $process.Refresh()
            @{ Count = $count; Failure = $failure; Growth = ($process.PeakWorkingSet64 - $before) / 1MB } | ConvertTo-Json -Compress
'@
        $run.ErrorOutput | Should -BeNullOrEmpty
        $result = $run.Output | ConvertFrom-Json
        $result.Count | Should -Be $Jobs
        if ($ErrorText) { $result.Failure | Should -BeLike $ErrorText } else { $result.Failure | Should -BeNullOrEmpty }
        $result.Growth | Should -BeLessThan 200
    }
}
