BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    $staged = Join-Path $env:FIREWORKS_TEST_ROOT 'out' 'Fireworks.DpoJobs'

    function Skip-UnlessPrecompiled {
        # That of a .NET tool is not: then an import measures how fast PowerShell compiles itself.
        if (-not (Test-Path Variable:script:compiledMethods)) {
            $script:compiledMethods = [int](Invoke-PowerShell '[Runtime.JitInfo]::GetCompiledMethodCount($true)').Output
        }
        if ($script:compiledMethods -gt 200) {
            Set-ItResult -Skipped -Because 'this PowerShell is not compiled ahead of time'
        }
    }
}

Describe 'The manifest' {
    It 'is valid' {
        $module = Test-ModuleManifest (Join-Path $staged 'Fireworks.DpoJobs.psd1') -WarningVariable warnings
        $module.Name | Should -Be 'Fireworks.DpoJobs'
        $warnings | Should -BeNullOrEmpty
    }

    It 'tells galleries where the module is at home, in addresses that show what they name' {
        $data = (Import-PowerShellDataFile (Join-Path $staged 'Fireworks.DpoJobs.psd1')).PrivateData.PSData
        foreach ($name in 'ProjectUri', 'LicenseUri', 'IconUri') {
            ([uri]$data[$name]).Scheme | Should -BeExactly 'https' -Because $name
        }
        # The files that stand behind the addresses.
        $files = foreach ($name in 'LicenseUri', 'IconUri') { $data[$name] -replace '^.*?/main/' }
        $files | Should -BeExactly 'LICENSE', '.github/images/icon.png'
        foreach ($file in $files) { Join-Path $env:FIREWORKS_TEST_ROOT $file | Should -Exist }
        $data.ReleaseNotes.Length | Should -BeLessThan 200
    }

    It 'names both editions, to PowerShell and to galleries' {
        $manifest = Import-PowerShellDataFile (Join-Path $staged 'Fireworks.DpoJobs.psd1')
        $manifest.CompatiblePSEditions | Should -Be 'Core', 'Desktop'
        foreach ($edition in $manifest.CompatiblePSEditions) { $manifest.PrivateData.PSData.Tags | Should -Contain "PSEdition_$edition" }
    }

    It 'can be read without running it, as galleries do' {
        (Import-PowerShellDataFile (Join-Path $staged 'Fireworks.DpoJobs.psd1')).CmdletsToExport | Should -Be 'Connect-FwAccount', 'Disconnect-FwAccount', 'Get-FwConnection', 'Get-FwDpoJob'
    }

    It 'exports what the assembly has, and nothing else' {
        $module = Import-Module Fireworks.DpoJobs -PassThru
        $manifest = Import-PowerShellDataFile (Join-Path $staged 'Fireworks.DpoJobs.psd1')
        $module.ExportedCommands.Keys | Sort-Object | Should -Be $manifest.CmdletsToExport
        $module.ExportedCmdlets['Get-FwDpoJob'].ImplementingType.Assembly.GetExportedTypes() |
            Where-Object { $_.IsSubclassOf([System.Management.Automation.Cmdlet]) -and -not $_.IsAbstract } |
            Should -HaveCount $manifest.CmdletsToExport.Count
    }
}

Describe 'The staged module' {
    It 'holds what ships, and nothing else' {
        $files = Get-ChildItem $staged -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($staged, $_.FullName) -replace '\\', '/' }
        $files | Should -Not -Contain 'System.Management.Automation.dll'
        $files | Where-Object { $_ -like '*Automation*' } | Should -BeNullOrEmpty
        $files | Where-Object { $_ -like 'net8.0/*' } | Sort-Object | Should -Be 'net8.0/Fireworks.DpoJobs.dll', 'net8.0/Fireworks.DpoJobs.pdb'
        $files | Where-Object { $_ -like 'netstandard2.0/dependencies/*' } | Should -HaveCount 8
        $files | Should -Contain 'netstandard2.0/Register-Dependency.ps1'
        $files | Where-Object { $_ -notlike '*/*' } | Sort-Object |
            Should -Be 'Fireworks.DpoJobs.psd1', 'Fireworks.DpoJobs.psm1', 'format.ps1xml', 'LICENSE'
    }
}

Describe 'Import' {
    It 'happens by itself when the command is first used' {
        $run = Invoke-Runspace '(Get-Command Get-FwDpoJob).Source; try { Get-FwDpoJob } catch { $_.FullyQualifiedErrorId }' -Environment @{ FIREWORKS_API_KEY = $null }
        $run.Output | Should -Match 'Fireworks\.DpoJobs'
        $run.Output | Should -Match 'FwConfiguration'
    }

    It 'loads no other module' {
        $run = Invoke-PowerShell 'Import-Module Fireworks.DpoJobs; (Get-Module).Name -join ","'
        $run.Output.Trim() | Should -BeExactly 'Fireworks.DpoJobs'
    }

    It 'loads nothing for JSON or HTTP before it is used' {
        # By path: finding a module by name loads assemblies of the engine's own. PowerShell itself may load them at any
        # moment, in some runs; the module would load them in every run.
        foreach ($attempt in 1..3) {
            $run = Invoke-PowerShell -Environment @{ MANIFEST = (Join-Path $staged 'Fireworks.DpoJobs.psd1') } -Script @'
                $before = [AppDomain]::CurrentDomain.GetAssemblies().ForEach{ $_.GetName().Name }
                Import-Module $env:MANIFEST
                $loaded = [AppDomain]::CurrentDomain.GetAssemblies().ForEach{ $_.GetName().Name } | Where-Object { $_ -notin $before }
                $loaded -join ' '
'@
            $run.Output | Should -Match 'Fireworks\.DpoJobs'
            if ($run.Output -notmatch 'System\.(Text\.Json|Net)') { break }
        }
        $run.Output | Should -Not -Match 'System\.(Text\.Json|Net)'
    }

    It 'compiles little more code than its assembly alone' {
        Skip-UnlessPrecompiled
        # Some 22 methods for the psm1, the manifest and the format file, 48 in another build of PowerShell, on a busy machine
        # too; a module that is loaded along adds more. Now and then the count is lower, hence the highest.
        $measure = '$before = [Runtime.JitInfo]::GetCompiledMethodCount($true); Import-Module "{0}"; [Runtime.JitInfo]::GetCompiledMethodCount($true) - $before'
        $module, $assembly = foreach ($path in 'Fireworks.DpoJobs.psd1', 'net8.0/Fireworks.DpoJobs.dll') {
            $script = $measure -f (Join-Path $staged $path)
            (1..3 | ForEach-Object { [int](Invoke-PowerShell $script).Output } | Measure-Object -Maximum).Maximum
        }
        $module - $assembly | Should -BeLessThan 80
    }

    It 'takes little more processor time than its assembly alone' {
        Skip-UnlessPrecompiled
        # Not the time on the clock: with much other work on the machine that differed by 50 to 313 ms.
        $measure = '$process = [Diagnostics.Process]::GetCurrentProcess(); $before = $process.TotalProcessorTime; Import-Module "{0}"; $process.Refresh(); [int]($process.TotalProcessorTime - $before).TotalMilliseconds'
        $least = @{}
        foreach ($round in 1..9) {
            foreach ($path in 'Fireworks.DpoJobs.psd1', 'net8.0/Fireworks.DpoJobs.dll') {
                $time = [int](Invoke-PowerShell ($measure -f (Join-Path $staged $path))).Output
                if ($round -eq 1 -or $time -lt $least[$path]) { $least[$path] = $time }
            }
        }
        # Some 50 ms at rest: 10 for a manifest, 10 for its list of cmdlets, 15 for a format file of any size, 15 for the psm1.
        $least['Fireworks.DpoJobs.psd1'] - $least['net8.0/Fireworks.DpoJobs.dll'] | Should -BeLessThan 120
    }

    It 'can be forced and removed' {
        $run = Invoke-Runspace 'Import-Module Fireworks.DpoJobs; Import-Module Fireworks.DpoJobs -Force; Remove-Module Fireworks.DpoJobs; @(Get-Module Fireworks.DpoJobs).Count'
        $run.Output.Trim() | Should -BeExactly '0'
        $run.ErrorOutput | Should -BeNullOrEmpty
    }
}

Describe 'Strict mode and scripts that stop at errors' {
    It 'are no trouble' {
        $emulator = Start-Emulator emulate, --jobs, 5
        try {
            $run = Invoke-Runspace 'Set-StrictMode -Version Latest; $ErrorActionPreference = "Stop"; Get-FwDpoJob | Out-String; Get-FwDpoJob -ReadMask Name | Format-List | Out-String; "done"'
            $run.ErrorOutput | Should -BeNullOrEmpty
            $run.Output.Trim() | Should -Match 'done$'
        }
        finally { Stop-Emulator $emulator }
    }
}
