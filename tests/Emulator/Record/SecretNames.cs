using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs.Emulator.Record;

/// <summary>Names whose values are secrets, whatever they look like.</summary>
internal static partial class SecretNames
{
    /// <summary>
    /// A regular expression for the ends of such names, to be read without regard to case. <c>api_key</c>,
    /// <c>wandbApiKey</c> and <c>x-api-key</c> are of one kind.
    /// </summary>
    public const string Pattern =
        @"(?:(?:api|access|secret|private)[_\-\s]?key|(?<!page[_\-]?)token|credentials?|account[_\-]?key|password|secret"
        + @"|signed[_\-]?urls?|signature|authorization)";

    /// <summary>Whether a field or parameter of this name holds a secret.</summary>
    public static bool Contains(string name) => Whole().IsMatch(name);

    [GeneratedRegex(Pattern + @"[^A-Za-z0-9]*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Whole();
}
