using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>
/// What secrets look like in text and in fields that nobody has described. When in doubt it is one: a message that says
/// less is better than a key in a log.
/// </summary>
internal static class SecretPatterns
{
    private const string Removed = "(removed)";
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const string Names = "key|secret|token|password|credential|signature|signed";

    // Longer text is cut before it is looked at, so that no text takes long; nobody reads that much of a message.
    private const int MaximumLength = 4096;

    private static readonly Regex Name = new(Names, Options);

    // Keys of Fireworks, W&B (old and new), Hugging Face, OpenAI and AWS, JSON web tokens, and what follows Bearer.
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

    /// <summary>Takes out of a text what looks like a secret, and queries and users of addresses. A long text is cut.</summary>
    public static string Remove(string text)
    {
        text = KeyLike.Replace(CutAtWord(text), Removed);
        text = UrlUser.Replace(text, "://");
        text = UrlQuery.Replace(text, "$1?" + Removed);
        return NamedValue.Replace(text, "${name}" + Removed);
    }

    /// <summary>Whether a field that no model knows is likely a secret.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The field's text.</param>
    public static bool IsSecret(string name, string value) =>
        Name.IsMatch(Cut(name)) || KeyLike.IsMatch(Cut(value)) || SignedAddress.IsMatch(Cut(value));

    // Half of a key would not be recognised as one.
    private static string CutAtWord(string text) =>
        text.Length <= MaximumLength ? text
        : text.LastIndexOf(' ', MaximumLength) is > 0 and var blank ? text.Remove(blank)
        : Truncation.Start(text, MaximumLength);

    private static string Cut(string text) => text.Length > MaximumLength ? text.Remove(MaximumLength) : text;
}
