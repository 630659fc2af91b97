namespace Fireworks.DpoJobs;

/// <summary>An order in which the parts of a listing, each read by itself, can be put together again.</summary>
/// <param name="IsByTime">By creation time first: then the parts, which are ranges of it, follow one another. By name otherwise.</param>
/// <param name="IsDescending">Whether the greatest comes first.</param>
internal sealed record ListingOrder(bool IsByTime, bool IsDescending)
{
    /// <summary>Reads an order in the wire's spelling. Null for one that only the service knows how to compare by.</summary>
    /// <param name="orderBy">The order. Null for the service's default, by name.</param>
    public static ListingOrder? Find(string? orderBy) =>
        // A name stands for itself alone, so what follows it orders nothing; what follows a time orders within one range.
        (orderBy ?? "name")
            .Split(',')[0]
            .Trim() switch
        {
            "name" => new ListingOrder(IsByTime: false, IsDescending: false),
            "name desc" => new ListingOrder(IsByTime: false, IsDescending: true),
            "create_time" => new ListingOrder(IsByTime: true, IsDescending: false),
            "create_time desc" => new ListingOrder(IsByTime: true, IsDescending: true),
            _ => null,
        };

    /// <summary>What is left of a listing after a job, as a filter. By time, jobs of the same moment are in it. Null when that cannot be said.</summary>
    public FilterNode? Rest(DpoJob last) =>
        IsByTime
            ? last.CreateTime is { } time
                ? (
                    IsDescending ? new CreateTimeRange(null, time.AddTicks(1)) : new CreateTimeRange(time, null)
                ).ToFilter()
                : null
            : last.Name is { } name
                ? FilterBuilder.Compare(
                    "name",
                    IsDescending ? FilterComparator.Less : FilterComparator.Greater,
                    FilterBuilder.String(name)
                )
                : null;

    /// <summary>Compares two names in this order, byte by byte.</summary>
    public int CompareNames(string? first, string? second)
    {
        var order = string.CompareOrdinal(first, second);
        return IsDescending ? -order : order;
    }
}
