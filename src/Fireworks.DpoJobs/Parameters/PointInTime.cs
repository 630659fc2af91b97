using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>
/// A moment as a person gives it: a DateTime or DateTimeOffset, a text with one (<c>2026-11-01</c>, in the local zone unless it
/// names another), or an age: a TimeSpan, or <c>30m</c>, <c>12h</c>, <c>7d</c>, <c>2w</c>.
/// </summary>
public sealed class PointInTime
{
    private static readonly Regex AgeText = new(
        @"^\s*(?<number>[0-9]+(\.[0-9]+)?)\s*(?<unit>[smhdw])\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    );

    private readonly DateTimeOffset _time;
    private readonly TimeSpan? _age;

    /// <summary>A moment.</summary>
    /// <param name="time">The moment.</param>
    public PointInTime(DateTimeOffset time) => _time = time;

    /// <summary>A moment.</summary>
    /// <param name="time">The moment; in the local zone, unless its kind is UTC.</param>
    public PointInTime(DateTime time) => _time = ToOffset(time);

    /// <summary>A moment so long ago.</summary>
    /// <param name="age">How long before now.</param>
    public PointInTime(TimeSpan age) => _age = age;

    /// <summary>A moment in words.</summary>
    /// <param name="text">A date and time as .NET's invariant culture reads it, or an age such as <c>7d</c>.</param>
    /// <exception cref="FormatException">The text is neither.</exception>
    public PointInTime(string text)
    {
        if (AgeText.Match(text ?? "") is { Success: true } match)
        {
            _age = Age(match);
        }
        else if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out _time))
        {
            throw new FormatException(
                $"'{ControlCharacters.MakeVisible(text ?? "")}' is neither a time such as 2026-11-01 or 2026-11-01T08:00Z nor an age such as 30m, 12h, 7d or 2w."
            );
        }
    }

    /// <summary>The moment.</summary>
    /// <param name="now">What an age counts back from.</param>
    internal DateTimeOffset Resolve(DateTimeOffset now)
    {
        if (_age is not { } age)
        {
            return _time;
        }
        // Older than time itself is as old as can be.
        return age > now - DateTimeOffset.MinValue ? DateTimeOffset.MinValue
            : age < now - DateTimeOffset.MaxValue ? DateTimeOffset.MaxValue
            : now - age;
    }

    private static TimeSpan Age(Match match)
    {
        var unit = match.Groups["unit"].Value.ToLowerInvariant() switch
        {
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            "d" => TimeSpan.FromDays(1),
            _ => TimeSpan.FromDays(7),
        };
        // .NET Framework has no number for what is too large for a double; .NET has infinity.
        return
            double.TryParse(
                match.Groups["number"].Value,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
            && number * unit.Ticks < long.MaxValue
            ? TimeSpan.FromTicks((long)(number * unit.Ticks))
            : TimeSpan.MaxValue;
    }

    // Near the ends of time a zone's offset leads out of it.
    private static DateTimeOffset ToOffset(DateTime time) =>
        time.Kind == DateTimeKind.Utc || (time > DateTime.MinValue.AddDays(1) && time < DateTime.MaxValue.AddDays(-1))
            ? new DateTimeOffset(time)
            : new DateTimeOffset(time.Ticks, TimeSpan.Zero);
}
