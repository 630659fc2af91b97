namespace Fireworks.DpoJobs;

/// <summary>The accounts that a key has access to: the response of <c>GET /v1/accounts</c> (Python SDK).</summary>
internal sealed class AccountPage : ApiObject
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

    internal override bool ReadField(ReadOnlySpan<byte> name, ref PlainReader reader)
    {
        switch (name.Length)
        {
            case 8 when name.SequenceEqual("accounts"u8):
                Accounts = reader.ReadObjects<Account>()!;
                return true;
            case 13 when name.SequenceEqual("nextPageToken"u8):
                NextPageToken = reader.ReadText();
                return true;
            default:
                return false;
        }
    }
}

/// <summary>An account. Only its name is read.</summary>
internal sealed class Account : ApiObject
{
    /// <summary>The full resource name, <c>accounts/{account}</c>.</summary>
    public string? Name { get; set; }

    internal override bool ReadField(ReadOnlySpan<byte> name, ref PlainReader reader)
    {
        switch (name.Length)
        {
            case 4 when name.SequenceEqual("name"u8):
                Name = reader.ReadText();
                return true;
            default:
                return false;
        }
    }
}
