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

Describe 'build.ps1 -Task LiveCheck' {
    It 'builds the module and starts the live check, with -Force only on request' {
        $calls = [System.Collections.Generic.List[string]]::new()
        # The script calls this function instead of the program.
        function dotnet { $calls.Add("$args"); $global:LASTEXITCODE = 0 }
        & $script -Task LiveCheck
        & $script -Task LiveCheck -Force
        $calls[0] | Should -Match '^build .*Fireworks\.DpoJobs'
        @($calls | Where-Object { $_ -match 'Invoke-LiveCheck\.ps1$' }) | Should -HaveCount 1
        @($calls | Where-Object { $_ -match 'Invoke-LiveCheck\.ps1 -Force$' }) | Should -HaveCount 1
    }
}
