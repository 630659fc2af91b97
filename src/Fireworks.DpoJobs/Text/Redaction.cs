using System.Text;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>Makes requests and text from the service safe to show. Keeps only parts that are known to be harmless.</summary>
internal static class Redaction
{
    private static readonly string[] HarmlessQueryKeys =
    [
        "pageSize",
        "pageToken",
        "filter",
        "orderBy",
        "readMask",
        "includeArchived",
        "dpoJobId",
    ];

    // Shows enough of a value to recognize it.
    private const int MaxShownLength = 500;

    /// <summary>
    /// A query for logs and errors, with its question mark: the values of keys that are not known to be harmless are removed, and
    /// long values are truncated. Empty for a query without values.
    /// </summary>
    /// <param name="query">The keys with their values, not escaped.</param>
    /// <param name="redactKey">Replaces the API key of the request in a string.</param>
    public static string RedactQuery(IEnumerable<KeyValuePair<string, string?>> query, Func<string, string> redactKey)
    {
        var text = new StringBuilder();
        foreach (var parameter in query)
        {
            if (!string.IsNullOrEmpty(parameter.Value))
            {
                text.Append(text.Length == 0 ? '?' : '&')
                    .Append(parameter.Key)
                    .Append('=')
                    .Append(
                        HarmlessQueryKeys.Contains(parameter.Key)
                            ? Show(redactKey(parameter.Value!))
                            : SecretPatterns.Placeholder
                    );
            }
        }
        return redactKey(text.ToString());
    }

    private static string Show(string value)
    {
        var start = Truncation.Start(value, MaxShownLength);
        return Uri.EscapeDataString(start).Replace("%28API%20key%29", "(API key)")
            + (start.Length < value.Length ? "…" : "");
    }

    /// <summary>
    /// Text from the service for a message: one line of at most 600 characters, without the API key, likely secrets and
    /// control characters.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="redactKey">Replaces the API key of the request in a string.</param>
    public static string Redact(string text, Func<string, string> redactKey)
    {
        var line = string.Join(
            " ",
            redactKey(text).Split(['\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries)
        );
        return Truncation.Truncate(ControlCharacters.MakeVisible(SecretPatterns.Redact(line)), 600);
    }

    /// <summary>
    /// Text from the service for a view, without likely secrets and control characters. Text of more than 4,096 characters is
    /// truncated. Returns the same instance when nothing is replaced.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="keepLineBreaks">Keeps LF, and converts CR LF and CR to LF.</param>
    public static string RedactForView(string text, bool keepLineBreaks = false) =>
        ControlCharacters.MakeVisible(SecretPatterns.Redact(text), keepLineBreaks);

    /// <summary>
    /// The request ID that the service sent. Null when it is not made of up to 100 letters, digits, hyphens and
    /// underscores, or looks like a secret.
    /// </summary>
    /// <param name="id">The request ID as sent. Null for none.</param>
    /// <param name="redactKey">Replaces the API key of the request in a string.</param>
    public static string? RedactRequestId(string? id, Func<string, string> redactKey) =>
        id is not null && Regex.IsMatch(id, @"\A[A-Za-z0-9_-]{1,100}\z") && Redact(id, redactKey) == id ? id : null;
}
