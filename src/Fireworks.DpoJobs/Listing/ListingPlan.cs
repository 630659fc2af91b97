namespace Fireworks.DpoJobs;

/// <summary>The options of a listing, as the parameters of Get-FwDpoJob describe them. Fields are in wire form.</summary>
internal sealed record ListingOptions(JobSelection Selection)
{
    public bool All { get; init; }
    public int? First { get; init; }
    public int? PageSize { get; init; }
    public string? PageToken { get; init; }
    public string? OrderBy { get; init; }
    public string? ReadMask { get; init; }
    public int ThrottleLimit { get; init; } = 1;
}

/// <summary>How a listing is read: everything that follows from its options, decided once.</summary>
/// <param name="Options">The options.</param>
/// <param name="PageSize">Jobs per page. Null for the service's default.</param>
/// <param name="FullPageSize">Jobs per page once jobs are filtered locally after all, because the service rejected the generated filter.</param>
/// <param name="ReadMask">The fields to request, including those that are read locally. Null for all.</param>
/// <param name="ParallelOrder">The order in which ranges that are read in parallel are merged. Null to read the pages one after another.</param>
/// <param name="ReadsAhead">Whether to request the next page before all jobs of a page have been written.</param>
internal sealed record ListingPlan(
    ListingOptions Options,
    int? PageSize,
    int? FullPageSize,
    string? ReadMask,
    ListingOrder? ParallelOrder,
    bool ReadsAhead
)
{
    private const string AllFields = "*";

    public static ListingPlan Create(ListingOptions options)
    {
        var selection = options.Selection;
        var isComplete = options.All || options.First is not null;
        var fullPageSize = options.PageSize ?? (isComplete ? ListDpoJobsRequest.MaximumPageSize : null);
        var isOnePage = options.First <= fullPageSize && selection.IsFullyPushedDown;

        var order = options is { ThrottleLimit: > 1, PageToken: null } ? ListingOrder.Parse(options.OrderBy) : null;
        // How many pages a script block needs is unknown.
        var isLong = options.All || (options.First > fullPageSize && !selection.HasScriptBlock);
        var parallelOrder = isLong ? order : null;

        // Fields that are checked or merged locally must be part of the response.
        string[] merged = parallelOrder is null ? [] : [nameof(DpoJob.Name), nameof(DpoJob.CreateTime)];
        var readMask =
            options.ReadMask is null or AllFields ? options.ReadMask
            : selection.ReadsAnyField ? AllFields
            : FieldList.ToReadMask([options.ReadMask, .. selection.Properties, .. merged]);

        return new ListingPlan(
            options,
            isOnePage ? options.First : fullPageSize,
            fullPageSize,
            readMask,
            parallelOrder,
            // If the script block accepts all jobs of the page, no other page is needed.
            ReadsAhead: !(isOnePage && selection.HasScriptBlock)
        );
    }
}
