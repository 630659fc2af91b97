BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    $staged = Join-Path $env:FIREWORKS_TEST_ROOT 'out' 'Fireworks.DpoJobs'

    # A similar, empty module: importing it first loads and compiles the parts of PowerShell that any import needs.
    $warmUp = Join-Path $TestDrive 'Fireworks.DpoJobs'
    $null = New-Item $warmUp -ItemType Directory
    Copy-Item (Join-Path $staged 'Fireworks.DpoJobs.psd1'), (Join-Path $staged 'format.ps1xml') $warmUp
    # Type data of the same types would be an error.
    (Get-Content (Join-Path $staged 'Fireworks.DpoJobs.types.ps1xml') -Raw) -replace '<Name>(Deserialized\.)?Fireworks', '<Name>$1WarmUp' |
        Set-Content (Join-Path $warmUp 'Fireworks.DpoJobs.types.ps1xml')
    'Import-Module "$PSHOME/Microsoft.PowerShell.Security.dll"' | Set-Content (Join-Path $warmUp 'Fireworks.DpoJobs.psm1')
    $measure = {
        Import-Module "$env:WARM_UP/Fireworks.DpoJobs.psd1"

        $modules = @((Get-Module).Path)
        $process = [Diagnostics.Process]::GetCurrentProcess()
        $time = $process.TotalProcessorTime
        $methods = [Runtime.JitInfo]::GetCompiledMethodCount($true)
        Import-Module "$env:STAGED/Fireworks.DpoJobs.psd1"
        $methods = [Runtime.JitInfo]::GetCompiledMethodCount($true) - $methods
        $process.Refresh()
        $time = $process.TotalProcessorTime - $time

        [pscustomobject]@{
            Modules      = @((Get-Module).Path.Where{ $_ -notin $modules })
            Methods      = $methods
            Milliseconds = [int]$time.TotalMilliseconds
        } | ConvertTo-Json -Compress
    }
    function Measure-Import {
        $run = Invoke-PowerShell "$measure" -Environment @{ STAGED = $staged; WARM_UP = $warmUp }
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.Output | ConvertFrom-Json
    }
    $imports = 1..3 | ForEach-Object { Measure-Import }
}
AfterAll { Remove-Module Support }

Describe 'The module manifest' {
    It 'is valid' {
        $module = Test-ModuleManifest (Join-Path $staged 'Fireworks.DpoJobs.psd1') -WarningVariable warnings
        $module.Name | Should -Be 'Fireworks.DpoJobs'
        $warnings | Should -BeNullOrEmpty
    }

    It 'has https addresses for galleries, and the files behind them exist' {
        $data = (Import-PowerShellDataFile (Join-Path $staged 'Fireworks.DpoJobs.psd1')).PrivateData.PSData
        foreach ($name in 'ProjectUri', 'LicenseUri', 'IconUri') {
            ([uri]$data[$name]).Scheme | Should -BeExactly 'https' -Because $name
        }
        # The files in this repository that the addresses refer to.
        $files = foreach ($name in 'LicenseUri', 'IconUri') { $data[$name] -replace '^.*?/main/' }
        $files | Should -BeExactly 'LICENSE', '.github/images/icon.png'
        foreach ($file in $files) { Join-Path $env:FIREWORKS_TEST_ROOT $file | Should -Exist }
        $data.ReleaseNotes.Length | Should -BeLessThan 200
    }

    It 'declares both editions for PowerShell and for galleries' {
        $manifest = Import-PowerShellDataFile (Join-Path $staged 'Fireworks.DpoJobs.psd1')
        $manifest.CompatiblePSEditions | Should -Be 'Core', 'Desktop'
        foreach ($edition in $manifest.CompatiblePSEditions) { $manifest.PrivateData.PSData.Tags | Should -Contain "PSEdition_$edition" }
    }

    It 'lists the exported cmdlets as literal data' {
        (Import-PowerShellDataFile (Join-Path $staged 'Fireworks.DpoJobs.psd1')).CmdletsToExport | Should -Be @(
            'Connect-FwAccount', 'Disconnect-FwAccount', 'Export-FwDpoJobReport', 'Get-FwConnection', 'Get-FwDpoJob', 'Get-FwDpoJobLog',
            'Get-FwDpoJobMetric', 'New-FwDpoJob', 'Remove-FwDpoJob', 'Resume-FwDpoJob', 'Save-FwDpoJobLog', 'Save-FwDpoJobMetric',
            'Show-FwDpoJobMetric', 'Stop-FwDpoJob', 'Wait-FwDpoJob'
        )
    }

    It 'exports all cmdlets of the assembly, and nothing else' {
        $module = Import-Module Fireworks.DpoJobs -PassThru
        $manifest = Import-PowerShellDataFile (Join-Path $staged 'Fireworks.DpoJobs.psd1')
        $module.ExportedCommands.Keys | Sort-Object | Should -Be $manifest.CmdletsToExport
        $module.ExportedCmdlets['Get-FwDpoJob'].ImplementingType.Assembly.GetExportedTypes() |
            Where-Object { $_.IsSubclassOf([System.Management.Automation.Cmdlet]) -and -not $_.IsAbstract } |
            Should -HaveCount $manifest.CmdletsToExport.Count
    }
}

Describe 'The staged module' {
    It 'contains the shipped files, and nothing else' {
        $files = Get-ChildItem $staged -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($staged, $_.FullName) -replace '\\', '/' }
        $files | Should -Not -Contain 'System.Management.Automation.dll'
        $files | Where-Object { $_ -like '*Automation*' } | Should -BeNullOrEmpty
        $files | Where-Object { $_ -like 'net8.0/*' } | Sort-Object | Should -Be 'net8.0/Fireworks.DpoJobs.dll', 'net8.0/Fireworks.DpoJobs.pdb'
        $files | Where-Object { $_ -like 'netstandard2.0/dependencies/*' } | Should -HaveCount 8
        $files | Should -Contain 'netstandard2.0/Register-Dependency.ps1'
        $files | Where-Object { $_ -notlike '*/*' } | Sort-Object |
            Should -Be 'Fireworks.DpoJobs.psd1', 'Fireworks.DpoJobs.psm1', 'Fireworks.DpoJobs.types.ps1xml', 'format.ps1xml', 'LICENSE'
    }
}

Describe 'The module import' {
    It 'happens automatically when a command is first used' {
        $run = Invoke-Runspace '(Get-Command Get-FwDpoJob).Source; try { Get-FwDpoJob } catch { $_.FullyQualifiedErrorId }' -Environment @{ FIREWORKS_API_KEY = $null }
        $run.Output | Should -Match 'Fireworks\.DpoJobs'
        $run.Output | Should -Match 'FwConfiguration'
    }

    It 'loads no other module' {
        foreach ($import in $imports) { $import.Modules | Should -Be (Join-Path $staged 'Fireworks.DpoJobs.psm1') }
    }

    It 'loads no JSON or HTTP library before first use' {
        # PowerShell loads these libraries itself, so this test records the requests of the module's assembly.
        $run = Invoke-PowerShell -Environment @{ STAGED = $staged } -Script @'
            Add-Type @"
                public class Recorder : System.Runtime.Loader.AssemblyLoadContext
                {
                    public System.Collections.Concurrent.ConcurrentQueue<string> Names { get; } = new();
                    protected override System.Reflection.Assembly Load(System.Reflection.AssemblyName name)
                    {
                        Names.Enqueue(name.Name);
                        return null;
                    }
                }
"@
            $recorder = [Recorder]::new()
            $assembly = $recorder.LoadFromAssemblyPath("$env:STAGED/net8.0/Fireworks.DpoJobs.dll")
            Import-Module -Assembly $assembly
            $recorder.Names -join ' '
            $json = $assembly.GetType('Fireworks.DpoJobs.FireworksJsonContext', $true)
            [System.Runtime.CompilerServices.RuntimeHelpers]::RunClassConstructor($json.TypeHandle)
            $recorder.Names -join ' '
'@
        $run.ErrorOutput | Should -BeNullOrEmpty
        $imported, $used = $run.Output.Trim() -split '\r?\n'
        $imported | Should -Match 'System\.Management\.Automation'
        $imported | Should -Not -Match 'System\.(Text\.Json|Net)'
        $used | Should -Match 'System\.Text\.Json'
    }

    It 'compiles fewer than 80 methods' {
        # Measured: 2 to 8 methods.
        ($imports.Methods | Measure-Object -Maximum).Maximum | Should -BeLessThan 80
    }

    It 'takes less than 120 ms of processor time' {
        # Measured: about 25 ms. Elapsed time would include other work on the machine.
        ($imports.Milliseconds | Measure-Object -Minimum).Minimum | Should -BeLessThan 120
    }

    It 'can be forced and removed' {
        $run = Invoke-Runspace 'Import-Module Fireworks.DpoJobs; Import-Module Fireworks.DpoJobs -Force; Remove-Module Fireworks.DpoJobs; @(Get-Module Fireworks.DpoJobs).Count'
        $run.Output.Trim() | Should -BeExactly '0'
        $run.ErrorOutput | Should -BeNullOrEmpty
    }
}

Describe 'The module in strict mode with ErrorActionPreference Stop' {
    It 'lists and formats jobs without an error' {
        $emulator = Start-Emulator emulate, --jobs, 5
        try {
            $run = Invoke-Runspace 'Set-StrictMode -Version Latest; $ErrorActionPreference = "Stop"; Get-FwDpoJob | Out-String; Get-FwDpoJob -ReadMask Name | Format-List | Out-String; "done"'
            $run.ErrorOutput | Should -BeNullOrEmpty
            $run.Output.Trim() | Should -Match 'done$'
        }
        finally { Stop-Emulator $emulator }
    }
}
