namespace Fireworks.DpoJobs;

/// <summary>
/// The name of a resource of an account, <c>accounts/{account}/{collection}/{id}</c> (AIP-122). The static methods check
/// and split names; the constructor checks nothing.
/// </summary>
/// <param name="AccountId">The account's id.</param>
/// <param name="Collection">The collection, for example <see cref="DpoJobs"/>.</param>
/// <param name="Id">The resource's id.</param>
internal sealed record ResourceName(string AccountId, string Collection, string Id)
{
    /// <summary>The collection of all accounts.</summary>
    public const string Accounts = "accounts";

    /// <summary>The collection of an account's DPO jobs.</summary>
    public const string DpoJobs = "dpoJobs";

    /// <summary>The rule for ids in words, for error messages.</summary>
    public const string IdRule = "1 to 63 lower-case letters, digits and hyphens, with no hyphen at either end";

    /// <summary>The maximum length of an id, in characters.</summary>
    public const int MaxIdLength = 63;

    /// <summary>The name of an account's collection, for example <c>accounts/acme/dpoJobs</c>.</summary>
    public static string OfCollection(string accountId, string collection) => $"{Accounts}/{accountId}/{collection}";

    /// <summary>
    /// Whether a text is an id by <see cref="IdRule"/>. Only ids may become part of a path: a colon would address a custom
    /// method (<c>{id}:cancel</c>), a slash another resource.
    /// </summary>
    public static bool IsId(string? text)
    {
        if (string.IsNullOrEmpty(text) || text!.Length > MaxIdLength || text[0] == '-' || text[text.Length - 1] == '-')
        {
            return false;
        }
        foreach (var character in text)
        {
            if (character is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The account's id from an id or from <c>accounts/{id}</c>. Null when the text is neither.</summary>
    public static string? ParseAccountId(string text)
    {
        var id = text.StartsWith(Accounts + "/", StringComparison.Ordinal) ? text.Substring(Accounts.Length + 1) : text;
        return IsId(id) ? id : null;
    }

    /// <summary>
    /// Splits an id or a full name. The account is null for a mere id; the result is null when the text is neither an id
    /// nor a full name of the collection.
    /// </summary>
    public static (string? AccountId, string Id)? Parse(string idOrName, string collection)
    {
        var parts = idOrName.Split('/');
        return parts.Length == 1 && IsId(idOrName) ? (null, idOrName)
            : parts.Length == 4 && parts[0] == Accounts && IsId(parts[1]) && parts[2] == collection && IsId(parts[3])
                ? (parts[1], parts[3])
            : null;
    }

    /// <summary>
    /// The part of a name that follows a collection, unchecked: <c>acme</c> after <c>accounts</c> in
    /// <c>accounts/acme/dpoJobs/nightly-1</c>. Null when the name has no such part.
    /// </summary>
    public static string? FindId(string? name, string collection)
    {
        if (name is null)
        {
            return null;
        }
        var start = 0;
        while (start < name.Length)
        {
            var slash = name.IndexOf('/', start);
            if (slash < 0)
            {
                return null;
            }
            var end = name.IndexOf('/', slash + 1);
            var stop = end < 0 ? name.Length : end;
            if (
                slash - start == collection.Length
                && string.CompareOrdinal(name, start, collection, 0, collection.Length) == 0
            )
            {
                return stop > slash + 1 ? name.Substring(slash + 1, stop - slash - 1) : null;
            }
            start = stop + 1;
        }
        return null;
    }

    /// <summary>What follows the last slash of a name; a text without a slash as it is.</summary>
    public static string LastPart(string name) => name.Substring(name.LastIndexOf('/') + 1);

    /// <inheritdoc/>
    public override string ToString() => $"{OfCollection(AccountId, Collection)}/{Id}";
}
