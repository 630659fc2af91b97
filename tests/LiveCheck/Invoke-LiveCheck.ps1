#Requires -Version 7.5
<#
.SYNOPSIS
    Checks what the module assumes about the service, on the live service, with at most 20 requests that change nothing.
.DESCRIPTION
    Uses the API key, the account and the address that Get-FwConnection shows. Prompts for confirmation before the first request.
    Requests are not retried. Requires a build of the module.

    Writes one object per assumption, with these verdicts, and saves them as a Markdown file:

    As expected   the service does what the module assumes
    Different     it does not; Module describes what the module does about it
    Not settled   this account cannot show it, for example because it has no jobs

    The output and the file contain no API key, and no names of accounts, jobs, models, datasets or people.
.PARAMETER ReportPath
    The Markdown file to write. Default: out/live-check.md.
.PARAMETER RequestLimit
    The maximum number of requests, 1 to 20. Assumptions beyond it are not settled.
.PARAMETER Force
    Sends the requests without confirmation, as required in a session that cannot prompt.
.EXAMPLE
    ./build.ps1 -Task LiveCheck
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    [string] $ReportPath = (Join-Path $PSScriptRoot '../../out/live-check.md'),
    [ValidateRange(1, 20)] [int] $RequestLimit = 20,
    [switch] $Force
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$module = Join-Path $PSScriptRoot '../../out/Fireworks.DpoJobs/Fireworks.DpoJobs.psd1'
if (-not (Test-Path $module)) { throw 'The module has not been built yet: ./build.ps1' }
Import-Module $module
$version = (Get-Module Fireworks.DpoJobs).Version
$connection = Get-FwConnection
# The connection shows its key to nobody. This script needs it for requests that the module would not send.
$key = $connection.GetType().GetProperty('ApiKey', [System.Reflection.BindingFlags]'Instance, NonPublic').GetValue($connection)

if ($Force) { $ConfirmPreference = 'None' }
$unattended = 'The live check prompts for confirmation, and this session cannot prompt. To run it without confirmation, use -Force.'
if ([Console]::IsInputRedirected -and $ConfirmPreference -ne 'None' -and -not $WhatIfPreference) { throw $unattended }
try {
    if (-not $PSCmdlet.ShouldProcess("$connection", "Send at most $RequestLimit requests that change nothing")) { return }
}
# Without a prompt, for example in a noninteractive session.
catch [System.Management.Automation.MethodInvocationException] { throw $unattended }

# What the checks share.
$state = @{
    Sent = 0
    Account = $connection.AccountId
    # The job that the filters look for. This one is for an account without jobs: only a rejection proves something.
    Job = @{
        Exists = $false
        Id = 'no-such-job'
        State = 'JOB_STATE_COMPLETED'
        Second = '2026-01-01T00:00:00'
        Digits = '123456000'
        LearningRate = 0.00001
    }
    Jobs = @()
    IsComplete = $true
    Total = $null
    # Whether the service finds the job by its name, and by its time.
    FindsName = $false
    FindsTime = $false
    FindsFields = $false
    ShowsSixDigits = $false
    HasDeleted = $false
}

$client = [System.Net.Http.HttpClient]::new([System.Net.Http.SocketsHttpHandler]@{
        AllowAutoRedirect = $false
        UseCookies = $false
        UseProxy = -not $connection.BaseUri.IsLoopback
    })
$client.Timeout = [timespan]::FromSeconds(60)
$client.DefaultRequestHeaders.UserAgent.ParseAdd("Fireworks.DpoJobs/$version")

function Send-Request {
    <#
    .SYNOPSIS
        Sends one GET request.
    .OUTPUTS
        An object with Status (0 without a response), ContentType, Text, Json (a dictionary, or null) and Problem: why the response
        settles nothing, or null.
    #>
    param([string] $Path, [hashtable] $Query = @{}, $Authorization = $key.ToHeader())

    $result = [pscustomobject]@{ Status = 0; ContentType = ''; Text = ''; Json = $null; Problem = $null }
    if ($state.Sent -ge $RequestLimit) {
        $result.Problem = "the limit of $RequestLimit requests was reached"
        return $result
    }
    $state.Sent++
    $parameters = foreach ($name in $Query.Keys) { "$name=$([uri]::EscapeDataString("$($Query[$name])"))" }
    $address = $connection.BaseUri.AbsoluteUri + $Path + ($parameters ? '?' : '') + ($parameters -join '&')
    $message = [System.Net.Http.HttpRequestMessage]::new([System.Net.Http.HttpMethod]::Get, [uri]$address)
    $message.Headers.Authorization = $Authorization
    try {
        $response = $client.SendAsync($message).GetAwaiter().GetResult()
        $result.Text = $response.Content.ReadAsStringAsync().GetAwaiter().GetResult()
        $result.Status = [int]$response.StatusCode
        $result.ContentType = "$($response.Content.Headers.ContentType.MediaType)"
    }
    catch {
        $result.Problem = "no response ($($_.Exception.GetBaseException().GetType().Name))"
        return $result
    }
    try {
        $json = ConvertFrom-Json $result.Text -AsHashtable -DateKind String
        if ($json -is [System.Collections.IDictionary]) { $result.Json = $json }
    }
    catch { $result.Json = $null }
    if ($result.Status -eq 429 -or ($result.Status -ge 500 -and $result.Status -ne 501)) {
        $result.Problem = "the service returned $($result.Status)"
    }
    elseif ($result.Status -eq 200 -and -not $result.Json) { $result.Problem = 'the response is not a JSON object' }
    $result
}

function Get-Page([hashtable] $Query) { Send-Request "v1/accounts/$($state.Account)/dpoJobs" $Query }

function Get-ListedJob($Response) { if ($Response.Json -and $Response.Json['dpoJobs']) { $Response.Json['dpoJobs'] } }

function Get-JobName { "accounts/$($state.Account)/dpoJobs/$($state.Job.Id)" }

function Hide-Name([string] $Text) {
    # Removes what belongs to the account from the text of an error.
    $Text = $key.Redact($Text) -replace '[\p{Cc}\p{Cf}]', ' ' -replace '\b(fw|fpk)_\w+', '<key>' -replace '[\w.+-]+@[\w.-]+', '<person>'
    $Text = $Text -replace 'https?://\S+', '<address>' -replace 'accounts/[^/\s"'']+(/[\w-]+/[^\s"''),;]+)?', '<name>'
    $Text = $Text -replace "(?<![\w-])($([regex]::Escape($state.Account))|$([regex]::Escape($state.Job.Id)))(?![\w-])", '<name>'
    $Text.Length -gt 200 ? $Text.Substring(0, 200) + '...' : $Text
}

function Get-Shape($Value) {
    # The names in a JSON value, without its data: code, message, details[@type, reason].
    if ($Value -is [System.Collections.IDictionary]) {
        @(foreach ($name in $Value.Keys) {
                $inner = Get-Shape $Value[$name]
                $name + ($inner ? "[$inner]" : '')
            }) -join ', '
    }
    elseif ($Value -is [array] -and $Value.Count -gt 0) { Get-Shape $Value[0] }
}

function Format-Failure($Response) {
    $shape = Get-Shape $Response.Json
    $text = $Response.Json -and $Response.Json['message'] -is [string] ? $Response.Json['message']
    : $Response.Json -and $Response.Json['error'] -is [System.Collections.IDictionary] ? "$($Response.Json['error']['message'])"
    : $Response.Text
    "$($Response.Status) $($Response.ContentType)$($shape ? " with $shape" : ''): $(Hide-Name $text)"
}

function Find-Job([string] $Condition) {
    <#
    .SYNOPSIS
        Requests the sample job with its name and one more condition.
    .OUTPUTS
        An object with Outcome (Found, Empty, Ignored, Rejected or None), Received, and Response.
    #>
    $filter = "name = `"$(Get-JobName)`"" + ($Condition ? " AND $Condition" : '')
    $response = Get-Page @{ filter = $filter; pageSize = 2 }
    $names = @(Get-ListedJob $response | ForEach-Object { $_['name'] })
    $outcome, $received = if ($response.Problem) { 'None', $response.Problem }
    elseif ($response.Status -in 400, 501) { 'Rejected', (Format-Failure $response) }
    elseif ($response.Status -ne 200) { 'None', (Format-Failure $response) }
    elseif ($names.Count -eq 0) { 'Empty', '200 without jobs' }
    elseif ($names.Count -eq 1 -and $names[0] -eq (Get-JobName)) { 'Found', '200 with that job' }
    else { 'Ignored', '200 with jobs that do not match' }
    [pscustomobject]@{ Outcome = $outcome; Received = $received; Response = $response }
}

function Test-Filter([string] $Condition, [string] $Expected = 'Found', [string] $Missing) {
    # The verdict and what was received for a filter that the service should evaluate. Missing: why the outcome would prove nothing.
    if ($Missing) { return 'Not settled', $Missing }
    $found = Find-Job $Condition
    $verdict = if ($found.Outcome -eq 'Rejected' -and ($state.FindsName -or -not $state.Job.Exists)) { 'Different' }
    elseif ($found.Outcome -eq 'None') { 'Not settled' }
    elseif (-not $state.Job.Exists) { 'Not settled' }
    elseif (-not $state.FindsName) { 'Not settled' }
    elseif ($found.Outcome -eq $Expected) { 'As expected' }
    else { 'Different' }
    $reason = if ($verdict -ne 'Not settled' -or $found.Outcome -eq 'None') { '' }
    elseif (-not $state.Job.Exists) { '; the account has no jobs to find' }
    else { '; filters by name do not work either' }
    $verdict, ($found.Received + $reason)
}

function Read-Time([string] $Text) {
    if ($Text -match '^(?<second>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.(?<digits>\d{1,9}))?Z$') {
        @{ Second = $Matches.second; Digits = ($Matches.Contains('digits') ? $Matches.digits : '').PadRight(9, '0') }
    }
}

function Get-Second([int] $Offset) {
    [datetimeoffset]::Parse($state.Job.Second + 'Z', [cultureinfo]::InvariantCulture).AddSeconds($Offset).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", [cultureinfo]::InvariantCulture)
}

function Format-Number([double] $Number, [string] $Format) { $Number.ToString($Format, [cultureinfo]::InvariantCulture) }

function Use-Sample {
    # Chooses the job that the filters look for: one whose time has six digits, and with a learning rate.
    $page = Get-Page @{ pageSize = 200 }
    if ($page.Status -in 401, 403, 404) { throw "The service rejects the key or the account: $(Format-Failure $page)" }
    if ($page.Problem -or $page.Status -ne 200) { throw "The jobs could not be listed: $($page.Problem ?? (Format-Failure $page))" }
    $state.Jobs = @(Get-ListedJob $page)
    $state.IsComplete = -not $page.Json['nextPageToken']
    $state.Total = $page.Json['totalSize']
    $candidates = foreach ($job in $state.Jobs) {
        $time = Read-Time $job['createTime']
        if (-not $time -or "$($job['state'])" -in '', 'JOB_STATE_UNSPECIFIED') { continue }
        $rate = $job['trainingConfig'] ? $job['trainingConfig']['learningRate'] : $null
        @{
            Exists = $true
            Id = "$($job['name'])".Split('/')[-1]
            State = $job['state']
            Second = $time.Second
            Digits = $time.Digits
            LearningRate = $rate -gt 0 ? [double]$rate : $null
            Score = 4 * $time.Digits.EndsWith('000') + 2 * (-not $time.Digits.EndsWith('000000')) + ($rate -gt 0)
        }
    }
    $best = $candidates | Sort-Object { $_.Score } -Descending -Stable | Select-Object -First 1
    if ($best) { $state.Job = $best }
}

function Add-Result([string] $Check, [string] $Expected, [object[]] $Result, [string] $Module) {
    $results.Add([pscustomobject]@{ Check = $Check; Verdict = $Result[0]; Expected = $Expected; Received = $Result[1]; Module = $Module })
}

$results = [System.Collections.Generic.List[object]]::new()

if (-not $state.Account) {
    $page = Send-Request 'v1/accounts' @{ pageSize = 2 }
    $accounts = @(if ($page.Json -and $page.Json['accounts']) { $page.Json['accounts'] })
    if ($accounts.Count -ne 1) { throw 'The key has not exactly one account. Set FIREWORKS_ACCOUNT_ID.' }
    $state.Account = "$($accounts[0]['name'])".Split('/')[-1]
}
Use-Sample
$missingJob = $state.Job.Exists ? '' : '; the account has no jobs'

# Parameters of a list.
$page = Get-Page @{ pageSize = 1; readMask = 'name,create_time' }
$first = Get-ListedJob $page | Select-Object -First 1
Add-Result 'Field mask' 'readMask=name,create_time returns only these fields' $(
    if ($page.Problem) { 'Not settled', $page.Problem }
    elseif ($page.Status -ne 200) { 'Different', (Format-Failure $page) }
    elseif (-not $first) { 'Not settled', "200$missingJob" }
    elseif (-not $first['name'] -or -not $first['createTime']) { 'Different', '200 without these fields' }
    elseif ($first['state'] -or $first['dataset']) { 'Different', '200 with other fields too' }
    else { 'As expected', "200 with $(Get-Shape $first)" }
) 'It accepts jobs with more fields. Without the requested fields, the properties are $null.'

$token = "$($page.Json ? $page.Json['nextPageToken'] : '')"
Add-Result 'Page token' 'A page number, and the next page has the next job' $(
    if ($page.Problem) { 'Not settled', $page.Problem }
    elseif (-not $token) { 'Not settled', 'no second page' }
    else {
        $second = Get-Page @{ pageSize = 1; readMask = 'name,create_time'; pageToken = $token }
        $form = $token -match '^\d+$' ? 'a number' : "opaque, $($token.Length) characters"
        $next = Get-ListedJob $second | Select-Object -First 1
        if ($second.Problem) { 'Not settled', $second.Problem }
        elseif (-not $next) { 'Different', "$form; the next page is $($second.Status) without jobs" }
        elseif ($next['name'] -ne $state.Jobs[1]['name']) { 'Different', "$form; the next page does not have the next job" }
        else { $token -match '^\d+$' ? 'As expected' : 'Different'; "$form; the next page has the next job" }
    }
) 'It accepts tokens of any form. Where jobs leave a listing, it reads previous pages again, so no page number is assumed.'

$times = @($state.Jobs | ForEach-Object { "$($_['createTime'])" } | Where-Object { $_ } | Sort-Object { [datetimeoffset]$_ } -Descending -Unique)
Add-Result 'Order' 'orderBy=create_time desc returns the newest job first' $(
    $page = Get-Page @{ pageSize = 2; orderBy = 'create_time desc' }
    $found = @(Get-ListedJob $page | ForEach-Object { "$($_['createTime'])" })
    if ($page.Problem) { 'Not settled', $page.Problem }
    elseif ($page.Status -ne 200) { 'Different', (Format-Failure $page) }
    elseif ($times.Count -lt 2 -or $found.Count -lt 2) { 'Not settled', '200; fewer than two creation times' }
    elseif ([datetimeoffset]$found[0] -lt [datetimeoffset]$times[0] -or [datetimeoffset]$found[1] -gt [datetimeoffset]$found[0]) { 'Different', '200 in another order' }
    elseif ($state.Jobs[0]['createTime'] -eq $found[0]) { 'Not settled', '200; the newest job is the first in the default order too' }
    else { 'As expected', '200 with the newest job first' }
) 'It writes jobs in the order in which the service returns them. Only -ThrottleLimit relies on the order, and checks it.'

# Filters. Each of them also names the sample job.
$byName = Find-Job
$state.FindsName = $byName.Outcome -eq 'Found'
Add-Result 'Filter by name' 'name = "<the full name>" returns that job' $(
    if ($byName.Outcome -eq 'None' -or ($byName.Outcome -eq 'Empty' -and -not $state.Job.Exists)) { 'Not settled', ($byName.Received + $missingJob) }
    else { $state.FindsName ? 'As expected' : 'Different'; $byName.Received }
) 'After a rejection, it filters locally. It verifies an empty result once with an existing job.'

Add-Result 'Total of a filter' 'totalSize counts the jobs that match the filter' $(
    $total = $byName.Response.Json ? $byName.Response.Json['totalSize'] : $null
    if (-not $state.FindsName) { 'Not settled', 'the filter by name did not return one job' }
    elseif ($null -eq $total) { 'Different', 'no totalSize' }
    elseif ($state.Jobs.Count -lt 2) { 'Not settled', 'the account has one job' }
    else { "$total" -eq '1' ? 'As expected' : 'Different'; "$("$total" -eq '1' ? '1' : 'more') for one job" }
) 'Without a total, it warns that jobs may have been skipped if others left the listing.'

Add-Result 'Filter without matches' 'The name of a job that does not exist returns no job' $(
    $page = Get-Page @{ pageSize = 2; filter = "name = `"accounts/$($state.Account)/dpoJobs/no-such-job`"" }
    if ($page.Problem) { 'Not settled', $page.Problem }
    elseif ($page.Status -ne 200) { 'Different', (Format-Failure $page) }
    elseif (@(Get-ListedJob $page).Count -gt 0) { 'Different', '200 with jobs'; $state.FindsName = $false }
    elseif (-not $state.Job.Exists) { 'Not settled', "200 without jobs$missingJob" }
    else { 'As expected', '200 without jobs' }
) 'The first job that does not match shows that the filter is ignored. Then it filters locally.'

$bare = Test-Filter "state = $($state.Job.State)"
Add-Result 'Enum values without quotes' 'state = JOB_STATE_... returns jobs in that state' $bare 'This is the first form that it sends. After a rejection or a misunderstanding, it sends quotes.'
$quoted = Test-Filter "state = `"$($state.Job.State)`""
Add-Result 'Enum values in quotes' 'state = "JOB_STATE_..." returns jobs in that state' $quoted 'It sends quotes only where values without quotes do not work. Otherwise it filters locally.'

Add-Result 'Unknown field' 'A filter on a field that does not exist is rejected with 400' $(
    $found = Find-Job 'no_such_field = "x"'
    if ($found.Outcome -eq 'None') { 'Not settled', $found.Received }
    elseif ($found.Outcome -eq 'Rejected' -and $state.Job.Exists -and -not $state.FindsName) { 'Not settled', "$($found.Received); filters by name do not work either" }
    else { $found.Outcome -eq 'Rejected' -and $found.Response.Status -eq 400 ? 'As expected' : 'Different'; $found.Received }
) 'It omits a rejected condition. If the field is accepted without being understood, it verifies empty results.'

$time = Test-Filter "create_time >= timestamp(`"$(Get-Second 0)`") AND create_time < timestamp(`"$(Get-Second 1)`")"
$state.FindsTime = $time[0] -eq 'As expected'
Add-Result 'Times in filters' 'create_time between two whole seconds returns a job created between them' $time 'It sends times in this form, and filters locally where the service does not understand them.'
$missingTime = $state.FindsTime -or -not $state.Job.Exists ? '' : 'filters by time do not work'

$micro = $state.Job.Second + '.' + $state.Job.Digits.Substring(0, 6)
$hasSixDigits = $state.Job.Digits.EndsWith('000')
$six = Test-Filter "create_time <= timestamp(`"${micro}Z`")" ($hasSixDigits ? 'Found' : 'Empty') $missingTime
$state.ShowsSixDigits = $six[0] -eq 'As expected' -and $hasSixDigits
Add-Result 'Time with 6 digits' 'create_time <= the creation time of a job, to 6 digits, returns that job' $six 'It sends whole seconds, widened on both sides, and compares the exact times locally.'
$missingSix = $state.ShowsSixDigits -or -not $state.Job.Exists ? '' : 'the time with 6 digits settles nothing'
$seven = Test-Filter "create_time < timestamp(`"${micro}1Z`")" 'Found' $missingSix
Add-Result 'Time with 7 digits' 'create_time < the creation time of a job plus 100 ns returns that job' $seven 'It sends no fractions of a second, because a service that stores fewer digits may truncate or round them.'

$rate = $state.Job.LearningRate
$missingRate = $rate ? '' : 'no job has a learning rate'
$fields = Test-Filter $(if ($rate) { "training_config.learning_rate <= $(Format-Number (1.001 * $rate) '0.################')" }) 'Found' $missingRate
$state.FindsFields = $fields[0] -eq 'As expected'
Add-Result 'Fields of the training configuration' 'training_config.learning_rate can be compared with a decimal number' $fields 'It omits rejected fields, verifies empty results, and filters locally.'
$missingFields = $missingRate ? $missingRate : $state.FindsFields -or -not $state.Job.Exists ? '' : 'this field cannot be filtered on'
$exponent = Test-Filter $(if ($rate) { "training_config.learning_rate <= $(Format-Number (1.001 * $rate) '0.####E+00')" }) 'Found' $missingFields
Add-Result 'Numbers with an exponent' 'A number such as 1E-05 is accepted' $exponent 'It sends decimal numbers without exponents.'

# Deleted jobs.
$page = Get-Page @{ pageSize = 200; includeArchived = 'true' }
$deletedStates = 'JOB_STATE_ARCHIVED', 'JOB_STATE_DELETED'
$shown = @(Get-ListedJob $page | ForEach-Object { $_['state'] } | Where-Object { $_ -in $deletedStates } | Sort-Object -Unique)
$all = $page.Json ? $page.Json['totalSize'] : $null
$more = $null -ne $all -and $null -ne $state.Total ? [long]$all - [long]$state.Total : @(Get-ListedJob $page).Count - $state.Jobs.Count
$state.HasDeleted = $page.Status -eq 200 -and $more -gt 0
Add-Result 'Deleted jobs' 'includeArchived=true also lists deleted jobs, in the state ARCHIVED' $(
    if ($page.Problem) { 'Not settled', $page.Problem }
    elseif ($page.Status -ne 200) { 'Different', (Format-Failure $page) }
    elseif (@($state.Jobs | Where-Object { $_['state'] -in $deletedStates }).Count -gt 0) { 'Different', 'deleted jobs are listed without it too' }
    elseif ($more -le 0) { 'Not settled', '200 with no more jobs: none is deleted, or the parameter is ignored' }
    elseif ($shown.Count -eq 0) { 'Not settled', '200 with more jobs, but none of them on the first page' }
    else { $shown -contains 'JOB_STATE_DELETED' ? 'Different' : 'As expected'; "200 with more jobs, in the state $($shown -join ' and ')" }
) 'It matches both states of deleted jobs locally, and treats them alike in -State.'

Add-Result 'State of deleted jobs' 'With includeArchived, state = JOB_STATE_DELETED returns the deleted jobs' $(
    $name = $bare[0] -ne 'As expected' -and $quoted[0] -eq 'As expected' ? '"JOB_STATE_DELETED"' : 'JOB_STATE_DELETED'
    $page = Get-Page @{ pageSize = 200; includeArchived = 'true'; filter = "state = $name" }
    $found = @(Get-ListedJob $page | ForEach-Object { $_['state'] } | Sort-Object -Unique)
    if ($page.Problem) { 'Not settled', $page.Problem }
    elseif ($page.Status -ne 200) { 'Different', (Format-Failure $page) }
    elseif (@($found | Where-Object { $_ -notin $deletedStates }).Count -gt 0) { 'Different', '200 with other jobs' }
    elseif ($found.Count -gt 0) { 'As expected', "200 with jobs in the state $($found -join ' and ')" }
    elseif ($state.HasDeleted) { 'Different', '200 without jobs, although there are deleted ones' }
    else { 'Not settled', '200 without jobs; none is known to be deleted' }
) 'It sends neither of the two states, so it does not rely on this.'

# Errors.
$missing = Send-Request "v1/accounts/$($state.Account)/dpoJobs/no-such-job"
Add-Result 'Error for a wrong ID' '404 with code (a number), message and details' $(
    if ($missing.Problem) { 'Not settled', $missing.Problem }
    else {
        $isExpected = $missing.Status -eq 404 -and $missing.Json -and "$($missing.Json['code'])" -eq '5' -and $missing.Json['message'] -is [string]
        $isExpected ? 'As expected' : 'Different'; Format-Failure $missing
    }
) 'It reads this form and five others, and reports FwApi.NotFound for any 404.'

$wrongKey = [System.Net.Http.Headers.AuthenticationHeaderValue]::new('Bearer', 'fw_live_check_wrong_key')
$rejected = Send-Request "v1/accounts/$($state.Account)/dpoJobs" @{ pageSize = 1; readMask = 'name' } $wrongKey
Add-Result 'Error for a wrong key' '403 with error[message, code UNAUTHORIZED] and request_id' $(
    if ($rejected.Problem) { 'Not settled', $rejected.Problem }
    else {
        $inner = $rejected.Json ? $rejected.Json['error'] : $null
        $isExpected = $rejected.Status -eq 403 -and $inner -is [System.Collections.IDictionary] -and $inner['code'] -eq 'UNAUTHORIZED'
        $isExpected ? 'As expected' : 'Different'
        $rejected.Status -eq 200 ? '200' : (Format-Failure $rejected)
    }
) 'It reports a rejected key for 401 and for this code, and a rejected client for 403 with "error code: 1010".'

$counts = $results | Group-Object Verdict | ForEach-Object { "$($_.Count) $($_.Name.ToLowerInvariant())" }
$lines = @(
    '# Live check of Fireworks.DpoJobs'
    ''
    "$([datetime]::UtcNow.ToString('u')), module $version, $($connection.BaseUri.Host), $($state.Sent) requests: $($counts -join ', ')."
    ''
    foreach ($result in $results) {
        "## $($result.Check): $($result.Verdict.ToLowerInvariant())"
        ''
        "- Expected: $($result.Expected)"
        "- Received: $($result.Received)"
        "- The module: $($result.Module)"
        ''
    }
)
$null = New-Item (Split-Path $ReportPath) -ItemType Directory -Force
Set-Content $ReportPath $lines -Encoding utf8
$client.Dispose()
$results
Write-Information "$($state.Sent) requests. Report: $ReportPath" -InformationAction Continue
