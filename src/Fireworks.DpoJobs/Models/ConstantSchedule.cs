namespace Fireworks.DpoJobs;

/// <summary>A learning rate that stays as it is (<c>lrScheduler.constant</c>).</summary>
public sealed class ConstantSchedule : ApiObject { }
