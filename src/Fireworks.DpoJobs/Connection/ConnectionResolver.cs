using System.Net;
using System.Security;

namespace Fireworks.DpoJobs;

/// <summary>
/// Finds the key, the account and the address. First match wins: parameter, connection, environment, files of firectl. The
/// account of a connection or a file is used only with the key of the same source, because an account of another key would
/// cause a confusing error.
/// </summary>
/// <param name="environment">Reads an environment variable. Null when it is not set.</param>
/// <param name="homeFolder">The user's home folder. Empty when there is none.</param>
/// <param name="warn">Receives warnings.</param>
internal sealed class ConnectionResolver(Func<string, string?> environment, string homeFolder, Action<string> warn)
{
    /// <summary>The key (name from the Python SDK).</summary>
    public const string ApiKeyVariable = "FIREWORKS_API_KEY";

    /// <summary>The account (name from the Python SDK).</summary>
    public const string AccountIdVariable = "FIREWORKS_ACCOUNT_ID";

    /// <summary>The address (name from the Python SDK).</summary>
    public const string BaseUrlVariable = "FIREWORKS_BASE_URL";

    /// <summary>The profile of firectl (name used by other tools).</summary>
    public const string ProfileVariable = "FIREWORKS_PROFILE";

    /// <summary>Creates a connection.</summary>
    /// <param name="settings">The settings of the call.</param>
    /// <param name="cancellationToken">Ends the reading of files.</param>
    /// <exception cref="FwConfigurationException">No valid key or address was found. The message lists the sources.</exception>
    public Task<FwConnection> ResolveAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        if (settings.ApiKey is not null)
        {
            var text = new NetworkCredential("", settings.ApiKey).Password;
            return Task.FromResult(Create(settings, new ApiKey(text, "-ApiKey"), EnvironmentAccount()));
        }
        if (settings.Connection is { } connection)
        {
            return Task.FromResult(Create(settings, connection.ApiKey, connection.Account));
        }
        if (settings.Profile is null && environment(ApiKeyVariable) is { } key)
        {
            var apiKey = new ApiKey(key, Variable(ApiKeyVariable));
            return Task.FromResult(Create(settings, apiKey, EnvironmentAccount()));
        }
        return ResolveFromFilesAsync(settings, cancellationToken);
    }

    private FwConnection Create(ConnectionSettings settings, ApiKey key, AccountSource? account) =>
        new(FindBaseUri(settings), key)
        {
            Account = settings.AccountId is null ? account : new AccountSource(settings.AccountId, "-AccountId"),
            Timeout = settings.Timeout ?? settings.Connection?.Timeout ?? FwConnection.DefaultTimeout,
            MaximumRetryCount =
                settings.MaximumRetryCount
                ?? settings.Connection?.MaximumRetryCount
                ?? FwConnection.DefaultMaximumRetryCount,
        };

    private async Task<FwConnection> ResolveFromFilesAsync(
        ConnectionSettings settings,
        CancellationToken cancellationToken
    )
    {
        var profile = settings.Profile ?? (environment(ProfileVariable) is { Length: > 0 } name ? name : null);
        var files = await FirectlConfig.ReadAsync(homeFolder, profile, warn, cancellationToken).ConfigureAwait(false);
        if (files.ApiKey is { } fileKey)
        {
            var account = profile is null
                ? EnvironmentAccount() ?? files.Account
                : files.Account ?? EnvironmentAccount();
            return Create(settings, new ApiKey(fileKey, files.AuthenticationPath), account);
        }
        throw new FwConfigurationException(
            "No API key was found. Checked, in order: -ApiKey (not specified); "
                + "Connect-FwAccount in this runspace (not connected); "
                + (settings.Profile is null ? $"{Variable(ApiKeyVariable)} (not set); " : "")
                + $"{files.AuthenticationPath} ({(files.Exists ? "contains no api_key" : "file not found")})."
        );
    }

    private AccountSource? EnvironmentAccount() =>
        environment(AccountIdVariable) is { Length: > 0 } account
            ? new AccountSource(account, Variable(AccountIdVariable))
            : null;

    private Uri FindBaseUri(ConnectionSettings settings) =>
        settings.BaseUri is not null ? BaseAddress.Parse(settings.BaseUri, "-BaseUri")
        : settings.Connection is { } connection ? connection.BaseUri
        : environment(BaseUrlVariable) is { Length: > 0 } text ? BaseAddress.Parse(text, Variable(BaseUrlVariable))
        : BaseAddress.Default;

    private static string Variable(string name) => $"the environment variable {name}";
}

/// <summary>The settings of a call. Null for a setting that was not specified.</summary>
internal sealed record ConnectionSettings
{
    /// <summary>The -ApiKey parameter.</summary>
    public SecureString? ApiKey { get; init; }

    /// <summary>The -AccountId parameter.</summary>
    public string? AccountId { get; init; }

    /// <summary>The -BaseUri parameter, as typed.</summary>
    public string? BaseUri { get; init; }

    /// <summary>The -Profile parameter, which takes precedence over the environment.</summary>
    public string? Profile { get; init; }

    /// <summary>The -Connection parameter, or the connection of the runspace.</summary>
    public FwConnection? Connection { get; init; }

    /// <summary>The -TimeoutSec parameter.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The -MaximumRetryCount parameter.</summary>
    public int? MaximumRetryCount { get; init; }
}
