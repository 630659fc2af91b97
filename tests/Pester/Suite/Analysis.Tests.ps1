BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    $root = $env:FIREWORKS_TEST_ROOT

    $scripts = foreach ($file in Get-ChildItem $root -Recurse -File -Include *.ps1, *.psm1, *.psd1) {
        $name = [IO.Path]::GetRelativePath($root, $file.FullName) -replace '\\', '/'
        $settings = switch -Regex ($name) {
            '^out/|/(bin|obj)/' { 'None'; break }
            '^src/|^[^/]+\.psd1$' { 'Shipped'; break }
            '^tests/Pester/(Suite|Faults)/' { 'Suite'; break }
            default { 'Tools' }
        }
        # The files that the manifest names are next to it only in the staged module.
        $path = if ($name -eq 'Fireworks.DpoJobs.psd1') { Join-Path $root 'out/Fireworks.DpoJobs' $name } else { $file.FullName }
        if ($settings -ne 'None') { @{ Name = $name; Path = $path; Settings = $settings } }
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
    $isAnalyzerInstalled = [bool](Get-Module PSScriptAnalyzer -ListAvailable)

    function Format-Finding($Finding) {
        foreach ($item in $Finding) { 'line {0}: {1}: {2}' -f $item.Line, $item.RuleName, $item.Message }
    }
    # The analyzer runs its rules in parallel, and a race in one of them occasionally throws a NullReferenceException.
    function Find-Problem([hashtable] $Source, $Settings) {
        for ($attempt = 1; ; $attempt++) {
            try {
                return Invoke-ScriptAnalyzer @Source -Settings (Join-Path $analysis "$Settings.psd1") -ErrorAction Stop
            }
            catch {
                if ($attempt -eq 5 -or $_.Exception.GetBaseException() -isnot [NullReferenceException]) { throw }
            }
        }
    }
    function Skip-WithoutAnalyzer {
        if (-not $isAnalyzerInstalled) { Set-ItResult -Skipped -Because 'PSScriptAnalyzer is not installed' }
    }
}
AfterAll { Remove-Module Support }

Describe 'PSScriptAnalyzer' -ForEach @{ Scripts = $scripts } {
    It 'checks the files with the settings <Settings>' -ForEach @(
        @{ Settings = 'Shipped'; Files = 'Fireworks.DpoJobs.psd1', 'src/Fireworks.DpoJobs/Fireworks.DpoJobs.psm1', 'src/Fireworks.DpoJobs/WindowsPowerShell/Register-Dependency.ps1' }
        @{ Settings = 'Tools'; Files = 'build.ps1', 'tests/Pester/Support.psm1', 'tests/Benchmarks/Measure.psm1', 'tests/Demo/Show-Demo.ps1' }
        @{ Settings = 'Suite'; Files = 'tests/Pester/Suite/Analysis.Tests.ps1', 'tests/Pester/Faults/Invoke-Case.ps1' }
    ) {
        $checked = $Scripts.Where{ $_.Settings -eq $Settings }.Name
        foreach ($name in $Files) { $checked | Should -Contain $name }
    }

    It 'reports nothing for <Name>' -ForEach $scripts {
        Skip-WithoutAnalyzer
        Format-Finding (Find-Problem @{ Path = $Path } $Settings) | Should -BeNullOrEmpty
    }

    It 'reports a violation with the settings <_>' -ForEach 'Shipped', 'Tools', 'Suite' {
        Skip-WithoutAnalyzer
        $bad = 'gci | ForEach-Object { iex $_ }'
        $rules = (Find-Problem @{ ScriptDefinition = $bad } $_).RuleName
        $rules | Should -Contain 'PSAvoidUsingCmdletAliases'
        $rules | Should -Contain 'PSAvoidUsingInvokeExpression'
    }

    It 'has settings <_> that explain every rule that they change' -ForEach 'Shipped', 'Tools', 'Suite' {
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

Describe 'PowerShell code blocks' {
    BeforeAll { Import-Module Fireworks.DpoJobs }

    It 'occur more than three times in the README' {
        $page = Get-Content (Join-Path $env:FIREWORKS_TEST_ROOT 'README.md') -Raw
        [regex]::Matches($page, '(?m)^```powershell').Count | Should -BeGreaterThan 3
    }

    It 'parse and pass PSScriptAnalyzer: <Page>, line <Line>' -ForEach $examples {
        $problems = $null
        $null = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref]$null, [ref]$problems)
        $problems | Should -BeNullOrEmpty
        Skip-WithoutAnalyzer
        Format-Finding (Find-Problem @{ ScriptDefinition = $Code } 'Shipped') | Should -BeNullOrEmpty
    }

    It 'use only parameters that exist: <Page>, line <Line>' -ForEach $examples {
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
