using System;
using System.Collections.Generic;
using System.Linq;

namespace Fireworks.DpoJobs;

/// <summary>
/// How many jobs were created before which moments, as far as the service has been asked. Between two moments, the jobs are
/// taken to be spread evenly, until more is known.
/// </summary>
internal sealed class CreationHistogram
{
    private readonly SortedList<long, long> _createdBefore = [];

    /// <summary>Begins with what is known of the whole.</summary>
    /// <param name="oldest">When the first job was created.</param>
    /// <param name="newest">When the last job was created.</param>
    /// <param name="total">How many jobs there are.</param>
    public CreationHistogram(DateTimeOffset oldest, DateTimeOffset newest, long total)
    {
        _createdBefore[oldest.UtcTicks] = 0;
        _createdBefore[newest.UtcTicks + 1] = total;
        Total = total;
    }

    /// <summary>How many jobs there are.</summary>
    public long Total { get; }

    /// <summary>Adds what the service has said.</summary>
    /// <param name="ranges">Ranges that follow one another through all time.</param>
    /// <param name="counts">How many jobs were created in each.</param>
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

    /// <summary>Cuts all time into ranges with about as many jobs each, oldest first; fewer where all were created at once.</summary>
    public IReadOnlyList<CreateTimeRange> Cut(int count)
    {
        var cuts = Enumerable
            .Range(1, count - 1)
            .Select(part => MomentOf((double)Total * part / count))
            .Where(ticks => ticks > _createdBefore.Keys[0])
            .Distinct()
            .Select(ticks => (DateTimeOffset?)new DateTimeOffset(ticks, TimeSpan.Zero))
            .ToList();
        return [.. cuts.Prepend(null).Zip(cuts.Append(null), (from, before) => new CreateTimeRange(from, before))];
    }

    // Before which moment so many jobs were created.
    private long MomentOf(double jobs)
    {
        var next = 1;
        while (next < _createdBefore.Count - 1 && _createdBefore.Values[next] < jobs)
        {
            next++;
        }
        var (from, to) = (_createdBefore.Keys[next - 1], _createdBefore.Keys[next]);
        var (least, most) = (_createdBefore.Values[next - 1], _createdBefore.Values[next]);
        var share = most > least ? (jobs - least) / (most - least) : 0;
        var moment = from + (long)((to - from) * Math.Min(Math.Max(share, 0), 1));
        // A whole second reads better in a log, where that is fine enough.
        var second = moment - (moment % TimeSpan.TicksPerSecond);
        return to - from > TimeSpan.TicksPerMinute && second > from ? second : moment;
    }
}
