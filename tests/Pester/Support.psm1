# What the suite needs: the emulator, and PowerShell in a process of its own.
# The import also prepares this process for a test file: it finds what was built, and hides the account and the home of the
# person who runs the tests. Remove-Module Support restores the environment.
Set-StrictMode -Version Latest

$root = Split-Path (Split-Path $PSScriptRoot)
$emulatorBuilt = Get-ChildItem (Join-Path $root 'tests/Emulator/bin/*/*/Fireworks.DpoJobs.Emulator.dll') | Sort-Object LastWriteTime | Select-Object -Last 1
if (-not $emulatorBuilt -or -not (Test-Path (Join-Path $root 'out/Fireworks.DpoJobs/Fireworks.DpoJobs.psd1'))) {
    throw 'Nothing has been built yet: dotnet build tests'
}
foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
    if ($assembly.GetName().Name -eq 'Fireworks.DpoJobs' -and -not $assembly.Location.StartsWith($root)) {
        throw "PowerShell cannot unload $($assembly.Location). Run the tests in a new PowerShell."
    }
}

$before = [Environment]::GetEnvironmentVariables()
$MyInvocation.MyCommand.ScriptBlock.Module.OnRemove = {
    foreach ($name in @([Environment]::GetEnvironmentVariables().Keys) + @($before.Keys)) {
        # PowerShell would pass $null as an empty string.
        $value = if ($before.Contains($name)) { $before[$name] } else { [NullString]::Value }
        [Environment]::SetEnvironmentVariable($name, $value)
    }
}
$env:FIREWORKS_TEST_ROOT = $root
if (-not $env:FIREWORKS_TEST_EMULATOR) { $env:FIREWORKS_TEST_EMULATOR = $emulatorBuilt.FullName }
$env:FIREWORKS_API_KEY = $env:FIREWORKS_ACCOUNT_ID = $env:FIREWORKS_BASE_URL = $env:FIREWORKS_PROFILE = $null
$env:PSModulePath = (Join-Path $root 'out') + [IO.Path]::PathSeparator + $env:PSModulePath
# Where dotnet looks for packages, unless this says otherwise.
if (-not $env:NUGET_PACKAGES) { $env:NUGET_PACKAGES = Join-Path $HOME '.nuget/packages' }
$env:HOME = (New-Item (Join-Path $root 'out/empty-home') -ItemType Directory -Force).FullName
# Tests contact this machine only.
$env:POWERSHELL_TELEMETRY_OPTOUT = $env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:POWERSHELL_UPDATECHECK = 'Off'

function Start-Emulator {
    <#
    .SYNOPSIS
        Starts the emulator, and points the module at it.
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
        Ends an emulator.
    #>
    param([Parameter(Mandatory)] $Emulator)

    $Emulator.Process.Kill()
    $Emulator.Process.Dispose()
}

function Get-EmulatorRequest {
    <#
    .SYNOPSIS
        The requests that the emulator has seen since the last reset, oldest first.
    .OUTPUTS
        Objects with Method, Path, Query (a table), Headers (names), Aborted and Status.
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
        }
    }
}

function Reset-Emulator {
    <#
    .SYNOPSIS
        Forgets the requests seen so far and the responses and faults that were set.
    #>
    param([Parameter(Mandatory)] $Emulator)

    $null = Invoke-RestMethod ([uri]::new($Emulator.Address, '/_emulator/reset')) -Method Post
}

function Set-EmulatorResponse {
    <#
    .SYNOPSIS
        Sets the responses to the next requests, in order. Afterwards the emulator sends its own again.
    .PARAMETER Response
        One table per response: a rule as in Set-EmulatorFault, played once or as often as repeat says.
    #>
    param(
        [Parameter(Mandatory)] $Emulator,
        [Parameter(Mandatory)] [hashtable[]] $Response
    )

    $rules = foreach ($rule in $Response) { if ($rule.ContainsKey('repeat')) { $rule } else { $rule + @{ repeat = 1 } } }
    Set-EmulatorFault $Emulator $rules
}

function Invoke-PowerShell {
    <#
    .SYNOPSIS
        Runs a script in a fresh PowerShell, as a user's or a scheduler's would be.
    .PARAMETER Script
        The script; the module is found on PSModulePath.
    .PARAMETER Environment
        Environment variables to set; $null removes one.
    .OUTPUTS
        An object with Output, ErrorOutput and ExitCode.
    #>
    param(
        [Parameter(Mandatory)] [string] $Script,
        [hashtable] $Environment = @{}
    )

    $start = [System.Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path)
    # As a .NET tool, PowerShell runs in dotnet.
    if ((Split-Path $start.FileName -LeafBase) -eq 'dotnet') { $start.ArgumentList.Add((Join-Path $PSHOME 'pwsh.dll')) }
    foreach ($argument in '-NoProfile', '-NonInteractive', '-Command', $Script) {
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
        Runs a script in a fresh runspace of this process: a new session, at a fraction of the cost of a new process.
    .PARAMETER Script
        The script; the module is found on PSModulePath.
    .PARAMETER Environment
        Environment variables to set while the script runs; $null removes one.
    .OUTPUTS
        An object with Output, ErrorOutput and ExitCode (that of the last script or program that set one), as of Invoke-PowerShell.
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
        An object with Shell (a [powershell]) and Output (what it wrote so far).
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
        Waits until a condition holds; fails when it does not within ten seconds.
    #>
    param([Parameter(Mandatory)] [scriptblock] $Condition)

    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($watch.Elapsed.TotalSeconds -gt 10) { throw "Not within ten seconds: $Condition" }
        Start-Sleep -Milliseconds 20
    }
}

function Get-Transcript {
    <#
    .SYNOPSIS
        The commands of a console's transcript, each with what it prints.
    .DESCRIPTION
        A line that begins with 'PS> ' is typed, one with '>> ' goes on with it, and what follows is printed.
    .OUTPUTS
        Objects with Code and Output.
    #>
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text)

    $typed = '(?m)^ *PS> (?<first>.*)$(?<more>(\r?\n *>> .*$)*)(?<output>(\r?\n(?! *PS> ).*$)*)'
    foreach ($match in [regex]::Matches($Text, $typed)) {
        [pscustomobject]@{
            Code   = $match.Groups['first'].Value.TrimEnd() + ($match.Groups['more'].Value -replace '(?m)^ *>> ')
            Output = $match.Groups['output'].Value
        }
    }
}

function Invoke-Transcript {
    <#
    .SYNOPSIS
        Types commands into a console of its own, and tells what each prints.
    .PARAMETER Code
        The commands. They share variables and the connection.
    .PARAMETER Folder
        The current folder.
    .PARAMETER Setup
        Runs first: what the user's own profile would do.
    .OUTPUTS
        One text a command: output, warnings, verbose lines and errors, in their order. 76 columns, which is what Get-Help
        leaves to examples in a console of 80.
    #>
    param(
        [Parameter(Mandatory)] [string[]] $Code,
        [Parameter(Mandatory)] [string] $Folder,
        [string] $Setup = ''
    )

    $asPrinted = {
        param($Command)
        $mark = {
            if ($_ -is [System.Management.Automation.WarningRecord]) { "WARNING: $_" }
            elseif ($_ -is [System.Management.Automation.VerboseRecord]) { "VERBOSE: $_" }
            else { $_ }
        }
        try { . ([scriptblock]::Create($Command)) *>&1 | ForEach-Object $mark | Out-String -Width 76 }
        catch { $_ | Out-String -Width 76 }
    }
    $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault())
    $runspace.ThreadOptions = 'ReuseThread'
    $runspace.Open()
    try {
        $shell = [powershell]::Create($runspace)
        # Times and numbers look the same to every reader of the tests.
        $null = $shell.AddScript("[cultureinfo]::CurrentCulture = ''; Set-Location '$Folder'; $Setup").Invoke()
        foreach ($command in $Code) {
            $shell = [powershell]::Create($runspace)
            -join $shell.AddScript(". { $asPrinted } `$args[0]").AddArgument($command).Invoke()
        }
    }
    finally { $runspace.Dispose() }
}

function Set-EmulatorFault {
    <#
    .SYNOPSIS
        Replaces the emulator's fault plan, which ends all responses and faults that were set before.
    .PARAMETER Rule
        One table per rule; the emulator's --help lists the keys.
    .PARAMETER Seed
        For the rules with a probability.
    #>
    param(
        [Parameter(Mandatory)] $Emulator,
        [hashtable[]] $Rule = @(),
        [long] $Seed = 1
    )

    $body = @{ seed = $Seed; rules = $Rule } | ConvertTo-Json -Depth 20
    $address = [uri]::new($Emulator.Address, '/_emulator/faults')
    $answer = Invoke-RestMethod $address -Method Post -Body $body -ContentType 'application/json' -SkipHttpErrorCheck
    if ($answer.PSObject.Properties['error']) { throw $answer.error }
}

function Get-EmulatorFault {
    <#
    .SYNOPSIS
        How often each rule's path was asked for (Seen), and how often the rule was played (Played).
    #>
    param([Parameter(Mandatory)] $Emulator)

    $counts = Invoke-RestMethod ([uri]::new($Emulator.Address, '/_emulator/faults'))
    foreach ($count in $counts) { [pscustomobject]@{ Seen = $count.seen; Played = $count.played } }
}

function Wait-EmulatorListening {
    <#
    .SYNOPSIS
        Waits until the emulator accepts connections again, after a fault that made it refuse them.
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
