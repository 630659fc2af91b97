# Verifies that no secret leaks: every possible secret contains a canary (a unique fake value), a separate PowerShell process
# runs every cmdlet through every kind of fault, and the tests search all its output for canaries.
#
# All canaries share a prefix and a suffix, so that a few search strings find them all. Tests report the section and the kind
# of a canary, never its value. The other process reads the canaries from a file, so that its script contains none.

BeforeDiscovery {
    $exports = 'Format-Table', 'Format-Table *', 'Format-List', 'Format-List *', 'Format-Custom', 'Format-Wide', 'Out-String',
        'Select-Object *', 'Get-Member', 'ConvertTo-Json', 'ConvertTo-Csv', 'ConvertTo-Html', 'ConvertTo-Xml', 'Export-Csv',
        'Export-Clixml', 'Out-File', 'string'
    $errorExports = 'as shown', 'Format-List *', 'Get-Error', 'ToString', 'Exception.ToString', 'ConvertTo-Json', 'Export-Clixml'
    $streams = 'Verbose', 'Debug', 'Warning', 'Information', 'Progress', 'Error', 'merged'
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $matrix = (Get-Content (Join-Path $PSScriptRoot '../Faults/matrix.json') -Raw | ConvertFrom-Json -AsHashtable).rows

    # -- Canaries and the search for them ---------------------------------------------------------------------------

    $head = 'CANARYbird'
    $tail = 'EGGshell'
    $canary = @{}
    foreach ($kind in 'key', 'barekey', 'wandb', 'logs', 'newurl', 'plainurl', 'token', 'nested', 'credential', 'page', 'account',
        'jobstatus', 'errorurl', 'named', 'newwandb', 'metadata', 'html', 'cookie', 'header', 'location', 'media', 'retry', 'phrase', 'line', 'user', 'query', 'storage', 'filetext') {
        $canary[$kind] = "$head$kind$(Get-Random -Minimum 10000000 -Maximum 99999999)$kind$tail"
    }
    # The last characters of the keys, which Get-FwConnection may show. No other text contains them.
    $keyEnds = @{ key = '-Z_q'; barekey = '_q-Z' }
    # The second key does not have the format of a Fireworks key.
    $keys = @{ key = "fw_$($canary.key)$($keyEnds.key)"; barekey = "$($canary.barekey)$($keyEnds.barekey)" }

    # The base64 characters that do not depend on the text around the bytes, for each of the three alignments.
    function Get-Base64Needle([byte[]] $Bytes) {
        foreach ($skip in 0, 2, 1) {
            $whole = [Math]::Floor(($Bytes.Length - $skip) / 3) * 3
            [Convert]::ToBase64String($Bytes, $skip, $whole)
        }
    }

    $needles = foreach ($text in $head, $tail) {
        $utf8 = [Text.Encoding]::UTF8.GetBytes($text)
        $utf16 = [Text.Encoding]::Unicode.GetBytes($text)
        @{ Form = 'plain'; Text = $text; Comparison = 'OrdinalIgnoreCase' }
        @{ Form = 'UTF-16 hex'; Text = [Convert]::ToHexString($utf16); Comparison = 'OrdinalIgnoreCase' }
        @{ Form = 'hex'; Text = [Convert]::ToHexString($utf8); Comparison = 'OrdinalIgnoreCase' }
        @{ Form = 'URL-encoded'; Text = -join ($utf8 | ForEach-Object { '%{0:X2}' -f $_ }); Comparison = 'OrdinalIgnoreCase' }
        @{ Form = 'UTF-16'; Text = -join ($text.ToCharArray() | ForEach-Object { "$_`0" }); Comparison = 'OrdinalIgnoreCase' }
        @{ Form = 'reversed'; Text = -join $text[-1..(-$text.Length)]; Comparison = 'OrdinalIgnoreCase' }
        foreach ($needle in (Get-Base64Needle $utf8) + (Get-Base64Needle $utf16)) { @{ Form = 'base64'; Text = $needle; Comparison = 'Ordinal' } }
    }

    function Find-InSection([string] $Label, [string] $Text) {
        foreach ($needle in $needles) {
            $at = $Text.IndexOf($needle.Text, [StringComparison]$needle.Comparison)
            if ($at -lt 0) { continue }
            # A complete plain canary contains its kind; a truncated one does not.
            $kinds = while ($at -ge 0) {
                $start = [Math]::Max(0, $at - 12)
                $around = $Text.Substring($start, [Math]::Min(40, $Text.Length - $start))
                if ($needle.Form -eq 'plain' -and $around -match "$head(?<kind>[a-z]+)|(?<kind>[a-z]+)$tail" -and $canary.ContainsKey($Matches.kind)) { $Matches.kind.ToLowerInvariant() }
                else { 'unknown kind' }
                $at = $Text.IndexOf($needle.Text, $at + 1, [StringComparison]$needle.Comparison)
            }
            foreach ($kind in $kinds | Sort-Object -Unique) { "${Label}: $kind ($($needle.Form))" }
        }
    }

    # Finds the sections and the kinds of the canaries in a text. A line "=== label" starts a section.
    function Find-Canary([string] $Text, [string] $Label = 'text') {
        # Formatted output can contain line breaks, indentation and colours anywhere.
        $plain = $Text -replace '\e\[[\d;]*m'
        $joined = $plain -replace '[\s|]+'
        $found = Find-InSection $Label $joined
        if (-not $found) { return }
        $sections = @(foreach ($section in $plain -split '(?m)^=== ') {
                $lines = $section -split '\r?\n', 2
                if ($lines.Count -gt 1) { Find-InSection "$Label, $($lines[0])" ($lines[1] -replace '[\s|]+') }
            })
        @(if ($sections) { $sections } else { $found }) | Sort-Object -Unique
    }

    # Finds the last four characters of a key, except where Get-FwConnection shows them.
    function Find-KeyEnd([string] $Text, [string] $Label = 'text') {
        foreach ($section in $Text -replace '\e\[[\d;]*m' -split '(?m)^=== ') {
            # Connections show the end of their key, as does the property ApiKeyEnd.
            $name = ($section -split '\r?\n', 2)[0]
            if ($name -like '*connection*') { continue }
            $rest = $section -replace '(?m)^.*ApiKeyEnd.*$'
            foreach ($kind in $keyEnds.Keys) {
                if ($rest.Contains($keyEnds[$kind])) { "$Label, ${name}: the end of $kind" }
            }
        }
    }

    # -- Jobs, errors and headers of the service --------------------------------------------------------------------

    function Get-SignedUrl($Kind) {
        "https://storage.googleapis.com/some-bucket/$Kind.log?X-Goog-Expires=600&X-Goog-Signature=$($canary[$Kind])"
    }

    function New-Job($Account, $Id, $Key) {
        @{
            name = "accounts/$Account/dpoJobs/$Id"
            displayName = 'a job like any other'
            state = 'JOB_STATE_FAILED'
            createTime = '2026-08-30T03:48:42Z'
            status = @{ code = 'INVALID_ARGUMENT'; message = 'the data set is empty' }
            trainingConfig = @{ baseModel = 'accounts/fireworks/models/llama'; epochs = 1; uploadSignedUrl = Get-SignedUrl newurl }
            wandbConfig = @{ enabled = $true; project = 'nightly'; apiKey = $canary.wandb; serviceAccountKey = $canary.wandb }
            trainerLogsSignedUrl = Get-SignedUrl logs
            newSignedUrl = Get-SignedUrl newurl
            internalToken = $canary.token
            artifact = Get-SignedUrl plainurl
            note = "see $(Get-SignedUrl plainurl) for details"
            storage = "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=$($canary.token)"
            database = "postgres://me:$($canary.credential)@db.example/jobs"
            cache = "{`"access_token`":`"$($canary.token)`"}"
            labels = @{ team = 'support'; sessionSecret = $canary.nested; deeper = @{ links = @((Get-SignedUrl nested), 'harmless') } }
            loginCredential = @{ user = 'me'; value = $canary.credential; list = @(@{ value = $canary.credential }) }
            # Has the format of a key, although the name does not suggest a secret.
            createdWith = $keys.key
            unknownNumber = 7
        }
    }

    # All forms of error bodies, each with the key and a signed URL.
    function New-ErrorBody($Key) {
        $message = "the header 'Authorization: Bearer $($keys[$Key])' (key $($keys[$Key])) may not read $(Get-SignedUrl errorurl), nor api_key=$($canary.named)"
        $details = @(
            @{ '@type' = 'type.googleapis.com/google.rpc.ErrorInfo'; reason = 'API_KEY_INVALID'; domain = 'fireworks.ai'
                metadata = @{ apiKey = $keys[$Key]; note = $canary.metadata; url = Get-SignedUrl errorurl }
            }
            @{ '@type' = 'type.googleapis.com/google.rpc.DebugInfo'; detail = $canary.metadata; stackEntries = @($canary.metadata) }
            @{ '@type' = 'type.googleapis.com/google.rpc.BadRequest'; description = $message; field = "Bearer $($keys[$Key])"; fieldViolations = @(@{ field = 'x'; description = $canary.metadata }) }
        )
        [ordered]@{
            'google.rpc.Status' = @{ code = 3; message = $message; details = $details }
            'AIP-193' = @{ error = @{ code = 400; status = 'INVALID_ARGUMENT'; message = $message; details = $details } }
            'gateway error' = @{ error = @{ code = 'UNAUTHORIZED'; message = $message }; request_id = $keys[$Key] }
            'error as string' = @{ error = $message; internalToken = $canary.token }
            'detail' = @{ detail = $message; request_id = $canary.header + ' ' + $keys[$Key] }
            'message' = @{ message = "Get `"$(Get-SignedUrl errorurl)`": `"Bearer $($keys[$Key])`" refused" }
            'text' = "$message`nX-Api-Key: $($keys[$Key])"
            'long text' = ('word ' * 110) + $message + (' word' * 20000)
            'HTML' = "<html><title>$($canary.html)</title><body>$message</body></html>"
            'truncated JSON' = "{`"message`":`"$message"
            'no body' = $null
        }
    }

    function New-Header($Key) {
        @{
            'x-request-id' = $keys[$Key]
            'set-cookie' = "session=$($canary.cookie); HttpOnly"
            'www-authenticate' = "Bearer realm=`"$($keys[$Key])`""
            'x-strange' = "$($canary.header) $(Get-SignedUrl errorurl)"
            'server' = $canary.header
            'warning' = "199 - `"$($canary.header)`""
        }
    }

    # -- The accounts: one per fault --------------------------------------------------------------------------------

    $other = Start-Emulator emulate, --jobs, 1

    # The storage of signed addresses: a raw TCP server with one kind of response per job.
    $storageListener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $storageListener.Start()
    $storage = "127.0.0.1:$($storageListener.LocalEndpoint.Port)"
    function Get-StorageUrl($Job, $Kind) {
        switch ($Job) {
            'not-https' { "http://storage.example/$Kind`?X-Goog-Signature=$($canary.storage)" }
            'no-address' { "an address with $($canary.storage)" }
            default { "http://user:$($canary.storage)@$storage/$Job/$Kind`?X-Goog-Expires=600&X-Goog-Signature=$($canary.storage)" }
        }
    }
    $quote = "the request http://$storage/?X-Goog-Signature=$($canary.storage) (Authorization: Bearer $($keys.key)), X-Goog-Signature=$($canary.storage)"
    $quoteHeaders = "Content-Length: LENGTH`r`nSet-Cookie: $($canary.cookie)`r`nx-request-id: $($keys.key)`r`nConnection: close`r`n`r`n"
    $storageResponses = [ordered]@{
        'complete' = "HTTP/1.1 200 OK`r`nContent-Type: text/plain`r`n$quoteHeaders{`"step`":1,`"train/loss`":0.7}`n{`"step`":2}`n"
        'malformed' = "HTTP/1.1 200 OK`r`nContent-Type: text/plain`r`n$quoteHeaders{`"step`":1,`"$($canary.filetext)`":`n{`"step`":2}`n"
        'rejects-with-xml' = "HTTP/1.1 403 Forbidden`r`nContent-Type: application/xml`r`n$quoteHeaders<Error><Code>ExpiredToken</Code><Details>$quote</Details></Error>"
        'rejects-with-text' = "HTTP/1.1 403 Forbidden`r`nContent-Type: text/plain`r`n$quoteHeaders$quote"
        'rejects-with-json' = "HTTP/1.1 400 Bad X-Goog-Signature=$($canary.storage)`r`nContent-Type: application/json`r`n$quoteHeaders{`"error`":{`"message`":`"$quote`"}}"
        'fails' = "HTTP/1.1 503 no`r`nContent-Type: text/plain`r`n$quoteHeaders$quote"
        'redirects' = "HTTP/1.1 302 Found`r`nLocation: $($other.Address)x?X-Goog-Signature=$($canary.storage)`r`n$quoteHeaders"
        'sends-html' = "HTTP/1.1 200 OK`r`nContent-Type: text/html`r`n$quoteHeaders<html>$quote</html>"
        'breaks-off' = "HTTP/1.1 200 OK`r`nContent-Length: 1000`r`nConnection: close`r`n`r`n{`"step`":1}`n"
        'is-no-http' = "HTTP/1.1 $($canary.line) Bearer $($keys.key) $($canary.storage)`r`n`r`n"
    }
    $storageHeads = [System.Collections.Concurrent.ConcurrentQueue[string]]::new()
    $storageServer = [powershell]::Create()
    $null = $storageServer.AddScript({
            param($Listener, $Responses, $Heads)
            while ($true) {
                $client = $Listener.AcceptTcpClient()
                $stream = $client.GetStream()
                $reader = [System.IO.StreamReader]::new($stream)
                $lines = while ($line = $reader.ReadLine()) { $line }
                $Heads.Enqueue($lines -join "`n")
                $response = if ("$lines" -match '^GET /([^/]+)/') { $Responses[$Matches[1]] }
                $head, $body = $response -split "`r`n`r`n", 2
                $bytes = [System.Text.Encoding]::ASCII.GetBytes(($head -creplace 'LENGTH', $body.Length) + "`r`n`r`n" + $body)
                $stream.Write($bytes, 0, $bytes.Length)
                $client.Dispose()
            }
        }).AddArgument($storageListener).AddArgument($storageResponses).AddArgument($storageHeads)
    $null = $storageServer.BeginInvoke()
    $storageJobs = @($storageResponses.Keys) + 'not-https', 'no-address'

    $rules = [System.Collections.Generic.List[hashtable]]::new()
    $rows = [System.Collections.Generic.List[hashtable]]::new()

    function Add-Row([string] $Name, $Key, [hashtable] $Fault = @{}, [int] $Retries = 0, [string] $Server = 'replay', [int] $Pause = 0, [switch] $Listing) {
        $account = "$Key-$($rows.Count)"
        if ($Fault.Count) {
            $rule = $Fault.Clone()
            $rule.path = if ($Listing) { "/v1/accounts/$account/dpoJobs" } else { "/v1/accounts/$account/*" }
            if (-not $rule.ContainsKey('requests')) { $rule.every = 1 }
            $rules.Add($rule)
        }
        $rows.Add(@{ Name = $Name; Account = $account; Key = $Key; Retries = $Retries; Server = $Server; Pause = $Pause; HasStatus = $Fault.ContainsKey('status'); ShowsErrors = $Key -eq 'key' -and $Name -match '^(400|reset within the body$)' })
    }

    $statuses = 400, 401, 409, 402, 403, 404, 408, 412, 418, 429, 500, 502, 503, 504, 520
    $retryHeaders = @{ 'retry-after-ms' = '1' }, @{ 'retry-after' = "+1s $($canary.retry)"; 'retry-after-ms' = '1' }, @{ 'retry-after-ms' = '1'; 'x-should-retry' = $canary.retry }
    # The unusual key is used where a response repeats the key.
    foreach ($key in 'key', 'barekey') {
        Add-Row 'no fault' $key
        $bodies = New-ErrorBody $key
        $n = 0
        foreach ($status in $key -eq 'key' ? $statuses : $statuses[0..6]) {
            # Each status has one body, each body one or two statuses. x-should-retry causes a retry where none would follow.
            $body = @($bodies.Keys)[$n % $bodies.Count]
            $fault = @{ status = $status; headers = (New-Header $key) + $retryHeaders[$n % $retryHeaders.Count] }
            if ($status -eq 400) { $fault.headers['x-should-retry'] = 'true' }
            if ($bodies[$body]) { $fault.body = $bodies[$body] }
            Add-Row "$status, $body" $key $fault -Retries 1
            $n++
        }
        Add-Row '200, HTML' $key @{ status = 200; headers = New-Header $key; body = $bodies['HTML'] }
        Add-Row '200, error in JSON' $key @{ status = 200; headers = New-Header $key; body = $bodies['AIP-193'] }
        Add-Row '200, truncated JSON' $key @{ status = 200; headers = (New-Header $key) + @{ 'content-type' = 'application/json' }; body = $bodies['truncated JSON'] }
        Add-Row '200, truncated JSON below a property named like the key' $key @{ status = 200; body = "{`"dpoJobs`":[{`"wandbConfig`":{`"$($keys[$key])`":{`"a`":tru" ; headers = @{ 'content-type' = 'application/json' } }
        Add-Row '200, a content type that contains the key' $key @{ contentType = "text/$($keys[$key] -replace '-Z_q|_q-Z')" }
        Add-Row '200, a secret of the wrong type' $key @{ status = 200; body = @{ name = 'x'; dpoJobs = @(@{ trainerLogsSignedUrl = @{ url = Get-SignedUrl logs } }); trainerLogsSignedUrl = @(Get-SignedUrl logs); wandbConfig = @{ apiKey = @($canary.wandb) } } }
        Add-Row 'an invalid reason phrase' $key -Server raw
        Add-Row 'an invalid status line' $key -Server raw
        Add-Row 'an invalid header line' $key -Server raw
        Add-Row 'an invalid chunk' $key -Server raw
    }
    foreach ($status in 301, 302, 303, 307, 308) {
        $headers = (New-Header key) + @{ location = "$($other.Address)v1/accounts/acme/dpoJobs?key=$($keys.key)&X-Goog-Signature=$($canary.location)" }
        Add-Row "$status to another host" key @{ status = $status; headers = $headers; body = "<a href='$($headers.location)'>here</a>" } -Retries 1
    }
    # Responses to a new job that repeat the key for Weights & Biases in its request.
    foreach ($status in 400, 403, 503) {
        $body = @{ code = 3; message = "key $($canary.newwandb) (Bearer $($keys.key)) is invalid"; details = @(@{ '@type' = 'x/google.rpc.BadRequest'; description = "not $($canary.newwandb)" }) }
        Add-Row "$status that repeats the key of a new job" key @{ method = 'POST'; status = $status; headers = New-Header key; body = $body }
    }
    Add-Row '200 with the key of a new job' key @{ method = 'POST'; status = 200; body = @{ name = "accounts/key-$($rows.Count)/dpoJobs/canary"; state = 'JOB_STATE_VALIDATING'; wandbConfig = @{ apiKey = $canary.newwandb } } }
    Add-Row '200 with the key of a new job as JSON error' key @{ method = 'POST'; status = 200; headers = @{ 'content-type' = 'application/json' }; body = "{`"error`":{`"message`":`"key $($canary.newwandb)`"}}" }
    Add-Row '200 with a location header' key @{ status = 200; headers = @{ location = "$($other.Address)"; refresh = "0;url=$($other.Address)" }; body = '{}' }
    Add-Row 'reset before the headers' key @{ reset = 'beforeHeaders' }
    Add-Row 'reset within the body, retried' key @{ reset = 'midBody'; requests = @(2) } -Retries 1 -Listing
    Add-Row 'reset within the body' key @{ reset = 'midBody' }
    Add-Row 'stalled before the headers' key @{ stall = 'headers'; requests = @(2) } -Listing
    Add-Row 'stalled within the body' key @{ stall = 'body'; requests = @(2) } -Listing
    Add-Row 'truncated body' key @{ truncate = $true }
    Add-Row 'truncated body after 100 bytes' key @{ truncate = $true; after = 100 }
    Add-Row 'gzip body' key @{ gzip = $true }
    Add-Row 'Content-Length too small' key @{ wrongContentLength = 'smaller' }
    Add-Row 'Content-Length too large' key @{ wrongContentLength = 'larger' }
    Add-Row 'truncated gzip body' key @{ truncatedGzip = $true }
    Add-Row 'empty body' key @{ emptyBody = $true }
    Add-Row 'invalid UTF-8' key @{ invalidUtf8 = $true }
    Add-Row 'too many nested objects' key @{ nesting = 1000 }
    Add-Row 'nested objects' key @{ nesting = 40 }
    Add-Row 'a page token loop' key @{ tokenLoop = 1; requests = @(3) } -Listing
    Add-Row 'an empty page' key @{ emptyPage = $true; requests = @(3) } -Listing
    Add-Row 'a duplicate job' key @{ duplicateJob = $true; requests = @(3) } -Listing
    Add-Row 'jobs that move between pages' key @{ moveJobs = $true; requests = @(3) } -Listing
    Add-Row 'unknown fields' key @{ unknownFields = $true }
    Add-Row 'an unknown state' key @{ unknownState = $true }
    Add-Row 'values that do not fit their fields' key @{ misfits = $true }
    Add-Row 'a long string' key @{ bigString = 100000 }
    Add-Row 'escape sequences' key @{ escapeSequences = $true }
    # This row is the last, because the emulator refuses all connections for a moment.
    Add-Row 'an unreachable server' key @{ refuse = 150; requests = @(2) } -Listing -Pause 400

    # -- The servers ------------------------------------------------------------------------------------------------

    function New-Entry($Path, $Body, $Key) {
        @{
            startedDateTime = '2026-09-01T08:00:00Z'; time = 0; cache = @{}; timings = @{ send = 0; wait = 0; receive = 0 }
            request = @{ method = 'GET'; url = "https://api.fireworks.ai$Path"; httpVersion = 'HTTP/1.1'; cookies = @(); headers = @(); queryString = @(); headersSize = -1; bodySize = 0 }
            response = @{
                status = 200; statusText = 'OK'; httpVersion = 'HTTP/1.1'; cookies = @(); redirectURL = ''; headersSize = -1; bodySize = -1
                headers = @(@{ name = 'content-type'; value = 'application/json' }) + @((New-Header $Key).GetEnumerator() | ForEach-Object { @{ name = $_.Key; value = $_.Value } })
                content = @{ size = -1; mimeType = 'application/json'; text = ConvertTo-Json $Body -Depth 12 -Compress }
            }
        }
    }

    $entries = foreach ($row in $rows | Where-Object { $_.Server -eq 'replay' -and -not $_.HasStatus }) {
        $jobs = 1..3 | ForEach-Object { New-Job $row.Account "j$_" $row.Key }
        $list = "/v1/accounts/$($row.Account)/dpoJobs"
        New-Entry "${list}?pageSize=1&readMask=name" @{ dpoJobs = @($jobs[0]); nextPageToken = 'p2' } $row.Key
        New-Entry "${list}?pageSize=2" @{ dpoJobs = $jobs[0..1]; nextPageToken = 'p2'; totalSize = 3; pageSecret = $canary.page; link = Get-SignedUrl page } $row.Key
        New-Entry "${list}?pageSize=2&pageToken=p2" @{ dpoJobs = @($jobs[2]); totalSize = 3 } $row.Key
        foreach ($job in $jobs[0..1]) { New-Entry "/v1/$($job.name)" $job $row.Key }
    }
    $entries += foreach ($id in $storageJobs) {
        $job = New-Job storage $id key
        $job.trainerLogsSignedUrl = Get-StorageUrl $id log
        New-Entry "/v1/$($job.name)" $job key
        New-Entry "/v1/$($job.name):getMetricsFileEndpoint" @{ signedUrl = Get-StorageUrl $id metrics } key
    }
    $entries += New-Entry '/v1/accounts?pageSize=2' @{ accounts = @(@{ name = 'accounts/one'; signedUrl = Get-SignedUrl account }, @{ name = 'accounts/two'; apiKey = $canary.account }) } key
    $recording = Join-Path $TestDrive 'upstream.har'
    @{ log = @{ version = '1.2'; creator = @{ name = 'test'; version = '1' }; entries = $entries } } | ConvertTo-Json -Depth 12 -Compress | Set-Content $recording
    $emulator = Start-Emulator replay, --recordings, $recording
    Set-EmulatorFault $emulator $rules

    # A raw TCP server for malformed responses, which no HTTP server library would send.
    $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $rawResponses = @{}
    foreach ($row in $rows | Where-Object Server -EQ raw) {
        $rawResponses[$row.Account] = switch ($row.Name) {
            'an invalid reason phrase' { "HTTP/1.1 503 no $($keys[$row.Key]) Bearer $($canary.phrase) $(Get-SignedUrl phrase)`r`nContent-Length: 0`r`nConnection: close`r`n`r`n" }
            'an invalid status line' { "HTTP/1.1 $($canary.line) Bearer $($keys[$row.Key])`r`n`r`n" }
            'an invalid header line' { "HTTP/1.1 200 OK`r`nSet-Cookie session=$($canary.line)`r`nAuthorization Bearer $($keys[$row.Key])`r`n`r`n" }
            'an invalid chunk' { "HTTP/1.1 200 OK`r`nContent-Type: application/json`r`nTransfer-Encoding: chunked`r`n`r`n$($canary.line) $($keys[$row.Key])`r`n{}`r`n0`r`n`r`n" }
        }
    }
    $rawServer = [powershell]::Create()
    $null = $rawServer.AddScript({
            param($Listener, $Responses)
            while ($true) {
                $client = $Listener.AcceptTcpClient()
                $stream = $client.GetStream()
                $reader = [System.IO.StreamReader]::new($stream)
                $account = if ($reader.ReadLine() -match '/accounts/([^/]+)/') { $Matches[1] }
                while ($reader.ReadLine()) { }
                $bytes = [System.Text.Encoding]::ASCII.GetBytes($Responses[$account])
                $stream.Write($bytes, 0, $bytes.Length)
                $client.Dispose()
            }
        }).AddArgument($listener).AddArgument($rawResponses)
    $null = $rawServer.BeginInvoke()
    $rawAddress = "http://127.0.0.1:$($listener.LocalEndpoint.Port)/"

    # -- The other PowerShell process -------------------------------------------------------------------------------

    $outputFolder = (New-Item (Join-Path $TestDrive 'output') -ItemType Directory).FullName
    $homes = foreach ($text in "[default]`napi_key $($keys.key)`n", "api_key = `"$($keys.key)`n", "api_key = $($keys.key)`naccount_id = $($keys.key)`n") {
        $folder = New-Item (Join-Path $TestDrive "home$([guid]::NewGuid().ToString('n'))" '.fireworks') -ItemType Directory
        Set-Content (Join-Path $folder 'auth.ini') $text -NoNewline
        $folder.Parent.FullName
    }
    $plan = @{
        rows = $rows | ForEach-Object { $_ + @{ Address = if ($_.Server -eq 'raw') { $rawAddress } else { "$($emulator.Address)" } } }
        keys = $keys
        newWandb = $canary.newwandb
        homes = $homes
        storageJobs = $storageJobs
        address = "$($emulator.Address)"
        addresses = "https://me:$($canary.user)@localhost/", "https://localhost/?key=$($canary.query)", "https://localhost/#$($canary.query)", "ftp://$($canary.query)/", "fw_$($canary.query)"
    }
    $planPath = Join-Path $TestDrive 'plan.json'
    $plan | ConvertTo-Json -Depth 5 | Set-Content $planPath

    $script = @'
        Set-StrictMode -Version Latest
        $ErrorActionPreference = 'Continue'
        $ProgressPreference = 'Continue'
        $PSStyle.OutputRendering = 'PlainText'
        $outputFolder = $env:SECRETS_OUTPUT
        $plan = Get-Content $env:SECRETS_PLAN -Raw | ConvertFrom-Json -AsHashtable
        Import-Module Fireworks.DpoJobs
        $secure = @{}
        foreach ($name in $plan.keys.Keys) { $secure[$name] = ConvertTo-SecureString $plan.keys[$name] -AsPlainText -Force }
        $secure.newWandb = ConvertTo-SecureString $plan.newWandb -AsPlainText -Force

        function Save([string] $Name, [string] $Label, $Text) {
            $file = Join-Path $outputFolder (($Name -replace '\*', 'all') + '.txt')
            [System.IO.File]::AppendAllText($file, "=== $Label`n$(@($Text) -join "`n")`n")
        }

        # Runs all cmdlets as a user's script would. Rendering errors is slow, so most are rendered together at the end.
        $operations = {
            param($Row, $Key)
            $streams = @{ Verbose = $true; Debug = $true; InformationAction = 'Continue' }
            $parameters = @{ MaximumRetryCount = $Row.Retries; TimeoutSec = 1; AccountId = $Row.Account; BaseUri = $Row.Address; ApiKey = $Key }
            try { Connect-FwAccount @parameters @streams } catch { Write-Host "$_" }
            try { Connect-FwAccount @parameters @streams -SkipValidation -PassThru | Write-Host } catch { Write-Host "$_" }
            try { Get-FwConnection @streams | Write-Host } catch { Write-Host "$_" }
            try { Get-FwDpoJob -All -PageSize 2 @streams -OutVariable jobs | Write-Host; if ($jobs) { $jobs | Out-String | Write-Host } } catch { Write-Host "$_" }
            try { Get-FwDpoJob -AsPage -PageSize 2 @streams -OutVariable pages | Write-Host } catch { Write-Host "$_" }
            try { 'j1' | Get-FwDpoJob @streams -ErrorAction ($Row.ShowsErrors ? 'Continue' : 'SilentlyContinue') -OutVariable jobs | Write-Host } catch { Write-Host "$_" }
            $new = @{ Id = 'canary'; Dataset = 'd'; BaseModel = 'accounts/a/models/m'; WandbApiKey = $secure.newWandb; OutVariable = 'created' }
            if ($Row.Name -match '^(400|401|403|404|429|503|200, (HTML|error)|unknown fields|an unknown state|escape)') {
                foreach ($verb in 'Stop', 'Resume', 'Remove') {
                    try { & "$verb-FwDpoJob" j1 -PassThru -Confirm:$false @streams -ErrorAction SilentlyContinue | Write-Host } catch { Write-Host "$_" }
                }
                try { $jobs | Remove-FwDpoJob -Force @streams -ErrorAction SilentlyContinue } catch { Write-Host "$_" }
                try { Wait-FwDpoJob j1 -Timeout 0 @streams -ErrorAction SilentlyContinue | Write-Host } catch { Write-Host "$_" }
            }
            if ($Row.Name -match '^(no fault|400|401|403|404|429|503|200|reset|truncated|unknown fields)') {
                try { New-FwDpoJob @new @streams -ErrorAction SilentlyContinue | Write-Host; if ($created) { $created | Format-List | Out-String | Write-Host } } catch { Write-Host "$_" }
            }
            if ($Row.Name -eq 'no fault') {
                New-FwDpoJob @new @streams -WhatIf
                try { New-FwDpoJob -SourceJob j1 -Dataset d -WandbProject p @streams | Write-Host } catch { Write-Host "$_" }
                try { New-FwDpoJob @new -WandbEntity $plan.newWandb @streams -WhatIf } catch { Write-Host "$_" }
                Wait-FwDpoJob j1 @streams | Write-Host
                Wait-FwDpoJob j1 -State Completed @streams -ErrorAction SilentlyContinue
                $jobs | Stop-FwDpoJob -WhatIf @streams
                Get-FwDpoJob -PageSize 2 @streams | Write-Host
                Get-FwConnection @streams | Format-List | Out-String | Write-Host
                $pages + $jobs | Format-List | Out-String | Write-Host
            }
            try { Disconnect-FwAccount @streams } catch { Write-Host "$_" }
            if ($Row.Pause) { Start-Sleep -Milliseconds $Row.Pause }
        }

        # Runs the cmdlets that read and save files at signed addresses.
        $downloads = {
            param($Plan, $Key, $Id, $Folder)
            $streams = @{ Verbose = $true; Debug = $true; InformationAction = 'Continue'; WarningAction = 'Continue'; ErrorAction = 'SilentlyContinue' }
            Connect-FwAccount -ApiKey $Key -AccountId storage -BaseUri $Plan.address -MaximumRetryCount 1 -TimeoutSec 1 -SkipValidation
            # What the files contain is not a message of the module.
            try { Get-FwDpoJobMetric $Id @streams | Format-Table Step, Loss | Out-String | Write-Host } catch { Write-Host "$_" }
            try { Get-FwDpoJobMetric $Id -Last 1 -Wait -PollingInterval 0.1 @streams | ForEach-Object Step | Write-Host } catch { Write-Host "$_" }
            try { Get-FwDpoJobLog $Id @streams | Measure-Object | ForEach-Object Count | Write-Host } catch { Write-Host "$_" }
            try { Get-FwDpoJob $Id @streams | Get-FwDpoJobLog -Tail 1 @streams | Measure-Object | ForEach-Object Count | Write-Host } catch { Write-Host "$_" }
            try { Save-FwDpoJobLog $Id $Folder -Force -PassThru @streams | Write-Host } catch { Write-Host "$_" }
            try { Save-FwDpoJobMetric $Id $Folder -Force -PassThru @streams | Write-Host } catch { Write-Host "$_" }
            try { Save-FwDpoJobLog $Id $Folder -Force -WhatIf @streams | Write-Host } catch { Write-Host "$_" }
            try { Get-FwDpoJob $Id | Export-FwDpoJobReport (Join-Path $Folder report.html) -IncludeMetric -Force @streams } catch { Write-Host "$_" }
            Disconnect-FwAccount
        }
        $savedFolder = (New-Item (Join-Path $outputFolder saved) -ItemType Directory).FullName

        # $Error keeps only 256 errors, so they are collected after each row, with its label.
        $all = [System.Collections.Generic.List[object]]::new()
        function Add-Error([string] $Label) {
            foreach ($record in @($global:Error)) { $all.Add([pscustomobject]@{ Row = $Label; Id = $record.FullyQualifiedErrorId; Record = $record }) }
            $global:Error.Clear()
        }

        # The transcript and the console.
        $null = Start-Transcript -Path (Join-Path $outputFolder 'transcript.txt') -IncludeInvocationHeader
        foreach ($row in $plan.rows) {
            Write-Host "=== $($row.Name) [$($row.Key)]"
            & $operations $row $secure[$row.Key]
            Add-Error "$($row.Name) [$($row.Key)]"
        }
        foreach ($id in $plan.storageJobs) {
            Write-Host "=== storage that $id"
            & $downloads $plan $secure.key $id $savedFolder
            Save 'report' $id ([System.IO.File]::ReadAllText((Join-Path $savedFolder report.html)))
            Add-Error "storage that $id"
        }
        # Invalid configurations.
        Write-Host '=== configuration'
        $streams = @{ Verbose = $true; Debug = $true }
        $attempts = @(
            { Connect-FwAccount -ApiKey $plan.keys.key @streams }
            { Get-FwDpoJob -ApiKey $plan.keys.key @streams }
            { Connect-FwAccount -ApiKey (ConvertTo-SecureString "$($plan.keys.key)`n$($plan.keys.key)" -AsPlainText -Force) @streams }
            { Connect-FwAccount -ApiKey $secure.key -AccountId $plan.keys.key -BaseUri $plan.address @streams }
            { Connect-FwAccount -ApiKey $secure.key -BaseUri $plan.address @streams }
            { Connect-FwAccount -Profile 'none/of these' @streams }
            { $env:FIREWORKS_API_KEY = " $($plan.keys.key) `n"; Get-FwConnection @streams }
            { $env:FIREWORKS_API_KEY = $plan.keys.key; $env:FIREWORKS_ACCOUNT_ID = $plan.keys.key; Get-FwDpoJob @streams }
            foreach ($address in $plan.addresses) {
                { Connect-FwAccount -ApiKey $secure.key -AccountId acme -BaseUri $address @streams }.GetNewClosure()
                { $env:FIREWORKS_BASE_URL = $address; Get-FwConnection @streams }.GetNewClosure()
            }
            foreach ($folder in $plan.homes) {
                { $env:HOME = $folder; $env:FIREWORKS_API_KEY = $env:FIREWORKS_ACCOUNT_ID = $null; $env:FIREWORKS_BASE_URL = $plan.address
                    Get-FwConnection @streams | Format-List | Out-String | Write-Host; Get-FwDpoJob @streams }.GetNewClosure()
            }
            # The error message repeats the request.
            { Get-FwDpoJob -ApiKey $secure.key -AccountId $plan.rows[1].Account -Filter "displayName='$($plan.keys.key)'" @streams }
        )
        $n = 0
        foreach ($attempt in $attempts) {
            try { & $attempt } catch { $_ | Out-String | Write-Host }
            Add-Error "configuration $((++$n))"
        }
        foreach ($item in $all | Group-Object Row | ForEach-Object { $_.Group[0] }) { "=== $($item.Row), $($item.Id)"; $item.Record }
        $null = Stop-Transcript
        $all | Select-Object Row, Id | Export-Csv (Join-Path $outputFolder 'ids.csv')

        # All errors, in every form.
        $some = $all | Group-Object Row, Id | ForEach-Object { $_.Group[0] }
        Save 'error as shown' 'all' (& { foreach ($item in $all | Group-Object Id | ForEach-Object { $_.Group[0] }) { "=== $($item.Row), $($item.Id)"; $item.Record } } | Out-String -Width 300)
        Save 'error Format-List *' 'all' (& { foreach ($item in $some) { "=== $($item.Row), $($item.Id)"; $item.Record | Format-List * -Force | Out-String -Width 300 } })
        foreach ($item in $all) {
            $label = "$($item.Row), $($item.Id)"
            $record = $item.Record
            Save 'error ToString' $label "$record", "$($record.ErrorDetails)", "$($record.ErrorDetails.RecommendedAction)", "$($record.TargetObject)", "$($record.CategoryInfo)"
            Save 'error Exception.ToString' $label $record.Exception.ToString()
        }
        Save 'error Exception.ToString' 'all' ($all.Record.Exception | Format-List * -Force | Out-String -Width 300)
        # Slow forms: one error per row and per id, one per id, and one per exception type of the module.
        $few = @($all | Group-Object Row | ForEach-Object { $_.Group[0] }) + @($all | Group-Object Id | ForEach-Object { $_.Group[0] })
        ($few | Sort-Object { $all.IndexOf($_) } -Unique).Record | Export-Clixml (Join-Path $outputFolder 'one.clixml') -Depth 6
        Save 'error Export-Clixml' 'all' ([System.IO.File]::ReadAllText((Join-Path $outputFolder 'one.clixml')))
        Save 'error Get-Error' 'all' (& { foreach ($item in $all | Group-Object { $_.Id -replace ',.*' } | ForEach-Object { $_.Group[0] }) { "=== $($item.Row), $($item.Id)"; $item.Record | Get-Error } } | Out-String -Width 300)
        foreach ($item in $all | Where-Object { $_.Record.Exception -is [Fireworks.DpoJobs.FwException] -or $_.Id -like 'FwConf*' } | Group-Object { $_.Record.Exception.GetType() } | ForEach-Object { $_.Group[0] }) {
            Save 'error ConvertTo-Json' "$($item.Row), $($item.Id)" ($item.Record | ConvertTo-Json -Depth 4 -WarningAction Ignore)
        }
        # All objects, in every form.
        $noFault = $plan.rows[0]
        $env:FIREWORKS_API_KEY = $plan.keys.key
        $env:FIREWORKS_BASE_URL = $plan.address
        $parameters = @{ ApiKey = $secure.key; AccountId = $noFault.Account; BaseUri = $noFault.Address }
        $connection = Connect-FwAccount @parameters -PassThru
        $listed = Get-FwDpoJob -All -PageSize 2 -OutVariable kept -Verbose
        $job = Get-FwDpoJob j1
        $objects = [ordered]@{
            'jobs' = $listed; 'job' = $job; 'page' = Get-FwDpoJob -AsPage -PageSize 2; 'connection' = $connection; 'Get-FwConnection' = Get-FwConnection
            'OutVariable' = $kept; 'WandbConfig' = $job.WandbConfig; 'TrainingConfig' = $job.TrainingConfig; 'AdditionalData' = $job.AdditionalData
            'labels' = $job.AdditionalData.labels; 'SecretText' = $job.TrainerLogsSignedUrl
        }
        $null = New-Item (Join-Path $outputFolder files) -ItemType Directory
        $file = Join-Path $outputFolder files one
        $exports = [ordered]@{
            'Format-Table' = { $args[0] | Format-Table | Out-String -Width 2000 }
            'Format-Table *' = { $args[0] | Format-Table * -Force | Out-String -Width 4000 }
            'Format-List' = { $args[0] | Format-List | Out-String -Width 2000 }
            'Format-List *' = { $args[0] | Format-List * -Force | Out-String -Width 2000 }
            'Format-Custom' = { $args[0] | Format-Custom -Depth 6 | Out-String -Width 2000; $args[0] | Format-Custom * -Force -Depth 6 | Out-String -Width 2000 }
            'Format-Wide' = { $args[0] | Format-Wide | Out-String -Width 2000 }
            'Out-String' = { $args[0] | Out-String -Width 40; $args[0] | Out-String -Width 2000 }
            'Select-Object *' = { $args[0] | Select-Object * | Out-String -Width 2000; $args[0] | Select-Object * | ConvertTo-Json -Depth 6 -WarningAction Ignore }
            'Get-Member' = { $args[0] | Get-Member -Force | Out-String -Width 2000 }
            'ConvertTo-Json' = { $args[0] | ConvertTo-Json -Depth 6; ConvertTo-Json $args[0] -Depth 6 -Compress -AsArray }
            'ConvertTo-Csv' = { $args[0] | ConvertTo-Csv }
            'ConvertTo-Html' = { $args[0] | ConvertTo-Html; $args[0] | ConvertTo-Html -As List }
            'ConvertTo-Xml' = { ($args[0] | ConvertTo-Xml -Depth 6 -As String) }
            'Export-Csv' = { $args[0] | Export-Csv $file -NoTypeInformation:$false; [System.IO.File]::ReadAllText($file) }
            'Export-Clixml' = { $args[0] | Export-Clixml $file -Depth 6; [System.IO.File]::ReadAllText($file); Import-Clixml $file | Format-List * -Force | Out-String }
            'Out-File' = { $args[0] > $file; [System.IO.File]::ReadAllText($file); $args[0] | Set-Content $file; [System.IO.File]::ReadAllText($file) }
            'string' = { "$($args[0])"; @($args[0]) | ForEach-Object { $_.ToString(); [string]$_; $_.PSObject.ToString(); '{0}' -f $_ }; $args[0] -join "`n" }
        }
        foreach ($name in $exports.Keys) {
            foreach ($label in $objects.Keys) { Save "object $name" $label (& $exports[$name] $objects[$label]) }
        }

        # Controls: the secrets were present, and the search must find these texts.
        @{
            logs = $job.TrainerLogsSignedUrl.Reveal(); wandb = $job.WandbConfig.ApiKey.Reveal(); token = $job.AdditionalData.internalToken.Reveal()
            newurl = $job.AdditionalData.newSignedUrl.Reveal(); listed = $listed[2].WandbConfig.ApiKey.Reveal()
        } | ConvertTo-Json | Set-Content (Join-Path $outputFolder files revealed.json)
        $control = @{ plain = $job.WandbConfig.ApiKey.Reveal() | Format-List | Out-String -Width 8; secure = $null; encoded = [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes("Bearer $($plan.keys.key)")) }
        $secure | Export-Clixml $file
        $control.secure = [System.IO.File]::ReadAllText($file)
        $control.json = @{ a = $plan.keys.key; b = $secure.key } | ConvertTo-Json
        $control | ConvertTo-Json | Set-Content (Join-Path $outputFolder files control.json)

        # Each stream separately, including progress, which cannot be redirected; then all streams merged.
        $shell = [powershell]::Create()
        $null = $shell.AddScript('$ProgressPreference = "Continue"; Import-Module Fireworks.DpoJobs').Invoke()
        foreach ($row in $plan.rows | Where-Object { $_.Key -eq 'key' -and $_.Name -match '^(no fault|\d|an invalid|unknown|reset|invalid)' }) {
            $shell.Commands.Clear()
            foreach ($name in 'Verbose', 'Debug', 'Warning', 'Information', 'Progress', 'Error') { $shell.Streams.$name.Clear() }
            $row.Pause = 0
            $null = $shell.AddScript($operations.ToString()).AddArgument($row).AddArgument($secure[$row.Key]).Invoke()
            foreach ($name in 'Verbose', 'Debug', 'Warning', 'Information', 'Error') {
                if ($shell.Streams.$name.Count) { Save "stream $name" "$($row.Name) [$($row.Key)]" @($shell.Streams.$name | ForEach-Object { "$_" }) }
            }
            if ($shell.Streams.Progress.Count) {
                Save 'stream Progress' "$($row.Name) [$($row.Key)]" @($shell.Streams.Progress | ForEach-Object { "$_ | $($_.Activity) | $($_.StatusDescription) | $($_.CurrentOperation)" })
            }
        }
        foreach ($id in $plan.storageJobs) {
            $shell.Commands.Clear()
            foreach ($name in 'Verbose', 'Debug', 'Warning', 'Information', 'Progress', 'Error') { $shell.Streams.$name.Clear() }
            $null = $shell.AddScript($downloads.ToString()).AddArgument($plan).AddArgument($secure.key).AddArgument($id).AddArgument($savedFolder).Invoke()
            foreach ($name in 'Verbose', 'Debug', 'Warning', 'Information', 'Error') {
                if ($shell.Streams.$name.Count) { Save "stream $name" "storage that $id" @($shell.Streams.$name | ForEach-Object { "$_" }) }
            }
            if ($shell.Streams.Progress.Count) {
                Save 'stream Progress' "storage that $id" @($shell.Streams.Progress | ForEach-Object { "$_ | $($_.Activity) | $($_.StatusDescription) | $($_.CurrentOperation)" })
            }
        }
        foreach ($row in $plan.rows | Where-Object { $_.Name -match '^(no fault|400|403|429|unknown)' -and $_.Key -eq 'key' }) {
            $parameters = @{ ApiKey = $secure[$row.Key]; AccountId = $row.Account }
            $null = Connect-FwAccount @parameters -BaseUri $row.Address -SkipValidation -MaximumRetryCount 1
            Save 'stream merged' $row.Name @(
                try { Get-FwDpoJob -All -PageSize 2 -Verbose 4>&1 3>&1 5>&1 6>&1 | Out-String } catch { $_ | Out-String }
                try { 'j1' | Get-FwDpoJob -Verbose -Debug *>&1 | Out-String } catch { $_ | Out-String }
                try { Get-FwDpoJob -PageSize 2 -Verbose -Debug -WarningVariable warned -ErrorVariable failed *>&1 | Out-String } catch { $_ | Out-String }
                $warned | Out-String
                $failed | Out-String
            )
        }
        'Done.'
'@
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $run = Invoke-PowerShell -Script $script -Environment @{
        SECRETS_PLAN = $planPath; SECRETS_OUTPUT = $outputFolder; FIREWORKS_API_KEY = $keys.key; FIREWORKS_BASE_URL = $null; FIREWORKS_ACCOUNT_ID = $null
    }
    Write-Host "The other PowerShell process took $([int]$watch.Elapsed.TotalSeconds) s."
    $ids = if (Test-Path "$outputFolder/ids.csv") { Import-Csv "$outputFolder/ids.csv" }

    function Read-Output([string] $Name) {
        $file = Join-Path $outputFolder (($Name -replace '\*', 'all') + '.txt')
        if (Test-Path $file) { [System.IO.File]::ReadAllText($file) } else { '' }
    }
}

AfterAll {
    foreach ($server in @($listener, $rawServer), @($storageListener, $storageServer)) {
        $server[0].Stop()
        $server[1].Dispose()
    }
    Stop-Emulator $emulator
    Stop-Emulator $other
    Remove-Module Support
}

Describe 'The search for secrets' {
    It 'finds a canary that is <Form>' -ForEach @(
        @{ Form = 'plain'; Make = { "a $args b" } }
        @{ Form = 'plain, in lower case'; Make = { "$args".ToLowerInvariant() } }
        @{ Form = 'plain, truncated at the end'; Make = { "$args".Substring(0, 14) } }
        @{ Form = 'plain, truncated at the start'; Make = { "…" + "$args".Substring("$args".Length - 15) } }
        @{ Form = 'wrapped over lines with a margin'; Make = { ("$args" -replace '(.{5})', "`$1`r`n     | ") } }
        @{ Form = 'interrupted by colour sequences'; Make = { ("$args" -replace '(.{5})', "`$1`e[36;1m") } }
        @{ Form = 'in UTF-16 hex'; Make = { ConvertFrom-SecureString (ConvertTo-SecureString "x$args" -AsPlainText) } }
        @{ Form = 'in hex'; Make = { [Convert]::ToHexString([Text.Encoding]::UTF8.GetBytes("$args")).ToLowerInvariant() } }
        @{ Form = 'URL-encoded'; Make = { [uri]::EscapeDataString("Bearer $args/+") } }
        @{ Form = 'URL-encoded in every character'; Make = { -join ("$args".ToCharArray() | ForEach-Object { '%{0:x2}' -f [int]$_ }) } }
        @{ Form = 'in base64 as Bearer <key>'; Make = { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("Bearer $args")) } }
        @{ Form = 'in base64 at another alignment'; Make = { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("user:$args")) } }
        @{ Form = 'in base64 at the third alignment'; Make = { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("me:you:$args")) } }
        @{ Form = 'in base64 of UTF-16'; Make = { [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes("k $args")) } }
        @{ Form = 'reversed'; Make = { -join "$args".ToCharArray()[-1..(-"$args".Length)] } }
    ) {
        foreach ($secret in $keys.key, $keys.barekey, $canary.logs) {
            @(Find-Canary "before`n=== a section`n$(& $Make $secret)`n=== another`nafter").Count | Should -BeGreaterThan 0
        }
        Find-Canary 'Bearer (API key), fw_, canary' | Should -BeNullOrEmpty
    }

    It 'reports the section and the kind only' {
        Find-Canary "=== a section`nx $($canary.wandb) x`n=== another`nx" 'file' | Should -Be 'file, a section: wandb (plain)'
    }

    It 'finds the end of a key, except where the connection shows it' {
        Find-KeyEnd "=== a job`nkey …$($keyEnds.key)" | Should -HaveCount 1
        Find-KeyEnd "=== a job`nApiKeyEnd : $($keyEnds.key)`n=== connection`n$($keyEnds.key)" | Should -BeNullOrEmpty
    }

    It 'finds the secrets that the other process wrote deliberately' {
        $control = Get-Content "$outputFolder/files/control.json" -Raw | ConvertFrom-Json
        foreach ($name in 'plain', 'secure', 'encoded', 'json') { @(Find-Canary $control.$name).Count | Should -BeGreaterThan 0 }
    }
}

Describe 'The run that searches for secrets' {
    It 'completes, applies every fault and covers every cmdlet and error id' {
        $run.ExitCode | Should -Be 0
        $run.Output.TrimEnd().EndsWith('Done.') | Should -BeTrue
        # Every fault was applied, and every cmdlet ran.
        $counts = @(Get-EmulatorFault $emulator)
        $unplayed = 0..($rules.Count - 1) | Where-Object { -not $counts[$_].Played } | ForEach-Object { $rules[$_].path }
        $unplayed | Should -BeNullOrEmpty
        $commands = $ids.Id | ForEach-Object { ($_ -split '[,.]')[-1] } | Sort-Object -Unique
        foreach ($command in 'ConnectFwAccountCommand', 'GetFwConnectionCommand', 'GetFwDpoJobCommand', 'NewFwDpoJobCommand', 'GetFwDpoJobMetricCommand',
            'GetFwDpoJobLogCommand', 'SaveFwDpoJobLogCommand', 'SaveFwDpoJobMetricCommand', 'ExportFwDpoJobReportCommand') { $commands | Should -Contain $command }
        foreach ($expected in 'InvalidArgument', 'Unauthenticated', 'PaymentRequired', 'PermissionDenied', 'NotFound', 'AccountSuspended',
            'RateLimited', 'ServerError', 'HttpError', 'Redirected', 'ConnectionFailed', 'Timeout', 'InvalidResponse') {
            @($ids.Id -like "FwApi.$expected,*").Count | Should -BeGreaterThan 0 -Because $expected
        }
        @($ids.Id -like 'FwConfiguration,*').Count | Should -BeGreaterThan 10
    }

    It 'includes every kind of fault and every status of the fault matrix' {
        $played = $rules.Keys + @('headers', 'body') | Sort-Object -Unique
        foreach ($kind in $matrix.fault.Keys | Sort-Object -Unique) { $played | Should -Contain $kind }
        $statuses = $rules | ForEach-Object { $_['status'] }
        foreach ($status in $matrix.fault | ForEach-Object { $_['status'] } | Sort-Object -Unique) { $statuses | Should -Contain $status }
    }

    It 'had access to the secrets through Reveal()' {
        $revealed = Get-Content "$outputFolder/files/revealed.json" -Raw | ConvertFrom-Json
        # Not with Should -Be, because its failure message would print the secrets.
        ($revealed.logs -ceq (Get-SignedUrl logs)) | Should -BeTrue
        ($revealed.wandb -ceq $canary.wandb) | Should -BeTrue
        ($revealed.listed -ceq $canary.wandb) | Should -BeTrue
        ($revealed.token -ceq $canary.token) | Should -BeTrue
        ($revealed.newurl -ceq (Get-SignedUrl newurl)) | Should -BeTrue
    }
}

Describe 'The output of the module' {
    It 'has no secret in a transcript' {
        $text = Read-Output transcript
        $text | Should -Match 'VERBOSE: GET http'
        $text | Should -Match 'Retrying in'
        ($text -match '503 Service Unavailable') | Should -BeTrue
        Find-Canary $text transcript | Should -BeNullOrEmpty
        Find-KeyEnd $text transcript | Should -BeNullOrEmpty
    }

    It 'has no secret on the console' {
        $run.Output.Length | Should -BeGreaterThan 10000
        Find-Canary $run.Output 'standard output' | Should -BeNullOrEmpty
        Find-Canary $run.ErrorOutput 'standard error' | Should -BeNullOrEmpty
        Find-KeyEnd $run.Output 'standard output' | Should -BeNullOrEmpty
        Find-KeyEnd $run.ErrorOutput 'standard error' | Should -BeNullOrEmpty
    }

    It 'has no secret in the stream <_>' -ForEach $streams {
        $text = Read-Output "stream $_"
        # The module writes nothing to the debug stream.
        if ($_ -notin 'Debug') { $text.Length | Should -BeGreaterThan 50 }
        Find-Canary $text "stream $_" | Should -BeNullOrEmpty
        if ($_ -ne 'Information') { Find-KeyEnd $text "stream $_" | Should -BeNullOrEmpty }
    }

    It 'has no secret in $Error, exported by <_>' -ForEach $errorExports {
        $form = $_
        $text = Read-Output "error $form"
        # All rows, one error per id, or one per exception type.
        $minimum = switch ($form) { 'as shown' { 20 } 'Get-Error' { 14 } 'ConvertTo-Json' { 5 } 'Export-Clixml' { 1 } default { 100 } }
        [regex]::Matches($text, '(?m)^=== ').Count | Should -BeGreaterOrEqual $minimum
        [regex]::Matches($text, 'The service returned').Count | Should -BeGreaterThan ($minimum / 5)
        Find-Canary $text "`$Error, $form" | Should -BeNullOrEmpty
        Find-KeyEnd $text "`$Error, $form" | Should -BeNullOrEmpty
    }

    It 'has no secret in objects, exported by <_>' -ForEach $exports {
        $text = Read-Output "object $_"
        [regex]::Matches($text, '(?m)^=== ').Count | Should -Be 11
        $text.Length | Should -BeGreaterThan 300
        Find-Canary $text $_ | Should -BeNullOrEmpty
        Find-KeyEnd $text $_ | Should -BeNullOrEmpty
    }
}

Describe 'The storage of signed addresses' {
    It 'received requests for every file, and no key' {
        $heads = @($storageHeads)
        foreach ($id in $storageResponses.Keys) {
            foreach ($kind in 'metrics', 'log') { @($heads -match "^GET /$id/$kind\?X-Goog-Expires").Count | Should -BeGreaterThan 2 -Because "$id, $kind" }
        }
        @($heads -match '(?im)^(authorization|cookie):') | Should -BeNullOrEmpty
        # Not with Should -Be, because its failure message would print the secrets.
        ($heads -join "`n").Contains($canary.key) | Should -BeFalse
    }

    It 'causes the expected error: <Id>, <Error>' -ForEach @(
        @{ Id = 'rejects-with-xml'; Error = 'PermissionDenied' }, @{ Id = 'rejects-with-text'; Error = 'PermissionDenied' }
        @{ Id = 'rejects-with-json'; Error = 'InvalidArgument' }, @{ Id = 'fails'; Error = 'ServerError' }, @{ Id = 'redirects'; Error = 'Redirected' }
        @{ Id = 'sends-html'; Error = 'InvalidResponse' }, @{ Id = 'breaks-off'; Error = 'ConnectionFailed' }, @{ Id = 'is-no-http'; Error = 'ConnectionFailed' }
        @{ Id = 'not-https'; Error = 'InvalidResponse' }, @{ Id = 'no-address'; Error = 'InvalidResponse' }
    ) {
        $found = @($ids | Where-Object Row -EQ "storage that $Id" | ForEach-Object { ($_.Id -split ',')[0] } | Sort-Object -Unique)
        $found | Should -Be "FwApi.$Error"
    }

    It 'is not shown in reports' {
        $text = Read-Output report
        [regex]::Matches($text, '(?m)^=== ').Count | Should -Be $storageJobs.Count
        Find-Canary $text report | Should -BeNullOrEmpty
    }
}

Describe 'A recording of the emulator' {
    It 'contains no secret' {
        $har = Join-Path $TestDrive 'recorded.har'
        $recorder = Start-Emulator record, --upstream, "$($emulator.Address)".TrimEnd('/'), --out, $har
        try {
            foreach ($row in $rows | Where-Object { $_.Name -match '^(no fault|[345]\d\d)' -and ($_.Key -eq 'barekey' -or $_.Name -match '^(no fault|40|412|302)') }) {
                $key = ConvertTo-SecureString $keys[$row.Key] -AsPlainText
                Connect-FwAccount -ApiKey $key -AccountId $row.Account -BaseUri $recorder.Address -MaximumRetryCount 0 -SkipValidation
                try { $null = Get-FwDpoJob -All -PageSize 2 } catch { $null = $_ }
                try { $null = 'j1' | Get-FwDpoJob -ErrorAction SilentlyContinue } catch { $null = $_ }
                if ($row.Name -eq 'no fault') { continue }
                try { $null = Get-FwDpoJob -Filter "displayName='$($keys[$row.Key])'" } catch { $null = $_ }
            }
        }
        finally {
            Disconnect-FwAccount
            Stop-Emulator $recorder
        }
        $recorded = (Get-Content $har -Raw | ConvertFrom-Json).log.entries
        $recorded.Count | Should -BeGreaterThan 40
        @($recorded | Where-Object { $_.response.content.text -match 'dpoJobs/j1' }).Count | Should -BeGreaterThan 1
        # One section per entry, labelled with the status and the URL, which contains the number of the row.
        $text = $recorded | ForEach-Object { "=== $($_.response.status) $($_.request.url -replace '\?.*')`n$($_ | ConvertTo-Json -Depth 8 -EscapeHandling Default)" }
        # A recording keeps bodies and some headers. It cannot recognize a secret that nothing marks as one.
        $unmarked = 'metadata', 'html', 'header', 'retry'
        Find-Canary ($text -join "`n") 'recording' | Where-Object { $_ -notmatch ": ($($unmarked -join '|')) \(" } | Should -BeNullOrEmpty
    }
}

Describe 'A redirect' {
    It 'is never followed' {
        foreach ($status in 301, 302, 303, 307, 308) {
            @($ids | Where-Object { $_.Row -eq "$status to another host [key]" -and $_.Id -like 'FwApi.Redirected,*' }).Count | Should -BeGreaterThan 2
        }
        @(Get-EmulatorRequest $other) | Should -HaveCount 0
    }
}
