using System.Globalization;

namespace Fireworks.DpoJobs;

/// <summary>
/// The parameters of a listing (reference page "List Dpo Jobs"), without the page token. They are the same for every page: the
/// service rejects a page token with other parameters.
/// </summary>
internal sealed record ListDpoJobsRequest(string AccountId)
{
    /// <summary>The largest page size; the service reduces larger numbers to it.</summary>
    public const int MaximumPageSize = 200;

    /// <summary>An AIP-160 filter, sent unchanged. Null for none.</summary>
    public string? Filter { get; init; }

    /// <summary>The fields to order by, in the spelling of the wire. Null for the service's default, by name.</summary>
    public string? OrderBy { get; init; }

    /// <summary>The fields to return, in the spelling of the wire. Null for all.</summary>
    public string? ReadMask { get; init; }

    /// <summary>The number of jobs on a page, 1 to 200. Null for the service's default of 50.</summary>
    public int? PageSize { get; init; }

    /// <summary>Whether to include deleted jobs that the service still retains (OpenAPI 5.10.0).</summary>
    public bool IncludeArchived { get; init; }

    /// <summary>The query parameters of one page, in a fixed order. Those that are not set have no value.</summary>
    /// <param name="pageToken">The token of the page. Null for the first.</param>
    public IEnumerable<KeyValuePair<string, string?>> ToQuery(string? pageToken) =>
        [
            new("pageSize", PageSize?.ToString(CultureInfo.InvariantCulture)),
            new("filter", Filter),
            new("orderBy", OrderBy),
            new("readMask", ReadMask),
            new("includeArchived", IncludeArchived ? "true" : null),
            new("pageToken", pageToken),
        ];
}
