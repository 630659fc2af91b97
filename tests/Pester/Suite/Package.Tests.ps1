BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    $folder = Join-Path $TestDrive 'packages'
    $module = Join-Path $env:FIREWORKS_TEST_ROOT 'src' 'Fireworks.DpoJobs'
    # The package as build.ps1 makes it. Debug is what the tests have built already.
    $log = & dotnet pack $module --configuration Debug --no-build --output $folder 2>&1 | Out-String
    $package = Get-ChildItem $folder -Filter *.nupkg
    $manifest = Import-PowerShellDataFile (Join-Path $env:FIREWORKS_TEST_ROOT 'Fireworks.DpoJobs.psd1')
}

Describe 'The package' {
    It 'is made' {
        $package | Should -HaveCount 1 -Because $log
        $package.Name | Should -BeExactly "Fireworks.DpoJobs.$($manifest.ModuleVersion).nupkg"
    }

    It 'holds the staged module, file by file, and no PowerShell' {
        $archive = [System.IO.Compression.ZipFile]::OpenRead($package.FullName)
        try { $files = $archive.Entries.FullName | Where-Object { $_ -notmatch '^(_rels/|package/|\[Content_Types\]|.*\.nuspec$)' } }
        finally { $archive.Dispose() }
        $staged = Join-Path $env:FIREWORKS_TEST_ROOT 'out' 'Fireworks.DpoJobs'
        $expected = Get-ChildItem $staged -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($staged, $_.FullName) -replace '\\', '/' }
        $files | Sort-Object | Should -Be ($expected | Sort-Object)
        $files -match 'System\.Management\.Automation' | Should -BeNullOrEmpty
    }

    It 'says of itself what the manifest says' {
        $archive = [System.IO.Compression.ZipFile]::OpenRead($package.FullName)
        try {
            $entry = $archive.Entries | Where-Object FullName -Like *.nuspec
            $reader = [System.IO.StreamReader]::new($entry.Open())
            $metadata = ([xml]$reader.ReadToEnd()).package.metadata
        }
        finally { $archive.Dispose() }
        $metadata.version | Should -BeExactly $manifest.ModuleVersion
        $metadata.description | Should -BeExactly $manifest.Description
        $metadata.authors | Should -BeExactly $manifest.Author
        $tags = $metadata.tags -split ' '
        $tags | Should -Contain 'PSModule'
        foreach ($tag in $manifest.PrivateData.PSData.Tags) { $tags | Should -Contain $tag }
        foreach ($cmdlet in $manifest.CmdletsToExport) { $tags | Should -Contain "PSCmdlet_$cmdlet" }
        $metadata.SelectSingleNode('*[local-name()="dependencies"]') | Should -BeNullOrEmpty
    }

    It 'installs from a folder repository into an empty place, and runs there' {
        if (-not (Get-Module Microsoft.PowerShell.PSResourceGet -ListAvailable)) {
            Set-ItResult -Skipped -Because 'Microsoft.PowerShell.PSResourceGet is not installed'
        }
        $target = Join-Path $TestDrive 'modules'
        $null = New-Item $target -ItemType Directory
        $run = Invoke-PowerShell @"
            Register-PSResourceRepository -Name FireworksTest -Uri '$folder' -Trusted -Force
            try { Save-PSResource -Name Fireworks.DpoJobs -Repository FireworksTest -Path '$target' -TrustRepository -ErrorAction Stop }
            finally { Unregister-PSResourceRepository -Name FireworksTest }
"@ -Environment @{ HOME = "$TestDrive" }
        $run.ErrorOutput | Should -BeNullOrEmpty

        $emulator = Start-Emulator emulate, --jobs, 5
        try {
            $run = Invoke-PowerShell 'Get-FwDpoJob | ForEach-Object Name; (Get-Module Fireworks.DpoJobs).ModuleBase' -Environment @{ PSModulePath = $target; HOME = "$TestDrive" }
        }
        finally { Stop-Emulator $emulator }
        $lines = $run.Output.Trim() -split '\r?\n'
        $lines | Should -HaveCount 6 -Because $run.ErrorOutput
        $lines[-1] | Should -BeLike "$target*"
    }
}
