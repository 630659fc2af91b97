# Save-FwDpoJobLog and Save-FwDpoJobMetric.

BeforeDiscovery {
    $kinds = @{ Kind = 'log'; Command = 'Save-FwDpoJobLog'; Extension = '.log' }, @{ Kind = 'metrics'; Command = 'Save-FwDpoJobMetric'; Extension = '.jsonl' }
}
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 40, --now, 2026-11-01T00:00:00Z
    $ids = (Get-FwDpoJob -All).Id
    function Get-FileRequest { @(Get-EmulatorRequest $emulator | Where-Object File) }
    function Get-Sent($Id, $Kind) { (Invoke-WebRequest ([uri]::new($emulator.Address, "/_emulator/files/$Id/$Kind"))).Content }
    function Test-Same($Path, $Id, $Kind) {
        [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([IO.File]::ReadAllBytes($Path))) -eq
        [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([byte[]](Get-Sent $Id $Kind)))
    }
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe '<Command>' -ForEach $kinds {
    BeforeEach {
        Reset-Emulator $emulator -Account
        Set-EmulatorJobState $emulator $ids[0..3] COMPLETED
        $folder = (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory).FullName
        function Get-Saved { Get-ChildItem $folder -Force | ForEach-Object Name }
    }

    It 'saves each job under its id, byte for byte' {
        $ids[0..2] | & $Command -Path $folder | Should -BeNullOrEmpty
        Get-Saved | Should -Be ($ids[0..2] | Sort-Object | ForEach-Object { $_ + $Extension })
        foreach ($id in $ids[0..2]) { Test-Same (Join-Path $folder "$id$Extension") $id $Kind | Should -BeTrue }
        (Get-EmulatorFileStatus $emulator).withAuthorization | Should -Be 0
    }

    It 'saves job objects, and writes the files with -PassThru' {
        $files = Get-FwDpoJob $ids[0..1] | & $Command -Path $folder -PassThru
        $files | Should -BeOfType System.IO.FileInfo
        $files.Name | Should -Be ($ids[0..1] | ForEach-Object { $_ + $Extension })
    }

    It 'saves a single job under the name of -Path' {
        & $Command $ids[0] (Join-Path $folder 'any.txt')
        Get-Saved | Should -Be 'any.txt'
        Test-Same (Join-Path $folder 'any.txt') $ids[0] $Kind | Should -BeTrue
    }

    It 'uses the current location of PowerShell by default' {
        Push-Location $folder
        try { & $Command $ids[0] }
        finally { Pop-Location }
        Get-Saved | Should -Be "$($ids[0])$Extension"
    }

    It 'overwrites a file only with -Force, and continues with the next job' {
        $path = Join-Path $folder "$($ids[0])$Extension"
        Set-Content $path 'old'
        $ids[0..1] | & $Command -Path $folder -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -BeLike 'FwFileExists,*'
        $failures[0].TargetObject | Should -BeExactly "accounts/acme/dpoJobs/$($ids[0])"
        Get-Content $path | Should -BeExactly 'old'
        Get-Saved | Should -HaveCount 2
        # Nothing was requested for a file that exists.
        Get-FileRequest | Should -HaveCount 1
        & $Command $ids[0] $folder -Force
        Test-Same $path $ids[0] $Kind | Should -BeTrue
    }

    It 'rejects several jobs for one file, and a folder that does not exist' {
        { $ids[0..1] | & $Command -Path (Join-Path $folder 'one.txt') } | Should -Throw -ErrorId 'FwInvalidParameter,*'
        { & $Command $ids[0] (Join-Path $folder 'none/one.txt') } | Should -Throw -ErrorId 'FwFileNotWritten,*'
        { & $Command $ids[0] "$(Join-Path $folder 'none')/" } | Should -Throw -ErrorId 'FwFileNotWritten,*'
        { & $Command $ids[0] Env: } | Should -Throw -ErrorId 'FwFileNotWritten,*'
        Get-Saved | Should -BeNullOrEmpty
    }

    It 'does not overwrite the file of a job with the same id in another account' {
        $rows = "accounts/acme/dpoJobs/$($ids[0])", "accounts/other/dpoJobs/$($ids[0])"
        $rows | & $Command -Path $folder -Force -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -BeLike 'FwFileNotWritten,*'
        "$failures" | Should -Match 'same ID in another account'
        Get-Saved | Should -HaveCount 1
    }

    It 'does not use the name of a device as that of a file: <_>' -ForEach 'con', 'lpt1' {
        & $Command $_ $folder -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -BeLike 'FwFileNotWritten,*'
        @(Get-EmulatorRequest $emulator) | Should -BeNullOrEmpty
    }

    It 'reports invalid and missing jobs, and saves the others' {
        $ids[0], '../evil', 'no-such-job', $ids[1] | & $Command -Path $folder -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -Be "FwInvalidJobId,Fireworks.DpoJobs.$($Command -replace '-')Command", "FwApi.NotFound,Fireworks.DpoJobs.$($Command -replace '-')Command"
        Get-Saved | Should -HaveCount 2
    }

    It 'requests and writes nothing with -WhatIf' {
        $ids[0..1] | & $Command -Path $folder -WhatIf
        Get-Saved | Should -BeNullOrEmpty
        @(Get-EmulatorRequest $emulator) | Should -BeNullOrEmpty
    }

    It 'continues after a broken connection, without mixing versions of the file: <Form>' -ForEach @(
        @{ Form = 'the same file'; Faults = @{ reset = 'midBody'; after = 20000; requests = 1, 2 }, @{ truncate = $true; after = 0; requests = @(3) } }
        @{ Form = 'without ranges'; Faults = @{ reset = 'midBody'; requests = @(1) }, @{ ignoreRange = $true; requests = @(2) } }
        @{ Form = 'changed in between'; Faults = @{ changedFile = $true; reset = 'midBody'; requests = @(1) }, @{ truncate = $true; after = 0; requests = @(3) } }
    ) {
        Set-EmulatorFault $emulator @($Faults | ForEach-Object { $_ + @{ file = $Kind } })
        & $Command $ids[0] $folder -ErrorAction Stop
        Test-Same (Join-Path $folder "$($ids[0])$Extension") $ids[0] $Kind | Should -BeTrue
        $ranges = Get-FileRequest | Where-Object Range
        $ranges | Should -Not -BeNullOrEmpty
        # If-Range has the version of the first response.
        $ranges.IfRange | Should -Not -Contain $null
    }

    It 'leaves no file when the download fails' {
        Set-EmulatorFault $emulator @{ file = $Kind; reset = 'midBody'; after = 0 }
        & $Command $ids[0] $folder -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -BeLike 'FwApi.ConnectionFailed,*'
        Get-Saved | Should -BeNullOrEmpty
    }

    It 'leaves no file when it is stopped' {
        Set-EmulatorFault $emulator @{ file = $Kind; stall = 'body' }
        $pipeline = Start-Pipeline "& '$Command' $($ids[0]) '$folder'"
        Wait-Until { @(Get-ChildItem $folder -Force | Where-Object Length).Count -gt 0 }
        $pipeline.Shell.Stop()
        Get-Saved | Should -BeNullOrEmpty
        $pipeline.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $pipeline.Shell.Streams.Error | Should -BeNullOrEmpty
    }

    It 'works in a new process' {
        $run = Invoke-PowerShell "'$($ids[0])' | $Command -Path '$folder' -PassThru | ForEach-Object Name"
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.Output.Trim() | Should -BeExactly "$($ids[0])$Extension"
    }
}

Describe 'A job without a file' {
    BeforeEach {
        Reset-Emulator $emulator -Account
        Set-EmulatorJobState $emulator $ids[0] COMPLETED
        Set-EmulatorJobState $emulator $ids[1, 2] PENDING
        $folder = (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory).FullName
    }

    It 'is an error of Save-FwDpoJobLog, one for all jobs' {
        $ids[0..2] | Save-FwDpoJobLog -Path $folder -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeExactly 'FwLogUnavailable,Fireworks.DpoJobs.SaveFwDpoJobLogCommand'
        "$failures" | Should -Match "no trainer log of $($ids[1]), $($ids[2])\."
        (Get-ChildItem $folder -Force).Name | Should -Be "$($ids[0]).log"
    }

    It 'is a warning of Save-FwDpoJobMetric, one for all jobs' {
        $ids[0..2] | Save-FwDpoJobMetric -Path $folder -ErrorAction Stop -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeExactly "There is no metrics file of $($ids[1]), $($ids[2]), so none was saved. A job has none before its first step."
        (Get-ChildItem $folder -Force).Name | Should -Be "$($ids[0]).jsonl"
    }
}

Describe 'A log of 1 GB' {
    BeforeAll {
        Reset-Emulator $emulator -Account
        Set-EmulatorFileSetting $emulator @{ logSize = 1gb }
        Set-EmulatorJobState $emulator $ids[0] COMPLETED
        $folder = (New-Item (Join-Path $TestDrive big) -ItemType Directory).FullName
        # Peak memory of a new process that runs a command, in MB, and its output.
        function Measure-Memory($Script) {
            $run = Invoke-PowerShell "Import-Module Fireworks.DpoJobs; $Script; [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1mb"
            $run.ErrorOutput | Should -BeNullOrEmpty
            $lines = $run.Output.Trim() -split '\r?\n'
            @{ Output = $lines[0..($lines.Count - 2)]; Memory = [double]$lines[-1] }
        }
        $idle = (Measure-Memory 'Get-FwDpoJob -First 1 | Out-Null').Memory
    }
    AfterAll { Remove-Item $folder -Recurse }

    It 'is saved in constant memory' {
        $run = Measure-Memory "Save-FwDpoJobLog $($ids[0]) '$folder'"
        (Get-Item (Join-Path $folder "$($ids[0]).log")).Length | Should -Be 1gb
        $run.Memory | Should -BeLessThan ($idle + 150)
    }

    It 'is read to its last lines in constant memory' {
        $run = Measure-Memory "Get-FwDpoJobLog $($ids[0]) -Tail 10"
        $run.Output | Should -HaveCount 10
        $run.Memory | Should -BeLessThan ($idle + 150)
    }

    It 'is streamed in constant memory' {
        $run = Measure-Memory "`$n = 0; Get-FwDpoJobLog $($ids[0]) | Select-Object -First 1000000 | ForEach-Object { `$n++ }; `$n"
        $run.Output | Should -Be '1000000'
        $run.Memory | Should -BeLessThan ($idle + 150)
    }
}
