using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>What may be shown of requests and of text from outside. What is not known to be harmless is taken out.</summary>
internal static class Redaction
{
    private const string Removed = "(removed)";
    private const int MaxShownLength = 600;

    private static readonly HashSet<string> HarmlessQueryKeys = new(
        ["pageSize", "pageToken", "filter", "orderBy", "readMask"],
        StringComparer.Ordinal
    );

    /// <summary>An address for a log line: values of query keys that are not known to be harmless are taken out.</summary>
    public static string Show(Uri uri)
    {
        var text = new StringBuilder(uri.GetLeftPart(UriPartial.Path));
        var separator = '?';
        foreach (var pair in uri.Query.TrimStart('?').Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            var key = pair.Split('=')[0];
            text.Append(separator).Append(HarmlessQueryKeys.Contains(key) ? pair : $"{key}={Removed}");
            separator = '&';
        }
        return text.ToString();
    }

    /// <summary>
    /// Text from the service, for a message: without the key, without what looks like a key or a signature, without
    /// control characters, and not longer than a reader bears.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="removeKey">Takes the caller's own key out.</param>
    public static string Show(string text, Func<string, string> removeKey)
    {
        var line = string.Join(
            " ",
            removeKey(text).Split(['\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries)
        );
        line = SecretPatterns.Remove(line);
        line = ControlCharacters.MakeVisible(line);
        return Truncation.Truncate(line, MaxShownLength);
    }

    /// <summary>An id that the service gave a request. Null when it is not of a form that ids have, or holds a key.</summary>
    public static string? ShowRequestId(string? id, Func<string, string> removeKey) =>
        id is { Length: > 0 and <= 100 }
        && id.All(character =>
            character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_'
        )
        && Show(id, removeKey) == id
            ? id
            : null;
}
