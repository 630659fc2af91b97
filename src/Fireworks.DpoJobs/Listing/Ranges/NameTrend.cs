namespace Fireworks.DpoJobs;

/// <summary>How creation times follow names, as far as some pages show it.</summary>
internal sealed class NameTrend
{
    private const int MinJobs = 8;

    private NameTrend(CreationSample sample) => Sample = sample;

    /// <summary>The distribution of the creation times, if they do not follow names.</summary>
    public CreationSample Sample { get; }

    /// <summary>Whether names and creation times are unrelated.</summary>
    public bool IsNone => Start is null;

    public bool IsDescending { get; private init; }

    /// <summary>About the creation time of the first job. Null when <see cref="IsNone"/>.</summary>
    public DateTimeOffset? Start { get; private init; }

    /// <summary>About the creation time of the last job. Null when unknown.</summary>
    public DateTimeOffset? End { get; private init; }

    /// <summary>The jobs per tick at the start.</summary>
    public double? Rate { get; private init; }

    /// <summary>Compares the jobs of the first page with those of the last, or the first of the first page with its last.</summary>
    /// <param name="first">The first page.</param>
    /// <param name="last">The last page, from its end. Null when it was not requested.</param>
    /// <returns>Null when too few jobs have a creation time.</returns>
    public static NameTrend? Find(DpoJobPage first, DpoJobPage? last)
    {
        var times = TimesOf(first);
        var others = last is null ? [] : TimesOf(last);
        if (times.Count == 0)
        {
            return null;
        }
        var third = times.Count / 3;
        var (earlier, later) = last is null
            ? (times.Take(third).ToList(), times.Skip(times.Count - third).ToList())
            : (times, others);
        var sample = new CreationSample(times.Concat(others));
        if (earlier.Count < MinJobs || later.Count < MinJobs)
        {
            return new NameTrend(sample);
        }
        var isAscending = Quantile(earlier, 0.9) < Quantile(later, 0.1);
        var isDescending = Quantile(earlier, 0.1) > Quantile(later, 0.9);
        var (oldest, newest) = (times.Min(), times.Max());
        return !isAscending && !isDescending
            ? new NameTrend(sample)
            : new NameTrend(sample)
            {
                IsDescending = isDescending,
                Start = isDescending ? newest : oldest,
                End =
                    last is null ? null
                    : isDescending ? others.Min()
                    : others.Max(),
                Rate = newest > oldest ? (times.Count - 1.0) / (newest - oldest).Ticks : null,
            };
    }

    private static List<DateTimeOffset> TimesOf(DpoJobPage page) =>
        [.. page.Jobs.Select(job => job?.CreateTime).OfType<DateTimeOffset>()];

    private static DateTimeOffset Quantile(List<DateTimeOffset> times, double share) =>
        times.OrderBy(time => time).ElementAt((int)(share * (times.Count - 1)));
}
