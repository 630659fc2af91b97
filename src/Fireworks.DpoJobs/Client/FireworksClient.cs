namespace Fireworks.DpoJobs;

/// <summary>The calls of the API, one method each, with retries. Safe for concurrent use.</summary>
internal sealed class FireworksClient
{
    private readonly FwConnection _connection;
    private readonly IClientLog _log;
    private readonly IClock _clock;
    private readonly RetryPolicy _retries;
    private readonly RequestSender _sender;

    /// <summary>Creates a client.</summary>
    /// <param name="connection">Address, key, timeout and retries.</param>
    /// <param name="log">Receives every request and retry.</param>
    /// <param name="transport">Sends requests. Null for <see cref="HttpTransport"/>.</param>
    /// <param name="clock">The clock. Null for the system's.</param>
    public FireworksClient(
        FwConnection connection,
        IClientLog log,
        HttpMessageInvoker? transport = null,
        IClock? clock = null
    )
    {
        _connection = connection;
        _log = log;
        _clock = clock ?? SystemClock.Instance;
        _retries = new RetryPolicy(connection.MaximumRetryCount, _clock);
        _sender = new RequestSender(connection, log, transport);
    }

    /// <summary>Gets one page of a listing.</summary>
    /// <param name="request">What is listed.</param>
    /// <param name="pageToken">The token of the page. Null for the first.</param>
    /// <param name="cancellationToken">Cancelled by the user.</param>
    /// <exception cref="FwException">The page could not be retrieved.</exception>
    public Task<DpoJobPage> ListDpoJobsAsync(
        ListDpoJobsRequest request,
        string? pageToken,
        CancellationToken cancellationToken
    ) => SendAsync(List(request, pageToken), cancellationToken);

    /// <summary>The request for a page, as logs and errors show it.</summary>
    public string DescribeList(ListDpoJobsRequest request, string? pageToken) =>
        List(request, pageToken).Describe(_connection);

    /// <summary>A text without the API key, for messages.</summary>
    public string RedactKey(string text) => _connection.ApiKey.Redact(text);

    /// <summary>Gets one job.</summary>
    /// <param name="name">The full name of the job.</param>
    /// <param name="readMask">The fields to return, in the spelling of the wire. Null for all.</param>
    /// <param name="cancellationToken">Cancelled by the user.</param>
    /// <exception cref="FwException">The job does not exist, or could not be retrieved.</exception>
    public Task<DpoJob> GetDpoJobAsync(ResourceName name, string? readMask, CancellationToken cancellationToken) =>
        SendAsync(
            new ApiRequest<DpoJob>(
                HttpMethod.Get,
                ResponseReader.Json(
                    FireworksJsonContext.Default.DpoJob,
                    job => job.StateText is { } state ? $"state {state}" : "no state"
                )
            )
            {
                Path = $"v1/{name}",
                Query = [new("readMask", readMask)],
                Operation = ApiOperation.GetJob,
            },
            cancellationToken
        );

    /// <summary>Checks that the API key is valid for an account, with the smallest possible request.</summary>
    /// <exception cref="FwException">It is not, or the service could not be reached.</exception>
    public Task<DpoJobPage> CheckAccountAsync(string accountId, CancellationToken cancellationToken) =>
        SendAsync(List(new ListDpoJobsRequest(accountId) { PageSize = 1, ReadMask = "name" }, null), cancellationToken);

    /// <summary>Finds the account of a key that can access exactly one, as the official SDK does.</summary>
    /// <exception cref="FwConfigurationException">The key can access no account, or several.</exception>
    /// <exception cref="FwException">The accounts could not be retrieved.</exception>
    public async Task<string> FindAccountIdAsync(CancellationToken cancellationToken)
    {
        var page = await SendAsync(
                new ApiRequest<AccountPage>(
                    HttpMethod.Get,
                    ResponseReader.Json(
                        FireworksJsonContext.Default.AccountPage,
                        page => page.Accounts.Count == 1 ? "1 account" : $"{page.Accounts.Count:N0} accounts"
                    )
                )
                {
                    Path = "v1/accounts",
                    Query = [new("pageSize", "2")],
                },
                cancellationToken
            )
            .ConfigureAwait(false);

        var ids = page
            .Accounts.Select(account => ResourceName.FindId(account?.Name, ResourceName.Accounts))
            .Where(ResourceName.IsId)
            .ToList();
        return ids.Count switch
        {
            1 => ids[0]!,
            0 => throw new FwConfigurationException(
                "The API key can access no account. "
                    + $"Name the account with -AccountId or {ConnectionResolver.AccountIdVariable}."
            ),
            _ => throw new FwConfigurationException(
                $"The API key can access more than one account ({string.Join(", ", ids)}{(page.NextPageToken is null ? "" : " and more")}). "
                    + $"Name the account with -AccountId or {ConnectionResolver.AccountIdVariable}."
            ),
        };
    }

    /// <summary>Sends a request, and sends it again where the retry policy allows it.</summary>
    /// <exception cref="FwException">The request failed.</exception>
    /// <exception cref="OperationCanceledException">The user cancelled it.</exception>
    internal async Task<T> SendAsync<T>(ApiRequest<T> request, CancellationToken cancellationToken)
    {
        for (var retries = 0; ; retries++)
        {
            TimeSpan delay;
            try
            {
                return await _sender.SendAsync(request, retries, cancellationToken).ConfigureAwait(false);
            }
            catch (AttemptException attempt)
            {
                if (!_retries.ShouldRetry(retries, request.IsRepeatable, attempt))
                {
                    throw attempt.Failure;
                }
                delay = _retries.Delay(retries, attempt.Advice);
                _log.RetryWait(
                    $"{Cause(attempt.Failure)}. Retrying in {delay.TotalSeconds:0.##} s (retry {retries + 1} of {_retries.MaximumRetryCount})."
                );
            }
            try
            {
                await _clock.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _log.RetryOver();
            }
        }
    }

    private static ApiRequest<DpoJobPage> List(ListDpoJobsRequest request, string? pageToken) =>
        new(HttpMethod.Get, ResponseReader.Json(FireworksJsonContext.Default.DpoJobPage, Describe))
        {
            Path = $"v1/{ResourceName.OfCollection(request.AccountId, ResourceName.DpoJobs)}",
            Query = request.ToQuery(pageToken),
            Operation = ApiOperation.ListJobs,
        };

    private static string Describe(DpoJobPage page) =>
        $"{page.Jobs.Count:N0} {(page.Jobs.Count == 1 ? "job" : "jobs")}{(page.TotalSize is { } total ? $" of {total:N0}" : "")}"
        + (page.NextPageToken is null ? ", last page" : ", more pages follow");

    private static string Cause(FwException failure) =>
        failure switch
        {
            FwApiException api => $"HTTP {api.StatusCode}",
            FwTimeoutException timeout => $"No complete response within {timeout.Timeout.TotalSeconds:0.#} s",
            _ => "The connection failed",
        };
}
