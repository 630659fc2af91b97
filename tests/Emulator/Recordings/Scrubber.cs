using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs.Emulator.Recordings;

/// <summary>
/// Removes secrets from one request and its response before they are recorded: values with the name of a secret, strings
/// that look like a key, e-mail addresses, and users and queries of URLs. It rather removes too much than too little.
/// </summary>
/// <param name="key">The API key of the request, which is removed everywhere. Empty for none.</param>
internal sealed partial class Scrubber(string key)
{
    public const string Redacted = "REDACTED";
    public const string RedactedEmail = "someone@example.com";

    /// <summary>Matches the end of a name whose value is a secret, such as <c>wandbApiKey</c> and <c>x-api-key</c>.</summary>
    private const string SecretName =
        @"(?:(?:api|access|secret|private)[_\-\s]?key|(?<!page[_\-]?)token|credentials?|account[_\-]?key|password|secret"
        + @"|signed[_\-]?urls?|signature|authorization)";

    private static readonly string[] KeptRequestHeaders =
    [
        "accept",
        "accept-encoding",
        "accept-language",
        "content-type",
        "user-agent",
    ];

    private static readonly string[] KeptResponseHeaders =
    [
        "content-type",
        "date",
        "location",
        "retry-after",
        "retry-after-ms",
        "x-request-id",
        "x-should-retry",
    ];

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public string Text(string text)
    {
        if (key.Length > 0)
        {
            text = text.Replace(key, Redacted, StringComparison.Ordinal)
                .Replace(Uri.EscapeDataString(key), Redacted, StringComparison.Ordinal);
        }

        text = Scheme().Replace(text, $"$1 {Redacted}");
        text = NamedValue().Replace(text, $"${{name}}${{separator}}${{quote}}{Redacted}${{quote}}");
        text = UrlUser().Replace(text, "://");
        text = UrlQuery().Replace(text, "$1");
        text = KeyLike().Replace(text, Redacted);
        return Email().Replace(text, RedactedEmail);
    }

    /// <summary>Removes secrets from a body.</summary>
    /// <returns>The text, and a comment if the body was omitted because it could not be searched for secrets.</returns>
    public (string Text, string? Comment) Body(byte[] body, bool isCompressed)
    {
        const string Omitted = "The body was omitted because it cannot be searched for secrets.";
        if (isCompressed || body.Contains((byte)0))
        {
            return ("", Omitted);
        }

        try
        {
            var text = StrictUtf8.GetString(body);
            return (ScrubJson(text) ?? Text(Unescape(text)), null);
        }
        catch (DecoderFallbackException)
        {
            return ("", Omitted);
        }
    }

    public string Url(Uri address)
    {
        var path = string.Join('/', address.AbsolutePath.Split('/').Select(ScrubSegment));
        var query = string.Join(
            '&',
            Query(address).Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}")
        );
        return $"{address.GetLeftPart(UriPartial.Authority)}{path}{(query.Length == 0 ? "" : "?")}{query}";
    }

    /// <summary>The decoded query. Harmless parameters are kept, because they identify the request in a replay.</summary>
    public IReadOnlyList<HarPair> Query(Uri address) =>
        [
            .. RequestLine
                .DecodeQuery(address.Query)
                .Select(pair => new HarPair(
                    Text(pair.Name),
                    IsSecret(pair.Name) && pair.Value.Length > 0 ? Redacted : Text(pair.Value)
                )),
        ];

    /// <summary>Keeps the useful headers, and Authorization without its value.</summary>
    public IReadOnlyList<HarPair> RequestHeaders(IEnumerable<HarPair> headers) =>
        [
            .. headers
                .Where(header => Contains([.. KeptRequestHeaders, "authorization"], header))
                .Select(header =>
                    header with
                    {
                        Value = Contains(KeptRequestHeaders, header) ? Text(header.Value) : $"Bearer {Redacted}",
                    }
                ),
        ];

    public IReadOnlyList<HarPair> ResponseHeaders(IEnumerable<HarPair> headers) =>
        [
            .. headers
                .Where(header => Contains(KeptResponseHeaders, header))
                .Select(header => header with { Value = Text(header.Value) }),
        ];

    private static bool Contains(string[] names, HarPair header) =>
        names.Contains(header.Name, StringComparer.OrdinalIgnoreCase);

    private static bool IsSecret(string name) => WholeSecretName().IsMatch(name);

    private string ScrubSegment(string segment)
    {
        var text = Uri.UnescapeDataString(segment);
        var scrubbed = Text(text);
        return scrubbed == text ? segment : Uri.EscapeDataString(scrubbed);
    }

    /// <summary>Removes secrets from JSON. Returns null if the text is not JSON.</summary>
    private string? ScrubJson(string text)
    {
        try
        {
            return ScrubJson(JsonNode.Parse(text.TrimStart('\uFEFF')))?.ToJsonString(Json) ?? "null";
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // Duplicate names and incomplete surrogate pairs are found only when a node is read.
            return null;
        }
    }

    private JsonNode? ScrubJson(JsonNode? node) =>
        node switch
        {
            JsonObject message => new JsonObject(
                message.Select(pair =>
                    KeyValuePair.Create(
                        Text(pair.Key),
                        IsSecret(pair.Key) && pair.Value is not null && !IsEmpty(pair.Value)
                            ? Redacted
                            : ScrubJson(pair.Value)
                    )
                )
            ),
            JsonArray list => new JsonArray([.. list.Select(ScrubJson)]),
            System.Text.Json.Nodes.JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(
                value.GetValue<string>()
            ),
            _ => node?.DeepClone(),
        };

    private static bool IsEmpty(JsonNode value) => value.GetValueKind() == JsonValueKind.String && (string?)value == "";

    /// <summary>Decodes escaped printable ASCII characters, which could hide a secret in incomplete JSON.</summary>
    private static string Unescape(string text) =>
        AsciiEscape()
            .Replace(
                text,
                match =>
                    (
                        (char)int.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                    ).ToString()
            )
            .Replace(@"\/", "/", StringComparison.Ordinal);

    // Excludes " and \, which would end or change a string.
    [GeneratedRegex(
        @"\\u00(?!22|5c)([2-6][0-9a-f]|7[0-9a-e])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex AsciiEscape();

    [GeneratedRegex(SecretName + @"[^A-Za-z0-9]*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WholeSecretName();

    // apiKey: x · "apiKey": "x y" · \"apiKey\":\"x\" (JSON in JSON) · api_key=x. A quoted value ends at the next quote of
    // the same kind, or, in an incomplete body, at the end.
    [GeneratedRegex(
        "(?<name>"
            + SecretName
            + """)(?<separator>\\*["']?\s*[:=]\s*)(?:(?<quote>\\*["']).*?(?:(?<!\\)\k<quote>|\z)|[^\s"'\\&,;<>}]+)""",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant
    )]
    private static partial Regex NamedValue();

    [GeneratedRegex("""://[^/\s"<>?#]*@""", RegexOptions.CultureInvariant)]
    private static partial Regex UrlUser();

    // A fragment may contain a token as well.
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

    // The limit keeps the time linear for a long text without an @.
    [GeneratedRegex(
        """[^\s"'<>()\[\]{},;:@/\\=&?]{1,128}(?:@|%40)[\p{L}\p{N}](?:[\p{L}\p{N}.\-]*\.)\p{L}[\p{L}\p{N}\-]+""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Email();
}
