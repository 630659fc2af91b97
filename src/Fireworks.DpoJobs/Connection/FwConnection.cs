using System;

namespace Fireworks.DpoJobs;

/// <summary>
/// Whose jobs are asked for, with which key, and where. It never changes, so one connection can be used from several
/// runspaces at once. It shows no more of the key than its last four characters.
/// </summary>
public sealed class FwConnection
{
    /// <summary>The time of one try when nothing says otherwise: that of the service's own SDK.</summary>
    internal static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Retries of one request when nothing says otherwise: those of the service's own SDK.</summary>
    internal const int DefaultMaximumRetryCount = 2;

    internal FwConnection(Uri baseUri, ApiKey apiKey)
    {
        BaseUri = baseUri;
        ApiKey = apiKey;
    }

    /// <summary>The account's id. Null when nothing names one: then it is looked up by the key when it is needed.</summary>
    public string? AccountId => Account?.Id;

    /// <summary>The address of the service. Always https, or on this machine.</summary>
    public Uri BaseUri { get; }

    /// <summary>Where the key came from, for example <c>the environment variable FIREWORKS_API_KEY</c>.</summary>
    public string ApiKeySource => ApiKey.Source;

    /// <summary>The last four characters of the key, to tell keys apart. Null for a key too short to show so much of.</summary>
    public string? ApiKeyEnd => ApiKey.End;

    /// <summary>How long one try of a request may take, from sending to the last byte.</summary>
    public TimeSpan Timeout { get; internal init; } = DefaultTimeout;

    /// <summary>How often one request is tried again at most.</summary>
    public int MaximumRetryCount { get; internal init; } = DefaultMaximumRetryCount;

    internal ApiKey ApiKey { get; }

    /// <summary>The account as somebody named it. Null when nobody did.</summary>
    internal AccountSource? Account { get; init; }

    /// <summary>The same connection, for an account that has been found.</summary>
    internal FwConnection WithAccount(string accountId) =>
        new(BaseUri, ApiKey)
        {
            Account = new AccountSource(accountId, "the account of the key"),
            Timeout = Timeout,
            MaximumRetryCount = MaximumRetryCount,
        };

    /// <summary>Account and address.</summary>
    /// <returns>For example <c>acme at https://api.fireworks.ai/</c>; never the key.</returns>
    public override string ToString() => $"{AccountId ?? "(the key's account)"} at {BaseUri}";
}
