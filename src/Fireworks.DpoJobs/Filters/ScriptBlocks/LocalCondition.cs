namespace Fireworks.DpoJobs;

/// <summary>A part of a script block that the service is not asked for.</summary>
/// <param name="Text">The part, as it is written.</param>
/// <param name="Reason">Why it stays here.</param>
internal sealed record LocalCondition(string Text, string Reason);
