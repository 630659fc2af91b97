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

    /// <summary>Retrieves the last page of the listing, from its end, at least with the names and creation times of the jobs.</summary>
    /// <exception cref="FwException">The page could not be retrieved.</exception>
    Task<DpoJobPage> FetchLastAsync(ListingOrder order);

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
    private readonly RangePlanner _planner = new(pages, source, order, pageSize, throttleLimit, log);
    private DpoJobPage? _first;
    private Task<RangeMerger?>? _plan;
    private RangeMerger? _merger;
    private DpoJob? _last;
    private bool _isDone;

    public bool HasMore => !_isDone && (_merger is null ? pages.HasMore : pages.Limiter.Remaining != 0);

    public ResumePoint? ResumePoint =>
        _merger is null || _merger.IsWhole ? pages.ResumePoint
        : _merger.IsLoop || _last is null ? null
        : source.FindResumePoint(_last, order);

    public bool MayHaveSkipped => pages.MayHaveSkipped || _merger?.MayHaveSkipped == true;

    public long Received => pages.Limiter.Received;

    public long Missing =>
        _merger is null ? pages.Missing
        : _isDone ? _merger.Missing
        : 0;

    public bool IsTokenRejected => (_merger is null || _merger.IsWhole) && pages.IsTokenRejected;

    public async Task<DpoJobPage> ReadPageAsync()
    {
        if (!pages.HasRead)
        {
            return RememberLast(await ReadFirstPageAsync().ConfigureAwait(false));
        }
        ReadAhead();
        if (_plan is { } plan)
        {
            _plan = null;
            _merger = await plan.ConfigureAwait(false);
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
        if (_first is { } first)
        {
            _first = null;
            _plan = _planner.PlanAsync(first);
            _plan.Observe();
        }
        else if (_plan is null && _merger is null)
        {
            pages.ReadAhead();
        }
    }

    private async Task<DpoJobPage> ReadFirstPageAsync()
    {
        var reading = pages.Pages.ReadPageAsync();
        if (pages.Limiter.Remaining is null)
        {
            _planner.RequestLastPage();
        }
        var page = await reading.ConfigureAwait(false);
        var jobs = page.Jobs;
        page.Jobs = pages.Limiter.Take(jobs);
        if (
            pages.HasMore
            && RangePlanner.FindObstacle(page, jobs, pages.Limiter.Remaining, source, pageSize) is { } obstacle
        )
        {
            log.Verbose($"Reading pages sequentially: {obstacle}.");
        }
        else if (pages.HasMore)
        {
            _first = new DpoJobPage
            {
                Jobs = jobs,
                TotalSize = page.TotalSize,
                MemorySize = page.MemorySize,
            };
        }
        return page;
    }

    private DpoJobPage RememberLast(DpoJobPage page)
    {
        _last = page.Jobs.Count > 0 ? page.Jobs[page.Jobs.Count - 1] : _last;
        return page;
    }
}
