using System;
using System.Net.Http;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Connection;
using Fireworks.DpoJobs.Models;
using Fireworks.DpoJobs.Models.Json;
using Fireworks.DpoJobs.Query;

namespace Fireworks.DpoJobs.Client;

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
    /// <param name="timeout">How long one try may take; 60 s, as the official SDK has it, but in tests.</param>
    public FireworksClient(
        FwConnection connection,
        IClientLog log,
        HttpMessageInvoker? transport = null,
        IClock? clock = null,
        TimeSpan? timeout = null
    )
    {
        _connection = connection;
        _log = log;
        _clock = clock ?? SystemClock.Instance;
        _retries = new RetryPolicy(RetryPolicy.DefaultMaximumRetryCount, _clock, Jitter.Next);
        _sender = new RequestSender(
            transport ?? HttpTransport.Shared,
            connection.ApiKey,
            log,
            timeout ?? RequestSender.DefaultTimeout
        );
    }

    /// <summary>One page of a listing.</summary>
    /// <exception cref="FwException">There is no such page to be had.</exception>
    public Task<DpoJobPage> ListDpoJobsAsync(ListQuery query, string? pageToken, CancellationToken cancellationToken) =>
        GetAsync(ListUri(query, pageToken), FireworksJsonContext.Default.DpoJobPage, Describe, cancellationToken);

    /// <summary>The request for a page, as logs and errors show it.</summary>
    public string DescribeList(ListQuery query, string? pageToken) => Describe(ListUri(query, pageToken));

    /// <summary>One job.</summary>
    /// <exception cref="FwException">The job is not there, or not to be had.</exception>
    public Task<DpoJob> GetDpoJobAsync(DpoJobName name, string? readMask, CancellationToken cancellationToken) =>
        GetAsync(
            RequestUri.Build(_connection.BaseUri, $"v1/{name}", [new("readMask", readMask)]),
            FireworksJsonContext.Default.DpoJob,
            job => $"state {job.StateText ?? "not sent"}",
            cancellationToken
        );

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

        return page.Accounts.Count switch
        {
            1 when ResourceName.Part(page.Accounts[0]?.Name, "accounts") is { } id && ResourceId.IsValid(id) => id,
            0 or 1 => throw new FwConfigurationException(
                $"The key may see no account. Name the account: -AccountId, or {ConnectionResolver.AccountIdVariable}."
            ),
            _ => throw new FwConfigurationException(
                "The key may see more than one account. Name the one you mean: -AccountId, or "
                    + $"{ConnectionResolver.AccountIdVariable}."
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
                return await _sender.GetAsync(uri, type, describe, cancellationToken).ConfigureAwait(false);
            }
            catch (FwException failure)
            {
                failure.Request = Describe(uri);
                failure.Retries = retries;
                if (retries >= _retries.MaximumRetryCount || !RetryPolicy.ShouldRetry(failure))
                {
                    throw;
                }
                delay = _retries.Delay(retries, failure.Advice);
                _log.Verbose(
                    $"{Cause(failure)}: trying again in {delay.TotalSeconds:0.0} s, {retries + 1} of {_retries.MaximumRetryCount}."
                );
            }
            await _clock.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
        }
    }

    private Uri ListUri(ListQuery query, string? pageToken) =>
        RequestUri.Build(_connection.BaseUri, $"v1/accounts/{query.AccountId}/dpoJobs", query.Parameters(pageToken));

    private static string Describe(Uri uri) => $"GET {Redaction.Show(uri)}";

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
