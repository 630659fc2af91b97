namespace Fireworks.DpoJobs;

/// <summary>
/// How the learning rate moves over the training: one of the three is not null (later OpenAPI of the service; not on
/// the reference pages).
/// </summary>
public sealed class LrScheduler : ApiObject
{
    /// <summary>The learning rate stays as it is. Has no settings.</summary>
    public ConstantSchedule? Constant { get; set; }

    /// <summary>The learning rate falls along a cosine.</summary>
    public DecaySchedule? Cosine { get; set; }

    /// <summary>The learning rate falls along a line.</summary>
    public DecaySchedule? Linear { get; set; }
}
