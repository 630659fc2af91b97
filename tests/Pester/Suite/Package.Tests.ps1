BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    $root = $env:FIREWORKS_TEST_ROOT
    $staged = Join-Path $root 'out' 'Fireworks.DpoJobs'
    # Debug or Release, as in the path of the emulator that was built with the tests.
    $configuration = Split-Path (Split-Path (Split-Path $env:FIREWORKS_TEST_EMULATOR)) -Leaf
    # The same package that build.ps1 creates.
    $folder = Join-Path $TestDrive 'packages'
    # A build server that outlives the command would keep its output open.
    $log = & dotnet pack (Join-Path $root 'src' 'Fireworks.DpoJobs') -nodeReuse:false --configuration $configuration --no-build --output $folder 2>&1 | Out-String
    $package = Get-ChildItem $folder -Filter *.nupkg
    $manifest = Import-PowerShellDataFile (Join-Path $root 'Fireworks.DpoJobs.psd1')
    $version = $manifest.ModuleVersion

    function Get-RelativeFile([string] $Path) {
        Get-ChildItem $Path -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($Path, $_.FullName) -replace '\\', '/' } | Sort-Object
    }
}
AfterAll { Remove-Module Support }

Describe 'The package' {
    BeforeAll {
        $contents = Join-Path $TestDrive 'contents'
        [System.IO.Compression.ZipFile]::ExtractToDirectory($package.FullName, $contents)
        $container = '^(_rels/|package/|\[Content_Types\]\.xml$|Fireworks\.DpoJobs\.nuspec$)'
        $files = Get-RelativeFile $contents | Where-Object { $_ -notmatch $container }
        $metadata = ([xml](Get-Content (Join-Path $contents 'Fireworks.DpoJobs.nuspec') -Raw)).package.metadata
    }

    It 'is created with the version of the manifest' {
        $package | Should -HaveCount 1 -Because $log
        $package.Name | Should -BeExactly "Fireworks.DpoJobs.$version.nupkg"
    }

    It 'contains exactly the expected files' {
        $expected = @(
            'en-US/about_Fireworks.DpoJobs.help.txt'
            'en-US/about_Fireworks.DpoJobs_Cookbook.help.txt'
            'en-US/about_Fireworks.DpoJobs_Errors.help.txt'
            'en-US/about_Fireworks.DpoJobs_Filters.help.txt'
            'en-US/Fireworks.DpoJobs.dll-Help.xml'
            'Fireworks.DpoJobs.psd1'
            'Fireworks.DpoJobs.psm1'
            'Fireworks.DpoJobs.types.ps1xml'
            'format.ps1xml'
            'LICENSE'
            'net8.0/Fireworks.DpoJobs.dll'
            'net8.0/Fireworks.DpoJobs.pdb'
            'netstandard2.0/dependencies/Microsoft.Bcl.AsyncInterfaces.dll'
            'netstandard2.0/dependencies/System.Buffers.dll'
            'netstandard2.0/dependencies/System.Memory.dll'
            'netstandard2.0/dependencies/System.Numerics.Vectors.dll'
            'netstandard2.0/dependencies/System.Runtime.CompilerServices.Unsafe.dll'
            'netstandard2.0/dependencies/System.Text.Encodings.Web.dll'
            'netstandard2.0/dependencies/System.Text.Json.dll'
            'netstandard2.0/dependencies/System.Threading.Tasks.Extensions.dll'
            'netstandard2.0/Fireworks.DpoJobs.dll'
            'netstandard2.0/Fireworks.DpoJobs.pdb'
            'netstandard2.0/Register-Dependency.ps1'
        ) | Sort-Object
        $files | Should -BeExactly $expected
    }

    It 'contains the staged module, byte for byte' {
        $files | Should -BeExactly (Get-RelativeFile $staged)
        foreach ($file in $files) {
            (Get-FileHash (Join-Path $contents $file)).Hash | Should -Be (Get-FileHash (Join-Path $staged $file)).Hash -Because $file
        }
    }

    It 'has the metadata of the manifest' {
        $data = $manifest.PrivateData.PSData
        $metadata.version | Should -BeExactly $version
        $metadata.description | Should -BeExactly $manifest.Description
        $metadata.authors | Should -BeExactly $manifest.Author
        $metadata.releaseNotes | Should -BeExactly $data.ReleaseNotes
        $metadata.projectUrl | Should -BeExactly $data.ProjectUri
        $metadata.iconUrl | Should -BeExactly $data.IconUri
        $metadata.repository.url | Should -BeExactly $data.ProjectUri
        $metadata.license.InnerText | Should -BeExactly 'MIT'
        $metadata.SelectSingleNode('*[local-name()="dependencies"]') | Should -BeNullOrEmpty
    }

    It 'has a tag per cmdlet and the tags of the manifest, and no others' {
        $expected = @('PSModule', 'PSIncludes_Cmdlet') + $manifest.PrivateData.PSData.Tags +
            ($manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" })
        $metadata.tags -split ' ' | Sort-Object | Should -BeExactly ($expected | Sort-Object)
    }
}

Describe 'The symbols' {
    It 'of <_> list source files by their path in the repository' -ForEach 'net8.0', 'netstandard2.0' {
        $stream = [IO.File]::OpenRead((Join-Path $staged $_ 'Fireworks.DpoJobs.pdb'))
        try {
            $reader = [System.Reflection.Metadata.MetadataReaderProvider]::FromPortablePdbStream($stream).GetMetadataReader()
            $sources = foreach ($handle in $reader.Documents) { $reader.GetString($reader.GetDocument($handle).Name) }
        }
        finally { $stream.Dispose() }
        $sources | Should -Contain '/_/src/Fireworks.DpoJobs/Client/FireworksClient.cs'
        $sources | Where-Object { $_ -notlike '/_/*' } | Should -BeNullOrEmpty
    }

    It 'of <_> and their assembly contain no path of the build machine' -ForEach 'net8.0', 'netstandard2.0' {
        foreach ($file in 'Fireworks.DpoJobs.dll', 'Fireworks.DpoJobs.pdb') {
            $bytes = [IO.File]::ReadAllBytes((Join-Path $staged $_ $file))
            foreach ($encoding in [Text.Encoding]::Latin1, [Text.Encoding]::Unicode) {
                $text = $encoding.GetString($bytes)
                foreach ($path in $root, '.nuget') {
                    $text.Contains($path, 'OrdinalIgnoreCase') | Should -BeFalse -Because "$file contains $path"
                }
            }
        }
    }

    It 'add line numbers to stack traces' {
        $run = Invoke-Runspace 'try { Get-FwDpoJob -AccountId a } catch { $_.Exception.StackTrace }' -Environment @{ FIREWORKS_API_KEY = $null }
        $run.Output | Should -Match ' in /_/src/Fireworks\.DpoJobs/Connection/\w+\.cs:line \d+'
        $run.Output | Should -Not -Match ([regex]::Escape($root))
    }
}

Describe 'A build in another folder' {
    BeforeAll {
        $elsewhere = Join-Path $TestDrive 'else where'
        $source = Join-Path $root 'src'
        foreach ($file in Get-RelativeFile $source | Where-Object { $_ -notmatch '/(bin|obj)/' }) {
            $copy = Join-Path $elsewhere 'src' $file
            $null = New-Item (Split-Path $copy) -ItemType Directory -Force
            Copy-Item (Join-Path $source $file) $copy
        }
        Copy-Item (Join-Path $root 'Fireworks.DpoJobs.psd1'), (Join-Path $root 'format.ps1xml'), (Join-Path $root 'LICENSE') $elsewhere
        # Analyzers do not change the output, and other builds run them.
        $log = & dotnet build (Join-Path $elsewhere 'src' 'Fireworks.DpoJobs') --configuration $configuration -m:1 -nodeReuse:false -p:UseSharedCompilation=false -p:RunAnalyzers=false 2>&1 | Out-String
        $other = Join-Path $elsewhere 'out' 'Fireworks.DpoJobs'
    }

    It 'produces the same files, byte for byte' {
        $other | Should -Exist -Because $log
        Get-RelativeFile $other | Should -BeExactly (Get-RelativeFile $staged)
        $different = Get-RelativeFile $staged | Where-Object {
            (Get-FileHash (Join-Path $staged $_)).Hash -ne (Get-FileHash (Join-Path $other $_)).Hash
        }
        $different | Should -BeNullOrEmpty
    }
}

Describe 'A gallery' {
    BeforeAll {
        $missing = if (-not (Get-Module Microsoft.PowerShell.PSResourceGet -ListAvailable)) { 'Microsoft.PowerShell.PSResourceGet is not installed' }
        elseif ($IsWindows) { 'the module folder of a user on Windows cannot be redirected' }

        # A separate home folder, so that the tests change nothing of the person who runs them.
        $userHome = Join-Path $TestDrive 'home'
        $modules = Join-Path $userHome '.local' 'share' 'powershell' 'Modules'
        $null = New-Item $modules, (Join-Path $userHome '.config') -ItemType Directory
        $user = @{
            HOME              = $userHome
            XDG_DATA_HOME     = Join-Path $userHome '.local' 'share'
            XDG_CONFIG_HOME   = Join-Path $userHome '.config'
            XDG_CACHE_HOME    = Join-Path $userHome '.cache'
            PSModulePath      = $modules
            FIREWORKS_API_KEY = 'fw_test'
        }
        function Invoke-AsUser([string] $Script) {
            $run = Invoke-PowerShell "`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'; $Script" -Environment $user
            $run.ErrorOutput | Should -BeNullOrEmpty
            $run.Output.Trim() -split '\r?\n'
        }

        # An earlier version, published from a folder.
        $gallery = (New-Item (Join-Path $TestDrive 'gallery') -ItemType Directory).FullName
        $earlier = Join-Path $TestDrive 'earlier' 'Fireworks.DpoJobs'
        Copy-Item $staged $earlier -Recurse
        $text = Get-Content (Join-Path $earlier 'Fireworks.DpoJobs.psd1') -Raw
        $text -replace "(?<=ModuleVersion\s*=\s*)'$([regex]::Escape($version))'", "'0.0.9'" | Set-Content (Join-Path $earlier 'Fireworks.DpoJobs.psd1')
        if (-not $missing) {
            $null = Invoke-AsUser "Register-PSResourceRepository TestGallery '$gallery' -Trusted; Publish-PSResource '$earlier' -Repository TestGallery; Install-PSResource Fireworks.DpoJobs -Repository TestGallery"
        }
    }

    BeforeEach {
        if ($missing) { Set-ItResult -Skipped -Because $missing }
    }

    It 'accepts the module and installs it' {
        Join-Path $modules 'Fireworks.DpoJobs' '0.0.9' 'Fireworks.DpoJobs.psd1' | Should -Exist
        $lines = Invoke-AsUser '(Get-FwConnection).BaseUri.Host; $module = Get-Module Fireworks.DpoJobs; "$($module.Version)"; $module.ModuleBase'
        $lines[1] | Should -BeExactly '0.0.9'
        $lines[2] | Should -BeLike "$modules*"
    }

    It 'updates to the package of build.ps1 and shows its addresses' {
        Copy-Item $package.FullName $gallery
        $lines = Invoke-AsUser ('Update-PSResource Fireworks.DpoJobs -Repository TestGallery; Get-InstalledPSResource Fireworks.DpoJobs | ForEach-Object { "$($_.Version)" } | Sort-Object; ' +
            '$found = Find-PSResource Fireworks.DpoJobs -Repository TestGallery; "$($found.Version)"; $found.ProjectUri.AbsoluteUri; $found.IconUri.AbsoluteUri')

        $lines[0, 1] | Should -Be '0.0.9', $version
        $lines[2..4] | Should -BeExactly $version, $manifest.PrivateData.PSData.ProjectUri, $manifest.PrivateData.PSData.IconUri
    }

    It 'installs a module that works in a new session' {
        $emulator = Start-Emulator emulate, --jobs, 5
        try { $lines = Invoke-AsUser 'Get-FwDpoJob | ForEach-Object Name; "$((Get-Module Fireworks.DpoJobs).Version)"' }
        finally { Stop-Emulator $emulator }
        $lines | Should -HaveCount 6
        $lines[5] | Should -BeExactly $version
    }

    It 'uninstalls the module completely' {
        $count = Invoke-AsUser "Uninstall-PSResource Fireworks.DpoJobs -Version '*'; @(Get-Command Get-FwDpoJob -ErrorAction Ignore).Count"

        Get-ChildItem $modules -Recurse -Force | Should -BeNullOrEmpty
        $count | Should -BeExactly '0'
    }
}
