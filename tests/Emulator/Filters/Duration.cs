using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>A length of time in seconds, <c>1.5s</c>. No field of a job is one, so it is only told from other values.</summary>
internal static partial class Duration
{
    public static bool IsValid(string text) => Seconds().IsMatch(text);

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]{1,9})?s\z", RegexOptions.CultureInvariant)]
    private static partial Regex Seconds();
}
