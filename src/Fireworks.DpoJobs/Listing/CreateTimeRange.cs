namespace Fireworks.DpoJobs;

/// <summary>A half-open range of creation times. Adjacent ranges neither share nor miss a job.</summary>
/// <param name="From">The first moment in the range. Null when it has no start.</param>
/// <param name="Before">The first moment after the range. Null when it has no end.</param>
internal sealed record CreateTimeRange(DateTimeOffset? From, DateTimeOffset? Before)
{
    /// <summary>The range as a filter. Null when it includes all times.</summary>
    public FilterNode? ToFilter() =>
        FilterBuilder.All(
            new[]
            {
                Compare(FilterComparator.GreaterOrEqual, From),
                Compare(FilterComparator.Less, Before),
            }.OfType<FilterNode>()
        );

    /// <summary>Whether a job was created in the range. False for a job without a creation time if the range has a start or an end.</summary>
    public bool Contains(DpoJob job) =>
        (From is not { } from || job.CreateTime >= from) && (Before is not { } before || job.CreateTime < before);

    private static FilterNode? Compare(FilterComparator comparator, DateTimeOffset? time) =>
        time is { } moment ? FilterBuilder.Compare("create_time", comparator, FilterBuilder.Timestamp(moment)) : null;
}
