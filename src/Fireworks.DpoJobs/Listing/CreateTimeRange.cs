using System;
using System.Collections.Generic;

namespace Fireworks.DpoJobs;

/// <summary>A half-open range of creation times. Adjacent ranges neither share nor miss a job.</summary>
/// <param name="From">The first moment in the range. Null when it has no start.</param>
/// <param name="Before">The first moment after the range. Null when it has no end.</param>
internal sealed record CreateTimeRange(DateTimeOffset? From, DateTimeOffset? Before)
{
    private const string CreateTime = "create_time";

    /// <summary>The range as a filter. Null when it includes all times.</summary>
    public FilterNode? ToFilter()
    {
        var parts = new List<FilterNode>();
        if (From is { } from)
        {
            parts.Add(
                FilterBuilder.Compare(CreateTime, FilterComparator.GreaterOrEqual, FilterBuilder.Timestamp(from))
            );
        }
        if (Before is { } before)
        {
            parts.Add(FilterBuilder.Compare(CreateTime, FilterComparator.Less, FilterBuilder.Timestamp(before)));
        }
        return FilterBuilder.All(parts);
    }

    /// <summary>Whether a job was created in the range. False for a job without a creation time if the range has a start or an end.</summary>
    public bool Contains(DpoJob job) =>
        (From is not { } from || job.CreateTime >= from) && (Before is not { } before || job.CreateTime < before);
}
