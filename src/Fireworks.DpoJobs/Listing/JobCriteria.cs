namespace Fireworks.DpoJobs;

/// <summary>Selects jobs by state and creation time, both on the service and locally.</summary>
/// <param name="States">The accepted states, in wire form. Empty for all.</param>
/// <param name="CreatedAfter">The earliest creation time. Null for no limit.</param>
/// <param name="CreatedBefore">The first creation time that is too late. Null for no limit.</param>
internal sealed record JobCriteria(
    IReadOnlyList<string> States,
    DateTimeOffset? CreatedAfter,
    DateTimeOffset? CreatedBefore
)
{
    private CreateTimeRange Created { get; } = new(CreatedAfter, CreatedBefore);

    /// <summary>The criteria as a filter. Null when all jobs meet them.</summary>
    public FilterNode? ToFilter()
    {
        var parts = new[] { StateFilter.AnyOf(States), Created.ToFilter() };
        return FilterBuilder.All(parts.OfType<FilterNode>());
    }

    /// <summary>Whether a job meets the criteria.</summary>
    public bool Matches(DpoJob job) =>
        (States.Count == 0 || (job.StateText is { } state && States.Contains(state))) && Created.Contains(job);

    /// <summary>The job properties that <see cref="Matches"/> reads.</summary>
    public IReadOnlyList<string> Properties =>
        [
            .. States.Count > 0 ? [nameof(DpoJob.State)] : Array.Empty<string>(),
            .. Created is { From: null, Before: null } ? Array.Empty<string>() : [nameof(DpoJob.CreateTime)],
        ];
}
