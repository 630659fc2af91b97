using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>One page of a listing (reference page "List Dpo Jobs", <c>gatewayListDpoJobsResponse</c>).</summary>
public sealed class DpoJobPage : ApiObject
{
    /// <summary>The jobs of this page. May be empty although more pages follow (AIP-158); never <c>null</c>.</summary>
    [JsonPropertyName("dpoJobs")]
    public IReadOnlyList<DpoJob> Jobs
    {
        get;
        set => field = value ?? [];
    } = [];

    /// <summary>What <c>-PageToken</c> takes to get the page after this one. Null on the last page.</summary>
    public string? NextPageToken { get; set; }

    /// <summary>How many jobs the listing has in all. May be an estimate (AIP-158). Null when the service does not say.</summary>
    public long? TotalSize { get; set; }
}
