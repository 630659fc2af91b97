namespace Fireworks.DpoJobs;

/// <summary>Estimates the creation times of jobs that have not been received.</summary>
/// <param name="Position">The creation time of the last job before them.</param>
/// <param name="Count">The number of jobs until the end.</param>
/// <param name="IsDescending">Whether they are older than those before them.</param>
internal sealed record CreationGap(DateTimeOffset Position, double Count, bool IsDescending)
{
    private const double MaxDeviation = 1.5;
    private const int MaxRatio = 4;

    /// <summary>The creation time of the last job. Null when unknown.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>The number of jobs per tick at the position. Null when unknown.</summary>
    public double? Rate { get; init; }

    /// <summary>The number of jobs per tick at the end. Null when unknown.</summary>
    public double? EndRate { get; init; }

    /// <summary>Whether most jobs were created in a small part of the time.</summary>
    public bool IsSkewed { get; init; }

    /// <summary>The time that separates a number of the jobs from the rest: a whole second. Null when no whole second does.</summary>
    public DateTimeOffset? FindTime(double jobs)
    {
        var span = End is { } end ? Math.Abs((end - Position).Ticks) : (double?)null;
        var average = Count / span;
        var ticks =
            average is null || (IsSkewed && Rate > MaxRatio * average) ? jobs / Rate
            : IsSteady(span.GetValueOrDefault()) ? FindSteadily(jobs, span.GetValueOrDefault())
            : jobs / average;
        var time = Position.UtcTicks + ((IsDescending ? -1 : 1) * ticks);
        return time > 0 && time < DateTimeOffset.MaxValue.UtcTicks && ticks > 0
            ? Check(new DateTimeOffset(RoundDown((long)time), TimeSpan.Zero))
            : null;
    }

    /// <summary>Rounds down to a whole second. A service that stores fewer digits would truncate or round any other border.</summary>
    public static long RoundDown(long ticks) => ticks - (ticks % TimeSpan.TicksPerSecond);

    private DateTimeOffset? Check(DateTimeOffset time) =>
        (IsDescending ? time <= Position && !(time <= End) : time > Position && !(time >= End)) ? time : null;

    // Whether the rate may change evenly from one end to the other.
    private bool IsSteady(double span) =>
        (Rate + EndRate) / 2 * span is { } expected
        && expected < Count * MaxDeviation
        && expected > Count / MaxDeviation;

    private double FindSteadily(double jobs, double span)
    {
        var (rate, endRate) = (Rate.GetValueOrDefault(), EndRate.GetValueOrDefault());
        // The integral of the rate, in shares of the time: rate x + (endRate - rate) x² / 2.
        var share = jobs / Count * (rate + endRate) / 2;
        var growth = (endRate - rate) / 2;
        return span * 2 * share / (rate + Math.Sqrt(Math.Max(0, (rate * rate) + (4 * growth * share))));
    }
}
