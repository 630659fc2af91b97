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

    /// <summary>An address for logs and errors: the values of query keys that are not known to be harmless are removed.</summary>
    public static string Redact(Uri uri)
    {
        var text = new StringBuilder(uri.GetLeftPart(UriPartial.Path));
        var separator = '?';
        foreach (var pair in uri.Query.TrimStart('?').Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            var key = pair.Split('=')[0];
            text.Append(separator)
                .Append(HarmlessQueryKeys.Contains(key) ? pair : $"{key}={SecretPatterns.Placeholder}");
            separator = '&';
        }
        return text.ToString();
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
    /// The request ID that the service sent. Null when it is not made of up to 100 letters, digits, hyphens and
    /// underscores, or looks like a secret.
    /// </summary>
    /// <param name="id">The request ID as sent. Null for none.</param>
    /// <param name="redactKey">Replaces the API key of the request in a string.</param>
    public static string? RedactRequestId(string? id, Func<string, string> redactKey) =>
        id is not null && Regex.IsMatch(id, @"\A[A-Za-z0-9_-]{1,100}\z") && Redact(id, redactKey) == id ? id : null;
}
