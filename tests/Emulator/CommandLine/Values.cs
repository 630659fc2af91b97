using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Account;
using Fireworks.DpoJobs.Emulator.Faults;

namespace Fireworks.DpoJobs.Emulator.CommandLine;

/// <summary>The values an option can have; null means that the text is not one.</summary>
internal static class Values
{
    public static int? Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    public static ulong? Seed(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : null;

    public static int? Port(string text) => Count(text) is { } port and <= 65535 ? port : null;

    /// <summary><c>50ms</c>, <c>0.2s</c>, or a bare number of milliseconds.</summary>
    public static TimeSpan? Duration(string text)
    {
        var (number, unit) =
            text.EndsWith("ms", StringComparison.Ordinal) ? (text[..^2], 1.0)
            : text.EndsWith('s') ? (text[..^1], 1000.0)
            : (text, 1.0);
        return
            double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value * unit <= int.MaxValue
            ? TimeSpan.FromMilliseconds(value * unit)
            : null;
    }

    public static DateTimeOffset? Now(string text) =>
        Timestamp.TryParse(text, out var nanoseconds)
        && DateTimeOffset.FromUnixTimeSeconds((long)(nanoseconds / Timestamp.PerSecond))
            is { Year: > 1971 and < 2200 } whole
            ? whole.AddTicks((long)(nanoseconds % Timestamp.PerSecond) / 100)
            : null;

    /// <summary>The same rule as for every id of this API: 1–63 of [a-z0-9-], no hyphen at an edge.</summary>
    public static string AccountId(string text) =>
        text.Length is > 0 and <= 63
        && text[0] != '-'
        && text[^1] != '-'
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? text
            : throw new CommandLineException(
                $"--account '{text}' is not an id: 1 to 63 of a-z, 0-9 and inner hyphens."
            );

    public static Uri HttpAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new CommandLineException($"--upstream '{text}' is not an http or https address.");

    public static FaultPlan Faults(string path)
    {
        try
        {
            return FaultPlan.Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is FaultPlanException or IOException or UnauthorizedAccessException)
        {
            throw new CommandLineException($"--faults '{path}': {e.Message}");
        }
    }

    public static string NotEmpty(string name, string text) =>
        text.Length > 0 ? text : throw new CommandLineException($"{name} is empty.");
}
