using System.Collections.Generic;

namespace Fireworks.DpoJobs.Benchmarks.Baseline;

/// <summary>One page of a listing.</summary>
public sealed record BarePage(IReadOnlyList<BareJob> DpoJobs, string? NextPageToken, int TotalSize);
