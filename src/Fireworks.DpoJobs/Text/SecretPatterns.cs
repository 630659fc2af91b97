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

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const string Names = "key|secret|token|password|credential|signature|signed";

    // Bounds the time that the patterns take; longer text is truncated first.
    private const int MaxLength = 4096;

    private static readonly Regex Name = new(Names, Options);

    // Keys of Fireworks, W&B (old and new), Hugging Face, OpenAI and AWS, JSON web tokens, and Authorization values.
    private static readonly Regex KeyLike = new(
        @"(?<![a-z0-9])(?:(?:fw|fpk|hf|wandb_v1)_[a-z0-9_\-]+|sk-[a-z0-9_\-]{16,}|(?:AKIA|ASIA)[a-z0-9]{16}"
            + @"|eyJ[a-z0-9_\-]+\.[a-z0-9_\-]+(?:\.[a-z0-9_\-]*)?|[0-9a-f]{40,}(?![0-9a-f])"
            + @"|(?:Bearer|Basic)\s+[^\s""',;]+)",
        Options
    );

    // api_key=x · "apiKey": "x" · X-Api-Key: x
    private static readonly Regex NamedValue = new(
        @"(?<name>(?:"
            + Names
            + @")[a-z0-9_\-]{0,40}[""']?\s{0,8}[:=]\s{0,8})(?<value>""[^""]*""?|'[^']*'?|[^\s""',;&<>}]+)",
        Options
    );

    private static readonly Regex UrlQuery = new(@"(https?://[^\s?#""'<>]+)[?#][^\s""'<>]*", Options);

    private static readonly Regex UrlUser = new(@"://[^/\s""<>?#@]*@", Options);

    private static readonly Regex SignedAddress = new(@"^https?://\S+[?#]\S*(?:" + Names + "|sig=)", Options);

    /// <summary>
    /// Replaces likely secrets and the queries of addresses, and removes user names from addresses. Text of more than 4,096
    /// characters is truncated.
    /// </summary>
    public static string Redact(string text)
    {
        text = KeyLike.Replace(TruncateAtBlank(text), Placeholder);
        text = UrlUser.Replace(text, "://");
        text = UrlQuery.Replace(text, "$1?" + Placeholder);
        return NamedValue.Replace(text, "${name}" + Placeholder);
    }

    /// <summary>Whether an unknown field is likely a secret, by its name or its value.</summary>
    public static bool IsSecret(string name, string value) =>
        Name.IsMatch(Start(name)) || KeyLike.IsMatch(Start(value)) || SignedAddress.IsMatch(Start(value));

    // Part of a key would not be recognized.
    private static string TruncateAtBlank(string text) =>
        text.Length <= MaxLength ? text
        : text.LastIndexOf(' ', MaxLength) is > 0 and var blank ? text.Remove(blank)
        : Start(text);

    private static string Start(string text) => Truncation.Start(text, MaxLength);
}
