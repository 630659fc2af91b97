namespace Fireworks.DpoJobs;

/// <summary>Reads the pages of a listing one after another, at most one page ahead.</summary>
/// <param name="pages">The pages. None is requested before the first <see cref="ReadPageAsync"/>.</param>
/// <param name="limiter">Selects the jobs. Pages are read until its limit is reached.</param>
/// <param name="isSinglePage">Whether to stop after the first page.</param>
internal sealed class SequentialPager(PageReader pages, JobLimiter limiter, bool isSinglePage = false) : IDpoJobPager
{
    /// <inheritdoc/>
    public bool HasMore => !pages.IsAtEnd && limiter.Remaining != 0 && !(isSinglePage && HasRead);

    /// <summary>Whether a page has been read.</summary>
    public bool HasRead => pages.HasRead;

    /// <inheritdoc/>
    public ResumePoint? ResumePoint => pages is { PageToken: { } token, IsLoop: false } ? new ResumePoint(token) : null;

    /// <inheritdoc/>
    public async Task<DpoJobPage> ReadPageAsync()
    {
        var page = await pages.ReadPageAsync().ConfigureAwait(false);
        page.Jobs = limiter.Take(page.Jobs);
        return page;
    }

    /// <inheritdoc/>
    public void ReadAhead()
    {
        if (HasRead && HasMore)
        {
            pages.ReadAhead();
        }
    }
}
