using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs;

/// <summary>The calls of the API, each with its retries. Safe to use from several threads.</summary>
internal sealed class FireworksClient
{
    private readonly FwConnection _connection;
    private readonly IClientLog _log;
    private readonly IClock _clock;
    private readonly RetryPolicy _retries;
    private readonly RequestSender _sender;

    /// <summary>Makes a client.</summary>
    /// <param name="connection">Where to, with which key.</param>
    /// <param name="log">Hears of every request and retry.</param>
    /// <param name="transport">Sends requests; <see cref="HttpTransport.Shared"/> but in tests.</param>
    /// <param name="clock">Time; the machine's but in tests.</param>
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
        _retries = new RetryPolicy(connection.MaximumRetryCount, _clock, Jitter.Next);
        _sender = new RequestSender(transport ?? HttpTransport.Shared, connection.ApiKey, log, connection.Timeout);
    }

    /// <summary>One page of a listing.</summary>
    /// <exception cref="FwException">There is no such page to be had.</exception>
    public async Task<DpoJobPage> ListDpoJobsAsync(
        ListQuery query,
        string? pageToken,
        CancellationToken cancellationToken
    )
    {
        var uri = ListUri(query, pageToken);
        try
        {
            return await GetAsync(uri, FireworksJsonContext.Default.DpoJobPage, Describe, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (FwApiException refusal) when (refusal.IsInvalidArgument && query.Filter is not null)
        {
            if (FilterDiagnostics.Underline(WithoutKey(query.Filter)) is { } marked)
            {
                throw refusal.Append("\n" + marked);
            }
            throw;
        }
    }

    /// <summary>The request for a page, as logs and errors show it.</summary>
    public string DescribeList(ListQuery query, string? pageToken) => Describe(ListUri(query, pageToken));

    /// <summary>A text that is to be shown, without the key.</summary>
    public string WithoutKey(string text) => _connection.ApiKey.Redact(text);

    /// <summary>One job.</summary>
    /// <exception cref="FwException">The job is not there, or not to be had.</exception>
    public Task<DpoJob> GetDpoJobAsync(ResourceName name, string? readMask, CancellationToken cancellationToken) =>
        GetAsync(
            RequestUri.Build(_connection.BaseUri, $"v1/{name}", [new("readMask", readMask)]),
            FireworksJsonContext.Default.DpoJob,
            job => $"state {job.StateText ?? "not sent"}",
            cancellationToken
        );

    /// <summary>Asks for as little as shows that the key is good for an account.</summary>
    /// <exception cref="FwException">It is not, or the service could not be asked.</exception>
    public Task<DpoJobPage> CheckAccountAsync(string accountId, CancellationToken cancellationToken) =>
        ListDpoJobsAsync(new ListQuery(accountId) { PageSize = 1, ReadMask = "name" }, null, cancellationToken);

    /// <summary>The account of the key, for a key that may see exactly one (as the official SDK finds it).</summary>
    /// <exception cref="FwConfigurationException">It may see none, or several.</exception>
    /// <exception cref="FwException">The accounts are not to be had.</exception>
    public async Task<string> FindAccountIdAsync(CancellationToken cancellationToken)
    {
        var page = await GetAsync(
                RequestUri.Build(_connection.BaseUri, "v1/accounts", [new("pageSize", "2")]),
                FireworksJsonContext.Default.AccountPage,
                page => $"accounts: {page.Accounts.Count}",
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
                $"The key may see no account. Name the account: -AccountId, or {ConnectionResolver.AccountIdVariable}."
            ),
            _ => throw new FwConfigurationException(
                $"The key may see more than one account ({string.Join(", ", ids)}{(page.NextPageToken is null ? "" : " and more")}). "
                    + $"Name the one you mean: -AccountId, or {ConnectionResolver.AccountIdVariable}."
            ),
        };
    }

    private async Task<T> GetAsync<T>(
        Uri uri,
        JsonTypeInfo<T> type,
        Func<T, string> describe,
        CancellationToken cancellationToken
    )
        where T : class
    {
        for (var retries = 0; ; retries++)
        {
            TimeSpan delay;
            try
            {
                var answer = await _sender
                    .GetAsync(uri, retries, type, describe, cancellationToken)
                    .ConfigureAwait(false);
                CheckForm(answer, new Attempt(Describe(uri), retries, _connection.Timeout));
                return answer;
            }
            catch (AttemptException attempt)
            {
                if (retries >= _retries.MaximumRetryCount || !RetryPolicy.ShouldRetry(attempt))
                {
                    throw attempt.Failure;
                }
                delay = _retries.Delay(retries, attempt.Advice);
                _log.RetryWait(
                    $"{Cause(attempt.Failure)}, trying again in {delay.TotalSeconds:0.##} s, {retries + 1} of {_retries.MaximumRetryCount}"
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

    // A proxy's or a gateway's {"error":…} with status 200 would otherwise pass for an empty page or an empty job.
    private static void CheckForm(object answer, Attempt attempt)
    {
        var strange = answer switch
        {
            DpoJobPage { Jobs.Count: 0, NextPageToken: null, TotalSize: null } page => page.AdditionalData.Keys,
            DpoJob { Name: null, StateText: null, Dataset: null } job => job.AdditionalData.Keys,
            _ => [],
        };
        if (strange.Contains("error"))
        {
            throw attempt.Invalid("The response has an error in place of the expected fields.");
        }
    }

    private Uri ListUri(ListQuery query, string? pageToken) =>
        RequestUri.Build(
            _connection.BaseUri,
            $"v1/{ResourceName.OfCollection(query.AccountId, ResourceName.DpoJobs)}",
            query.Parameters(pageToken)
        );

    private string Describe(Uri uri) => $"GET {WithoutKey(Redaction.Redact(uri))}";

    private static string Describe(DpoJobPage page) =>
        $"{page.Jobs.Count:N0} {(page.Jobs.Count == 1 ? "job" : "jobs")}{(page.TotalSize is { } total ? $" of {total:N0}" : "")}"
        + (page.NextPageToken is null ? ", no more pages" : ", more pages follow");

    private static string Cause(FwException failure) =>
        failure switch
        {
            FwApiException api => $"HTTP {api.StatusCode}",
            FwTimeoutException timeout => $"No complete answer within {timeout.Timeout.TotalSeconds:0.#} s",
            _ => "The connection failed",
        };
}
