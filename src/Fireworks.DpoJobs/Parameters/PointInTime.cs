using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>
/// A point in time: a DateTime, a DateTimeOffset, a string such as <c>2026-11-01</c> (local time unless it names a time zone),
/// or an age before now: a TimeSpan, or a string such as <c>30m</c>, <c>12h</c>, <c>7d</c> or <c>2w</c>.
/// </summary>
public sealed class PointInTime
{
    private const RegexOptions Options =
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    private static readonly Regex AgeText = new(@"^\s*(?<number>[0-9]+(\.[0-9]+)?)\s*(?<unit>[smhdw])\s*$", Options);

    // Not the digits of a fraction of a second or of a time zone.
    private static readonly Regex Year = new(@"(?<!:[0-9]{2}(\s*[-+]|\.))(?<![0-9])[0-9]{4}(?![0-9])", Options);

    private static readonly Regex DateWithDots = new(@"^\s*[0-9]{1,2}\.[0-9]", Options);

    private static readonly CultureInfo DayFirst = CreateDayFirst();

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
    /// A date, with a time or without, in ISO 8601 or another unambiguous form with a year of four digits, or a number and a
    /// unit: s, m (minutes), h, d or w (weeks).
    /// </param>
    /// <exception cref="FormatException">The string is neither a time nor an age, or it has two meanings.</exception>
    public PointInTime(string text)
    {
        if (AgeText.Match(text ?? "") is { Success: true } match)
        {
            var (number, unit) = (match.Groups["number"].Value, match.Groups["unit"].Value);
            _age =
                unit == "M"
                    ? throw new FormatException(
                        $"'{text!.Trim()}' could mean minutes or months. Use {number}m for minutes; for months, give days, such as 30d."
                    )
                    : ParseAge(number, unit);
        }
        else
        {
            _time = ParseTime(text ?? "");
        }
    }

    /// <summary>The time, with an age subtracted from now. An age beyond the range of DateTimeOffset gives its first or last value.</summary>
    internal DateTimeOffset Resolve(DateTimeOffset now) =>
        _age is not { } age ? _time
        : age > now - DateTimeOffset.MinValue ? DateTimeOffset.MinValue
        : age < now - DateTimeOffset.MaxValue ? DateTimeOffset.MaxValue
        : now - age;

    /// <summary>
    /// The time of a DateTimeOffset, of a DateTime, or of a DateTimeOffset that was deserialized. Null for anything else.
    /// </summary>
    internal static DateTimeOffset? FindTime(object value) =>
        ArgumentValue.Unwrap(value) switch
        {
            DateTimeOffset time => time,
            DateTime time => ToOffset(time),
            // A DateTimeOffset from Import-Clixml or Start-Job is an object with its properties.
            PSCustomObject
                when ArgumentValue.Unwrap(PSObject.AsPSObject(value).Properties["UtcDateTime"]?.Value)
                    is DateTime utc => ToOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)),
            _ => null,
        };

    /// <summary>
    /// Reads a time as on any machine, month first. Where the day may be meant to come first, that must not make a difference.
    /// </summary>
    private static DateTimeOffset ParseTime(string text)
    {
        DateTimeOffset?[] readings =
        [
            IsDayFirst(text) ? TryParse(text, DayFirst) : null,
            TryParse(text, CultureInfo.InvariantCulture),
        ];
        var times = readings.OfType<DateTimeOffset>().Distinct().ToArray();
        var shown = $"'{ControlCharacters.MakeVisible(SecretPatterns.Redact(text))}'";
        // Without a year, a time would depend on today's date.
        if (times.Length == 0 || !Year.IsMatch(text))
        {
            throw new FormatException(
                $"{shown} is neither a time such as 2026-11-01 or 2026-11-01T08:00Z nor an age such as 30m, 12h, 7d or 2w."
            );
        }
        return times.Length == 1
            ? times[0]
            : throw new FormatException(
                $"{shown} could mean {times[0]:yyyy-MM-dd} or {times[1]:yyyy-MM-dd} (year-month-day). Write the date in one of these forms."
            );
    }

    private static DateTimeOffset? TryParse(string text, CultureInfo culture) =>
        DateTimeOffset.TryParse(text, culture, DateTimeStyles.AssumeLocal, out var time) ? time : null;

    // Dates with dots are written day first almost everywhere, whatever the culture of the session.
    private static bool IsDayFirst(string text)
    {
        var pattern = CultureInfo.CurrentCulture.DateTimeFormat.ShortDatePattern;
        return DateWithDots.IsMatch(text) || pattern.IndexOf('d') < pattern.IndexOf('M');
    }

    private static CultureInfo CreateDayFirst()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.DateTimeFormat.ShortDatePattern = "dd/MM/yyyy";
        culture.DateTimeFormat.MonthDayPattern = "dd MMMM";
        return culture;
    }

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

/// <summary>
/// Converts to <see cref="PointInTime"/>: strings, times, ages, and times that were deserialized. Numbers are not
/// ticks, as they would be to PowerShell.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PointInTimeAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return ArgumentValue.Unwrap(inputData) switch
            {
                null => null,
                PointInTime point => point,
                TimeSpan age => new PointInTime(age),
                _ when PointInTime.FindTime(inputData!) is { } time => new PointInTime(time),
                // PowerShell reads 7d as a decimal number, and keeps the text of an argument for this conversion.
                _ => new PointInTime(LanguagePrimitives.ConvertTo<string>(inputData)),
            };
        }
        catch (FormatException exception)
        {
            throw new ArgumentTransformationMetadataException(exception.Message);
        }
    }
}
