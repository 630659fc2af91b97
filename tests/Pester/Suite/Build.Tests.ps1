BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    $script = Join-Path $env:FIREWORKS_TEST_ROOT 'build.ps1'
}
AfterAll { Remove-Module Support }

Describe 'build.ps1' {
    It 'describes every task in its help' {
        $help = Get-Help $script | Out-String -Width 200
        $tasks = (Get-Command $script).Parameters['Task'].Attributes.Where{ $_ -is [ValidateSet] }.ValidValues
        $tasks.Count | Should -BeGreaterThan 6
        foreach ($task in $tasks) { $help | Should -Match "(?m)^\s+$task\s+\w+ .{10,}" }
    }

    It 'has the default task Build' {
        (Get-Help $script -Parameter Task).defaultValue | Should -Be 'Build'
    }
}
