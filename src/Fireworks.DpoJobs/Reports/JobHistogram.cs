using System.Globalization;

namespace Fireworks.DpoJobs;

/// <summary>A column of a chart: jobs that belong together, by outcome.</summary>
/// <param name="Label">The name of the column, for its axis.</param>
/// <param name="Description">The name of the column in words, for tables and tooltips.</param>
internal sealed record JobColumn(string Label, string Description)
{
    private readonly int[] _counts = new int[JobOutcomes.All.Count];

    public int this[JobOutcome outcome] => _counts[(int)outcome];

    public int Total => _counts.Sum();

    public void Add(DpoJob job) => _counts[(int)JobOutcomes.Of(job)]++;
}

/// <summary>Counts jobs by the time of their creation and by their duration.</summary>
internal static class JobHistogram
{
    private const int MaxColumns = 45;

    // The limits between the columns of durations. Labels are short, because they are below narrow columns.
    private static readonly (TimeSpan Limit, string Label)[] DurationLimits =
    [
        (TimeSpan.FromMinutes(5), "5m"),
        (TimeSpan.FromMinutes(15), "15m"),
        (TimeSpan.FromMinutes(30), "30m"),
        (TimeSpan.FromHours(1), "1h"),
        (TimeSpan.FromHours(2), "2h"),
        (TimeSpan.FromHours(4), "4h"),
        (TimeSpan.FromHours(8), "8h"),
        (TimeSpan.FromHours(16), "16h"),
        (TimeSpan.FromDays(1), "1d"),
        (TimeSpan.FromDays(2), "2d"),
        (TimeSpan.FromDays(4), "4d"),
        (TimeSpan.FromDays(8), "8d"),
    ];

    /// <summary>
    /// Counts jobs by day, week (from Monday), month or year, so that there are at most 45 columns unless the jobs are from more
    /// than 45 years. Columns without jobs are included.
    /// </summary>
    /// <param name="jobs">The jobs. Those without a time are not counted.</param>
    /// <param name="zone">The time zone whose days count.</param>
    public static (string Unit, IReadOnlyList<JobColumn> Columns) ByTime(
        IReadOnlyCollection<DpoJob> jobs,
        TimeZoneInfo zone
    )
    {
        var dated = jobs.Where(job => job.CreateTime is not null)
            .Select(job => (Day: TimeZoneInfo.ConvertTime(job.CreateTime!.Value, zone).Date, Job: job))
            .ToList();
        if (dated.Count == 0)
        {
            return ("day", []);
        }
        var (first, last) = (dated.Min(item => item.Day), dated.Max(item => item.Day));
        var days = (last - first).TotalDays + 1;
        var (unit, start, next, label, description) =
            days <= MaxColumns ? Unit("day", day => day, day => day.AddDays(1), "d MMM", "ddd, d MMM yyyy")
            : days <= 7 * (MaxColumns - 1)
                ? Unit("week", StartOfWeek, day => day.AddDays(7), "d MMM", "'Week of' d MMM yyyy")
            : days <= 30 * (MaxColumns - 1)
                ? Unit("month", day => day.AddDays(1 - day.Day), day => day.AddMonths(1), "MMM yy", "MMMM yyyy")
            : Unit("year", day => day.AddDays(1 - day.DayOfYear), day => day.AddYears(1), "yyyy", "yyyy");
        var columns = new Dictionary<DateTime, JobColumn>();
        var ordered = new List<JobColumn>();
        for (var day = start(first); day <= last; day = next(day))
        {
            var column = new JobColumn(Format(day, label), Format(day, description));
            columns.Add(day, column);
            ordered.Add(column);
        }
        foreach (var (day, job) in dated)
        {
            columns[start(day)].Add(job);
        }
        return (unit, ordered);
    }

    /// <summary>Counts the jobs that have a duration, in ranges from the shortest to the longest duration.</summary>
    public static IReadOnlyList<JobColumn> ByDuration(IReadOnlyCollection<DpoJob> jobs)
    {
        var columns = Enumerable
            .Range(0, DurationLimits.Length + 1)
            .Select(i =>
                i == 0 ? new JobColumn("<5m", "Less than 5m")
                : i == DurationLimits.Length ? new JobColumn("≥8d", "8d or more")
                : new JobColumn(
                    DurationLimits[i - 1].Label + "+",
                    $"{DurationLimits[i - 1].Label} to {DurationLimits[i].Label}"
                )
            )
            .ToList();
        foreach (var job in jobs.Where(job => job.Duration is not null))
        {
            columns[DurationLimits.Count(limit => job.Duration >= limit.Limit)].Add(job);
        }
        var first = columns.FindIndex(column => column.Total > 0);
        var last = columns.FindLastIndex(column => column.Total > 0);
        return first < 0 ? [] : columns.GetRange(first, last - first + 1);
    }

    private static (
        string Unit,
        Func<DateTime, DateTime> Start,
        Func<DateTime, DateTime> Next,
        string Label,
        string Description
    ) Unit(
        string unit,
        Func<DateTime, DateTime> start,
        Func<DateTime, DateTime> next,
        string label,
        string description
    ) => (unit, start, next, label, description);

    private static DateTime StartOfWeek(DateTime day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static string Format(DateTime day, string format) => day.ToString(format, CultureInfo.InvariantCulture);
}
