namespace Fireworks.DpoJobs;

/// <summary>Reads the pages of a listing. Returns no job twice.</summary>
internal interface IDpoJobPager
{
    /// <summary>Whether there is another page to read.</summary>
    bool HasMore { get; }

    /// <summary>
    /// Where the listing continues after the last page that was read, also after a failure. Null at its start, at its end, and
    /// where it cannot be continued.
    /// </summary>
    ResumePoint? ResumePoint { get; }

    /// <summary>Whether jobs may have been skipped because others left the listing while it was read.</summary>
    bool MayHaveSkipped { get; }

    /// <summary>How many different jobs the service sent, also those that were removed locally.</summary>
    long Received { get; }

    /// <summary>
    /// How many jobs the service counted but did not send, at the end of a listing that was read from its beginning. 0 when none
    /// are missing, and when the number is unknown.
    /// </summary>
    long Missing { get; }

    /// <summary>Whether the service no longer accepts the page token with which the listing would continue.</summary>
    bool IsTokenRejected { get; }

    /// <summary>Reads the next page, without duplicate and unwanted jobs and jobs beyond the limit.</summary>
    /// <exception cref="FwException">The page could not be retrieved.</exception>
    Task<DpoJobPage> ReadPageAsync();

    /// <summary>
    /// Requests the next page without waiting for it. To be called when the first job of a page has been written: then nothing
    /// delays that job, and a pipeline that needs no more jobs causes no request.
    /// </summary>
    void ReadAhead();
}

/// <summary>Where a listing continues.</summary>
/// <param name="PageToken">The token of the next page. Null when <paramref name="Filter"/> selects the rest.</param>
/// <param name="Filter">A filter for the rest of the listing, without the API key. Null when <paramref name="PageToken"/> is set.</param>
/// <param name="RepeatsJobs">Whether the rest may include jobs that were already returned.</param>
internal sealed record ResumePoint(string? PageToken, string? Filter = null, bool RepeatsJobs = false);

/// <summary>Reads the pages of a listing one after another, at most one page ahead, until the limit is reached.</summary>
internal sealed class SequentialPager(PageReader pages, JobLimiter limiter, bool isSinglePage = false) : IDpoJobPager
{
    public bool HasMore => !pages.IsAtEnd && limiter.Remaining != 0 && !(isSinglePage && HasRead);

    public bool HasRead => pages.HasRead;

    public bool MayHaveSkipped => pages.MayHaveSkipped;

    public PageReader Pages => pages;

    public JobLimiter Limiter => limiter;

    public long Received => limiter.Received;

    public long Missing =>
        pages.IsAtEnd && limiter.Remaining is null or > 0 && pages.Total is { } total
            ? Math.Max(0, total - limiter.Received)
            : 0;

    public bool IsTokenRejected => pages.IsTokenRejected;

    public ResumePoint? ResumePoint =>
        pages is { PageToken: { } token, IsLoop: false, IsTokenRejected: false } ? new ResumePoint(token) : null;

    public async Task<DpoJobPage> ReadPageAsync()
    {
        var page = await pages.ReadPageAsync().ConfigureAwait(false);
        page.Jobs = limiter.Take(page.Jobs);
        return page;
    }

    public void ReadAhead()
    {
        if (HasRead && HasMore)
        {
            pages.ReadAhead();
        }
    }
}
