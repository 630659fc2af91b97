# The fastest script without a module: HttpClient and JsonDocument, without retries and objects.
$client = [System.Net.Http.HttpClient]::new()
$client.DefaultRequestHeaders.Add('Authorization', "Bearer $($env:FIREWORKS_API_KEY)")
$count = 0
$token = ''
do {
    $page = [System.Text.Json.JsonDocument]::Parse($client.GetStringAsync("$($env:LIST_ADDRESS)&pageToken=$token").GetAwaiter().GetResult()).RootElement
    foreach ($job in $page.GetProperty('dpoJobs').EnumerateArray()) { if ($job.GetProperty('state').GetString() -eq 'JOB_STATE_FAILED') { $count++ } }
    $token = $page.GetProperty('nextPageToken').GetString()
} while ($token)
$count
