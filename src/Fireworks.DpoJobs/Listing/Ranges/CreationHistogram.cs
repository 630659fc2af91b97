namespace Fireworks.DpoJobs;

/// <summary>
/// The cumulative number of jobs by creation time, as far as the service has reported it. Between two known times, jobs are
/// assumed to be evenly distributed. Initially, only the creation times of the oldest and the newest job are known.
/// </summary>
internal sealed class CreationHistogram(DateTimeOffset oldest, DateTimeOffset newest, long total)
{
    private readonly SortedList<long, long> _createdBefore = new()
    {
        [oldest.UtcTicks] = 0,
        [newest.UtcTicks + 1] = total,
    };

    private const int MinSample = 100;

    private bool _isEstimated;

    public long Total => total;

    /// <summary>
    /// Estimates the distribution from the creation times of some jobs, until <see cref="Add"/> is called. Does nothing if
    /// they are few, or from a short period: then they are hardly a random sample.
    /// </summary>
    public void Estimate(IEnumerable<DateTimeOffset> sample)
    {
        var times = sample.Select(time => time.UtcTicks).OrderBy(ticks => ticks).ToList();
        if (times.Count < MinSample || times[times.Count - 1] - times[0] < (newest - oldest).Ticks / 2)
        {
            return;
        }
        _isEstimated = true;
        for (var i = 0; i < times.Count; i++)
        {
            if (times[i] > oldest.UtcTicks && times[i] < newest.UtcTicks)
            {
                _createdBefore[times[i]] = total * i / times.Count;
            }
        }
    }

    /// <summary>Refines the histogram by the number of jobs in each range. The ranges are adjacent and cover all time.</summary>
    public void Add(IEnumerable<CreateTimeRange> ranges, IEnumerable<long> counts)
    {
        if (_isEstimated)
        {
            _isEstimated = false;
            _createdBefore.Clear();
            _createdBefore[oldest.UtcTicks] = 0;
            _createdBefore[newest.UtcTicks + 1] = total;
        }
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

    /// <summary>
    /// Splits all time into ranges with about the same number of jobs each, oldest first. There are fewer ranges when many jobs
    /// were created in the same second. The borders are whole seconds.
    /// </summary>
    public IReadOnlyList<CreateTimeRange> Split(int count)
    {
        var borders = Enumerable
            .Range(1, count - 1)
            .Select(part => FindQuantile((double)total * part / count))
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
        // A service that stores fewer digits would truncate or round any other border.
        return ticks - (ticks % TimeSpan.TicksPerSecond);
    }
}
