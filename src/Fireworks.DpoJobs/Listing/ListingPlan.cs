namespace Fireworks.DpoJobs;

/// <summary>What the parameters of a listing ask the service for, and in which way it is read.</summary>
/// <param name="command">Has the parameters.</param>
/// <param name="selection">Which jobs.</param>
internal sealed class ListingPlan(GetFwDpoJobCommand command, JobSelection selection)
{
    private const string AllFields = "*";

    private readonly string? _pageToken = string.IsNullOrEmpty(command.PageToken) ? null : command.PageToken;
    private readonly string? _orderBy = FieldList.ToOrderBy(command.OrderBy);
    private readonly string? _readMask = FieldList.ToReadMask(command.ReadMask);

    /// <summary>Whether the listing begins at its start.</summary>
    public bool IsFromStart => _pageToken is null;

    /// <summary>Jobs on a page, where a page is not cut to what is wanted. Null for the service's default.</summary>
    public int? WholePageSize =>
        command.PageSize > 0 ? command.PageSize
        : command.All || command.First > 0 ? ListQuery.MaximumPageSize
        : null;

    /// <summary>Whether to ask for the next page ahead. What a block makes of a page that may hold all that is wanted is awaited.</summary>
    public bool ReadsAhead => selection.Block is null || !IsOnePage;

    /// <summary>What is asked for, but for the filter.</summary>
    public ListQuery CreateQuery(string accountId) =>
        new(accountId)
        {
            OrderBy = _orderBy,
            ReadMask = FindReadMask(),
            PageSize = IsOnePage ? command.First : WholePageSize,
        };

    /// <summary>What reads the pages.</summary>
    /// <param name="listing">Its requests.</param>
    /// <param name="log">Hears of the way.</param>
    public IDpoJobPager CreatePager(DpoJobListing listing, IClientLog log)
    {
        var hasBlock = selection.Block is not null;
        var sieve = new JobLimiter(selection.Criteria.Matches, command.First > 0 && !hasBlock ? command.First : null);
        var pages = new SequentialPager(
            new PageReader(listing.FetchAsync, _pageToken, listing.Describe),
            sieve,
            listing.PageSize,
            isWholeListing: command.All || (command.First > 0 && hasBlock)
        );
        if (SideBySideOrder is { } order)
        {
            return new ParallelPager(pages, sieve, listing, order, command.ThrottleLimit, log);
        }
        if (command.ThrottleLimit > 1)
        {
            log.Verbose(
                "The pages are read one after the other: side by side are read whole listings by name or by creation time, and the first jobs by name."
            );
        }
        return pages;
    }

    /// <summary>A place in the listing, with all that belongs to its page token, so that it is not refused.</summary>
    public ResumePoint Complete(ResumePoint point, DpoJobListing listing) =>
        point with
        {
            PageSize = listing.PageSize,
            // Where the filter has times, a later run would make another.
            Filter = point.Filter ?? (selection.Filter.HasTimes && !listing.IsFilterRefused ? listing.Filter : null),
            IsFilteredAfterwards = selection.Block is not null,
            ReadMask = point.PageToken is not null && listing.ReadMask != _readMask ? listing.ReadMask : null,
        };

    // Whether the first page of the listing holds all that is wanted.
    private bool IsOnePage => command.First > 0 && command.First <= WholePageSize && selection.IsSentInFull;

    // A page token goes on within a listing. Of jobs by time, the first are in one range; how many pages a block takes, nobody knows.
    private ListingOrder? SideBySideOrder
    {
        get
        {
            var order = command.ThrottleLimit > 1 && IsFromStart ? ListingOrder.Find(_orderBy) : null;
            var isFirstByName = command.First > WholePageSize && selection.Block is null && order?.IsByTime == false;
            return command.All || isFirstByName ? order : null;
        }
    }

    // What is filtered or ordered by here must come along.
    private string? FindReadMask()
    {
        string[] order = SideBySideOrder is null ? [] : [nameof(DpoJob.Name), nameof(DpoJob.CreateTime)];
        return _readMask is null or AllFields ? _readMask
            : selection.ReadsAnyField ? AllFields
            : FieldList.ToReadMask([_readMask, .. selection.Properties, .. order]);
    }
}
