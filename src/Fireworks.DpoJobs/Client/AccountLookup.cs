using System.Collections.Concurrent;

namespace Fireworks.DpoJobs;

/// <summary>Remembers the account of each key, so that a process requests it once.</summary>
internal static class AccountLookup
{
    private static readonly ConcurrentDictionary<(Uri, string), string> Known = new();

    /// <summary>The account id that belongs to the key of a connection.</summary>
    /// <exception cref="FwConfigurationException">The key can access no account, or several.</exception>
    /// <exception cref="FwException">The accounts could not be retrieved.</exception>
    public static async Task<string> FindAsync(
        FwConnection connection,
        FireworksClient client,
        CancellationToken cancellationToken
    )
    {
        var key = (connection.BaseUri, connection.ApiKey.Fingerprint);
        if (!Known.TryGetValue(key, out var account))
        {
            account = await client.FindAccountIdAsync(cancellationToken).ConfigureAwait(false);
            Known[key] = account;
        }
        return account;
    }
}
