using System;
using System.Net;
using System.Security;

namespace Fireworks.DpoJobs.Connection;

/// <summary>Finds key, address and default account: what the caller gave first, then the environment.</summary>
/// <param name="environment">Reads an environment variable. Null when it is not set.</param>
internal sealed class ConnectionResolver(Func<string, string?> environment)
{
    /// <summary>The key (name as in the service's SDK).</summary>
    public const string ApiKeyVariable = "FIREWORKS_API_KEY";

    /// <summary>The account (name as in the service's SDK).</summary>
    public const string AccountIdVariable = "FIREWORKS_ACCOUNT_ID";

    /// <summary>The address (name as in the service's SDK).</summary>
    public const string BaseUrlVariable = "FIREWORKS_BASE_URL";

    /// <summary>Puts a connection together.</summary>
    /// <param name="apiKey">The -ApiKey parameter. Null when it was not given.</param>
    /// <exception cref="FwConfigurationException">There is no usable key or address.</exception>
    public FwConnection Resolve(SecureString? apiKey) =>
        new(FindBaseUri(), FindApiKey(apiKey))
        {
            DefaultAccount = environment(AccountIdVariable) is { Length: > 0 } account
                ? new AccountSetting(account, Name(AccountIdVariable))
                : null,
        };

    private ApiKey FindApiKey(SecureString? given)
    {
        if (given is not null)
        {
            return ApiKey.Create(new NetworkCredential("", given).Password, "-ApiKey");
        }
        var key =
            environment(ApiKeyVariable)
            ?? throw new FwConfigurationException(
                $"There is no API key. Looked at: -ApiKey (not given), {Name(ApiKeyVariable)} (not set)."
            );
        return ApiKey.Create(key, Name(ApiKeyVariable));
    }

    private Uri FindBaseUri() =>
        environment(BaseUrlVariable) is { Length: > 0 } text
            ? BaseAddress.Parse(text, Name(BaseUrlVariable))
            : BaseAddress.Default;

    private static string Name(string variable) => $"the environment variable {variable}";
}
