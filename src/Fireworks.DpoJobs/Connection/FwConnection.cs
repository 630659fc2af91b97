namespace Fireworks.DpoJobs;

/// <summary>
/// The account, API key and address that commands use. Immutable, so several runspaces can share a connection. It shows at
/// most the last four characters of the key.
/// </summary>
public sealed class FwConnection
{
    /// <summary>The default timeout of an attempt: that of the Python SDK.</summary>
    internal static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>The default maximum number of retries: that of the Python SDK.</summary>
    internal const int DefaultMaximumRetryCount = 2;

    internal FwConnection(Uri baseUri, ApiKey apiKey)
    {
        BaseUri = baseUri;
        ApiKey = apiKey;
    }

    /// <summary>
    /// The account ID. Null when it is not configured, or not valid: without one, commands look up the account of the key.
    /// </summary>
    public string? AccountId => Account?.Id;

    /// <summary>The address of the service. Always https, or http on this machine.</summary>
    public Uri BaseUri { get; }

    /// <summary>Where the key came from, for example <c>the environment variable FIREWORKS_API_KEY</c>.</summary>
    public string ApiKeySource => ApiKey.Source;

    /// <summary>The last four characters of the key. Null for a key of fewer than 16 characters.</summary>
    public string? ApiKeyEnd => ApiKey.End;

    /// <summary>The time limit of each attempt of a request, from sending it to the last byte of the response.</summary>
    public TimeSpan Timeout { get; internal init; } = DefaultTimeout;

    /// <summary>The maximum number of retries of a request.</summary>
    public int MaximumRetryCount { get; internal init; } = DefaultMaximumRetryCount;

    internal ApiKey ApiKey { get; }

    /// <summary>Identifies the address and the API key without revealing the key.</summary>
    internal string Key => $"{BaseUri} {ApiKey.Fingerprint}";

    /// <summary>The account as configured. Null when it is not configured.</summary>
    internal AccountSource? Account { get; init; }

    /// <summary>Returns the same connection with an account that was looked up.</summary>
    internal FwConnection WithAccount(string accountId) =>
        new(BaseUri, ApiKey)
        {
            Account = new AccountSource(accountId, "the account of the key"),
            Timeout = Timeout,
            MaximumRetryCount = MaximumRetryCount,
        };

    /// <summary>Returns the account and the address.</summary>
    /// <returns>For example <c>acme at https://api.fireworks.ai/</c>; never the key.</returns>
    public override string ToString() => $"{AccountId ?? "(the key's account)"} at {BaseUri}";
}

/// <summary>An account as configured. It is checked when it is used.</summary>
/// <param name="Text">The account's ID or full name.</param>
/// <param name="Source">Where it was configured, for error messages.</param>
internal sealed record AccountSource(string Text, string Source)
{
    /// <summary>The account ID. Null when the text is neither an ID nor <c>accounts/{id}</c>.</summary>
    public string? Id => ResourceName.ParseAccountId(Text);

    /// <summary>Returns the account ID.</summary>
    /// <exception cref="FwConfigurationException">The text is neither an ID nor <c>accounts/{id}</c>.</exception>
    public string ToId() =>
        Id
        ?? throw new FwConfigurationException(
            $"The account ID from {Source} is not valid: an ID is {ResourceName.IdRule}."
        );
}
