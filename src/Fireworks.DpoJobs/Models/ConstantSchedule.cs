namespace Fireworks.DpoJobs;

/// <summary>A constant learning rate (<c>lrScheduler.constant</c>; OpenAPI of September 2026). It has no settings.</summary>
public sealed class ConstantSchedule : ApiObject { }
