namespace Fireworks.DpoJobs;

/// <summary>A listing that can be read in ranges of creation time.</summary>
internal interface IRangeSource
{
    /// <summary>Whether ranges can be requested. Known after the first page of the listing.</summary>
    bool CanBeSplit { get; }

    /// <summary>The number of requests that the service currently accepts at the same time, as far as it is known.</summary>
    int MaxRequestsInFlight { get; }

    /// <summary>Retrieves a page of the jobs that were created in a range, in the order of the listing.</summary>
    /// <exception cref="FwException">The page could not be retrieved.</exception>
    Task<DpoJobPage> FetchRangeAsync(CreateTimeRange range, string? pageToken);

    /// <summary>Retrieves a page with the newest or the oldest job of the listing, at least with its name and creation time.</summary>
    /// <exception cref="FwException">The page could not be retrieved.</exception>
    Task<DpoJobPage> FetchEndAsync(bool newest);

    /// <summary>
    /// Retrieves the pages of the rest of a range after a job, with tokens of its own. Null when that cannot be expressed as a
    /// filter.
    /// </summary>
    Func<string?, Task<DpoJobPage>>? RestOf(CreateTimeRange? range, DpoJob last);

    /// <summary>Waits before a request, because the service has sent a number of empty pages in a row.</summary>
    Task PauseAsync(int emptyPages);

    /// <summary>The request for a page of a range, without the API key.</summary>
    string DescribeRange(CreateTimeRange range, string? pageToken);

    /// <summary>Where the listing continues after a job. Null when that cannot be expressed as a filter.</summary>
    ResumePoint? FindResumePoint(DpoJob last, ListingOrder order);
}

/// <summary>
/// Reads the first page of a large listing, then the rest in parallel, in ranges of creation time. Continues page by page where
/// ranges would not yield the same listing.
/// </summary>
internal sealed class ParallelPager(
    SequentialPager pages,
    IRangeSource source,
    ListingOrder order,
    int pageSize,
    int throttleLimit,
    IClientLog log
) : IDpoJobPager
{
    // Planning the ranges takes as long as reading two pages.
    private const int MinPages = 6;
    private const int MinPagesPerRange = 2;
    private const int FewRanges = 8;
    private const int PagesPerFurtherRange = 16;

    private RangePlanner? _planner;
    private Task<IReadOnlyList<RangeReader>?>? _plan;
    private RangeMerger? _merger;
    private DpoJob? _last;
    private bool _isDone;

    public bool HasMore => !_isDone && (_merger is null ? pages.HasMore : pages.Limiter.Remaining != 0);

    public ResumePoint? ResumePoint =>
        _merger is null ? pages.ResumePoint
        : _merger.IsLoop || _last is null ? null
        : source.FindResumePoint(_last, order);

    public bool MayHaveSkipped => pages.MayHaveSkipped || _merger?.MayHaveSkipped == true;

    public long Received => pages.Limiter.Received;

    public long Missing =>
        _merger is null ? pages.Missing
        : _isDone && _merger.Total is { } total ? Math.Max(0, total - pages.Limiter.Received)
        : 0;

    public bool IsTokenRejected => _merger is null && pages.IsTokenRejected;

    public async Task<DpoJobPage> ReadPageAsync()
    {
        if (!pages.HasRead)
        {
            var first = await pages.ReadPageAsync().ConfigureAwait(false);
            _planner = CreatePlanner(first);
            return RememberLast(first);
        }
        ReadAhead();
        if (_plan is { } plan)
        {
            _plan = null;
            if (await plan.ConfigureAwait(false) is { } ranges)
            {
                _merger = new RangeMerger(ranges, order, pageSize, log);
            }
        }
        if (_merger is null)
        {
            return await pages.ReadPageAsync().ConfigureAwait(false);
        }
        var jobs = await _merger.ReadAsync(pages.Limiter.Remaining).ConfigureAwait(false);
        _isDone = jobs.Count == 0;
        return RememberLast(new DpoJobPage { Jobs = pages.Limiter.Take(jobs) });
    }

    public void ReadAhead()
    {
        if (_planner is { } planner)
        {
            _planner = null;
            _plan = planner.PlanAsync();
            _plan.Observe();
        }
        else if (_plan is null && _merger is null)
        {
            pages.ReadAhead();
        }
    }

    private DpoJobPage RememberLast(DpoJobPage page)
    {
        _last = page.Jobs.Count > 0 ? page.Jobs[page.Jobs.Count - 1] : _last;
        return page;
    }

    // Null when the listing cannot be split, or need not be.
    private RangePlanner? CreatePlanner(DpoJobPage first)
    {
        if (!pages.HasMore)
        {
            return null;
        }
        var pageCount = Math.Min(first.TotalSize ?? 0, pages.Limiter.Remaining ?? long.MaxValue) / pageSize;
        var maxRanges = first.MemorySize > 0 ? RangeMerger.MaxBufferedSize / first.MemorySize : throttleLimit;
        var reason =
            first.TotalSize is null ? "the service does not report the number of jobs"
            : pageCount < MinPages ? "the listing is short"
            : !source.CanBeSplit ? "the filter cannot be joined with a range of creation time"
            : first.Jobs.Any(job => job?.Name is null) ? "jobs without a name cannot be distinguished"
            : maxRanges < 2 ? "a page takes too much memory; a smaller -PageSize would help"
            : null;
        if (reason is not null)
        {
            log.Verbose($"Reading pages sequentially: {reason}.");
            return null;
        }
        // Each range costs about one more request. Where the service limits the rate of requests, many small ranges would
        // therefore take longer than a single chain of pages.
        var mostRanges = Math.Min(pageCount / MinPagesPerRange, Math.Max(FewRanges, pageCount / PagesPerFurtherRange));
        var rangeCount = (int)
            Math.Min(Math.Min(throttleLimit, maxRanges), Math.Min(source.MaxRequestsInFlight, mostRanges));
        if (rangeCount == 1)
        {
            log.Verbose("Reading pages sequentially: the service limits the rate of requests.");
            return null;
        }
        return new RangePlanner(source, order, first, rangeCount, log);
    }
}
