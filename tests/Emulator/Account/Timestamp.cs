using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>
/// Times as nanoseconds since 1970, because the service sends more digits than a DateTimeOffset holds (0, 6 or 9 fraction
/// digits).
/// </summary>
internal static partial class Timestamp
{
    public const long PerSecond = 1_000_000_000;

    public static long From(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;

    public static string Format(long nanoseconds)
    {
        var seconds = Math.DivRem(nanoseconds, PerSecond, out var fraction);
        var text = DateTimeOffset
            .FromUnixTimeSeconds(seconds)
            .ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return fraction switch
        {
            0 => text + "Z",
            _ when fraction % 1000 == 0 => text
                + "."
                + (fraction / 1000).ToString("D6", CultureInfo.InvariantCulture)
                + "Z",
            _ => text + "." + fraction.ToString("D9", CultureInfo.InvariantCulture) + "Z",
        };
    }

    /// <summary>RFC 3339: a date, a time, up to nine fraction digits, and Z or an offset.</summary>
    public static bool TryParse(string text, out decimal nanoseconds)
    {
        nanoseconds = 0;
        var match = Rfc3339().Match(text);
        if (
            !match.Success
            || !DateTimeOffset.TryParse(
                match.Groups["whole"].Value + match.Groups["zone"].Value,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var whole
            )
        )
        {
            return false;
        }

        var digits = match.Groups["fraction"].Value.PadRight(9, '0');
        nanoseconds =
            ((decimal)whole.ToUnixTimeSeconds() * PerSecond) + int.Parse(digits, CultureInfo.InvariantCulture);
        return true;
    }

    [GeneratedRegex(
        @"^(?<whole>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt]([0-9]{2}:){2}[0-9]{2})(\.(?<fraction>[0-9]{1,9}))?(?<zone>[Zz]|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Rfc3339();
}
