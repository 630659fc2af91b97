using System.Collections.Generic;

namespace Fireworks.DpoJobs;

/// <summary>What the service can be asked for in place of a script block, or of a part of one.</summary>
/// <param name="Filter">A filter that every job meets for which the part is true. Null for all jobs.</param>
/// <param name="Kept">The parts that the filter leaves out. Empty when it says all.</param>
internal sealed record Translation(FilterNode? Filter, IReadOnlyList<LocalCondition> Kept)
{
    /// <summary>A part that the filter says in full.</summary>
    public static Translation Sent(FilterNode filter) => new(filter, []);

    /// <summary>A part that the service is not asked for.</summary>
    public static Translation Keep(string text, string reason) => new(null, [new LocalCondition(text, reason)]);
}
