BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    $root = $env:FIREWORKS_TEST_ROOT

    $scripts = foreach ($file in Get-ChildItem $root -Recurse -File -Include *.ps1, *.psm1, *.psd1) {
        $name = [IO.Path]::GetRelativePath($root, $file.FullName) -replace '\\', '/'
        $settings = switch -Regex ($name) {
            '^out/|/(bin|obj)/' { 'None'; break }
            '^src/|^[^/]+\.psd1$' { 'Shipped'; break }
            '^tests/Pester/Suite/' { 'Suite'; break }
            default { 'Tools' }
        }
        if ($settings -ne 'None') { @{ Name = $name; Path = $file.FullName; Settings = $settings } }
    }

    $examples = foreach ($page in Get-ChildItem $root -File -Filter *.md) {
        $text = Get-Content $page -Raw
        foreach ($block in [regex]::Matches($text, '(?ms)^```powershell\r?\n(.*?)^```')) {
            @{ Page = $page.Name; Line = $text.Substring(0, $block.Index).Split("`n").Count + 1; Code = $block.Groups[1].Value }
        }
    }
}
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    $analysis = Join-Path $env:FIREWORKS_TEST_ROOT 'tests/Pester/Analysis'
    $isAnalyzerThere = [bool](Get-Module PSScriptAnalyzer -ListAvailable)

    function Format-Finding($Finding) {
        foreach ($one in $Finding) { 'line {0}: {1}: {2}' -f $one.Line, $one.RuleName, $one.Message }
    }
    # The analyzer runs its rules side by side, and now and then one of them meets a null of its own.
    function Find-Problem([hashtable] $What, $Settings) {
        for ($try = 1; ; $try++) {
            try {
                return Invoke-ScriptAnalyzer @What -Settings (Join-Path $analysis "$Settings.psd1") -ErrorAction Stop
            }
            catch {
                if ($try -eq 5 -or $_.Exception.GetBaseException() -isnot [NullReferenceException]) { throw }
            }
        }
    }
    function Assert-Analyzer {
        if (-not $isAnalyzerThere) { Set-ItResult -Skipped -Because 'PSScriptAnalyzer is not installed' }
    }
}
AfterAll { Remove-Module Support }

Describe 'PSScriptAnalyzer' -ForEach @{ Scripts = $scripts } {
    It 'looks at <Settings>' -ForEach @(
        @{ Settings = 'Shipped'; Among = 'Fireworks.DpoJobs.psd1', 'src/Fireworks.DpoJobs/Fireworks.DpoJobs.psm1', 'src/Fireworks.DpoJobs/WindowsPowerShell/Register-Dependency.ps1' }
        @{ Settings = 'Tools'; Among = 'build.ps1', 'tests/Pester/Support.psm1', 'tests/Benchmarks/Measure.psm1', 'tests/Demo/Show-Demo.ps1' }
        @{ Settings = 'Suite'; Among = @('tests/Pester/Suite/Analysis.Tests.ps1') }
    ) {
        $found = $Scripts.Where{ $_.Settings -eq $Settings }.Name
        foreach ($name in $Among) { $found | Should -Contain $name }
    }

    It 'finds nothing in <Name>' -ForEach $scripts {
        Assert-Analyzer
        Format-Finding (Find-Problem @{ Path = $Path } $Settings) | Should -BeNullOrEmpty
    }

    It 'finds with the settings <_> what is not excluded' -ForEach 'Shipped', 'Tools', 'Suite' {
        Assert-Analyzer
        $bad = 'gci | ForEach-Object { iex $_ }'
        $rules = (Find-Problem @{ ScriptDefinition = $bad } $_).RuleName
        $rules | Should -Contain 'PSAvoidUsingCmdletAliases'
        $rules | Should -Contain 'PSAvoidUsingInvokeExpression'
    }

    It 'is told the reason for every rule that the settings <_> change' -ForEach 'Shipped', 'Tools', 'Suite' {
        $path = Join-Path $analysis "$_.psd1"
        $lines = @(Get-Content $path)
        $settings = Import-PowerShellDataFile $path
        $rules = @(
            if ($settings.Contains('ExcludeRules')) { $settings.ExcludeRules }
            if ($settings.Contains('Rules')) { $settings.Rules.Keys }
        )
        $rules | Should -Not -BeNullOrEmpty
        foreach ($rule in $rules) {
            $at = [array]::FindIndex($lines, [Predicate[string]] { $args[0] -match "^\s+'?$rule\b" })
            $lines[$at - 1] | Should -Match '^\s+# \S.{20,}' -Because $rule
        }
    }
}

Describe 'The examples' {
    BeforeAll { Import-Module Fireworks.DpoJobs }

    It 'are in the README' {
        $page = Get-Content (Join-Path $env:FIREWORKS_TEST_ROOT 'README.md') -Raw
        [regex]::Matches($page, '(?m)^```powershell').Count | Should -BeGreaterThan 3
    }

    It 'of <Page>, line <Line>, can be parsed, and are clean' -ForEach $examples {
        $problems = $null
        $null = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref]$null, [ref]$problems)
        $problems | Should -BeNullOrEmpty
        Assert-Analyzer
        Format-Finding (Find-Problem @{ ScriptDefinition = $Code } 'Shipped') | Should -BeNullOrEmpty
    }

    It 'of <Page>, line <Line>, name parameters that the module''s commands have' -ForEach $examples {
        $tree = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref]$null, [ref]$null)
        $calls = $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
        foreach ($call in $calls.Where{ "$($_.GetCommandName())" -match '-Fw' }) {
            $command = Get-Command $call.GetCommandName() -Module Fireworks.DpoJobs
            foreach ($parameter in $call.CommandElements.Where{ $_ -is [System.Management.Automation.Language.CommandParameterAst] }) {
                $command.Parameters.Keys | Should -Contain $parameter.ParameterName -Because $call.Extent.Text
            }
        }
    }
}
