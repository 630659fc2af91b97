namespace Fireworks.DpoJobs;

/// <summary>
/// The requests of one listing. If the service rejects the generated filter, the listing continues without it, because all
/// jobs are filtered locally too.
/// </summary>
internal sealed class DpoJobListing(
    FireworksClient client,
    string accountId,
    ListingPlan plan,
    IClientLog log,
    CancellationToken cancellationToken
) : IRangeSource
{
    private readonly ListFilter _filter = plan.Options.Selection.Filter;

    private ListDpoJobsRequest _request = new(accountId)
    {
        Filter = plan.Options.Selection.Filter.Text,
        OrderBy = plan.Options.OrderBy,
        ReadMask = plan.ReadMask,
        PageSize = plan.PageSize,
        IncludeArchived = plan.Options.Selection.IncludesArchived,
    };

    private bool _hasResponse;

    public ListingPlan Plan => plan;

    /// <summary>Whether the service has rejected the generated filter.</summary>
    public bool IsFilterRejected { get; private set; }

    public bool CanBeSplit => !IsFilterRejected && _filter.CanBeJoined;

    /// <summary>The page size of the requests. Null for the service's default.</summary>
    public int? PageSize => _request.PageSize;

    /// <summary>The filter of the requests, without the API key. Null for none.</summary>
    public string? Filter => _request.Filter is { } filter ? client.RedactKey(filter) : null;

    /// <summary>The request for a page, without the API key.</summary>
    public string Describe(string? pageToken) => client.DescribeList(_request, pageToken);

    /// <summary>Creates the pager that reads this listing.</summary>
    public IDpoJobPager CreatePager()
    {
        var options = plan.Options;
        var limit = options.Selection.HasScriptBlock ? null : options.First;
        var limiter = new JobLimiter(options.Selection.Criteria.Matches, limit);
        var pages = new SequentialPager(
            new PageReader(FetchAsync, Describe, options.PageToken, limiter.HasSeen),
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
                "Reading pages sequentially: only complete listings by name or creation time, and the first jobs by name, are read in parallel."
            );
        }
        return pages;
    }

    /// <summary>Retrieves a page. A null token is that of the first page.</summary>
    /// <exception cref="FwException">The page could not be retrieved. If the filter is malformed, the message shows where.</exception>
    public async Task<DpoJobPage> FetchAsync(string? pageToken)
    {
        try
        {
            var page = await client.ListDpoJobsAsync(_request, pageToken, cancellationToken).ConfigureAwait(false);
            _hasResponse = true;
            return page;
        }
        catch (FwApiException rejection) when (rejection.IsInvalidArgument && !_hasResponse)
        {
            if (_filter.Generated is { } generated)
            {
                return await FetchWithoutAsync(generated, pageToken, rejection).ConfigureAwait(false);
            }
            if (Filter is { } filter && FilterDiagnostics.DescribeSyntaxError(filter) is { } diagnostics)
            {
                throw rejection.Append("\n" + diagnostics);
            }
            throw;
        }
    }

    public Task<DpoJobPage> FetchRangeAsync(CreateTimeRange range, string? pageToken) =>
        client.ListDpoJobsAsync(RequestFor(range), pageToken, cancellationToken);

    public Task<DpoJobPage> FetchEndAsync(bool newest)
    {
        var end = _request with
        {
            OrderBy = newest ? "create_time desc" : "create_time",
            ReadMask = "name,create_time",
            PageSize = 1,
        };
        return client.ListDpoJobsAsync(end, null, cancellationToken);
    }

    public string DescribeRange(CreateTimeRange range, string? pageToken) =>
        client.DescribeList(RequestFor(range), pageToken);

    public ResumePoint? FindResumePoint(DpoJob last, ListingOrder order) =>
        CanBeSplit && order.FilterAfter(last) is { } rest
            ? new ResumePoint(null, client.RedactKey(_filter.With(rest)!), RepeatsJobs: order.IsByTime)
            : null;

    private ListDpoJobsRequest RequestFor(CreateTimeRange range) =>
        _request with
        {
            Filter = _filter.With(range.ToFilter()),
        };

    // If something else was rejected, this fails too, with an error about the user's own parameters.
    private async Task<DpoJobPage> FetchWithoutAsync(string generated, string? pageToken, FwApiException rejection)
    {
        var request = _request with { Filter = _filter.UserFilter, PageSize = plan.FullPageSize };
        DpoJobPage page;
        try
        {
            page = await client.ListDpoJobsAsync(request, pageToken, cancellationToken).ConfigureAwait(false);
        }
        catch (FwApiException second) when (second.IsInvalidArgument && pageToken is not null)
        {
            // A page token is only valid with its filter, so this request was rejected in any case.
            throw rejection;
        }
        log.Warning(
            $"The service rejected the filter generated from the parameters, so more jobs are retrieved and filtered locally. Filter: {client.RedactKey(generated)}."
                + (rejection.ServiceMessage is { } message ? $" Service message: {message}" : "")
        );
        _request = request;
        _hasResponse = IsFilterRejected = true;
        return page;
    }
}
