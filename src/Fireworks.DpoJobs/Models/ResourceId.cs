namespace Fireworks.DpoJobs;

/// <summary>The service's rule for ids: 1 to 63 characters of <c>[a-z0-9-]</c>, no hyphen at either end.</summary>
internal static class ResourceId
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaximumLength = 63;

    /// <summary>The rule in words, for error messages.</summary>
    public const string Rule = "1 to 63 lower-case letters, digits and hyphens, with no hyphen at either end";

    /// <summary>
    /// Whether a text is an id. Nothing else may go into a path: a colon would address a custom method
    /// (<c>{id}:cancel</c>), a slash another resource.
    /// </summary>
    public static bool IsValid(string? id)
    {
        if (string.IsNullOrEmpty(id) || id!.Length > MaximumLength || id[0] == '-' || id[id.Length - 1] == '-')
        {
            return false;
        }
        foreach (var character in id)
        {
            if (character is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                return false;
            }
        }
        return true;
    }
}
