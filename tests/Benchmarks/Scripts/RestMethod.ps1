# The usual script without a module.
$headers = @{ Authorization = "Bearer $($env:FIREWORKS_API_KEY)" }
$token = ''
$failed = do {
    $page = Invoke-RestMethod "$($env:LIST_ADDRESS)&pageToken=$token" -Headers $headers
    $page.dpoJobs | Where-Object state -EQ JOB_STATE_FAILED
    $token = $page.nextPageToken
} while ($token)
@($failed).Count
