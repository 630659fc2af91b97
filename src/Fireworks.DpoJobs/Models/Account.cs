using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>The accounts that a key has access to: the response of <c>GET /v1/accounts</c> (Python SDK).</summary>
internal sealed class AccountPage
{
    /// <summary>The accounts. Never null.</summary>
    public IReadOnlyList<Account> Accounts
    {
        get;
        set => (field, HasFields) = (value ?? [], true);
    } = [];

    /// <summary>The token of the next page. Null on the last page.</summary>
    public string? NextPageToken
    {
        get;
        set => (field, HasFields) = (value, true);
    }

    /// <summary>Whether the service sent any field of a page.</summary>
    internal bool HasFields { get; private set; }

    [JsonInclude]
    [JsonExtensionData]
    internal Dictionary<string, JsonElement>? UnknownFields { get; set; }
}

/// <summary>An account. Only its name is read.</summary>
internal sealed class Account
{
    /// <summary>The full resource name, <c>accounts/{account}</c>.</summary>
    public string? Name { get; set; }
}
