namespace Fireworks.DpoJobs;

/// <summary>A learning rate that falls (<c>lrScheduler.cosine</c>, <c>lrScheduler.linear</c>).</summary>
public sealed class DecaySchedule : ApiObject
{
    /// <summary>The lowest learning rate, as a share of the initial one.</summary>
    public double? MinLrRatio { get; set; }

    /// <summary>The share of the steps over which it falls.</summary>
    public double? DecayRatio { get; set; }
}
