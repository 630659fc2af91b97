using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>Values in text that a person copies a command from.</summary>
internal static class PowerShellQuoting
{
    // To PowerShell, each typographic single quote ends such a text as well.
    private static readonly Regex SingleQuote = new("['\u2018-\u201b]", RegexOptions.CultureInvariant);

    /// <summary>A value as a PowerShell argument, in single quotes; a page token is opaque and may hold anything.</summary>
    public static string Quote(string value) =>
        $"'{SingleQuote.Replace(ControlCharacters.MakeVisible(value), "$0$0")}'";
}
