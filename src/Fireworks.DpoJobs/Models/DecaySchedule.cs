namespace Fireworks.DpoJobs;

/// <summary>A decaying learning rate (<c>lrScheduler.cosine</c> and <c>lrScheduler.linear</c>; OpenAPI of September 2026).</summary>
public sealed class DecaySchedule : ApiObject
{
    /// <summary>The minimum learning rate as a fraction of the initial one, 0 to 1. Null when not set.</summary>
    public double? MinLrRatio { get; set; }

    /// <summary>The part of the training steps during which the learning rate decays, as a fraction, 0 to 1. Null when not set.</summary>
    public double? DecayRatio { get; set; }
}
