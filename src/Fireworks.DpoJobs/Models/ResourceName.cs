namespace Fireworks.DpoJobs;

/// <summary>Parts of a resource name such as <c>accounts/acme/dpoJobs/nightly-1</c> (AIP-122).</summary>
internal static class ResourceName
{
    /// <summary>The id that follows a collection's name. Null when the name has no such part.</summary>
    public static string? Part(string? name, string collection)
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
}
