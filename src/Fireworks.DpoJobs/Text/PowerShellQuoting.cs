using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>Quotes values in commands that are shown for copying.</summary>
internal static class PowerShellQuoting
{
    // In PowerShell, a typographic single quote ends a single-quoted string too.
    private static readonly Regex SingleQuote = new("['\u2018-\u201b]", RegexOptions.CultureInvariant);

    /// <summary>A value as a PowerShell argument in single quotes. Control characters are made visible.</summary>
    public static string Quote(string value) =>
        $"'{SingleQuote.Replace(ControlCharacters.MakeVisible(value), "$0$0")}'";
}
