namespace Fireworks.DpoJobs;

/// <summary>
/// Reads the first page of a large listing, then the rest in parallel, in ranges of creation time. Continues page by page where
/// ranges would not yield the same listing.
/// </summary>
/// <param name="pages">The listing page by page. No page is requested before the first <see cref="ReadPageAsync"/>.</param>
/// <param name="limiter">The limiter of <paramref name="pages"/>.</param>
/// <param name="source">The listing by ranges.</param>
/// <param name="order">The order of both.</param>
/// <param name="pageSize">Jobs per page.</param>
/// <param name="throttleLimit">The maximum number of parallel requests.</param>
/// <param name="log">Receives progress messages.</param>
internal sealed class ParallelPager(
    SequentialPager pages,
    JobLimiter limiter,
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

    private RangePlanner? _planner;
    private Task<IReadOnlyList<RangeReader>?>? _plan;
    private RangeMerger? _merger;
    private DpoJob? _last;
    private bool _isDone;

    /// <inheritdoc/>
    public bool HasMore => !_isDone && (_merger is null ? pages.HasMore : limiter.Remaining != 0);

    /// <inheritdoc/>
    public ResumePoint? ResumePoint =>
        _merger is null ? pages.ResumePoint
        : _merger.IsLoop || _last is null ? null
        : source.FindResumePoint(_last, order);

    /// <inheritdoc/>
    public async Task<DpoJobPage> ReadPageAsync()
    {
        if (!pages.HasRead)
        {
            var first = await pages.ReadPageAsync().ConfigureAwait(false);
            _planner = CreatePlanner(first);
            return Remember(first);
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
        var jobs = await _merger.ReadAsync(limiter.Remaining).ConfigureAwait(false);
        _isDone = jobs.Count == 0;
        return Remember(new DpoJobPage { Jobs = limiter.Take(jobs) });
    }

    /// <inheritdoc/>
    public void ReadAhead()
    {
        if (_planner is { } planner)
        {
            _planner = null;
            _plan = planner.PlanAsync();
        }
        else if (_plan is null && _merger is null)
        {
            pages.ReadAhead();
        }
    }

    private DpoJobPage Remember(DpoJobPage page)
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
        var pageCount = Math.Min(first.TotalSize ?? 0, limiter.Remaining ?? long.MaxValue) / pageSize;
        var reason =
            first.TotalSize is null ? "the service does not report the number of jobs"
            : pageCount < MinPages ? "the listing is short"
            : !source.CanBeSplit ? "the filter cannot be joined with a range of creation time"
            : first.Jobs.Any(job => job?.Name is null) ? "jobs without a name cannot be told apart"
            : null;
        if (reason is not null)
        {
            log.Verbose($"Reading pages sequentially: {reason}.");
            return null;
        }
        var rangeCount = (int)Math.Min(throttleLimit, pageCount / MinPagesPerRange);
        return new RangePlanner(source, order, first.TotalSize, rangeCount, log);
    }
}
