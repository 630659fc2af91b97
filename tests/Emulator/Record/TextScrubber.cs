using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs.Emulator.Record;

/// <summary>
/// Takes secrets out of text: values beside the name of a secret, what looks like a key, e-mail addresses, users and
/// queries of URLs. When in doubt it takes out.
/// </summary>
internal static partial class TextScrubber
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Redacted = "REDACTED";

    /// <summary>What stands in an e-mail address's place.</summary>
    public const string SomeEmail = "someone@example.com";

    /// <summary>The text without secrets. Scrubbing it again changes nothing.</summary>
    public static string Scrub(string text)
    {
        text = Scheme().Replace(text, $"$1 {Redacted}");
        text = NamedValue().Replace(text, $"${{name}}${{separator}}${{quote}}{Redacted}${{quote}}");
        text = UrlUser().Replace(text, "://");
        text = UrlQuery().Replace(text, "$1");
        text = KeyLike().Replace(text, Redacted);
        return Email().Replace(text, SomeEmail);
    }

    // apiKey: x · "apiKey": "x y" · \"apiKey\":\"x\" (JSON in JSON) · api_key=x. A quoted value goes to the next quote of
    // the same kind, or, in a body that was cut off, to the end.
    [GeneratedRegex(
        "(?<name>"
            + SecretNames.Pattern
            + """)(?<separator>\\*["']?\s*[:=]\s*)(?:(?<quote>\\*["']).*?(?:(?<!\\)\k<quote>|\z)|[^\s"'\\&,;<>}]+)""",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant
    )]
    private static partial Regex NamedValue();

    [GeneratedRegex("""://[^/\s"<>?#]*@""", RegexOptions.CultureInvariant)]
    private static partial Regex UrlUser();

    // A fragment may hold a token as well.
    [GeneratedRegex(
        """(\b[a-z][a-z0-9+.\-]{0,20}://[^\s?#"<>]*)[?#][^\s"<>]*""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex UrlQuery();

    [GeneratedRegex(
        """(?<![A-Za-z])(Bearer|Basic)(?:\s|%20|\+)+[^\s"'\\,;<>]+""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Scheme();

    // Keys of Fireworks, W&B, Hugging Face, OpenAI, AWS; JSON web tokens.
    [GeneratedRegex(
        """(?<![A-Za-z0-9])(?:(?:fw|fpk|hf|wandb_v1)_[A-Za-z0-9_\-]+|sk-[A-Za-z0-9_\-]{16,}|(?:AKIA|ASIA)[A-Z0-9]{16}|eyJ[A-Za-z0-9_\-]+\.[A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]*)?)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex KeyLike();

    // The length of the part before @ is limited so that long text without any @ is read in linear time.
    [GeneratedRegex(
        """[^\s"'<>()\[\]{},;:@/\\=&?]{1,128}(?:@|%40)[\p{L}\p{N}](?:[\p{L}\p{N}.\-]*\.)\p{L}[\p{L}\p{N}\-]+""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Email();
}
