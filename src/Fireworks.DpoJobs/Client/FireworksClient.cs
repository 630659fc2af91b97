using System.Collections.Concurrent;
using System.Text.Json;

namespace Fireworks.DpoJobs;

/// <summary>The calls of the API, one method each, with retries. Safe for concurrent use.</summary>
/// <param name="connection">The address, key, timeout and retries.</param>
/// <param name="log">Receives every request and retry.</param>
/// <param name="transport">Sends requests. Null for <see cref="HttpTransport"/>.</param>
/// <param name="clock">The clock. Null for the system's.</param>
/// <param name="gate">Paces the requests. Null for the gate of the connection, or with another clock for a new one.</param>
/// <param name="random">Returns a number from 0 up to 1, for the delays of retries. Null for the machine's.</param>
internal sealed class FireworksClient(
    FwConnection connection,
    IClientLog log,
    HttpMessageInvoker? transport = null,
    IClock? clock = null,
    RequestGate? gate = null,
    Func<double>? random = null
)
{
    private static readonly ConcurrentDictionary<string, string> KnownAccountIds = new();

    private static readonly byte[] EmptyObject = "{}"u8.ToArray();

    private readonly IClock _clock = clock ?? SystemClock.Instance;
    private readonly RetryPolicy _retries = new(connection.MaximumRetryCount, clock ?? SystemClock.Instance, random);
    private readonly RequestGate _gate = gate ?? (clock is null ? RequestGate.Of(connection) : new RequestGate(clock));
    private readonly RequestSender _sender = new(connection, log, transport);

    /// <summary>The maximum number of retries of a request.</summary>
    public int MaximumRetryCount => connection.MaximumRetryCount;

    /// <summary>The address of the service.</summary>
    public Uri BaseUri => connection.BaseUri;

    /// <summary>The account of the key, if it was looked up before. Otherwise null.</summary>
    public string? KnownAccountId => KnownAccountIds.TryGetValue(connection.Key, out var id) ? id : null;

    /// <summary>The number of requests that the service currently accepts at the same time, as far as it is known.</summary>
    public int MaxRequestsInFlight => _gate.Limit;

    /// <summary>Replaces the API key in a string with a placeholder.</summary>
    public string RedactKey(string text) => connection.ApiKey.Redact(text);

    /// <summary>Whether a string is the API key.</summary>
    public bool IsKey(string text) => connection.ApiKey.Matches(text);

    /// <summary>Gets one page of a listing.</summary>
    /// <param name="request">The parameters of the listing.</param>
    /// <param name="pageToken">The token of the page. Null for the first.</param>
    /// <param name="cancellationToken">Cancelled by the user.</param>
    /// <param name="isContinuation">Whether earlier pages of the listing have been retrieved.</param>
    /// <exception cref="FwException">The page could not be retrieved.</exception>
    public Task<DpoJobPage> ListDpoJobsAsync(
        ListDpoJobsRequest request,
        string? pageToken,
        CancellationToken cancellationToken,
        bool isContinuation = false
    ) => SendAsync(List(request, pageToken, isContinuation), cancellationToken);

    /// <summary>The request for a page, redacted for logs and errors.</summary>
    public string DescribeList(ListDpoJobsRequest request, string? pageToken) =>
        List(request, pageToken).Describe(connection);

    /// <summary>Gets one job.</summary>
    /// <param name="name">The full name of the job.</param>
    /// <param name="readMask">The fields to return, in the spelling of the wire. Null for all.</param>
    /// <param name="cancellationToken">Cancelled by the user.</param>
    /// <exception cref="FwException">The job does not exist, or could not be retrieved.</exception>
    public Task<DpoJob> GetDpoJobAsync(ResourceName name, string? readMask, CancellationToken cancellationToken) =>
        SendAsync(
            new ApiRequest<DpoJob>(HttpMethod.Get, ReadJob(readMask))
            {
                Path = $"v1/{name}",
                Query = [new("readMask", readMask)],
                Operation = ApiOperation.GetJob,
            },
            cancellationToken
        );

    /// <summary>Creates a job. The request is not repeated when the service may have executed it.</summary>
    /// <param name="name">The full name of the new job.</param>
    /// <param name="settings">The settings of the job. Its secrets are sent.</param>
    /// <param name="cancellationToken">Cancelled by the user.</param>
    /// <exception cref="FwException">The job was not created, or there was no usable response.</exception>
    public Task<DpoJob> CreateDpoJobAsync(ResourceName name, DpoJob settings, CancellationToken cancellationToken) =>
        SendAsync(
            new ApiRequest<DpoJob>(HttpMethod.Post, ReadJob(null))
            {
                Path = $"v1/{ResourceName.OfCollection(name.AccountId, name.Collection)}",
                Query = [new("dpoJobId", name.Id)],
                Body = JsonSerializer.SerializeToUtf8Bytes(settings, FireworksJsonContext.WithSecrets.DpoJob),
                Secret = settings.WandbConfig?.ApiKey,
                Operation = ApiOperation.CreateJob,
            },
            cancellationToken
        );

    /// <summary>Cancels a job. The service rejects it with FAILED_PRECONDITION when the job has ended.</summary>
    /// <exception cref="FwException">The request failed.</exception>
    public Task<NoContent> CancelDpoJobAsync(ResourceName name, CancellationToken cancellationToken) =>
        SendAsync(
            new ApiRequest<NoContent>(HttpMethod.Post, ResponseReader.NoContent)
            {
                Path = $"v1/{name}:cancel",
                Body = EmptyObject,
                IsRepeatable = true,
            },
            cancellationToken
        );

    /// <summary>Deletes a job. The service keeps its record for 30 days; deleting it again has no effect.</summary>
    /// <exception cref="FwException">The request failed.</exception>
    public Task<NoContent> DeleteDpoJobAsync(ResourceName name, CancellationToken cancellationToken) =>
        SendAsync(
            new ApiRequest<NoContent>(HttpMethod.Delete, ResponseReader.NoContent) { Path = $"v1/{name}" },
            cancellationToken
        );

    /// <summary>Resumes a job. Not repeated when the service may have executed it.</summary>
    /// <exception cref="FwException">The request failed.</exception>
    public Task<DpoJob> ResumeDpoJobAsync(ResourceName name, CancellationToken cancellationToken) =>
        SendAsync(
            new ApiRequest<DpoJob>(HttpMethod.Post, ReadJob(null)) { Path = $"v1/{name}:resume", Body = EmptyObject },
            cancellationToken
        );

    /// <summary>Gets the signed address of the metrics file of a job, which is valid for about ten minutes.</summary>
    /// <returns>The address. Null when there is no file yet.</returns>
    /// <exception cref="FwException">The job does not exist, or the address could not be retrieved.</exception>
    public async Task<SecretText?> GetMetricsFileAddressAsync(ResourceName name, CancellationToken cancellationToken)
    {
        var endpoint = await SendAsync(
                new ApiRequest<MetricsFileEndpoint>(
                    HttpMethod.Get,
                    ResponseReader.Json<MetricsFileEndpoint>(endpoint =>
                        endpoint.SignedUrl is null ? "no metrics file" : "a signed address"
                    )
                )
                {
                    Path = $"v1/{name}:getMetricsFileEndpoint",
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return endpoint.SignedUrl;
    }

    /// <summary>Starts a download from a signed address, without the API key.</summary>
    /// <param name="address">The address.</param>
    /// <param name="part">The part to request. Null for the whole.</param>
    /// <param name="cancellationToken">Cancelled by the user. It covers the time until the headers arrive.</param>
    /// <exception cref="FwException">The download could not be started.</exception>
    public Task<DownloadStream> DownloadAsync(
        SecretText address,
        DownloadPart? part,
        CancellationToken cancellationToken
    ) =>
        Uri.TryCreate(address.Reveal(), UriKind.Absolute, out var uri)
            ? SendAsync(
                new ApiRequest<DownloadStream>(HttpMethod.Get, ResponseReader.Stream)
                {
                    SignedAddress = uri,
                    Part = part,
                    Secret = address,
                },
                cancellationToken
            )
            : throw new FwResponseException("The service sent a signed address that is not a valid URL.");

    /// <summary>Checks that the API key is valid for an account, with the smallest possible request.</summary>
    /// <exception cref="FwException">It is not valid, or the service could not be reached.</exception>
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
                    ResponseReader.Json<AccountPage>(page => Count(page.Accounts.Count, "account"))
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
        if (ids.Count == 1)
        {
            return ids[0]!;
        }
        var more = page.NextPageToken is null ? "" : " and more";
        var accounts = ids.Count == 0 ? "no account" : $"more than one account ({string.Join(", ", ids)}{more})";
        throw new FwConfigurationException(
            $"The API key can access {accounts}. "
                + $"Name the account with -AccountId or {ConnectionResolver.AccountIdVariable}."
        );
    }

    /// <summary>Finds the account of the key once, and remembers it as long as the process lives.</summary>
    /// <inheritdoc cref="FindAccountIdAsync" path="/exception"/>
    public async Task<string> FindAccountIdOnceAsync(CancellationToken cancellationToken)
    {
        var key = connection.Key;
        if (!KnownAccountIds.TryGetValue(key, out var id))
        {
            id = await FindAccountIdAsync(cancellationToken).ConfigureAwait(false);
            KnownAccountIds[key] = id;
        }
        return id;
    }

    /// <summary>Waits before the caller repeats a request itself. Returns false at once when no retry is left.</summary>
    /// <param name="retries">The number of retries so far.</param>
    /// <param name="failure">Why the request is repeated, for the log.</param>
    /// <param name="cancellationToken">Cancelled by the user.</param>
    public async Task<bool> WaitToRetryAsync(int retries, FwException failure, CancellationToken cancellationToken)
    {
        if (retries >= connection.MaximumRetryCount)
        {
            return false;
        }
        var delay = _retries.Delay(retries, advice: null);
        LogRetry(failure, delay, $"retry {retries + 1} of {connection.MaximumRetryCount}");
        try
        {
            await _clock.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            log.RetryOver();
        }
        return true;
    }

    /// <summary>Waits without blocking a thread.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        _clock.DelayAsync(delay, cancellationToken);

    /// <summary>Sends a request, and sends it again where the retry policy allows it.</summary>
    /// <exception cref="FwException">The request failed.</exception>
    /// <exception cref="OperationCanceledException">The user cancelled it.</exception>
    internal async Task<T> SendAsync<T>(ApiRequest<T> request, CancellationToken cancellationToken)
    {
        var mayHaveTakenEffect = false;
        // A signed address belongs to another service.
        var gate = request.SignedAddress is null ? _gate : new RequestGate(_clock);
        var schedule = new RetrySchedule(
            _retries,
            connection.MaximumRetryCount,
            request.IsRepeatable,
            request.OutlastsRestart,
            _clock
        );
        await schedule.EnterAsync(gate, cancellationToken).ConfigureAwait(false);
        for (var attempts = 0; ; attempts++)
        {
            AttemptException failure;
            try
            {
                var result = await _sender.SendAsync(request, attempts, cancellationToken).ConfigureAwait(false);
                gate.Exit(isAccepted: true);
                return result;
            }
            catch (AttemptException attempt)
            {
                failure = attempt;
                mayHaveTakenEffect |= attempt.MayHaveTakenEffect;
            }
            catch
            {
                gate.Exit(isAccepted: false);
                throw;
            }
            var final = mayHaveTakenEffect ? failure.Failure.WithPossibleEffect() : failure.Failure;
            if (schedule.Fail(gate, failure) is not { } retry)
            {
                throw final;
            }
            LogRetry(failure.Failure, retry.Delay, retry.Note);
            try
            {
                if (!retry.IsGated)
                {
                    await _clock.DelayAsync(retry.Delay, cancellationToken).ConfigureAwait(false);
                }
                if (!await schedule.EnterAsync(gate, cancellationToken).ConfigureAwait(false))
                {
                    throw final;
                }
            }
            finally
            {
                log.RetryOver();
            }
        }
    }

    private void LogRetry(FwException failure, TimeSpan delay, string note) =>
        log.RetryWait($"{Cause(failure)}. Retrying in {delay.TotalSeconds:0.##} s ({note}).");

    private static ResponseReader<DpoJob> ReadJob(string? readMask) =>
        ResponseReader.Json<DpoJob>(job => job.StateText is { } state ? $"state {state}" : "no state", readMask);

    private static ApiRequest<DpoJobPage> List(
        ListDpoJobsRequest request,
        string? pageToken,
        bool isContinuation = false
    ) =>
        new(HttpMethod.Get, ResponseReader.Json<DpoJobPage>(Describe))
        {
            Path = $"v1/{ResourceName.OfCollection(request.AccountId, ResourceName.DpoJobs)}",
            Query = request.ToQuery(pageToken),
            OutlastsRestart = isContinuation,
            Operation = ApiOperation.ListJobs,
        };

    private static string Describe(DpoJobPage page) =>
        Count(page.Jobs.Count, "job")
        + (page.TotalSize is { } total ? $" of {total:N0}" : "")
        + (page.NextPageToken is null ? ", last page" : ", more pages follow");

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number:N0} {noun}s";

    private static string Cause(FwException failure) =>
        failure switch
        {
            FwApiException api => $"HTTP {api.StatusCode}",
            FwResponseException => "Invalid response",
            FwTimeoutException timeout => $"No complete response within {timeout.Timeout.TotalSeconds:0.#} s",
            _ => "The connection failed",
        };
}

/// <summary>Receives the messages of the client, from any thread. They contain no secrets.</summary>
internal interface IClientLog
{
    /// <summary>Receives one line about a request and its response.</summary>
    void Verbose(string message);

    /// <summary>Receives a warning: the command continues, but the user should know.</summary>
    void Warning(string message);

    /// <summary>A request failed and is retried after a delay, which begins now.</summary>
    void RetryWait(string message);

    /// <summary>The delay has ended, or was cancelled.</summary>
    void RetryOver();
}
