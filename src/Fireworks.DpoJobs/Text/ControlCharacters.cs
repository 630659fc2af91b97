using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>Makes text from the service safe to show: a display name may contain escape sequences that control a terminal.</summary>
internal static class ControlCharacters
{
    /// <summary>
    /// Replaces every control character (C0, DEL, C1), line and paragraph separator and bidirectional override with a
    /// visible character. Returns the same instance when nothing is replaced.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="keepLineBreaks">Keeps LF, and converts CR LF and CR to LF.</param>
    public static string MakeVisible(string text, bool keepLineBreaks = false)
    {
        if (keepLineBreaks)
        {
            text = text.Replace("\r\n", "\n").Replace('\r', '\n');
        }
        StringBuilder? result = null;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            var shown = keepLineBreaks && character == '\n' ? character : Visible(character);
            if (shown != character)
            {
                result ??= new StringBuilder(text, 0, i, text.Length);
            }
            result?.Append(shown);
        }
        return result?.ToString() ?? text;
    }

    // From U+2400 on, Unicode has pictures of the C0 control characters.
    private static char Visible(char character) =>
        character switch
        {
            < '\u0020' => (char)('\u2400' + character),
            '\u007f' => '\u2421',
            (>= '\u0080' and <= '\u009f') or '\u2028' or '\u2029' => '\ufffd',
            (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') => '\ufffd',
            _ => character,
        };
}
