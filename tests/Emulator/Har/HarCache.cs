namespace Fireworks.DpoJobs.Emulator.Har;

/// <summary>The use of a cache: none.</summary>
internal sealed record HarCache;
