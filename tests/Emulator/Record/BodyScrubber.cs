using System;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs.Emulator.Record;

/// <summary>Takes secrets out of a body. What cannot be looked through is left out.</summary>
internal static partial class BodyScrubber
{
    private const string LeftOut = "The body was left out: it is not text, so secrets in it cannot be found.";

    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>The body without secrets.</summary>
    public static ScrubbedBody Scrub(byte[] body)
    {
        if (Array.IndexOf(body, (byte)0) >= 0)
        {
            // UTF-16, or no text at all.
            return new ScrubbedBody("", IsBase64: false, LeftOut);
        }
        try
        {
            return new ScrubbedBody(ScrubText(StrictUtf8.GetString(body)), IsBase64: false, Comment: null);
        }
        catch (DecoderFallbackException)
        {
            // Latin-1 takes every byte to a character and back, and ASCII is in it.
            var text = ScrubText(Encoding.Latin1.GetString(body));
            return new ScrubbedBody(
                Convert.ToBase64String(Encoding.Latin1.GetBytes(text)),
                IsBase64: true,
                Comment: null
            );
        }
    }

    private static string ScrubText(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.TrimStart('\uFEFF'));
            return JsonScrubber.Scrub(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or JSON with half a surrogate pair in a string. It may still be JSON that was cut off, in which
            // escapes hide what the rules look for.
            return TextScrubber.Scrub(Unescape(text));
        }
    }

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

    // Printable ASCII but " and \, which would end or change a string.
    [GeneratedRegex(
        @"\\u00(?!22|5c)([2-6][0-9a-f]|7[0-9a-e])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex AsciiEscape();
}
