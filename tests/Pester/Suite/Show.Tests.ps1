BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $rendering = $PSStyle.OutputRendering
    $noColor = $env:NO_COLOR
    $env:NO_COLOR = $null

    function New-Metric($JobId, $Count, $Rate = 1) {
        foreach ($step in 1..$Count) {
            $loss = 0.2 + 0.5 * [math]::Exp(-$Rate * $step / $Count)
            [Fireworks.DpoJobs.DpoJobMetric]@{ JobId = $JobId; Step = $step; Loss = $loss; Accuracy = 1 - $loss }
        }
    }
    $twoJobs = @(New-Metric nightly-1 50) + @(New-Metric nightly-2 50 3)
    $escape = [regex]::Escape("`e")
}
AfterAll {
    $PSStyle.OutputRendering = $rendering
    $env:NO_COLOR = $noColor
    Remove-Module Support
}

Describe 'Show-FwDpoJobMetric' {
    BeforeEach { $PSStyle.OutputRendering = 'PlainText' }

    It 'draws the loss and the accuracy by default, as strings' {
        $lines = New-Metric nightly-1 300 | Show-FwDpoJobMetric -Width 60 -Height 5
        $lines | Should -BeOfType [string]
        $lines | Should -HaveCount 17
        $lines[0] | Should -BeExactly 'Loss · nightly-1 · last 0.3839'
        $lines[7] | Should -Match '^step  +100  +200  +300$'
        $lines[9] | Should -BeExactly 'Accuracy · nightly-1 · last 0.6161'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 60
    }

    It 'draws several jobs in one chart, with letters and a legend' {
        $lines = $twoJobs | Show-FwDpoJobMetric Loss -Width 60 -Height 5
        $lines[-1] | Should -BeExactly 'A nightly-1 0.3839   B nightly-2 0.2249'
        @($lines[1..5] -match 'A') | Should -Not -BeNullOrEmpty
        @($lines[1..5] -match 'B') | Should -Not -BeNullOrEmpty
    }

    It 'smooths' {
        $noisy = 1..50 | ForEach-Object { [Fireworks.DpoJobs.DpoJobMetric]@{ Step = $_; Loss = 1 + $_ % 2 } }
        ($noisy | Show-FwDpoJobMetric Loss -Width 60)[0] | Should -BeExactly 'Loss · last 1'
        ($noisy | Show-FwDpoJobMetric Loss -Width 60 -Smooth 0.99)[0] | Should -BeExactly 'Loss · smoothed by 0.99 · last 1.497'
    }

    It 'accepts lines of a metrics file, and reports an invalid one' {
        $lines = '{"step":1,"train/loss":0.7}', '', '{"step":2,', '{"step":3,"train/loss":0.5}' |
            Show-FwDpoJobMetric Loss -Width 60 -ErrorVariable problems -ErrorAction SilentlyContinue
        $lines[0] | Should -BeExactly 'Loss · last 0.5'
        $problems | Should -HaveCount 1
        "$problems" | Should -Match 'not a line of a metrics file\. The line is not JSON: byte 10'
    }

    It 'accepts metrics from <_>' -ForEach 'Export-Clixml', 'Export-Csv' {
        $path = Join-Path $TestDrive $_
        $twoJobs | & $_ $path
        $expected = $twoJobs | Show-FwDpoJobMetric -Width 60
        & ($_ -replace 'Export', 'Import') $path | Show-FwDpoJobMetric -Width 60 | Should -Be $expected
    }

    It 'draws a curve for each account when jobs of several accounts have the same ID' {
        $metrics = foreach ($account in 'acme', 'other') {
            foreach ($metric in New-Metric nightly-1 5) { $metric.AccountId = $account; $metric }
        }
        $path = Join-Path $TestDrive 'accounts.csv'
        $metrics | Export-Csv $path
        foreach ($rows in $metrics, (Import-Csv $path)) {
            ($rows | Show-FwDpoJobMetric Loss -Width 60)[-1] | Should -BeLike 'A nightly-1 (acme) *   B nightly-1 (other) *'
        }
    }

    It 'accepts rows that have only a step' {
        [pscustomobject]@{ Step = 1 } | Show-FwDpoJobMetric Loss -ErrorAction Stop | Should -BeExactly 'Loss · no values'
    }

    It 'rejects an object that is no metric' {
        { [pscustomobject]@{ Name = 'x' } | Show-FwDpoJobMetric -ErrorAction Stop } | Should -Throw '*is not a metric*'
    }

    It 'shows a number of Values, and lists what is available for an unknown name' {
        $metric = '{"step":1,"train/sft_loss":0.7,"eval/loss":0.6}'
        ($metric | Show-FwDpoJobMetric sft_loss, eval/loss -Width 60) -match '^\w+.*last' | Should -HaveCount 2
        $lines = $metric | Show-FwDpoJobMetric Loss, los -Width 60 -ErrorVariable problems -ErrorAction SilentlyContinue
        $lines | Should -BeExactly 'Loss · no values'
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'FwInvalidParameter,Fireworks.DpoJobs.ShowFwDpoJobMetricCommand'
        "$problems" | Should -Match "named 'los'.*Loss, Accuracy, .* eval/loss, train/sft_loss"
    }

    It 'warns when there are no metrics' {
        $lines = @() | Show-FwDpoJobMetric -WarningVariable warnings -WarningAction SilentlyContinue
        $lines | Should -BeNullOrEmpty
        $warnings | Should -Match 'no metrics'
    }

    It 'fits the window of its host, or 80 columns' {
        $run = Invoke-Runspace '[Fireworks.DpoJobs.DpoJobMetric]@{ Step = 1; Loss = 1 }, [Fireworks.DpoJobs.DpoJobMetric]@{ Step = 9; Loss = 2 } | Show-FwDpoJobMetric Loss' @{ NO_COLOR = '1' }
        $lines = $run.Output -split '\r?\n'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -Be 80
    }

    It 'completes the names of properties' {
        $line = 'Show-FwDpoJobMetric -Property L'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'Loss', 'LearningRate'
    }

    It 'makes control characters in a name visible' {
        $metric = [Fireworks.DpoJobs.DpoJobMetric]@{ JobId = "a`e[31m"; Step = 1; Loss = 1 }
        $metric, $twoJobs[0] | Show-FwDpoJobMetric Loss -Width 60 | Should -Not -Match $escape
    }
}

Describe 'The colors of a chart' {
    It 'are shown when the host supports them' {
        $PSStyle.OutputRendering = 'Ansi'
        $twoJobs | Show-FwDpoJobMetric Loss -Width 60 | Out-String | Should -Match "$escape\[33mB nightly-2$escape\[0m"
    }

    It 'are not in the strings, nor in what Set-Content writes' {
        $PSStyle.OutputRendering = 'Ansi'
        $path = Join-Path $TestDrive 'strings.txt'
        $lines = $twoJobs | Show-FwDpoJobMetric Loss -Width 60
        $lines | Set-Content $path
        -join $lines | Should -Not -Match $escape
        Get-Content $path | Should -Be $lines
        $lines | Should -Contain 'A nightly-1 0.3839   B nightly-2 0.2249'
    }

    It 'are not written with > in the mode Host' {
        $path = Join-Path $TestDrive 'chart.txt'
        $PSStyle.OutputRendering = 'Ansi'
        $lines = $twoJobs | Show-FwDpoJobMetric Loss -Width 60
        $PSStyle.OutputRendering = 'Host'
        $lines > $path
        Get-Content $path -Raw | Should -Not -Match $escape
        Get-Content $path | Should -Contain 'A nightly-1 0.3839   B nightly-2 0.2249'
    }

    It 'are off with <_>' -ForEach 'PlainText', 'NO_COLOR' {
        $PSStyle.OutputRendering = $_ -eq 'PlainText' ? 'PlainText' : 'Ansi'
        $env:NO_COLOR = $_ -eq 'NO_COLOR' ? '1' : $null
        try { $text = $twoJobs | Show-FwDpoJobMetric Loss -Width 60 | Out-String }
        finally { $env:NO_COLOR = $null }
        $text | Should -Not -Match $escape
        $text | Should -Match 'A nightly-1 0\.3839   B nightly-2'
    }
}

Describe 'The table of metrics' {
    BeforeEach { $PSStyle.OutputRendering = 'PlainText' }

    It 'is aligned and compact' {
        $metric = [Fireworks.DpoJobs.DpoJobMetric]@{
            JobId = 'nightly-1'; Step = 120; Loss = 0.531249; Margin = 0.41; Accuracy = 0.75; LearningRate = 1e-4; TokensPerSecond = 10240.5
        }
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = ''
            $lines = ($metric, [Fireworks.DpoJobs.DpoJobMetric]@{ JobId = 'nightly-1'; Step = 121 } | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ }
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
        $lines[0].Trim() | Should -BeExactly 'Job: nightly-1'
        $lines[1] | Should -BeExactly '    Step       Loss    Margin Accuracy        LR   Tokens/s'
        $lines[3] | Should -BeExactly '     120     0.5312    0.4100    0.750  1.00e-04     10,240'
        $lines[4].TrimEnd() | Should -BeExactly '     121'
    }

    It 'survives Export-Clixml' {
        $path = Join-Path $TestDrive 'metrics.xml'
        [Fireworks.DpoJobs.DpoJobMetric]@{ Step = 1; Loss = 0.5; Time = '2026-07-17T19:59:05Z' } | Export-Clixml $path
        $copy = Import-Clixml $path
        $copy.Loss | Should -Be 0.5
        $copy.Time | Should -Be ([datetimeoffset]'2026-07-17T19:59:05Z')
    }
}
