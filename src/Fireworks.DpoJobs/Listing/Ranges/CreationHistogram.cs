namespace Fireworks.DpoJobs;

/// <summary>
/// The cumulative number of jobs by creation time, as far as the service has reported it. Between two known times, jobs are
/// assumed to be evenly distributed.
/// </summary>
internal sealed class CreationHistogram
{
    private readonly SortedList<long, long> _createdBefore = [];

    /// <summary>Creates a histogram with a single bin.</summary>
    /// <param name="oldest">The creation time of the oldest job.</param>
    /// <param name="newest">The creation time of the newest job.</param>
    /// <param name="total">The number of jobs.</param>
    public CreationHistogram(DateTimeOffset oldest, DateTimeOffset newest, long total)
    {
        _createdBefore[oldest.UtcTicks] = 0;
        _createdBefore[newest.UtcTicks + 1] = total;
        Total = total;
    }

    /// <summary>The number of jobs.</summary>
    public long Total { get; }

    /// <summary>Refines the histogram by counts that the service reported.</summary>
    /// <param name="ranges">Adjacent ranges that cover all time.</param>
    /// <param name="counts">The number of jobs created in each range.</param>
    public void Add(IEnumerable<CreateTimeRange> ranges, IEnumerable<long> counts)
    {
        var before = 0L;
        foreach (var (range, count) in ranges.Zip(counts, (range, count) => (range, count)))
        {
            before += count;
            if (range.Before is { } end)
            {
                _createdBefore[end.UtcTicks] = before;
            }
        }
    }

    /// <summary>Splits all time into ranges with about the same number of jobs each, oldest first.</summary>
    /// <param name="count">The number of ranges. There are fewer when many jobs were created at the same moment.</param>
    public IReadOnlyList<CreateTimeRange> Split(int count)
    {
        var borders = Enumerable
            .Range(1, count - 1)
            .Select(part => FindQuantile((double)Total * part / count))
            .Where(ticks => ticks > _createdBefore.Keys[0])
            .Distinct()
            .Select(ticks => (DateTimeOffset?)new DateTimeOffset(ticks, TimeSpan.Zero))
            .ToList();
        return
        [
            .. borders.Prepend(null).Zip(borders.Append(null), (from, before) => new CreateTimeRange(from, before)),
        ];
    }

    // The time, in ticks, before which so many jobs were created.
    private long FindQuantile(double jobs)
    {
        var next = 1;
        while (next < _createdBefore.Count - 1 && _createdBefore.Values[next] < jobs)
        {
            next++;
        }
        var (from, to) = (_createdBefore.Keys[next - 1], _createdBefore.Keys[next]);
        var (least, most) = (_createdBefore.Values[next - 1], _createdBefore.Values[next]);
        var share = most > least ? (jobs - least) / (most - least) : 0;
        var ticks = from + (long)((to - from) * Math.Min(Math.Max(share, 0), 1));
        // Whole seconds are easier to read in a log.
        var second = ticks - (ticks % TimeSpan.TicksPerSecond);
        return to - from > TimeSpan.TicksPerMinute && second > from ? second : ticks;
    }
}
