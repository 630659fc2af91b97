using System;
using System.Collections.Generic;
using System.Linq;

namespace Fireworks.DpoJobs;

/// <summary>Which jobs are asked for by state and age: what the service is asked for, and what its answer is held against.</summary>
/// <param name="States">The states to take, in the wire's spelling. Empty for any.</param>
/// <param name="CreatedAfter">Created at this time or later. Null for any.</param>
/// <param name="CreatedBefore">Created earlier than this time. Null for any.</param>
internal sealed record JobCriteria(
    IReadOnlyList<string> States,
    DateTimeOffset? CreatedAfter,
    DateTimeOffset? CreatedBefore
)
{
    private CreateTimeRange Created { get; } = new(CreatedAfter, CreatedBefore);

    /// <summary>The criteria as a filter. Null when there are none, or none that the service can be asked for.</summary>
    public FilterNode? ToFilter()
    {
        var parts = new[] { StateFilter.AnyOf(States), Created.ToFilter() };
        return FilterBuilder.All(parts.OfType<FilterNode>());
    }

    /// <summary>Whether a job meets them.</summary>
    public bool Matches(DpoJob job) =>
        (States.Count == 0 || (job.StateText is { } state && States.Contains(state))) && Created.Contains(job);

    /// <summary>The properties of a job that they look at.</summary>
    public IEnumerable<string> Properties
    {
        get
        {
            if (States.Count > 0)
            {
                yield return nameof(DpoJob.State);
            }
            if (CreatedAfter is not null || CreatedBefore is not null)
            {
                yield return nameof(DpoJob.CreateTime);
            }
        }
    }
}
