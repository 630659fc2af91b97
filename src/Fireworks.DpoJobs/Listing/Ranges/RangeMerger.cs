namespace Fireworks.DpoJobs;

/// <summary>
/// Reads ranges in parallel and merges their jobs into the order of the listing. Each range is read at least one page ahead,
/// and further until the buffers are full. The ranges are in the order of the listing, each with its first page. Not
/// thread-safe.
/// </summary>
internal sealed class RangeMerger(IReadOnlyList<RangeReader> ranges, ListingOrder order, int pageSize, IClientLog log)
{
    /// <summary>The memory of the pages that may be read ahead in all ranges together, in bytes.</summary>
    public const long MaxBufferedSize = 40L * 1024 * 1024;

    // By name, a page of each range is needed at once, even if the pages grow while the listing is read.
    private const long MaxSize = 2 * MaxBufferedSize;
    private const int MaxBuffered = 25_600;
    private const int MaxBatch = 200;

    private string? _lastName;
    private bool _isOutOfOrder;

    /// <summary>Whether the failure is a range that would never end.</summary>
    public bool IsLoop { get; private set; }

    public bool MayHaveSkipped => ranges.Any(range => range.MayHaveSkipped);

    /// <summary>The number of jobs that the service counted in all ranges. Null when it did not count them.</summary>
    public long? Total => ranges.All(range => range.Total is not null) ? ranges.Sum(range => range.Total) : null;

    /// <summary>Returns the next jobs, not necessarily as many as the limit. Empty at the end. A null limit requests all jobs.</summary>
    /// <exception cref="FwException">The page with the next job could not be retrieved. All jobs before it have been returned.</exception>
    public async Task<IReadOnlyList<DpoJob>> ReadAsync(int? limit)
    {
        while (true)
        {
            foreach (var received in ranges.Where(range => range.Requested?.IsCompleted == true))
            {
                await received.ReceiveAsync().ConfigureAwait(false);
            }
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
            if (missing.Requested is null)
            {
                throw new FwResponseException(
                    $"The jobs are too large to merge {ranges.Count} ranges in {MaxSize / (1024 * 1024)} MiB of memory. "
                        + "Use a smaller -PageSize, or -ThrottleLimit 1."
                )
                {
                    IsTooLarge = true,
                };
            }
            await Task.WhenAny(ranges.Select(range => range.Requested).OfType<Task>()).ConfigureAwait(false);
        }
    }

    private void Request(int? limit, RangeReader? missing)
    {
        if (limit <= 0)
        {
            return;
        }
        var maxBuffered = Math.Min(limit ?? MaxBuffered, MaxBuffered);
        var buffered = ranges.Sum(range => range.Buffered + (range.Requested is null ? 0 : pageSize));
        var largestPage = ranges.Max(range => range.LargestPageSize);
        var size = ranges.Sum(range => range.BufferedSize + (range.Requested is null ? 0 : largestPage));
        foreach (var range in ranges.Where(range => range.CanRequest))
        {
            var isWanted =
                range.Buffered == 0 || (limit is null && range.Buffered <= pageSize) || buffered < maxBuffered;
            if (isWanted && size + largestPage <= (range == missing ? MaxSize : MaxBufferedSize))
            {
                range.Request();
                buffered += pageSize;
                size += largestPage;
            }
        }
    }

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
        if (!order.IsByTime && !_isOutOfOrder && _lastName is not null && order.CompareNames(job.Name, _lastName) < 0)
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
        foreach (var range in ranges)
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
