namespace Fireworks.DpoJobs;

/// <summary>
/// Follows page tokens from page to page (AIP-158: an empty page with a token is not the end; an absent or empty token is).
/// Requests no page twice, unless jobs have left the listing. When a page token has expired, it continues after the last job.
/// </summary>
/// <param name="fetch">Retrieves the page of a token; null is the token of the first page.</param>
/// <param name="describe">The request for a page, for error messages.</param>
/// <param name="pageToken">The token to start at. Null for the first page.</param>
/// <param name="hasRead">Whether a job was on one of the pages before. Null to ignore that jobs leave the listing.</param>
/// <param name="restAfter">
/// Retrieves the pages of the rest of the listing after a job, with tokens of its own; null when that is not possible. Null to
/// end with an error when a token has expired.
/// </param>
/// <param name="pause">Waits before a request, because the service has sent a number of empty pages in a row. Null to not wait.</param>
internal sealed class PageReader(
    Func<string?, Task<DpoJobPage>> fetch,
    Func<string?, string> describe,
    string? pageToken = null,
    Func<string, bool>? hasRead = null,
    Func<DpoJob, Func<string?, Task<DpoJobPage>>?>? restAfter = null,
    Func<int, Task>? pause = null
)
{
    private readonly HashSet<string?> _tokens = [pageToken];
    private Func<string, bool>? _hasRead = hasRead;
    private readonly List<string?> _readTokens = [];
    private Func<string?, Task<DpoJobPage>> _fetch = fetch;
    private Task<DpoJobPage>? _next;
    private DpoJob? _last;
    private DpoJob? _restart;
    private long? _total;
    private int _emptyPages;

    /// <summary>The token of the next page. Null for the first page, and at the end.</summary>
    public string? PageToken { get; private set; } = pageToken;

    public bool HasRead { get; private set; }

    public bool IsAtEnd => HasRead && PageToken is null;

    /// <summary>Whether the next page has already been read, so that the listing would never end.</summary>
    public bool IsLoop { get; private set; }

    /// <summary>Whether jobs may have been skipped because others left the listing while it was read.</summary>
    public bool MayHaveSkipped { get; private set; }

    /// <summary>Whether the service no longer accepts the token of the next page.</summary>
    public bool IsTokenRejected { get; private set; }

    /// <summary>
    /// The smallest number of jobs that the service counted while the listing was read. Null when it did not count them for every
    /// page, or the listing did not start at its beginning.
    /// </summary>
    public long? Total { get; private set; } = pageToken is null ? long.MaxValue : null;

    /// <summary>Replaces the function that recognizes the jobs that were on one of the pages before.</summary>
    public void RecognizeWith(Func<string, bool> hasRead) => _hasRead = hasRead;

    /// <summary>Requests the next page without waiting for it. Does nothing at the end, and for a token that was seen before.</summary>
    public void ReadAhead()
    {
        if (!IsAtEnd && !IsLoop && _next is null)
        {
            _next = FetchNextAsync();
            // After a stop, it is not awaited.
            _next.Observe();
        }
    }

    /// <summary>Reads the next page, after the jobs that were skipped before it.</summary>
    /// <exception cref="FwResponseException">The page has already been read.</exception>
    /// <exception cref="FwException">The page could not be retrieved.</exception>
    public async Task<DpoJobPage> ReadPageAsync()
    {
        if (IsLoop)
        {
            throw new FwResponseException(
                "The service sent the same page token for the second time, so the listing would never end. "
                    + "Everything before this page has been written.",
                describe(PageToken)
            );
        }
        var page = await (_next ?? FetchNextAsync()).ConfigureAwait(false);
        _next = null;
        var token = PageToken;
        var total = TotalOf(page);
        if (_hasRead is not null && HasRead)
        {
            var skipped = await ReadSkippedAsync(total, _hasRead).ConfigureAwait(false);
            if (skipped.Count > 0)
            {
                // The previous pages may overlap this one by now.
                var names = new HashSet<string?>(page.Jobs.Select(job => job?.Name));
                page.Jobs = [.. skipped.TakeWhile(job => !names.Contains(job.Name)), .. page.Jobs];
            }
        }
        _readTokens.Add(token);
        // Of the rest of a listing, the service counts only the rest.
        Total =
            _restart is null && total < Total ? total
            : total is null ? null
            : Total;
        _emptyPages = page.Jobs.Count == 0 ? _emptyPages + 1 : 0;
        _last = page.Jobs.LastOrDefault(job => job is not null) ?? _last;
        _total = total;
        HasRead = true;
        PageToken = page.NextPageToken;
        IsLoop = PageToken is not null && !_tokens.Add(PageToken);
        return page;
    }

    // A service that does not count the jobs may send 0.
    private static long? TotalOf(DpoJobPage page) => page.TotalSize < page.Jobs.Count ? null : page.TotalSize;

    private async Task<DpoJobPage> FetchNextAsync()
    {
        if (_emptyPages > 0 && pause is not null)
        {
            await pause(_emptyPages).ConfigureAwait(false);
        }
        try
        {
            return await _fetch(PageToken).ConfigureAwait(false);
        }
        catch (FwApiException rejection) when (PageToken is not null && rejection.IsPageTokenRejected)
        {
            return await FetchRestAsync(rejection).ConfigureAwait(false);
        }
    }

    private async Task<DpoJobPage> FetchRestAsync(FwApiException rejection)
    {
        IsTokenRejected = HasRead;
        // Without a job since the last time, this would not end.
        if (_last is null || _last.Name == _restart?.Name || restAfter?.Invoke(_last) is not { } rest)
        {
            throw rejection;
        }
        DpoJobPage page;
        try
        {
            page = await rest(null).ConfigureAwait(false);
        }
        catch (FwApiException other) when (other.IsInvalidArgument)
        {
            throw rejection;
        }
        (_fetch, _restart, PageToken, _total) = (rest, _last, null, TotalOf(page));
        _tokens.Clear();
        _tokens.Add(null);
        _readTokens.Clear();
        IsTokenRejected = false;
        return page;
    }

    // Pages are offsets: jobs that leave the listing pull the others forward, so between two pages as many are skipped. They are
    // on the previous pages now. Reading those backwards skips nothing. After a failure, the listing continues where it is.
    private async Task<List<DpoJob>> ReadSkippedAsync(long? total, Func<string, bool> hasRead)
    {
        var skipped = new List<DpoJob>();
        if (!(total < _total))
        {
            MayHaveSkipped |= total is null || _total is null;
            return skipped;
        }
        for (var i = _readTokens.Count - 1; i >= 0; i--)
        {
            PageToken = _readTokens[i];
            DpoJobPage page;
            try
            {
                page = await _fetch(PageToken).ConfigureAwait(false);
            }
            catch (FwApiException rejection) when (PageToken is not null && rejection.IsPageTokenRejected)
            {
                MayHaveSkipped = true;
                return [];
            }
            // Jobs that were created meanwhile push the others back.
            MayHaveSkipped |= TotalOf(page) is null || TotalOf(page) > total;
            total = TotalOf(page);
            var jobs = page.Jobs.Where(job => job is not null).ToList();
            if (jobs.Any(job => job.Name is null))
            {
                // Jobs that were read before cannot be recognized.
                MayHaveSkipped = true;
                return [];
            }
            skipped.InsertRange(0, jobs);
            if (jobs.Count > 0 && hasRead(jobs[0].Name!))
            {
                return skipped;
            }
        }
        // A listing that started at a token cannot go back further.
        MayHaveSkipped |= PageToken is not null;
        return skipped;
    }
}
