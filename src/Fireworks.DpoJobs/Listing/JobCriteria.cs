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
    public FilterNode? ToFilter() =>
        FilterBuilder.All(new[] { StateFilter.AnyOf(States), Created.ToFilter() }.OfType<FilterNode>());

    /// <summary>Whether deleted jobs are selected by their state. Then <see cref="States"/> is only checked locally.</summary>
    public bool SelectsDeleted => States.Any(JobStates.IsDeleted);

    public bool Matches(DpoJob job) =>
        (States.Count == 0 || (job.StateText is { } state && IsAccepted(state))) && Created.Contains(job);

    /// <summary>The job properties that <see cref="Matches"/> reads.</summary>
    public IReadOnlyList<string> Properties =>
        [
            .. States.Count > 0 ? [nameof(DpoJob.State)] : Array.Empty<string>(),
            .. Created is { From: null, Before: null } ? Array.Empty<string>() : [nameof(DpoJob.CreateTime)],
        ];

    // The service shows a deleted job in the other of the two states than it stores.
    private bool IsAccepted(string state) => States.Contains(state) || (SelectsDeleted && JobStates.IsDeleted(state));
}

/// <summary>A half-open range of creation times. Adjacent ranges neither share nor miss a job.</summary>
/// <param name="From">The first moment in the range. Null when it has no start.</param>
/// <param name="Before">The first moment after the range. Null when it has no end.</param>
internal sealed record CreateTimeRange(DateTimeOffset? From, DateTimeOffset? Before)
{
    /// <summary>A filter that all jobs in the range pass; no others, if its ends are whole seconds. Null when it has no ends.</summary>
    public FilterNode? ToFilter()
    {
        var start = From is { } from ? Compare(FilterComparator.GreaterOrEqual, from) : null;
        var end = Before is { } before ? Compare(FilterComparator.Less, before) : null;
        return FilterBuilder.All(new[] { start, end }.OfType<FilterNode>());
    }

    /// <summary>Whether a job was created in the range. False for a job without a creation time if the range has a start or an end.</summary>
    public bool Contains(DpoJob job) =>
        (From is not { } from || job.CreateTime >= from) && (Before is not { } before || job.CreateTime < before);

    private static FilterNode? Compare(FilterComparator comparator, DateTimeOffset time) =>
        TimeFilter.Compare("create_time", comparator, time);
}
