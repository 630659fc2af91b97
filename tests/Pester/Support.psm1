# Helpers for the test files: the emulator, separate PowerShell processes and runspaces, and transcripts.
# The import also prepares this process: it locates the build output, and hides the account and the home folder of the
# person who runs the tests. Remove-Module Support restores the environment.
Set-StrictMode -Version Latest

$root = Split-Path (Split-Path $PSScriptRoot)
$emulatorAssembly = Get-ChildItem (Join-Path $root 'tests/Emulator/bin/*/*/Fireworks.DpoJobs.Emulator.dll') | Sort-Object LastWriteTime | Select-Object -Last 1
if (-not $emulatorAssembly -or -not (Test-Path (Join-Path $root 'out/Fireworks.DpoJobs/Fireworks.DpoJobs.psd1'))) {
    throw 'Nothing has been built yet: dotnet build tests'
}
foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
    if ($assembly.GetName().Name -eq 'Fireworks.DpoJobs' -and -not $assembly.Location.StartsWith($root)) {
        throw "PowerShell cannot unload $($assembly.Location). Run the tests in a new PowerShell."
    }
}

# Another runspace of a process that is already prepared needs only the functions.
if ($env:FIREWORKS_TEST_ROOT -ne $root) {
    $before = [Environment]::GetEnvironmentVariables()
    $MyInvocation.MyCommand.ScriptBlock.Module.OnRemove = {
        foreach ($name in @([Environment]::GetEnvironmentVariables().Keys) + @($before.Keys)) {
            # PowerShell would pass $null as an empty string.
            $value = if ($before.Contains($name)) { $before[$name] } else { [NullString]::Value }
            [Environment]::SetEnvironmentVariable($name, $value)
        }
    }
    $env:FIREWORKS_TEST_ROOT = $root
    if (-not $env:FIREWORKS_TEST_EMULATOR) { $env:FIREWORKS_TEST_EMULATOR = $emulatorAssembly.FullName }
    $env:FIREWORKS_API_KEY = $env:FIREWORKS_ACCOUNT_ID = $env:FIREWORKS_BASE_URL = $env:FIREWORKS_PROFILE = $null
    $env:PSModulePath = (Join-Path $root 'out') + [IO.Path]::PathSeparator + $env:PSModulePath
    # The default package folder of dotnet depends on HOME, which changes below.
    if (-not $env:NUGET_PACKAGES) { $env:NUGET_PACKAGES = Join-Path $HOME '.nuget/packages' }
    $env:HOME = (New-Item (Join-Path $root 'out/empty-home') -ItemType Directory -Force).FullName
    # Without this folder, NuGet writes its settings to the current folder.
    $null = New-Item (Join-Path $env:HOME '.config') -ItemType Directory -Force
    # Tests contact only this machine.
    $env:POWERSHELL_TELEMETRY_OPTOUT = $env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
    $env:POWERSHELL_UPDATECHECK = 'Off'
}

function Start-Emulator {
    <#
    .SYNOPSIS
        Starts the emulator and configures the module to use it.
    .PARAMETER ArgumentList
        The verb and its options, for example emulate --jobs 500.
    .OUTPUTS
        An object with Address and Process, for Stop-Emulator.
    #>
    param([Parameter(Mandatory)] [string[]] $ArgumentList)

    $arguments = @($env:FIREWORKS_TEST_EMULATOR) + $ArgumentList + @('--parent', "$PID")
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', '"' + ($arguments -join '" "') + '"')
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLine()
    if ($line -notmatch '^Listening on (?<address>http://\S+)$') {
        throw "The emulator did not start: '$line'"
    }
    $env:FIREWORKS_BASE_URL = $Matches.address
    $env:FIREWORKS_API_KEY = 'fw_test'
    $env:FIREWORKS_ACCOUNT_ID = 'acme'
    [pscustomobject]@{ Address = [uri]$Matches.address; Process = $process }
}

function Stop-Emulator {
    <#
    .SYNOPSIS
        Stops an emulator.
    #>
    param([Parameter(Mandatory)] $Emulator)

    $Emulator.Process.Kill()
    $Emulator.Process.Dispose()
}

function Get-EmulatorRequest {
    <#
    .SYNOPSIS
        Gets the requests that the emulator received since the last reset, oldest first.
    .OUTPUTS
        Objects with Method, Path, Query (a dictionary), Headers (names), Aborted and Status, File (metrics, log, or $null for
        a request of the API), and the headers Range and IfRange.
    #>
    param([Parameter(Mandatory)] $Emulator)

    # Invoke-RestMethod writes an array as one object.
    $requests = Invoke-RestMethod ([uri]::new($Emulator.Address, '/_emulator/requests'))
    foreach ($request in $requests) {
        $query = [ordered]@{}
        foreach ($pair in $request.query) { $query[$pair.name] = $pair.value }
        [pscustomobject]@{
            Method = $request.method
            Path = $request.path
            Query = $query
            Headers = $request.headers
            Aborted = $request.aborted
            Status = $request.status
            File = $request.file
            Range = $request.range
            IfRange = $request.ifRange
        }
    }
}

function Reset-Emulator {
    <#
    .SYNOPSIS
        Clears the recorded requests and the fault plan, and stops the clock of the account.
    .PARAMETER Account
        Undoes all changes of the account and its clock too.
    #>
    param([Parameter(Mandatory)] $Emulator, [switch] $Account)

    $null = Invoke-RestMethod ([uri]::new($Emulator.Address, '/_emulator/reset')) -Method Post
    if ($Account) { $null = Invoke-RestMethod ([uri]::new($Emulator.Address, '/_emulator/restore')) -Method Post }
}

function Set-EmulatorClock {
    <#
    .SYNOPSIS
        Moves the clock of the emulator's account, on which jobs change their states. Otherwise it stands still.
    .PARAMETER Advance
        The number of seconds to move it by now.
    .PARAMETER PerRequest
        The number of seconds to move it by with each later request, until Reset-Emulator.
    #>
    param([Parameter(Mandatory)] $Emulator, [int] $Advance, [int] $PerRequest)

    $body = @{ advance = $Advance; perRequest = $PerRequest } | ConvertTo-Json
    $null = Invoke-RestMethod ([uri]::new($Emulator.Address, '/_emulator/clock')) -Method Post -Body $body -ContentType 'application/json'
}

function Set-EmulatorJobState {
    <#
    .SYNOPSIS
        Puts jobs of the emulator into a state, from which they move on with the clock of the account.
    .PARAMETER Id
        The ids of the jobs.
    .PARAMETER State
        The name of the state in the spelling of the service, without its prefix.
    #>
    param([Parameter(Mandatory)] $Emulator, [Parameter(Mandatory)] [string[]] $Id, [Parameter(Mandatory)] [string] $State)

    foreach ($job in $Id) {
        $body = @{ job = $job; state = "JOB_STATE_$State" } | ConvertTo-Json
        $null = Invoke-RestMethod ([uri]::new($Emulator.Address, '/_emulator/state')) -Method Post -Body $body -ContentType 'application/json'
    }
}

function Set-EmulatorFile {
    <#
    .SYNOPSIS
        Replaces the metrics file or the trainer's log of a job, which are generated otherwise.
    .PARAMETER Id
        The id of the job.
    .PARAMETER Kind
        The file.
    .PARAMETER Content
        A string, which is sent as UTF-8, or bytes.
    .PARAMETER Append
        Appends to the present content, which is empty if it has not been replaced before.
    #>
    param(
        [Parameter(Mandatory)] $Emulator,
        [Parameter(Mandatory)] [string] $Id,
        [Parameter(Mandatory)] [ValidateSet('metrics', 'log')] [string] $Kind,
        [Parameter(Mandatory)] [AllowEmptyString()] $Content,
        [switch] $Append
    )

    [byte[]] $bytes = if ($Content -is [string]) { [Text.Encoding]::UTF8.GetBytes($Content) } else { $Content }
    $address = [uri]::new($Emulator.Address, "/_emulator/files/$Id/$Kind$(if ($Append) { '/append' })")
    $null = Invoke-RestMethod $address -Method Post -Body $bytes -ContentType 'application/octet-stream'
}

function Set-EmulatorFileSetting {
    <#
    .SYNOPSIS
        Sets how the emulator makes signed addresses, metrics files and logs, until Reset-Emulator -Account.
    .PARAMETER Setting
        One or more of lifetime (of addresses, in seconds of the account's clock), logSize (bytes) and metricSteps.
    #>
    param([Parameter(Mandatory)] $Emulator, [Parameter(Mandatory)] [hashtable] $Setting)

    $null = Invoke-RestMethod ([uri]::new($Emulator.Address, '/_emulator/files')) -Method Post -Body ($Setting | ConvertTo-Json) -ContentType 'application/json'
}

function Get-EmulatorFileStatus {
    <#
    .SYNOPSIS
        Gets the settings of files, and how many requests their port received since the last reset.
    .OUTPUTS
        An object with address, lifetime, logSize, metricSteps, requests, and withAuthorization: how many of the requests had
        an Authorization header.
    #>
    param([Parameter(Mandatory)] $Emulator)

    Invoke-RestMethod ([uri]::new($Emulator.Address, '/_emulator/files'))
}

function Set-EmulatorResponse {
    <#
    .SYNOPSIS
        Sets the responses to the next requests, in order. Later requests get normal responses again.
    .PARAMETER Response
        One hashtable per response: a rule as in Set-EmulatorFault, used once unless the key repeat sets another number.
    #>
    param(
        [Parameter(Mandatory)] $Emulator,
        [Parameter(Mandatory)] [hashtable[]] $Response
    )

    $rules = foreach ($rule in $Response) { if ($rule.ContainsKey('repeat')) { $rule } else { $rule + @{ repeat = 1 } } }
    Set-EmulatorFault $Emulator $rules
}

function Get-PowerShellCommand {
    <#
    .SYNOPSIS
        Returns the command line that starts this PowerShell without a profile: the program and its first arguments.
    #>
    $program = (Get-Process -Id $PID).Path
    $program
    # When PowerShell is installed as a .NET tool, its process is dotnet.
    if ((Split-Path $program -LeafBase) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' }
    '-NoProfile'
    '-NonInteractive'
}

function Invoke-PowerShell {
    <#
    .SYNOPSIS
        Runs a script in a new PowerShell process.
    .PARAMETER Script
        The script. The module is on PSModulePath.
    .PARAMETER Environment
        Environment variables to set. $null removes a variable.
    .OUTPUTS
        An object with Output, ErrorOutput and ExitCode.
    #>
    param(
        [Parameter(Mandatory)] [string] $Script,
        [hashtable] $Environment = @{}
    )

    $program, $arguments = Get-PowerShellCommand
    $start = [System.Diagnostics.ProcessStartInfo]::new($program)
    foreach ($argument in $arguments + @('-Command', $Script)) {
        $start.ArgumentList.Add($argument)
    }
    $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
    foreach ($name in $Environment.Keys) {
        if ($null -eq $Environment[$name]) { $null = $start.Environment.Remove($name) }
        else { $start.Environment[$name] = $Environment[$name] }
    }
    $process = [System.Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    $errorOutput = $process.StandardError.ReadToEndAsync()
    $output = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    [pscustomobject]@{ Output = $output; ErrorOutput = $errorOutput.Result; ExitCode = $process.ExitCode }
}

function Invoke-Runspace {
    <#
    .SYNOPSIS
        Runs a script in a new runspace of this process: a new session, at a fraction of the cost of a new process.
    .PARAMETER Script
        The script. The module is on PSModulePath.
    .PARAMETER Environment
        Environment variables to set while the script runs. $null removes a variable.
    .OUTPUTS
        An object with Output, ErrorOutput and ExitCode ($LASTEXITCODE), like that of Invoke-PowerShell.
    #>
    param(
        [Parameter(Mandatory)] [string] $Script,
        [hashtable] $Environment = @{}
    )

    $before = @{}
    foreach ($name in $Environment.Keys) {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
        Set-Item "Env:$name" $Environment[$name]
    }
    $shell = [powershell]::Create([initialsessionstate]::CreateDefault())
    try {
        $null = $shell.AddScript("& {`n$Script`n} 6>&1 | Out-String -Width 120")
        $output = try { -join $shell.Invoke() } catch { $shell.Streams.Error.Add($_.Exception.InnerException.ErrorRecord) }
        [pscustomobject]@{
            Output = "$output"
            ErrorOutput = if ($shell.Streams.Error.Count) { $shell.Streams.Error | Out-String } else { '' }
            ExitCode = [int]$shell.Runspace.SessionStateProxy.GetVariable('LASTEXITCODE')
        }
    }
    finally {
        $shell.Dispose()
        foreach ($name in $before.Keys) { Set-Item "Env:$name" $before[$name] }
    }
}

function Start-Pipeline {
    <#
    .SYNOPSIS
        Starts a script in a runspace of this process, so that a test can stop it as Ctrl-C does.
    .OUTPUTS
        An object with Shell (a [powershell]) and Output (the objects written so far).
    #>
    param([Parameter(Mandatory)] [string] $Script)

    $shell = [powershell]::Create()
    $null = $shell.AddScript($Script)
    $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
    $null = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
    [pscustomobject]@{ Shell = $shell; Output = $output }
}

function Wait-Until {
    <#
    .SYNOPSIS
        Waits until a condition is true. Fails after ten seconds.
    #>
    param([Parameter(Mandatory)] [scriptblock] $Condition)

    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($watch.Elapsed.TotalSeconds -gt 10) { throw "Still false after ten seconds: $Condition" }
        Start-Sleep -Milliseconds 20
    }
}

function Get-Transcript {
    <#
    .SYNOPSIS
        Splits a console transcript into commands and their output.
    .DESCRIPTION
        A line that begins with 'PS> ' is a command, a line that begins with '>> ' continues it, and other lines are output.
    .OUTPUTS
        Objects with Code and Output.
    #>
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text)

    $pattern = '(?m)^ *PS> (?<first>.*)$(?<more>(\r?\n *>> .*$)*)(?<output>(\r?\n(?! *PS> ).*$)*)'
    foreach ($match in [regex]::Matches($Text, $pattern)) {
        [pscustomobject]@{
            Code   = $match.Groups['first'].Value.TrimEnd() + ($match.Groups['more'].Value -replace '(?m)^ *>> ')
            Output = $match.Groups['output'].Value
        }
    }
}

function Invoke-Transcript {
    <#
    .SYNOPSIS
        Runs commands in a new runspace and returns what each would print in a console.
    .PARAMETER Code
        The commands, which share variables and the connection.
    .PARAMETER Folder
        The current folder of the commands.
    .PARAMETER Setup
        A script that runs first, as the user's profile would.
    .OUTPUTS
        One string per command: output, warnings, verbose messages and errors, in the order in which they were written. Lines
        have 76 columns, the space that Get-Help leaves for examples in an 80-column console.
    #>
    param(
        [Parameter(Mandatory)] [string[]] $Code,
        [Parameter(Mandatory)] [string] $Folder,
        [string] $Setup = ''
    )

    $invokeAndFormat = {
        param($Command)
        $addPrefix = {
            if ($_ -is [System.Management.Automation.WarningRecord]) { "WARNING: $_" }
            elseif ($_ -is [System.Management.Automation.VerboseRecord]) { "VERBOSE: $_" }
            else { $_ }
        }
        try { . ([scriptblock]::Create($Command)) *>&1 | ForEach-Object $addPrefix | Out-String -Width 76 }
        catch { $_ | Out-String -Width 76 }
    }
    $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault())
    $runspace.ThreadOptions = 'ReuseThread'
    $runspace.Open()
    try {
        $shell = [powershell]::Create($runspace)
        # Times and numbers look the same on every machine.
        $null = $shell.AddScript("[cultureinfo]::CurrentCulture = ''; Set-Location '$Folder'; $Setup").Invoke()
        foreach ($command in $Code) {
            $shell = [powershell]::Create($runspace)
            -join $shell.AddScript(". { $invokeAndFormat } `$args[0]").AddArgument($command).Invoke()
        }
    }
    finally { $runspace.Dispose() }
}

function Set-EmulatorFault {
    <#
    .SYNOPSIS
        Replaces the emulator's fault plan: all responses and faults that were set before.
    .PARAMETER Rule
        One hashtable per rule. The emulator's --help lists the keys.
    .PARAMETER Seed
        The random seed for rules with a probability.
    #>
    param(
        [Parameter(Mandatory)] $Emulator,
        [hashtable[]] $Rule = @(),
        [long] $Seed = 1
    )

    $body = @{ seed = $Seed; rules = $Rule } | ConvertTo-Json -Depth 20
    $address = [uri]::new($Emulator.Address, '/_emulator/faults')
    $response = Invoke-RestMethod $address -Method Post -Body $body -ContentType 'application/json' -SkipHttpErrorCheck
    if ($response.PSObject.Properties['error']) { throw $response.error }
}

function Get-EmulatorFault {
    <#
    .SYNOPSIS
        Gets for each rule the number of requests for its path (Seen), and how often the rule was applied (Played).
    #>
    param([Parameter(Mandatory)] $Emulator)

    $counts = Invoke-RestMethod ([uri]::new($Emulator.Address, '/_emulator/faults'))
    foreach ($count in $counts) { [pscustomobject]@{ Seen = $count.seen; Played = $count.played } }
}

function Wait-EmulatorListening {
    <#
    .SYNOPSIS
        Waits until the emulator accepts connections again after a fault that refused them.
    #>
    param([Parameter(Mandatory)] $Emulator)

    Wait-Until {
        $client = [System.Net.Sockets.TcpClient]::new()
        try { $client.Connect($Emulator.Address.Host, $Emulator.Address.Port); $true }
        catch { $false }
        finally { $client.Dispose() }
    }
}

Export-ModuleMember -Function *
