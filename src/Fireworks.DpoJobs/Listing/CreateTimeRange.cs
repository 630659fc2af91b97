using System;
using System.Collections.Generic;

namespace Fireworks.DpoJobs;

/// <summary>A range of creation times, open where it has no end. Ranges that share an end have no job in common and miss none.</summary>
/// <param name="From">The first moment in it. Null for no beginning.</param>
/// <param name="Before">The first moment after it. Null for no end.</param>
internal sealed record CreateTimeRange(DateTimeOffset? From, DateTimeOffset? Before)
{
    private const string CreateTime = "create_time";

    /// <summary>The range as a filter. Null for all time.</summary>
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

    /// <summary>Whether a job was created in it.</summary>
    public bool Contains(DpoJob job) =>
        (From is not { } from || job.CreateTime >= from) && (Before is not { } before || job.CreateTime < before);
}
