using System.Collections.Generic;

namespace Fireworks.DpoJobs;

/// <summary>The accounts that a key may see: the answer of <c>GET /v1/accounts</c> (from the service's SDK).</summary>
internal sealed class AccountPage
{
    /// <summary>The accounts. Never null.</summary>
    public IReadOnlyList<Account> Accounts
    {
        get;
        set => field = value ?? [];
    } = [];

    /// <summary>Whether there are more accounts than these. Null when there are not.</summary>
    public string? NextPageToken { get; set; }
}
