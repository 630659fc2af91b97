namespace Fireworks.DpoJobs;

/// <summary>
/// The name of a resource of an account, <c>accounts/{account}/{collection}/{id}</c> (AIP-122). The static methods check
/// and split names; the constructor checks nothing.
/// </summary>
internal sealed record ResourceName(string AccountId, string Collection, string Id)
{
    /// <summary>The collection of all accounts.</summary>
    public const string Accounts = "accounts";

    /// <summary>The collection of an account's DPO jobs.</summary>
    public const string DpoJobs = "dpoJobs";

    /// <summary>The collection of an account's datasets.</summary>
    public const string Datasets = "datasets";

    /// <summary>The collection of an account's models.</summary>
    public const string Models = "models";

    /// <summary>The rule for IDs in words, for error messages.</summary>
    public const string IdRule = "1 to 63 lower-case letters, digits and hyphens, with no hyphen at either end";

    /// <summary>The name of an account's collection, for example <c>accounts/acme/dpoJobs</c>.</summary>
    public static string OfCollection(string accountId, string collection) => $"{Accounts}/{accountId}/{collection}";

    /// <summary>
    /// Whether a string is an ID by <see cref="IdRule"/>. Only IDs may become part of a path: a colon would address a custom
    /// method (<c>{id}:cancel</c>), a slash another resource.
    /// </summary>
    public static bool IsId(string? text) =>
        text is { Length: >= 1 and <= 63 }
        && text[0] != '-'
        && text[text.Length - 1] != '-'
        && text.All(character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    /// <summary>The account's ID from an ID or from <c>accounts/{id}</c>. Null when the string is neither.</summary>
    public static string? ParseAccountId(string text)
    {
        var id = text.StartsWith(Accounts + "/", StringComparison.Ordinal) ? text.Substring(Accounts.Length + 1) : text;
        return IsId(id) ? id : null;
    }

    /// <summary>
    /// Splits an ID or a full name. The account is null for an ID; the result is null when the string is neither an ID nor a
    /// full name of the collection.
    /// </summary>
    public static (string? AccountId, string Id)? Parse(string idOrName, string collection)
    {
        var parts = idOrName.Split('/');
        return parts.Length == 1 && IsId(idOrName) ? (null, idOrName)
            : parts.Length == 4 && parts[0] == Accounts && IsId(parts[1]) && parts[2] == collection && IsId(parts[3])
                ? (parts[1], parts[3])
            : null;
    }

    /// <summary>Whether a string is a legal full name of a resource of an account, in any collection. It is no secret.</summary>
    public static bool IsFullName(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 4
            && parts[0] == Accounts
            && IsId(parts[1])
            && parts[2].Length is > 0 and < 40
            && parts[2].All(char.IsLetter)
            && IsId(parts[3]);
    }

    /// <summary>
    /// The part of a name that follows a collection, unchecked: <c>acme</c> after <c>accounts</c> in
    /// <c>accounts/acme/dpoJobs/nightly-1</c>. Null when the name has no such part.
    /// </summary>
    public static string? FindId(string? name, string collection)
    {
        var parts = name?.Split('/') ?? [];
        for (var i = 0; i + 1 < parts.Length; i += 2)
        {
            if (parts[i] == collection)
            {
                return parts[i + 1].Length > 0 ? parts[i + 1] : null;
            }
        }
        return null;
    }

    /// <summary>The part after the last slash; the whole name when it has none.</summary>
    public static string LastPart(string name) => name.Substring(name.LastIndexOf('/') + 1);

    /// <summary>The full name.</summary>
    public override string ToString() => $"{OfCollection(AccountId, Collection)}/{Id}";
}
