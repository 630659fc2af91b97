namespace Fireworks.DpoJobs;

/// <summary>Reads the pages of one range, and buffers its jobs. Not thread-safe.</summary>
internal sealed class RangeReader
{
    private readonly SeenNames _names = new();
    private readonly PageReader _pages;
    private readonly Queue<(DpoJob Job, long Size)> _buffer = new();

    public RangeReader(IRangeSource source, CreateTimeRange range) =>
        _pages = new PageReader(
            token => source.FetchRangeAsync(range, token),
            token => source.DescribeRange(range, token),
            hasRead: _names.Contains,
            restAfter: last => source.RestOf(range, last),
            pause: source.PauseAsync
        );

    public bool MayHaveSkipped => _pages.MayHaveSkipped;

    /// <inheritdoc cref="PageReader.Total"/>
    public long? Total => _pages.Total;

    /// <summary>The requested page. Null when none is requested.</summary>
    public Task<DpoJobPage>? Requested { get; private set; }

    public bool IsAtEnd => _pages.IsAtEnd && Requested is null;

    /// <summary>Whether the next page has already been read, so that the range would never end.</summary>
    public bool IsLoop => _pages.IsLoop;

    /// <summary>Why the next page could not be retrieved. Null when nothing failed.</summary>
    public FwException? Failure { get; private set; }

    public int Buffered => _buffer.Count;

    /// <summary>The memory of the buffered jobs, in bytes.</summary>
    public long BufferedSize { get; private set; }

    /// <summary>The memory of the largest page so far, in bytes. 0 before the first page.</summary>
    public long LargestPageSize { get; private set; }

    /// <summary>The next job. Only if a job is buffered.</summary>
    public DpoJob Next => _buffer.Peek().Job;

    /// <summary>Whether a page can be requested.</summary>
    public bool CanRequest => !_pages.IsAtEnd && Requested is null && Failure is null;

    /// <summary>Requests the next page. Only if <see cref="CanRequest"/> is true.</summary>
    public void Request()
    {
        Requested = _pages.ReadPageAsync();
        // After a stop, nobody waits for it.
        Requested.Observe();
    }

    /// <summary>Buffers the requested page. Stores a failure until the page is needed.</summary>
    public async Task ReceiveAsync()
    {
        try
        {
            await ReceivePageAsync().ConfigureAwait(false);
        }
        catch (FwException failure)
        {
            Failure = failure;
        }
    }

    /// <summary>Buffers the requested page.</summary>
    /// <exception cref="FwException">The page could not be retrieved.</exception>
    public async Task<DpoJobPage> ReceivePageAsync()
    {
        var requested = Requested!;
        Requested = null;
        var page = await requested.ConfigureAwait(false);
        LargestPageSize = Math.Max(LargestPageSize, page.MemorySize);
        var jobSize = page.MemorySize / Math.Max(1, page.Jobs.Count);
        foreach (var job in page.Jobs.Where(job => job is not null && (job.Name is null || _names.Add(job.Name))))
        {
            _buffer.Enqueue((job, jobSize));
            BufferedSize += jobSize;
        }
        return page;
    }

    /// <summary>Removes the next job from the buffer. Only if a job is buffered.</summary>
    public DpoJob Take()
    {
        var (job, size) = _buffer.Dequeue();
        BufferedSize -= size;
        return job;
    }
}
