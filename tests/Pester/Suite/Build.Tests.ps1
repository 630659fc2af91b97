BeforeAll {
    $script = Join-Path $env:FIREWORKS_TEST_ROOT 'build.ps1'
}

Describe 'build.ps1' {
    It 'explains every task to who asks' {
        $help = Get-Help $script | Out-String -Width 200
        $tasks = (Get-Command $script).Parameters['Task'].Attributes.Where{ $_ -is [ValidateSet] }.ValidValues
        $tasks | Should -HaveCount 8
        foreach ($task in $tasks) { $help | Should -Match "(?m)^\s+$task\s+\w+ .{10,}" }
    }

    It 'builds by default' {
        (Get-Help $script -Parameter Task).defaultValue | Should -Be 'Build'
    }

    It 'and the tests are clean under PSScriptAnalyzer' {
        if (-not (Get-Module PSScriptAnalyzer -ListAvailable)) {
            Set-ItResult -Skipped -Because 'PSScriptAnalyzer is not installed'
        }
        $findings = @(Invoke-ScriptAnalyzer $script -Severity Error, Warning)
        foreach ($folder in 'tests/Demo', 'tests/Benchmarks', 'src/Fireworks.DpoJobs/Help') {
            $findings += Invoke-ScriptAnalyzer (Join-Path $env:FIREWORKS_TEST_ROOT $folder) -Severity Error, Warning -Recurse
        }
        $findings | ForEach-Object { "$($_.ScriptName):$($_.Line) $($_.RuleName)" } | Should -BeNullOrEmpty
    }
}
