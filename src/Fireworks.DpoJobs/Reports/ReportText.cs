using System.Text;
using System.Xml;

namespace Fireworks.DpoJobs;

/// <summary>Makes text safe for a report, which may be sent to others.</summary>
internal static class ReportText
{
    /// <summary>Text from the service or a user: one line, without likely secrets and control characters, truncated.</summary>
    /// <param name="text">The text. Null for none.</param>
    /// <param name="maxLength">The number of characters to keep at most.</param>
    public static string Clean(string? text, int maxLength = 300) =>
        Truncation.Truncate(
            ControlCharacters.MakeVisible(
                string.Join(
                    " ",
                    SecretPatterns
                        .Redact(text ?? "")
                        .Split(['\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries)
                )
            ),
            maxLength
        );

    /// <summary>Replaces characters that XML and HTML do not allow, such as half of a surrogate pair.</summary>
    public static string ToXml(string text)
    {
        StringBuilder? result = null;
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]);
            if (isPair || XmlConvert.IsXmlChar(text[i]))
            {
                result?.Append(text, i, isPair ? 2 : 1);
            }
            else
            {
                result ??= new StringBuilder(text, 0, i, text.Length);
                result.Append('\ufffd');
            }
            i += isPair ? 1 : 0;
        }
        return result?.ToString() ?? text;
    }
}
