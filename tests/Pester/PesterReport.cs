using System.Collections.Generic;
using Fireworks.DpoJobs.Programs;

namespace Fireworks.DpoJobs.Pester;

/// <summary>What Invoke-Suite.ps1 writes.</summary>
/// <param name="SkipReason">Why the suite could not run at all. Null when it ran.</param>
/// <param name="Tests">Every test of the suite.</param>
public sealed record PesterReport(string? SkipReason, IReadOnlyList<ReportedTest> Tests);
