using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs;

/// <summary>Remembers which account a key has, so that it is asked for once in a process.</summary>
internal static class AccountLookup
{
    private static readonly ConcurrentDictionary<(Uri, string), string> Known = new();

    /// <summary>The account of the connection's key.</summary>
    /// <exception cref="FwConfigurationException">The key may see none, or several.</exception>
    /// <exception cref="FwException">The service could not be asked.</exception>
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
