namespace Fireworks.DpoJobs;

/// <summary>Reads the pages of one range, or of a whole listing, and buffers its jobs. Not thread-safe.</summary>
internal sealed class RangeReader
{
    private readonly CreateTimeRange _filter;
    private readonly SeenNames _names;
    private readonly PageReader _pages;
    private readonly Queue<(DpoJob Job, long Size)> _buffer = new();

    // Received jobs after the end of Range.
    private List<(DpoJob Job, long Size)> _beyond = [];

    /// <summary>Reads the jobs that were created in a range.</summary>
    public RangeReader(IRangeSource source, CreateTimeRange range)
    {
        _filter = Range = range;
        _names = new SeenNames(SeenNames.FewBuckets);
        _pages = new PageReader(
            token => source.FetchRangeAsync(range, token),
            token => source.DescribeRange(range, token),
            hasRead: _names.Contains,
            restAfter: last => source.RestOf(range, last),
            pause: source.PauseAsync
        );
    }

    /// <summary>Reads a whole listing after its first page, whose jobs have been written.</summary>
    public RangeReader(PageReader pages, DpoJobPage first)
    {
        _filter = Range = new CreateTimeRange(null, null);
        _names = new SeenNames();
        _pages = pages;
        pages.RecognizeWith(_names.Contains);
        Add(first, isWritten: true);
    }

    /// <summary>The part of the range to read, until a reader that was created later continues.</summary>
    public CreateTimeRange Range { get; private set; }

    /// <summary>Whether this is the whole listing.</summary>
    public bool IsWhole => _filter is { From: null, Before: null };

    /// <summary>The number of jobs of the listing before this range, in its order. Estimated until the first page is received.</summary>
    public long Start { get; set; }

    /// <summary>The estimated number of jobs in this range when it was created. Null when it has no end yet.</summary>
    public double? EstimatedSize { get; set; }

    /// <summary>Whether only the first page is read, because other readers are to replace this one.</summary>
    public bool IsPlaceholder { get; set; }

    public bool HasRead { get; private set; }

    public bool MayHaveSkipped => _pages.MayHaveSkipped;

    /// <summary>The number of jobs that the service counted with the first page, also beyond <see cref="Range"/>. Null when it did not.</summary>
    public long? FirstTotal { get; private set; }

    /// <summary>The number of jobs that the service counted with the last page.</summary>
    public long? LastTotal { get; private set; }

    /// <summary>Whether jobs were created or deleted while the range was read.</summary>
    public bool HasChanged => FirstTotal != LastTotal;

    /// <summary>
    /// The number of jobs that the service counted but did not send, at the end of the range. 0 when none are missing, when the
    /// number is unknown, and when another reader continues this one.
    /// </summary>
    public long Missing => !IsFinished && LeastTotal is { } least && least > Received ? least - Received : 0;

    /// <summary>The number of different jobs in the range that have been received.</summary>
    public long Received { get; private set; }

    /// <summary>The creation time of the last job on the last page. Null when unknown.</summary>
    public DateTimeOffset? LastTime { get; private set; }

    /// <summary>The number of jobs per tick at the end of the last page. Null when unknown.</summary>
    public double? LastRate { get; private set; }

    /// <summary>The number of jobs per tick on the first page. Null when unknown.</summary>
    public double? FirstRate { get; private set; }

    /// <summary>The number of jobs per tick on a page. Null when unknown.</summary>
    public static double? RateOf(IReadOnlyList<DpoJob?> jobs) =>
        jobs.Count > 1 && (jobs[jobs.Count - 1]?.CreateTime - jobs[0]?.CreateTime)?.Ticks is { } ticks and not 0
            ? (jobs.Count - 1.0) / Math.Abs(ticks)
            : null;

    /// <summary>Whether a received job was not created in the requested range.</summary>
    public bool HasStrayJobs { get; private set; }

    /// <summary>Whether the buffered jobs are not ordered as requested.</summary>
    public bool IsOutOfOrder(ListingOrder order) => !order.IsOrderOf(_buffer.Select(buffered => buffered.Job));

    /// <summary>The requested page. Null when none is requested.</summary>
    public Task<DpoJobPage>? Requested { get; private set; }

    /// <summary>Whether another reader continues this one.</summary>
    public bool IsFinished { get; private set; }

    public bool IsAtEnd => Requested is null && Failure is null && (IsFinished || (_pages.IsAtEnd && !IsPartial));

    /// <summary>Whether all jobs in the range have been received, if the reader that continues begins where it should.</summary>
    public bool IsAtBorder => IsPartial && !IsFinished && (_beyond.Count > 0 || (_pages.IsAtEnd && Requested is null));

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

    /// <summary>The name of the last job that was buffered. Null for none.</summary>
    public string? LastName { get; private set; }

    /// <summary>Whether a page can be requested.</summary>
    public bool CanRequest =>
        !_pages.IsAtEnd
        && Requested is null
        && Failure is null
        && _beyond.Count == 0
        && !IsFinished
        && !(IsPlaceholder && HasRead);

    // Whether this reader stops before the end of the range that it requests.
    private bool IsPartial => Range != _filter;

    // Null when the service did not count the jobs for every page.
    private long? LeastTotal => _pages.Total is { } total && FirstTotal is { } first ? Math.Min(total, first) : null;

    /// <summary>Requests the next page. Only if <see cref="CanRequest"/> is true.</summary>
    public void Request()
    {
        Requested = _pages.ReadPageAsync();
        // After a stop, it is not awaited.
        Requested.Observe();
    }

    /// <summary>Buffers the requested page. Stores a failure until the page is needed.</summary>
    public async Task ReceiveAsync()
    {
        var requested = Requested!;
        Requested = null;
        try
        {
            Add(await requested.ConfigureAwait(false), isWritten: false);
        }
        catch (FwException failure)
        {
            Failure = failure;
        }
    }

    /// <summary>Removes the next job from the buffer. Only if a job is buffered.</summary>
    public DpoJob Take()
    {
        var (job, size) = _buffer.Dequeue();
        BufferedSize -= size;
        return job;
    }

    /// <summary>Whether a job has been received, in the range or beyond it.</summary>
    public bool HasReceived(DpoJob job) => job.Name is { } name && _names.Contains(name);

    /// <summary>Changes the part of the range to read. Its start stays.</summary>
    public void Resize(CreateTimeRange range)
    {
        Range = range;
        var beyond = _beyond;
        _beyond = [];
        foreach (var (job, size) in beyond)
        {
            Add(job, size, isWritten: false);
        }
    }

    /// <summary>Reads the range to its end after all.</summary>
    public void Restore() => Resize(_filter);

    /// <summary>
    /// Whether another reader continues exactly after this one, which is at its border: the numbers of jobs that the service counted
    /// match those received, unless jobs were created or deleted, and jobs that both received are the same. No more jobs may be
    /// missing than were deleted: a range of creation time has no jobs without one.
    /// </summary>
    public bool IsContinuedBy(RangeReader next)
    {
        var missing = FirstTotal - next.FirstTotal - Received;
        return (missing == 0 || ((HasChanged || next.HasChanged) && missing <= FirstTotal - LeastTotal))
            && _beyond.TrueForAll(beyond => next.HasReceived(beyond.Job));
    }

    /// <summary>Leaves the rest to the reader that continues.</summary>
    public void Finish()
    {
        IsFinished = true;
        _beyond = [];
    }

    /// <summary>Ends the range with an error before the first job that was not created in it.</summary>
    public void RejectStrayJobs()
    {
        var jobs = _buffer.TakeWhile(buffered => _filter.Contains(buffered.Job)).ToList();
        _buffer.Clear();
        jobs.ForEach(_buffer.Enqueue);
        BufferedSize = jobs.Sum(buffered => buffered.Size);
        Failure ??= new FwResponseException(
            "The service returned jobs that were not created in the requested range of creation time. Use -ThrottleLimit 1."
        );
    }

    private void Add(DpoJobPage page, bool isWritten)
    {
        FirstTotal = HasRead ? FirstTotal : page.TotalSize;
        LastRate = RateOf([.. page.Jobs.Skip(page.Jobs.Count / 2)]);
        FirstRate = HasRead ? FirstRate : RateOf(page.Jobs);
        LastTotal = page.TotalSize;
        HasRead = true;
        LargestPageSize = Math.Max(LargestPageSize, page.MemorySize);
        var jobs = page.Jobs.Where(job => job is not null).ToList();
        var jobSize = page.MemorySize / Math.Max(1, jobs.Count);
        foreach (var job in jobs.Where(job => job.Name is null || _names.Add(job.Name)))
        {
            HasStrayJobs |= !_filter.Contains(job);
            Add(job, jobSize, isWritten);
        }
        LastTime = jobs.Count > 0 ? jobs[jobs.Count - 1].CreateTime : LastTime;
    }

    private void Add(DpoJob job, long size, bool isWritten)
    {
        // Also a job in the range after one beyond it, which shows that the order is another: the next reader does not receive it.
        if (_beyond.Count > 0 || (IsPartial && !Range.Contains(job)))
        {
            _beyond.Add((job, size));
            return;
        }
        Received++;
        if (!isWritten)
        {
            _buffer.Enqueue((job, size));
            BufferedSize += size;
            LastName = job.Name;
        }
    }
}
