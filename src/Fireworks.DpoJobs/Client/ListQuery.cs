using System.Collections.Generic;
using System.Globalization;

namespace Fireworks.DpoJobs;

/// <summary>
/// What a listing asks for (reference page "List Dpo Jobs"). It is the same on every request of the listing: the service
/// refuses a page token whose other parameters changed.
/// </summary>
internal sealed record ListQuery(string AccountId)
{
    /// <summary>The most jobs that the service puts on one page; it coerces larger numbers to this one.</summary>
    public const int MaximumPageSize = 200;

    /// <summary>An AIP-160 filter, sent as it is. Null for none.</summary>
    public string? Filter { get; init; }

    /// <summary>Fields to order by, in the wire's spelling. Null for the service's default, by name.</summary>
    public string? OrderBy { get; init; }

    /// <summary>Fields to return, in the wire's spelling. Null for all.</summary>
    public string? ReadMask { get; init; }

    /// <summary>Jobs on a page, 1 to 200. Null for the service's default of 50.</summary>
    public int? PageSize { get; init; }

    /// <summary>The query parameters of one request, in a fixed order, without those that are not set.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Parameters(string? pageToken) =>
        [
            new("pageSize", PageSize?.ToString(CultureInfo.InvariantCulture)),
            new("filter", Filter),
            new("orderBy", OrderBy),
            new("readMask", ReadMask),
            new("pageToken", pageToken),
        ];
}
