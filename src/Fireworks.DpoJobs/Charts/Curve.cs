namespace Fireworks.DpoJobs;

/// <summary>A point of a curve. Y is NaN in a gap.</summary>
internal readonly record struct CurvePoint(double X, double Y)
{
    // Beyond this, differences of two values overflow.
    private const double MaxMagnitude = 1e300;

    /// <summary>Whether the point has a value: neither NaN nor infinite.</summary>
    public bool HasValue => Math.Abs(Y) < MaxMagnitude;
}

/// <summary>A curve of a chart: points in ascending order of X, with a name.</summary>
/// <param name="name">The name for legends. Empty for none.</param>
/// <param name="points">The points.</param>
internal sealed class Curve(string name, IReadOnlyList<CurvePoint> points)
{
    public string Name { get; } = name;

    public IReadOnlyList<CurvePoint> Points { get; } = points;

    /// <summary>The points that have a value.</summary>
    public IEnumerable<CurvePoint> Values => Points.Where(point => point.HasValue);

    /// <summary>
    /// Smooths the curve: an exponential moving average whose start is corrected, so that the first points are not drawn to zero.
    /// Gaps stay gaps.
    /// </summary>
    /// <param name="weight">The weight of the previous value, from 0 (no smoothing) to less than 1.</param>
    public Curve Smooth(double weight)
    {
        if (weight == 0)
        {
            return this;
        }
        var smoothed = new List<CurvePoint>(Points.Count);
        var (average, correction) = (0.0, 1.0);
        foreach (var point in Points)
        {
            if (point.HasValue)
            {
                average = (average * weight) + ((1 - weight) * point.Y);
                correction *= weight;
                smoothed.Add(point with { Y = average / (1 - correction) });
            }
            else
            {
                smoothed.Add(point);
            }
        }
        return new Curve(Name, smoothed);
    }

    /// <summary>
    /// Reduces the number of points, and keeps the extremes: of each group of neighbors, the lowest and the highest point.
    /// </summary>
    /// <param name="maxPoints">The number of points to keep at most. At least 4.</param>
    public Curve Reduce(int maxPoints)
    {
        if (Points.Count <= maxPoints)
        {
            return this;
        }
        // The first and the last point are always kept.
        var groups = (maxPoints - 2) / 2;
        var inner = Points.Count - 2;
        var kept = new List<CurvePoint>(maxPoints) { Points[0] };
        for (var group = 0; group < groups; group++)
        {
            var start = 1 + (int)((long)inner * group / groups);
            var end = 1 + (int)((long)inner * (group + 1) / groups);
            AddExtremes(kept, start, end);
        }
        kept.Add(Points[Points.Count - 1]);
        return new Curve(Name, kept);
    }

    private void AddExtremes(List<CurvePoint> kept, int start, int end)
    {
        var (lowest, highest) = (-1, -1);
        for (var i = start; i < end; i++)
        {
            if (Points[i].HasValue)
            {
                lowest = lowest < 0 || Points[i].Y < Points[lowest].Y ? i : lowest;
                highest = highest < 0 || Points[i].Y > Points[highest].Y ? i : highest;
            }
        }
        if (lowest < 0)
        {
            kept.Add(Points[start]);
            return;
        }
        kept.Add(Points[Math.Min(lowest, highest)]);
        if (lowest != highest)
        {
            kept.Add(Points[Math.Max(lowest, highest)]);
        }
    }
}
