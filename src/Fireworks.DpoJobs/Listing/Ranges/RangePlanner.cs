namespace Fireworks.DpoJobs;

/// <summary>Decides how a listing is read in parallel, after its first page.</summary>
internal sealed class RangePlanner(
    SequentialPager pages,
    IRangeSource source,
    ListingOrder order,
    int pageSize,
    int throttleLimit,
    IClientLog log
)
{
    private const int MinPages = 6;

    // A range costs about half a request, because its last page is not full. Where the service limits the rate of requests, many
    // small ranges would therefore take longer than a single chain of pages.
    private const int MinPagesPerRange = 7;
    private const int MinPagesPerTimeRange = 5;

    // With a limit, at most a tenth more requests.
    private const int MinPagesPerRangeOfFirst = 10;

    private Task<DpoJobPage>? _lastPage;

    /// <summary>
    /// Requests the last page, which shows when the jobs were created, without waiting for it. With a limit, it is not worth a
    /// request.
    /// </summary>
    public void RequestLastPage()
    {
        _lastPage = source.FetchLastAsync(order);
        // After a stop, it is not awaited.
        _lastPage.Observe();
    }

    /// <summary>Why a listing is not read in parallel. Null when it is.</summary>
    public static string? FindObstacle(
        DpoJobPage first,
        IReadOnlyList<DpoJob> jobs,
        int? limit,
        IRangeSource source,
        int pageSize
    ) =>
        first.TotalSize is null ? "the service does not report the number of jobs"
        : Math.Min(first.TotalSize.GetValueOrDefault(), limit ?? long.MaxValue) / pageSize < MinPages
            ? "the listing is short"
        : !source.CanBeSplit ? "the filter cannot be joined with a range of creation time"
        : jobs.Any(job => job?.Name is null) ? "jobs without a name cannot be distinguished"
        : first.MemorySize * 2 > RangeMerger.MaxBufferedSize
            ? "a page takes too much memory; a smaller -PageSize would help"
        : source.MaxRequestsInFlight < 2 ? "the service limits the rate of requests"
        : null;

    /// <summary>Prepares to read the rest of the listing in ranges. Null when they would not yield the same listing.</summary>
    /// <param name="first">The first page, with all jobs that the service sent.</param>
    public async Task<RangeMerger?> PlanAsync(DpoJobPage first)
    {
        DpoJobPage? last = null;
        if (_lastPage is not null)
        {
            try
            {
                last = await ReceiveLastPageAsync(first).ConfigureAwait(false);
            }
            catch (FwException failure)
            {
                return GiveUp(RangeMessages.Describe(failure));
            }
            if (last.TotalSize != first.TotalSize)
            {
                return GiveUp("the account has changed since the first page");
            }
        }
        var limit = pages.Limiter.Remaining;
        var pageCount = Math.Min(first.TotalSize.GetValueOrDefault(), limit ?? long.MaxValue) / pageSize;
        IRangeSplitter? splitter = order.IsByTime
            ? CreateTimeSplitter(first, last, pageCount)
            : CreateNameSplitter(first, last, pageCount);
        if (splitter is null)
        {
            return null;
        }
        var merger = new RangeMerger(splitter, source, order, pageSize, throttleLimit, log);
        merger.Start(limit);
        return merger;
    }

    // Meanwhile, the first page may have shown that the service does not support the filter.
    private async Task<DpoJobPage> ReceiveLastPageAsync(DpoJobPage first)
    {
        try
        {
            var lastPage = _lastPage!;
            var page = await lastPage.ConfigureAwait(false);
            if (page.TotalSize == first.TotalSize)
            {
                return page;
            }
        }
        catch (FwApiException rejection) when (rejection.IsInvalidArgument)
        {
            // It is requested again, as the first page was.
        }
        return await source.FetchLastAsync(order).ConfigureAwait(false);
    }

    private TimeSplitter? CreateTimeSplitter(DpoJobPage first, DpoJobPage? last, long pageCount)
    {
        var (start, end) = (FirstTimeOf(first), last is null ? null : FirstTimeOf(last));
        if (start is null || (last is not null && end is null) || (order.IsDescending ? end > start : end < start))
        {
            GiveUp(RangeMessages.NoTimes);
            return null;
        }
        if (
            end is { } one
            && start is { } other
            && CreationGap.RoundDown(one.UtcTicks) == CreationGap.RoundDown(other.UtcTicks)
        )
        {
            GiveUp(RangeMessages.SameSecond);
            return null;
        }
        var maxRanges = last is null ? 1 + (pageCount / MinPagesPerRangeOfFirst) : pageCount / MinPagesPerTimeRange;
        var endRate = last is null ? null : RangeReader.RateOf(last.Jobs);
        return new TimeSplitter(source, order, Wrap(first), end, endRate, pageSize, Math.Max(2, maxRanges), log);
    }

    private NameSplitter? CreateNameSplitter(DpoJobPage first, DpoJobPage? last, long pageCount)
    {
        if (NameTrend.Find(first, last) is not { } trend)
        {
            GiveUp(RangeMessages.NoTimes);
            return null;
        }
        if (!order.IsOrderOf(first.Jobs))
        {
            GiveUp(RangeMessages.Order);
            return null;
        }
        // Ranges are never exactly equal. With a quarter more ranges than parallel requests, none of them takes too long.
        var count = trend.IsNone ? Math.Min(throttleLimit, source.MaxRequestsInFlight) * 5L / 4 : throttleLimit;
        var maxRanges = Math.Min(count, pageCount / (last is null ? MinPagesPerRangeOfFirst : MinPagesPerRange));
        var maxInMemory = first.MemorySize > 0 ? RangeMerger.MaxBufferedSize / first.MemorySize : long.MaxValue;
        return new NameSplitter(
            source,
            order,
            Wrap(first),
            trend,
            pageSize,
            (int)Math.Min(Math.Max(2, maxRanges), maxInMemory),
            log
        );
    }

    // To be called only when ranges are certain, because it changes how the pages recognize jobs that were read before.
    private RangeReader Wrap(DpoJobPage first) => new(pages.Pages, first);

    private static DateTimeOffset? FirstTimeOf(DpoJobPage page) =>
        page.Jobs.FirstOrDefault(job => job is not null)?.CreateTime;

    private RangeMerger? GiveUp(string reason)
    {
        log.Warning(RangeMessages.Warn(reason));
        return null;
    }
}
