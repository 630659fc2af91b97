using System.Text;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>
/// Recognizes likely secrets in text and in unknown fields. False positives are accepted: a vague message is better than a
/// key in a log.
/// </summary>
internal static class SecretPatterns
{
    /// <summary>Replaces a secret.</summary>
    public const string Placeholder = "(removed)";

    // Bounds the time that the patterns take; longer text is truncated or divided first.
    private const int MaxLength = 4096;
    private const int Overlap = 1024;

    // No view shows longer text, and to search it would take long.
    private const int MaxSearchedLength = 256 * 1024;

    /// <summary>
    /// Replaces likely secrets and the queries of addresses, and removes user names from addresses. Text of more than 4,096
    /// characters is truncated. Returns the same instance when nothing is replaced.
    /// </summary>
    public static string Redact(string text)
    {
        text = TruncateAtBlank(text);
        text = KeyLike.MayOccur(text) ? KeyLike.Pattern.Replace(text, Placeholder) : text;
        if (NamedValue.FindSeparator(text, 0) < 0)
        {
            return text;
        }
        if (text.Contains("://"))
        {
            text = Address.User.Replace(text, "://");
            text = Address.Query.Replace(text, "$1?" + Placeholder);
        }
        return RedactNamedValues(text);
    }

    /// <summary>Whether an unknown field is likely a secret, by its name or its value. True for a value of more than 262,144 characters.</summary>
    /// <param name="path">The name of the field, after those of the objects that contain it, separated by dots.</param>
    /// <param name="value">Its value.</param>
    public static bool IsSecret(string path, string value) =>
        (path.Split('.').Any(SecretName.IsMatch) && !NamedValue.IsHarmless(value))
        || value.Length > MaxSearchedLength
        || Divide(value).Any(ContainsSecret);

    private static IEnumerable<string> Divide(string text)
    {
        var start = 0;
        for (; text.Length - start > MaxLength; start += MaxLength - Overlap)
        {
            yield return text.Substring(start, MaxLength);
        }
        yield return start == 0 ? text : text.Substring(start);
    }

    private static bool ContainsSecret(string text) =>
        (KeyLike.MayOccur(text) && KeyLike.Pattern.IsMatch(text))
        || (text.Contains("://") && Address.User.IsMatch(text))
        || (NamedValue.FindSeparator(text, 0) >= 0 && NamedValue.Find(text, 0) is not null);

    // api_key=x · "apiKey": "x" · X-Api-Key: x
    private static string RedactNamedValues(string text)
    {
        StringBuilder? result = null;
        var position = 0;
        while (NamedValue.Find(text, position) is { } found)
        {
            result ??= new StringBuilder();
            result.Append(text, position, found.Start - position).Append(Placeholder);
            position = found.End;
        }
        return result?.Append(text, position, text.Length - position).ToString() ?? text;
    }

    // Part of a key would not be recognized.
    private static string TruncateAtBlank(string text) =>
        text.Length <= MaxLength ? text
        : text.LastIndexOf(' ', MaxLength) is > 0 and var blank ? text.Remove(blank) + "…"
        : Truncation.Truncate(text, MaxLength);
}

/// <summary>Keys, tokens and Authorization values.</summary>
internal static class KeyLike
{
    private const int HashLength = 40;

    private static readonly string[] Prefixes =
    [
        "fw_",
        "fpk_",
        "hf_",
        "wandb_v1_",
        "sk-",
        "AKIA",
        "ASIA",
        "eyJ",
        "Bearer",
        "Basic",
    ];

    // Keys of Fireworks, W&B (old and new), Hugging Face, OpenAI and AWS, JSON web tokens, and Authorization values.
    public static Regex Pattern { get; } =
        new(
            @"(?<![a-z0-9])(?:(?:fw|fpk|hf|wandb_v1)_[a-z0-9_\-]+|sk-[a-z0-9_\-]{16,}|(?:AKIA|ASIA)[a-z0-9]{16}"
                + @"|eyJ[a-z0-9_\-]{1,2000}\.[a-z0-9_\-]+(?:\.[a-z0-9_\-]*)?|[0-9a-f]{40,}(?![0-9a-f])"
                + @"|(?:Bearer|Basic)\s+[^\s""',;]+)",
            RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
        );

    /// <summary>
    /// Whether the pattern can match. Most strings have no key, and in a new process, the pattern takes longer to compile than a
    /// table to be shown.
    /// </summary>
    public static bool MayOccur(string text)
    {
        var hexadecimal = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            hexadecimal = Uri.IsHexDigit(character) ? hexadecimal + 1 : 0;
            // The case of other characters depends on more than this method knows: the Kelvin sign is a k.
            if (character > '\u007f' || hexadecimal == HashLength)
            {
                return true;
            }
            foreach (var prefix in i > 0 && IsAlphanumeric(text[i - 1]) ? [] : Prefixes)
            {
                if (string.Compare(text, i, prefix, 0, prefix.Length, StringComparison.OrdinalIgnoreCase) == 0)
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static bool IsAlphanumeric(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}

/// <summary>The parts of addresses that may contain secrets.</summary>
internal static class Address
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    public static Regex Query { get; } = new(@"(https?://[^\s?#""'<>]+)[?#][^\s""'<>]*", Options);

    // A password in a connection string may contain any character.
    public static Regex User { get; } = new(@"(?<!https?)://[^\s""'<>]{0,500}@|://[^/\s""'<>?#]{0,500}@", Options);
}

/// <summary>The value of a name that is likely that of a secret, in text such as <c>api_key=x</c> or <c>{"apiKey":"x"}</c>.</summary>
internal static class NamedValue
{
    private const int MaxNameLength = 60;
    private const int MaxBlanks = 8;

    private static readonly char[] Separators = [':', '='];

    // JSON within JSON has backslashes before its quotes.
    private static readonly Regex Value = new(
        @"\G\\{0,4}(?:""[^""]*""?|'[^']*'?|[^\s""',;&<>}]+)",
        RegexOptions.CultureInvariant
    );

    // The number of tokens, a version, the value of a setting, or the reason why a key is rejected.
    private static readonly Regex Harmless = new(
        @"^(?:[+-]?[0-9][0-9.,]*|true|false|null|none|(?:empty|expired|invalid|malformed|missing|required|revoked|unknown)\.?|"
            + Regex.Escape(SecretPatterns.Placeholder)
            + ")$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    );

    /// <summary>The position of the next character that can separate a name from a value. Negative when there is none.</summary>
    public static int FindSeparator(string text, int position) => text.IndexOfAny(Separators, position);

    /// <summary>Whether a value is no secret whatever its name.</summary>
    public static bool IsHarmless(string value) => Harmless.IsMatch(value);

    /// <summary>The position of the next value. Null when there is none.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="position">Where to start.</param>
    public static (int Start, int End)? Find(string text, int position)
    {
        for (var i = FindSeparator(text, position); i >= 0; i = FindSeparator(text, i + 1))
        {
            if (!SecretName.IsMatch(NameBefore(text, i)))
            {
                continue;
            }
            var start = i + 1;
            while (start < text.Length && start - i <= MaxBlanks && text[start] is ' ' or ':' or '=' or '>')
            {
                start++;
            }
            var value = Value.Match(text, start);
            if (value.Length > 0 && !IsHarmless(value.Value.Trim('\\', '"', '\'')))
            {
                return (start, start + value.Length);
            }
        }
        return null;
    }

    private static string NameBefore(string text, int separator)
    {
        var end = separator;
        while (end > 0 && separator - end < MaxBlanks && text[end - 1] == ' ')
        {
            end--;
        }
        if (end > 0 && text[end - 1] is '"' or '\'')
        {
            end--;
            while (end > 0 && text[end - 1] == '\\')
            {
                end--;
            }
        }
        var start = end;
        while (start > 0 && end - start < MaxNameLength && IsPartOfName(text[start - 1]))
        {
            start--;
        }
        return text.Substring(start, end - start);
    }

    private static bool IsPartOfName(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-';
}

/// <summary>
/// Recognizes names of secrets by their words: <c>apiKey</c>, <c>SECRET_ACCESS_KEY</c> and <c>signedUrl</c>, but not
/// <c>tokenizer</c>, <c>tokenCount</c> or <c>designedBy</c>.
/// </summary>
internal static class SecretName
{
    private static readonly Regex Word = new("[A-Z]+(?![a-z])|[A-Z]?[a-z]+", RegexOptions.CultureInvariant);

    // Also as the end of words that are written together, such as apikey.
    private static readonly Regex SecretWord = new(
        "^(?:(?:access|account|api|auth|client|encryption|id|master|private|refresh|sas|secret|security|session|shared|signing"
            + "|storage|user)*(?:keys?|secrets?|tokens?|passwords?|passwd|pwd|passphrase|credentials?)"
            + "|signature|sig|signed|authorization|bearer)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    );

    private static readonly Regex CountingWord = new(
        "^(?:budget|count|counts|length|limit|limits|rate|size|total|type|usage)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    );

    /// <summary>Whether a name is likely that of a secret.</summary>
    public static bool IsMatch(string name)
    {
        var words = Word.Matches(name).Cast<Match>().Select(match => match.Value).ToList();
        return words.Any(word => SecretWord.IsMatch(word)) && !CountingWord.IsMatch(words[words.Count - 1]);
    }
}
