using System.Globalization;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>
/// A point in time: a DateTime, a DateTimeOffset, a string such as <c>2026-11-01</c> (local time unless it names a time zone),
/// or an age before now: a TimeSpan, or a string such as <c>30m</c>, <c>12h</c>, <c>7d</c> or <c>2w</c>.
/// </summary>
public sealed class PointInTime
{
    private static readonly Regex AgeText = new(
        @"^\s*(?<number>[0-9]+(\.[0-9]+)?)\s*(?<unit>[smhdw])\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    );

    private readonly DateTimeOffset _time;
    private readonly TimeSpan? _age;

    /// <summary>A fixed time.</summary>
    /// <param name="time">The time.</param>
    public PointInTime(DateTimeOffset time) => _time = time;

    /// <summary>A fixed time.</summary>
    /// <param name="time">The time. Local time unless its kind is UTC.</param>
    public PointInTime(DateTime time) => _time = ToOffset(time);

    /// <summary>An age.</summary>
    /// <param name="age">The time before now. Negative for a time after now.</param>
    public PointInTime(TimeSpan age) => _age = age;

    /// <summary>A fixed time or an age.</summary>
    /// <param name="text">
    /// A date and time in the format of the invariant culture, or a number and a unit: s, m, h, d or w (weeks).
    /// </param>
    /// <exception cref="FormatException">The string is neither a time nor an age.</exception>
    public PointInTime(string text)
    {
        if (AgeText.Match(text ?? "") is { Success: true } match)
        {
            _age = ParseAge(match.Groups["number"].Value, match.Groups["unit"].Value);
        }
        else if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out _time))
        {
            throw new FormatException(
                $"'{ControlCharacters.MakeVisible(text ?? "")}' is neither a time such as 2026-11-01 or 2026-11-01T08:00Z nor an age such as 30m, 12h, 7d or 2w."
            );
        }
    }

    /// <summary>The time, with an age subtracted from now. An age beyond the range of DateTimeOffset gives its first or last value.</summary>
    internal DateTimeOffset Resolve(DateTimeOffset now) =>
        _age is not { } age ? _time
        : age > now - DateTimeOffset.MinValue ? DateTimeOffset.MinValue
        : age < now - DateTimeOffset.MaxValue ? DateTimeOffset.MaxValue
        : now - age;

    private static TimeSpan ParseAge(string digits, string unit)
    {
        var length = unit.ToLowerInvariant() switch
        {
            "s" => TimeSpan.TicksPerSecond,
            "m" => TimeSpan.TicksPerMinute,
            "h" => TimeSpan.TicksPerHour,
            "d" => TimeSpan.TicksPerDay,
            _ => 7 * TimeSpan.TicksPerDay,
        };
        // For a number beyond the range of double, .NET returns infinity, and .NET Framework fails.
        return
            double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * length < long.MaxValue
            ? TimeSpan.FromTicks((long)(number * length))
            : TimeSpan.MaxValue;
    }

    // Near the first and last DateTime, the offset of the time zone would lead out of range.
    private static DateTimeOffset ToOffset(DateTime time) =>
        time.Kind == DateTimeKind.Utc || (time > DateTime.MinValue.AddDays(1) && time < DateTime.MaxValue.AddDays(-1))
            ? new DateTimeOffset(time)
            : new DateTimeOffset(time.Ticks, TimeSpan.Zero);
}
