namespace Fireworks.DpoJobs;

/// <summary>An order in which ranges of a listing that were read separately can be merged.</summary>
/// <param name="IsByTime">Whether jobs are ordered by creation time, so that ranges of it follow one another. Otherwise by name.</param>
/// <param name="IsDescending">Whether the order is descending.</param>
internal sealed record ListingOrder(bool IsByTime, bool IsDescending)
{
    // A legal name has about 150 characters.
    private const int MaxNameLength = 1000;

    /// <summary>Parses an order in wire form; null means by name. Null when only the service knows how to compare by it.</summary>
    public static ListingOrder? Parse(string? orderBy) =>
        // Names are unique, so fields after one have no effect. Fields after a time only matter within one range.
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

    /// <summary>The opposite order, in wire form.</summary>
    public string Reversed => (IsByTime ? "create_time" : "name") + (IsDescending ? "" : " desc");

    /// <summary>
    /// A filter for the rest of a listing after a job. In an order by time, it includes all jobs created in the same second.
    /// Null when the job lacks the field of the order, or its name is too long for a filter.
    /// </summary>
    public FilterNode? FilterAfter(DpoJob last)
    {
        if (IsByTime)
        {
            var bound = IsDescending ? FilterComparator.LessOrEqual : FilterComparator.GreaterOrEqual;
            return last.CreateTime is { } time ? TimeFilter.Compare("create_time", bound, time) : null;
        }
        var comparator = IsDescending ? FilterComparator.Less : FilterComparator.Greater;
        return last.Name is { Length: <= MaxNameLength } name
            ? FilterBuilder.Compare("name", comparator, FilterBuilder.String(name))
            : null;
    }

    /// <summary>A filter for the rest of a listing from a job on, that job included. Null when it lacks the field of the order.</summary>
    public FilterNode? FilterFrom(DpoJob last)
    {
        if (IsByTime)
        {
            return FilterAfter(last);
        }
        var comparator = IsDescending ? FilterComparator.LessOrEqual : FilterComparator.GreaterOrEqual;
        return last.Name is { } name ? FilterBuilder.Compare("name", comparator, FilterBuilder.String(name)) : null;
    }

    /// <summary>Whether a job may be in the rest of a listing from another job on, as <see cref="FilterFrom"/> selects it.</summary>
    public bool IsNotBefore(DpoJob last, DpoJob job) =>
        !IsByTime ? CompareNames(job.Name, last.Name) >= 0
        : IsDescending ? job.CreateTime - last.CreateTime < TimeSpan.FromSeconds(1)
        : last.CreateTime - job.CreateTime < TimeSpan.FromSeconds(1);

    /// <summary>Whether the names of jobs are in this order. Absent jobs are ignored.</summary>
    public bool IsOrderOf(IEnumerable<DpoJob?> jobs)
    {
        var names = jobs.OfType<DpoJob>().Select(job => job.Name).ToList();
        return Enumerable.Range(1, Math.Max(0, names.Count - 1)).All(i => CompareNames(names[i - 1], names[i]) <= 0);
    }

    /// <summary>Compares two names in this order, by code unit. Null precedes all names in an ascending order.</summary>
    public int CompareNames(string? first, string? second)
    {
        var order = string.CompareOrdinal(first, second);
        return IsDescending ? -order : order;
    }
}
