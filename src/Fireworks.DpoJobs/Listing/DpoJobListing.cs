namespace Fireworks.DpoJobs;

/// <summary>
/// The requests of one listing. If the service rejects, ignores or does not understand the generated filter, the listing
/// continues with the rest of it or without it, because all jobs are filtered locally too.
/// </summary>
internal sealed class DpoJobListing(
    FireworksClient client,
    string accountId,
    ListingPlan plan,
    FilterSupport support,
    IClientLog log,
    CancellationToken cancellationToken
) : IRangeSource
{
    private const int MaxEmptyPages = 10;

    private readonly FilterEvaluator _evaluator = new(isGenerated: true);
    private readonly FilterVerifier _verifier = new(client, accountId, support, cancellationToken);
    private readonly JobSelection _selection = plan.Options.Selection;
    private readonly ListingOrder? _order = ListingOrder.Parse(plan.Options.OrderBy);

    private ListFilter _filter = support.Apply(plan.Options.Selection.Filter);

    private ListDpoJobsRequest _request = CreateRequest(accountId, plan, support.Apply(plan.Options.Selection.Filter));

    private bool _hasResponse;
    private bool _isIgnored;
    private int _isUserFilterIgnored;

    public ListingPlan Plan => plan;

    /// <summary>Whether the service does not evaluate the whole generated filter.</summary>
    public bool IsFilterRejected => _isIgnored || _filter.Omitted.Count > _selection.Filter.Omitted.Count;

    public bool CanBeSplit =>
        _selection.Filter.CanBeJoined && !_isIgnored && (!IsFilterRejected || _filter.Conditions.Count > 0);

    public int MaxRequestsInFlight => client.MaxRequestsInFlight;

    /// <summary>The page size of the requests. Null for the service's default.</summary>
    public int? PageSize => _request.PageSize;

    /// <summary>The filter of the requests, without the API key. Null for none.</summary>
    public string? Filter => _request.Filter is { } filter ? client.RedactKey(filter) : null;

    /// <summary>Whether the generated part of the filter contains timestamps: a later run may generate others.</summary>
    public bool HasTimestamps => _filter.HasTimestamps;

    /// <summary>The request for a page, without the API key.</summary>
    public string Describe(string? pageToken) => client.DescribeList(_request, pageToken);

    /// <summary>Creates the pager that reads this listing.</summary>
    public IDpoJobPager CreatePager()
    {
        var options = plan.Options;
        var limit = options.Selection.HasScriptBlock ? null : options.First;
        var limiter = new JobLimiter(IsSelected, limit);
        var pages = new SequentialPager(
            new PageReader(
                FetchAsync,
                Describe,
                options.PageToken,
                limiter.HasSeen,
                last => RestOf(null, last),
                PauseAsync
            ),
            limiter,
            isSinglePage: !options.All && options.First is null
        );
        if (plan.ParallelOrder is { } order)
        {
            return new ParallelPager(
                pages,
                this,
                order,
                plan.PageSize ?? ListDpoJobsRequest.MaximumPageSize,
                options.ThrottleLimit,
                log
            );
        }
        if (options.ThrottleLimit > 1)
        {
            log.Verbose(
                "Reading pages sequentially: only listings by name or creation time are read in parallel, and not those with -First and a script block."
            );
        }
        return pages;
    }

    /// <summary>Retrieves a page. A null token is that of the first page.</summary>
    /// <exception cref="FwException">The page could not be retrieved. If the filter is malformed, the message shows where.</exception>
    public async Task<DpoJobPage> FetchAsync(string? pageToken)
    {
        if (_hasResponse)
        {
            return await ListAsync(pageToken, isContinuation: true).ConfigureAwait(false);
        }
        DpoJobPage page;
        try
        {
            page = await ListAsync(pageToken).ConfigureAwait(false);
        }
        catch (FwApiException rejection) when (rejection.IsInvalidArgument)
        {
            page = await FetchAfterRejectionAsync(pageToken, rejection).ConfigureAwait(false);
        }
        _hasResponse = true;
        var mayBeMisread = page.Jobs.Count == 0 || _filter.Conditions.Any(JobProbe.HasIndependentFields);
        if (pageToken is null && mayBeMisread && !await IsUnderstoodAsync().ConfigureAwait(false))
        {
            page = await ListAsync(null).ConfigureAwait(false);
        }
        if (
            pageToken is null
            && _selection.UserFilter is { } userFilter
            && (page.Jobs.Count == 0 || JobProbe.HasIndependentFields(userFilter))
        )
        {
            await WarnIfMisreadAsync(userFilter).ConfigureAwait(false);
        }
        // A page of as many jobs as requested is enough only if the service removes all others.
        if (NeedsFullPages(page) && pageToken is null && _request.PageSize != plan.FullPageSize)
        {
            _request = _request with { Filter = _filter.Text, PageSize = plan.FullPageSize };
            page = await ListAsync(null).ConfigureAwait(false);
        }
        return page;
    }

    public Task<DpoJobPage> FetchRangeAsync(CreateTimeRange range, string? pageToken) =>
        client.ListDpoJobsAsync(RequestFor(range), pageToken, cancellationToken, isContinuation: true);

    public Func<string?, Task<DpoJobPage>>? RestOf(CreateTimeRange? range, DpoJob last)
    {
        // A job without a name cannot be recognized when it is returned again.
        if (!CanBeSplit || last.Name is null || _order?.FilterFrom(last) is not { } rest)
        {
            return null;
        }
        var request = _request with
        {
            Filter = _filter.With(FilterBuilder.All(new[] { range?.ToFilter(), rest }.OfType<FilterNode>())),
        };
        return async pageToken =>
        {
            var page = await client
                .ListDpoJobsAsync(request, pageToken, cancellationToken, isContinuation: true)
                .ConfigureAwait(false);
            // The rest begins with the last job again, so a service that understands the filter returns at least that job.
            if (
                pageToken is null
                && (page.Jobs.Count == 0 || !page.Jobs.All(job => job is null || _order.IsNotBefore(last, job)))
            )
            {
                throw new FwResponseException(
                    "The page token has expired, and the service does not return the rest of the listing with a filter.",
                    client.DescribeList(request, pageToken)
                );
            }
            if (pageToken is null)
            {
                log.Verbose("The page token has expired. Continuing after the last job with a filter.");
            }
            return page;
        };
    }

    public async Task PauseAsync(int emptyPages)
    {
        if (emptyPages < MaxEmptyPages)
        {
            return;
        }
        if (emptyPages == MaxEmptyPages)
        {
            log.Warning(
                $"The service has sent {emptyPages} empty pages in a row, each with a token for another page. The listing continues more slowly; Ctrl-C ends it."
            );
        }
        await client
            .DelayAsync(RetryPolicy.Backoff(emptyPages - MaxEmptyPages), cancellationToken)
            .ConfigureAwait(false);
    }

    public Task<DpoJobPage> FetchLastAsync(ListingOrder order)
    {
        var last = _request with { OrderBy = order.Reversed, ReadMask = "name,create_time" };
        return client.ListDpoJobsAsync(last, null, cancellationToken);
    }

    public string DescribeRange(CreateTimeRange range, string? pageToken) =>
        client.DescribeList(RequestFor(range), pageToken);

    public ResumePoint? FindResumePoint(DpoJob last, ListingOrder order) =>
        CanBeSplit && order.FilterAfter(last) is { } rest
            ? new ResumePoint(null, client.RedactKey(_filter.With(rest)!), RepeatsJobs: order.IsByTime)
            : null;

    private static ListDpoJobsRequest CreateRequest(string accountId, ListingPlan plan, ListFilter filter) =>
        new(accountId)
        {
            Filter = filter.Text,
            OrderBy = plan.Options.OrderBy,
            ReadMask = plan.ReadMask,
            PageSize =
                filter.Omitted.Count > plan.Options.Selection.Filter.Omitted.Count ? plan.FullPageSize : plan.PageSize,
            IncludeArchived = plan.Options.Selection.IncludesArchived,
        };

    private Task<DpoJobPage> ListAsync(string? pageToken, bool isContinuation = false) =>
        client.ListDpoJobsAsync(_request, pageToken, cancellationToken, isContinuation);

    private ListDpoJobsRequest RequestFor(CreateTimeRange range) =>
        _request with
        {
            Filter = _filter.With(range.ToFilter()),
        };

    // If something else was rejected, the last attempt fails too, with an error about the user's own parameters.
    private async Task<DpoJobPage> FetchAfterRejectionAsync(string? pageToken, FwApiException rejection)
    {
        if (_filter.Conditions.Count == 0)
        {
            throw Filter is { } filter && FilterDiagnostics.DescribeSyntaxError(filter) is { } diagnostics
                ? rejection.Append("\n" + diagnostics)
                : rejection;
        }
        var last = rejection;
        foreach (var filter in FindAlternatives())
        {
            var request = CreateRequest(accountId, plan, filter);
            try
            {
                var page = await client.ListDpoJobsAsync(request, pageToken, cancellationToken).ConfigureAwait(false);
                Adopt(filter, request, rejection, isRemembered: pageToken is null);
                return page;
            }
            catch (FwApiException next) when (next.IsInvalidArgument)
            {
                last = next;
            }
        }
        // A page token is only valid with its filter, so without the filter it was rejected in any case.
        throw pageToken is null ? last : rejection;
    }

    // First the other spelling of enum values, then without the more doubtful conditions.
    private IEnumerable<ListFilter> FindAlternatives()
    {
        var attempted = new HashSet<string?> { _filter.Text };
        for (var doubt = FilterSupport.MaxDoubt; doubt >= -1; doubt--)
        {
            var kept = _filter.Keep(condition => FilterSupport.Doubt(condition) <= doubt);
            foreach (var filter in support.QuotesEnums is null ? [kept, kept.QuoteEnums()] : new[] { kept })
            {
                if (attempted.Add(filter.Text))
                {
                    yield return filter;
                }
            }
        }
    }

    private void Adopt(ListFilter filter, ListDpoJobsRequest request, FwApiException rejection, bool isRemembered)
    {
        var omitted = filter.Omitted.Except(_filter.Omitted).ToArray();
        if (isRemembered)
        {
            support.QuotesEnums ??= filter.HasQuotedEnums ? true : null;
            support.Exclude(omitted, filter.Conditions);
        }
        if (omitted.Length == 0)
        {
            log.Verbose("The service accepts enum values only in quotes.");
        }
        else
        {
            log.Warning(
                "The service rejected the filter generated from the parameters, so more jobs are retrieved and filtered locally. "
                    + $"Filter: {Print(omitted)}."
                    + (rejection.ServiceMessage is { } message ? $" Service message: {message}" : "")
            );
        }
        _filter = filter;
        _request = request;
    }

    // Remembers conditions that the service ignores.
    private bool NeedsFullPages(DpoJobPage page)
    {
        var jobs = page.Jobs.Where(job => job is not null).ToArray();
        var ignored = _filter
            .Conditions.Where(condition => Array.Exists(jobs, job => _evaluator.Matches(condition, job) == false))
            .ToArray();
        if (ignored.Length > 0)
        {
            _isIgnored = true;
            support.Exclude(ignored, _filter.Conditions.Except(ignored));
            _filter = _filter.Keep(condition => !ignored.Contains(condition));
            log.Warning(
                "The service ignores the filter generated from the parameters, so more jobs are retrieved and filtered locally. "
                    + $"Filter: {Print(ignored)}."
            );
        }
        else if (jobs.Length > 0 && _filter.HasBareEnums)
        {
            support.QuotesEnums ??= false;
        }
        return !Array.TrueForAll(
            jobs,
            job => IsSelected(job) && _filter.Conditions.All(condition => _evaluator.Matches(condition, job) == true)
        );
    }

    private bool IsSelected(DpoJob job)
    {
        if (!_selection.PassesUserFilter(job))
        {
            if (Interlocked.Exchange(ref _isUserFilterIgnored, 1) == 0)
            {
                log.Warning(
                    "The service returned jobs that do not match -Filter, so it ignores the filter or a part of it. Jobs whose state, "
                        + "name or times do not match are removed. Check the other conditions yourself, or pass -Filter a script block."
                );
            }
            return false;
        }
        return _selection.Criteria.Matches(job);
    }

    // Whether the service understands the generated filter. Conditions that are not understood, or cannot be verified, are omitted
    // when the result is false.
    private async Task<bool> IsUnderstoodAsync()
    {
        if (await _verifier.VerifyAsync(_filter).ConfigureAwait(false) is not { } rejected)
        {
            return true;
        }
        if (rejected.Count > 0)
        {
            log.Warning(
                "The service accepts the filter generated from the parameters but does not find existing jobs with such a filter, so "
                    + $"more jobs are retrieved and filtered locally. Filter: {Print(rejected)}."
            );
        }
        var before = _filter;
        _filter = support.Apply(before).Keep(condition => support.IsVerified([condition]));
        _request = CreateRequest(accountId, plan, _filter);
        return _filter.Text == before.Text;
    }

    private async Task WarnIfMisreadAsync(FilterNode userFilter)
    {
        var misread = await _verifier.FindMisreadAsync(userFilter).ConfigureAwait(false);
        if (misread.Count > 0)
        {
            var advice =
                misread.Count == 1 && support.FindUnderstoodSpelling(misread[0]) is { } spelling
                    ? $"It finds jobs with this spelling: {Print([spelling])}."
                    : "Use -State, -CreatedAfter, -CreatedBefore or a script block: what the service does not understand is then filtered locally.";
            log.Warning(
                $"The service accepts -Filter but does not find existing jobs with such a condition, so jobs may be missing. Condition: {Print(misread)}. {advice}"
            );
        }
    }

    private string Print(IEnumerable<FilterNode> conditions) =>
        client.RedactKey(FilterPrinter.Print(FilterBuilder.All(conditions)!));
}
