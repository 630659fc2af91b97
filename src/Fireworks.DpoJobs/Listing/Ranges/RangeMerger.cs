namespace Fireworks.DpoJobs;

/// <summary>Divides a listing into ranges while it is read.</summary>
internal interface IRangeSplitter
{
    /// <summary>The ranges that are read. By time, they are in the order of the listing.</summary>
    IReadOnlyList<RangeReader> Ranges { get; }

    /// <summary>Ranges that are to replace others once their first pages have been verified.</summary>
    IReadOnlyList<RangeReader> Pending { get; }

    /// <summary>The number of jobs by which the counts of ranges fell short of the ranges that they replaced.</summary>
    long Missing { get; }

    /// <summary>Verifies what was received, and abandons ranges that would not yield the same listing.</summary>
    /// <param name="lastName">The name of the last job that was returned. Null before the first.</param>
    void Verify(string? lastName);

    /// <summary>Creates further ranges.</summary>
    /// <param name="maxActive">The number of ranges that can be read at the same time.</param>
    /// <param name="maxBuffered">The number of jobs that may be read ahead.</param>
    /// <param name="limit">The number of jobs that are still wanted. Null for all.</param>
    void Split(int maxActive, long maxBuffered, int? limit);

    /// <summary>Whether the next page of a range may have wanted jobs.</summary>
    bool IsNeeded(RangeReader range, int? limit);
}

/// <summary>
/// Reads ranges in parallel and merges their jobs into the order of the listing. Reads ahead until the buffers are full. Not
/// thread-safe.
/// </summary>
internal sealed class RangeMerger(
    IRangeSplitter splitter,
    IRangeSource source,
    ListingOrder order,
    int pageSize,
    int throttleLimit,
    IClientLog log
)
{
    /// <summary>The memory of the pages that may be read ahead in all ranges together, in bytes.</summary>
    public const long MaxBufferedSize = 40L * 1024 * 1024;

    // By name, a page of each range is needed at once, even if the pages grow while the listing is read.
    private const long MaxSize = 2 * MaxBufferedSize;
    private const int MaxBuffered = 40_000;
    private const int MaxBatch = 200;

    // Including those of ranges that were abandoned.
    private readonly List<Task> _requests = [];

    // Without those that ended before, which can be many.
    private List<RangeReader> _unfinished = [.. splitter.Ranges];
    private string? _lastName;
    private bool _isOutOfOrder;

    /// <summary>Whether the failure is a range that would never end.</summary>
    public bool IsLoop { get; private set; }

    public bool MayHaveSkipped => splitter.Ranges.Any(range => range.MayHaveSkipped);

    /// <summary>Whether the listing is read as a whole, without ranges.</summary>
    public bool IsWhole => splitter is { Ranges.Count: 1, Pending.Count: 0 } && splitter.Ranges[0].IsWhole;

    /// <inheritdoc cref="IDpoJobPager.Missing"/>
    public long Missing => splitter.Missing + splitter.Ranges.Sum(range => range.Missing);

    private IEnumerable<RangeReader> All => splitter.Ranges.Concat(splitter.Pending);

    /// <summary>Starts to read ahead.</summary>
    public void Start(int? limit) => Request(limit, FindNext());

    /// <summary>Returns the next jobs, not necessarily as many as the limit. Empty at the end. A null limit requests all jobs.</summary>
    /// <exception cref="FwException">The page with the next job could not be retrieved. All jobs before it have been returned.</exception>
    public async Task<IReadOnlyList<DpoJob>> ReadAsync(int? limit)
    {
        while (true)
        {
            foreach (var received in All.Where(range => range.Requested?.IsCompleted == true).ToList())
            {
                await received.ReceiveAsync().ConfigureAwait(false);
            }
            _requests.RemoveAll(request => request.IsCompleted);
            splitter.Verify(_lastName);
            _unfinished = [.. splitter.Ranges.Where(range => range is not { Buffered: 0, IsAtEnd: true })];
            var jobs = Take();
            var missing = FindNext() is { Buffered: 0 } range ? range : null;
            if (missing?.Failure is null)
            {
                Request(limit - jobs.Count, missing);
            }
            if (jobs.Count > 0 || missing is null)
            {
                return jobs;
            }
            if (missing.Failure is { } failure)
            {
                IsLoop = missing.IsLoop;
                throw failure;
            }
            // Some may have completed meanwhile.
            var requests = All.Select(range => range.Requested).OfType<Task>().Concat(_requests).ToList();
            if (requests.Count == 0)
            {
                throw new FwResponseException(
                    $"The jobs are too large to merge {splitter.Ranges.Count} ranges in {MaxSize / (1024 * 1024)} MiB of memory. "
                        + "Use a smaller -PageSize, or -ThrottleLimit 1."
                )
                {
                    IsTooLarge = true,
                };
            }
            await Task.WhenAny(requests).ConfigureAwait(false);
        }
    }

    private void Request(int? limit, RangeReader? missing)
    {
        if (limit <= 0)
        {
            return;
        }
        var maxRequests = Math.Min(throttleLimit, source.MaxRequestsInFlight);
        var largestPage = All.Max(range => range.LargestPageSize);
        var maxBuffered =
            largestPage > 0 ? Math.Min(MaxBuffered, MaxBufferedSize / largestPage * pageSize) : MaxBuffered;
        splitter.Split(maxRequests, maxBuffered, limit);

        maxBuffered = Math.Min(limit ?? MaxBuffered, MaxBuffered);
        var buffered = All.Sum(range => range.Buffered + (range.Requested is null ? 0 : pageSize));
        var size = All.Sum(range => range.BufferedSize + (range.Requested is null ? 0 : largestPage));
        var candidates = All.Where(range => range.CanRequest && (range == missing || splitter.IsNeeded(range, limit)));
        foreach (var range in Prioritize(candidates, missing).ToList())
        {
            if (_requests.Count >= maxRequests)
            {
                return;
            }
            var isWanted =
                range == missing
                || buffered < maxBuffered
                || (!order.IsByTime && (range.Buffered == 0 || (limit is null && range.Buffered <= pageSize)));
            // The first pages of ranges that are to replace a placeholder are needed when its jobs have been returned.
            var isNeeded = range == missing || (missing?.IsPlaceholder == true && !range.HasRead);
            if (isWanted && size + largestPage <= (isNeeded ? MaxSize : MaxBufferedSize))
            {
                range.Request();
                _requests.Add(range.Requested!);
                buffered += pageSize;
                size += largestPage;
            }
        }
    }

    // By name, the range that runs out of jobs first is the next that is needed.
    private IEnumerable<RangeReader> Prioritize(IEnumerable<RangeReader> candidates, RangeReader? missing) =>
        order.IsByTime
            ? candidates
            : candidates
                .OrderBy(range => range != missing)
                .ThenBy(range => range.Buffered > 0)
                .ThenBy(range => range.LastName, Comparer<string?>.Create(order.CompareNames));

    private List<DpoJob> Take()
    {
        var jobs = new List<DpoJob>(MaxBatch);
        while (jobs.Count < MaxBatch && FindNext() is { Buffered: > 0 } range)
        {
            var job = range.Take();
            CheckOrder(job);
            jobs.Add(job);
        }
        return jobs;
    }

    // By time, ranges follow one another whatever the order within them.
    private void CheckOrder(DpoJob job)
    {
        if (
            !order.IsByTime
            && !IsWhole
            && !_isOutOfOrder
            && _lastName is not null
            && order.CompareNames(job.Name, _lastName) < 0
        )
        {
            _isOutOfOrder = true;
            log.Warning(
                "The service orders names unexpectedly: all jobs are returned, but not exactly in its order. Use -ThrottleLimit 1 to keep its order."
            );
        }
        _lastName = job.Name;
    }

    // The range that has the next job. Its buffer is empty when that job has not been received. Null at the end.
    private RangeReader? FindNext()
    {
        RangeReader? next = null;
        foreach (var range in _unfinished)
        {
            if (range is { Buffered: 0, IsAtEnd: true })
            {
                continue;
            }
            if (range.Buffered == 0 || order.IsByTime)
            {
                return range;
            }
            if (next is null || order.CompareNames(range.Next.Name, next.Next.Name) < 0)
            {
                next = range;
            }
        }
        return next;
    }
}
