BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $commands = Get-Command -Module Fireworks.DpoJobs | ForEach-Object { @{ Name = $_.Name; Command = $_ } }
}
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
}
AfterAll { Remove-Module Support }

Describe '<Name>' -ForEach $commands {
    It 'is a binary cmdlet with an approved verb' {
        $Command.CommandType | Should -Be 'Cmdlet'
        (Get-Verb).Verb | Should -Contain $Command.Verb
    }

    It 'declares output types that exist' {
        $Command.OutputType | Should -Not -BeNullOrEmpty
        foreach ($output in $Command.OutputType) { $output.Type | Should -BeOfType [type] -Because $output.Name }
    }

    It 'has no parameter or alias that conflicts with another or with a common parameter' {
        foreach ($parameter in $Command.Parameters.Values | Where-Object Name -NotIn $common) {
            $parameter.Aliases | Where-Object { $_ -in $Command.Parameters.Keys } | Should -BeNullOrEmpty
        }
        $properties = $Command.ImplementingType.GetProperties().Name
        $properties | Where-Object { $_ -in $common } | Should -BeNullOrEmpty
    }

    It 'has unique positions and at most one pipeline parameter in each parameter set' {
        foreach ($set in $Command.ParameterSets) {
            $positions = @($set.Parameters | Where-Object Position -GE 0 | ForEach-Object Position)
            $positions | Sort-Object -Unique | Should -HaveCount $positions.Count
            @($set.Parameters | Where-Object ValueFromPipeline).Count | Should -BeLessOrEqual 1
        }
    }

    It 'has a default parameter set whose only mandatory parameters are one from the pipeline and the file to write' {
        $default = @($Command.ParameterSets | Where-Object { $Command.ParameterSets.Count -eq 1 -or $_.IsDefault })
        $default | Should -HaveCount 1
        @($default[0].Parameters | Where-Object { $_.IsMandatory -and -not $_.ValueFromPipeline -and $_.Name -ne 'Path' }) | Should -HaveCount 0
    }

    It 'has parameter sets that PowerShell can tell apart' {
        # Each set except the default has a mandatory parameter that no other set has.
        foreach ($set in $Command.ParameterSets | Where-Object { -not $_.IsDefault -and $Command.ParameterSets.Count -gt 1 }) {
            $others = ($Command.ParameterSets | Where-Object Name -NE $set.Name).Parameters.Name
            $set.Parameters | Where-Object { $_.IsMandatory -and $_.Name -notin $others } | Should -Not -BeNullOrEmpty -Because $set.Name
        }
    }
}
