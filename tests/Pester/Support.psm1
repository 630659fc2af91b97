# What the suite needs: the emulator, and PowerShell in a process of its own.
Set-StrictMode -Version Latest

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

    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    foreach ($argument in @($env:FIREWORKS_TEST_EMULATOR) + $ArgumentList + @('--parent', "$PID")) {
        $start.ArgumentList.Add($argument)
    }
    $start.RedirectStandardOutput = $true
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
        Forgets the requests seen so far and the answers that were set.
    #>
    param([Parameter(Mandatory)] $Emulator)

    $null = Invoke-RestMethod ([uri]::new($Emulator.Address, '/_emulator/reset')) -Method Post
}

function Set-EmulatorResponse {
    <#
    .SYNOPSIS
        Sets the answers to the next requests; afterwards the emulator answers for itself again.
    .PARAMETER Response
        One table an answer: path, status, headers, body, bodyBase64, delayMs, abort, stall, repeat, generateBytes.
    #>
    param(
        [Parameter(Mandatory)] $Emulator,
        [Parameter(Mandatory)] [hashtable[]] $Response
    )

    $body = @{ responses = $Response } | ConvertTo-Json -Depth 5
    $address = [uri]::new($Emulator.Address, '/_emulator/respond')
    $null = Invoke-RestMethod $address -Method Post -Body $body -ContentType 'application/json'
}

function Get-PowerShellPath {
    <#
    .SYNOPSIS
        The program that runs this. PowerShell that was installed as a .NET tool runs in dotnet, and is found by name.
    #>
    $program = (Get-Process -Id $PID).Path
    if ((Split-Path $program -LeafBase) -eq 'pwsh') { $program }
    else { (Get-Command pwsh -CommandType Application -TotalCount 1).Source }
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

    $start = [System.Diagnostics.ProcessStartInfo]::new((Get-PowerShellPath))
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

function Set-EmulatorFault {
    <#
    .SYNOPSIS
        Replaces the emulator's schedule of faults; without rules, nothing goes wrong any more.
    .PARAMETER Rule
        One table a rule, as in the file of --faults: requests, every or probability; path; and one fault.
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
