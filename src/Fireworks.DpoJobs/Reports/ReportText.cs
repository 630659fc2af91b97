using System.Globalization;
using System.Text;
using System.Xml;

namespace Fireworks.DpoJobs;

/// <summary>Formats values for a report, and makes text safe for it, because it may be sent to others.</summary>
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

    /// <summary>The name of the state of a job.</summary>
    public static string State(DpoJob job) =>
        job.State switch
        {
            null => "Unknown",
            JobState.Unrecognized => Clean(JobStates.RemovePrefix(job.StateText ?? ""), 40),
            var state => state.Value.ToString(),
        };

    /// <summary>A whole number with separators: <c>12,345</c>.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A measured value with four significant digits, as <see cref="ChartNumber"/> formats it.</summary>
    public static string Value(double value) => ChartNumber.Format(value, CultureInfo.InvariantCulture);

    /// <summary>A share from 0 to 1 as a percentage: <c>62 %</c>.</summary>
    public static string Percent(double share) =>
        (share * 100).ToString(share < 0.1 ? "0.#" : "0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A time to the minute: <c>2026-11-01 08:00</c>.</summary>
    public static string Time(DateTimeOffset time, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

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
