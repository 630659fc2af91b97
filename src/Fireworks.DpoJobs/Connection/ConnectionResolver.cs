using System;
using System.Collections.Generic;
using System.Net;

namespace Fireworks.DpoJobs;

/// <summary>
/// Finds key, account and address. First hit wins: parameter, connection, environment, the files of the official command
/// line. A connection's or a file's account goes with that source's own key only: an account that belongs to another key
/// would be an error that is hard to understand.
/// </summary>
/// <param name="environment">Reads an environment variable. Null when it is not set.</param>
/// <param name="homeFolder">The user's home folder.</param>
/// <param name="warn">Hears of what is unwise but works.</param>
internal sealed class ConnectionResolver(Func<string, string?> environment, string homeFolder, Action<string> warn)
{
    /// <summary>The key (name as in the service's SDK).</summary>
    public const string ApiKeyVariable = "FIREWORKS_API_KEY";

    /// <summary>The account (name as in the service's SDK).</summary>
    public const string AccountIdVariable = "FIREWORKS_ACCOUNT_ID";

    /// <summary>The address (name as in the service's SDK).</summary>
    public const string BaseUrlVariable = "FIREWORKS_BASE_URL";

    /// <summary>The profile of the official command line's files (name as other tools have it).</summary>
    public const string ProfileVariable = "FIREWORKS_PROFILE";

    /// <summary>Puts a connection together.</summary>
    /// <exception cref="FwConfigurationException">There is no usable key or address; the text lists what was looked at.</exception>
    public FwConnection Resolve(ConnectionSettings settings)
    {
        var (key, account) = FindApiKey(settings);
        return new FwConnection(FindBaseUri(settings), key)
        {
            Account = settings.AccountId is null ? account : new AccountSource(settings.AccountId, "-AccountId"),
            Timeout = settings.Timeout ?? settings.Connection?.Timeout ?? FwConnection.DefaultTimeout,
            MaximumRetryCount =
                settings.MaximumRetryCount
                ?? settings.Connection?.MaximumRetryCount
                ?? FwConnection.DefaultMaximumRetryCount,
        };
    }

    private (ApiKey Key, AccountSource? Account) FindApiKey(ConnectionSettings settings)
    {
        var looked = new List<string>();
        if (settings.ApiKey is not null)
        {
            var text = new NetworkCredential("", settings.ApiKey).Password;
            return (ApiKey.Create(text, "-ApiKey"), EnvironmentAccount());
        }
        looked.Add("-ApiKey (not given)");

        if (settings.Connection is { } connection)
        {
            return (connection.ApiKey, connection.Account);
        }
        looked.Add("Connect-FwAccount in this runspace (not connected)");

        if (settings.Profile is not null)
        {
            return FromFiles(settings.Profile, looked) ?? throw NoKey(looked);
        }
        if (environment(ApiKeyVariable) is { } key)
        {
            return (ApiKey.Create(key, Variable(ApiKeyVariable)), EnvironmentAccount());
        }
        looked.Add($"{Variable(ApiKeyVariable)} (not set)");

        var profile = environment(ProfileVariable) is { Length: > 0 } name ? name : null;
        return FromFiles(profile, looked) ?? throw NoKey(looked);
    }

    private (ApiKey, AccountSource?)? FromFiles(string? profile, List<string> looked)
    {
        var files = FirectlConfig.Read(homeFolder, profile, warn);
        if (files.ApiKey is { } key)
        {
            var account = profile is null
                ? EnvironmentAccount() ?? files.Account
                : files.Account ?? EnvironmentAccount();
            return (ApiKey.Create(key, files.AuthenticationPath), account);
        }
        looked.Add($"{files.AuthenticationPath} ({(files.Exists ? "no api_key there" : "there is no such file")})");
        return null;
    }

    private static FwConfigurationException NoKey(List<string> looked) =>
        new($"There is no API key. Looked at, in this order: {string.Join("; ", looked)}.");

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
