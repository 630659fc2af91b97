namespace Fireworks.DpoJobs;

/// <summary>
/// The schedule of the learning rate (<c>trainingConfig.lrScheduler</c>; OpenAPI of September 2026, not on the reference
/// pages). Exactly one property is set; <see cref="Cosine"/> and <see cref="Linear"/> require Training V2.
/// </summary>
public sealed class LrScheduler : ApiObject
{
    /// <summary>The learning rate is constant. Null for another schedule.</summary>
    public ConstantSchedule? Constant { get; set; }

    /// <summary>The learning rate decays along a cosine curve. Null for another schedule.</summary>
    public DecaySchedule? Cosine { get; set; }

    /// <summary>The learning rate decays linearly. Null for another schedule.</summary>
    public DecaySchedule? Linear { get; set; }
}
