namespace Fireworks.DpoJobs;

/// <summary>The distribution of the jobs by creation time, estimated from some of them.</summary>
internal sealed class CreationSample
{
    // The number of jobs between two quantiles of a sample varies by the square root of their number in it.
    private const int JobsPerQuantile = 60;
    private const int MinQuantiles = 4;

    private readonly List<long> _quantiles;

    /// <param name="times">The creation times of at least one job.</param>
    public CreationSample(IEnumerable<DateTimeOffset> times)
    {
        var ticks = times.Select(time => time.UtcTicks).OrderBy(time => time).ToList();
        var count = Math.Max(ticks.Count / JobsPerQuantile, Math.Min(MinQuantiles, ticks.Count - 1));
        _quantiles = [.. Enumerable.Range(0, count + 1).Select(i => ticks[i * (ticks.Count - 1) / Math.Max(1, count)])];
    }

    /// <summary>
    /// Splits all time into ranges with about the same number of jobs each, oldest first. There are fewer ranges when many jobs
    /// were created in the same second. The borders are whole seconds.
    /// </summary>
    public IReadOnlyList<CreateTimeRange> Split(int count)
    {
        var borders = Enumerable
            .Range(1, count - 1)
            .Select(part => FindQuantile((double)part / count))
            .Where(border => border > _quantiles[0])
            .Distinct()
            .Select(border => (DateTimeOffset?)new DateTimeOffset(border, TimeSpan.Zero))
            .ToList();
        return
        [
            .. borders.Prepend(null).Zip(borders.Append(null), (from, before) => new CreateTimeRange(from, before)),
        ];
    }

    private long FindQuantile(double share)
    {
        var position = share * (_quantiles.Count - 1);
        var index = Math.Min((int)position, Math.Max(0, _quantiles.Count - 2));
        var (from, to) = (_quantiles[index], _quantiles[Math.Min(index + 1, _quantiles.Count - 1)]);
        return CreationGap.RoundDown(from + (long)((to - from) * (position - index)));
    }
}
