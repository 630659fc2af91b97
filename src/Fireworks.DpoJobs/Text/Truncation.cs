namespace Fireworks.DpoJobs;

/// <summary>Shortens strings to a length that can be shown.</summary>
internal static class Truncation
{
    /// <summary>The string itself, or its beginning and an ellipsis when it is longer than the limit.</summary>
    /// <param name="text">Any string.</param>
    /// <param name="maxLength">The number of UTF-16 code units to keep at most, without the ellipsis. At least 1.</param>
    public static string Truncate(string text, int maxLength) =>
        text.Length <= maxLength ? text : Start(text, maxLength) + "…";

    /// <summary>The beginning of a string. It is one code unit shorter where it would end within a surrogate pair.</summary>
    /// <param name="text">Any string.</param>
    /// <param name="maxLength">The number of UTF-16 code units to keep at most. At least 1.</param>
    public static string Start(string text, int maxLength) =>
        text.Length <= maxLength ? text
        : char.IsSurrogatePair(text, maxLength - 1) ? text.Remove(maxLength - 1)
        : text.Remove(maxLength);
}
