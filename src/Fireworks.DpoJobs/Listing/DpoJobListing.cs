using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs;

/// <summary>
/// The requests of one listing. When the service refuses the filter that was made here, the listing goes on without it:
/// every job is filtered here again anyway.
/// </summary>
/// <param name="client">Sends them.</param>
/// <param name="query">What is asked for, without a filter.</param>
/// <param name="filter">The filter, in its two parts.</param>
/// <param name="wholePageSize">The page size without the part that was made. Null for the service's default.</param>
/// <param name="log">Hears of a refusal.</param>
/// <param name="cancellationToken">The user's stop.</param>
internal sealed class DpoJobListing(
    FireworksClient client,
    ListQuery query,
    ListFilter filter,
    int? wholePageSize,
    IClientLog log,
    CancellationToken cancellationToken
) : IRangeSource
{
    // As long as a range gets.
    private static readonly CreateTimeRange AnyRange = new(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue);

    private ListQuery _query = query with { Filter = filter.Text };
    private bool _hasAnswer;

    /// <summary>Whether the service has refused the filter that was made.</summary>
    public bool IsFilterRefused { get; private set; }

    /// <summary>The page size that the requests have. Null for the service's default.</summary>
    public int? PageSize => _query.PageSize;

    /// <summary>The fields that the requests ask for. Null for all.</summary>
    public string? ReadMask => _query.ReadMask;

    /// <summary>The filter that is sent, as errors show it. Null for none.</summary>
    public string? Filter => _query.Filter is { } sent ? client.WithoutKey(sent) : null;

    /// <summary>The request for a page, as logs and errors show it.</summary>
    public string Describe(string? pageToken) => client.DescribeList(_query, pageToken);

    /// <inheritdoc/>
    public bool CanBeCut => !IsFilterRefused && !FilterFor(AnyRange.ToFilter()).IsMadePartKept;

    /// <inheritdoc/>
    public Task<DpoJobPage> FetchRangeAsync(CreateTimeRange range, string? pageToken) =>
        client.ListDpoJobsAsync(QueryFor(range), pageToken, cancellationToken);

    /// <inheritdoc/>
    public Task<DpoJobPage> FetchEndAsync(bool newest)
    {
        var end = _query with
        {
            OrderBy = newest ? "create_time desc" : "create_time",
            ReadMask = "name,create_time",
            PageSize = 1,
        };
        return client.ListDpoJobsAsync(end, null, cancellationToken);
    }

    /// <inheritdoc/>
    public string DescribeRange(CreateTimeRange range, string? pageToken) =>
        client.DescribeList(QueryFor(range), pageToken);

    /// <inheritdoc/>
    public ResumePoint? FindRest(DpoJob last, ListingOrder order)
    {
        var rest = order.Rest(last) is { } after ? FilterFor(after) : null;
        return rest is { Text: { } text, IsMadePartKept: false }
            ? new ResumePoint(null, _query.PageSize, null)
            {
                Filter = client.WithoutKey(text),
                RepeatsJobs = order.IsByTime,
            }
            : null;
    }

    private ListQuery QueryFor(CreateTimeRange range) => _query with { Filter = FilterFor(range.ToFilter()).Text };

    private ListFilter FilterFor(FilterNode? part) =>
        filter with
        {
            Made = FilterBuilder.All(new[] { filter.Made, part }.OfType<FilterNode>()),
        };

    /// <summary>Gets a page.</summary>
    /// <param name="pageToken">Its token. Null for the first.</param>
    /// <exception cref="FwException">The page is not to be had.</exception>
    public async Task<DpoJobPage> FetchAsync(string? pageToken)
    {
        try
        {
            var page = await client.ListDpoJobsAsync(_query, pageToken, cancellationToken).ConfigureAwait(false);
            _hasAnswer = true;
            return page;
        }
        catch (FwApiException refusal) when (refusal.IsInvalidArgument && !_hasAnswer && filter.MadeText is not null)
        {
            return await FetchWithoutAsync(pageToken, refusal).ConfigureAwait(false);
        }
    }

    // If it was not the filter that the service refused, this fails as well, and its failure tells of what the user wrote.
    private async Task<DpoJobPage> FetchWithoutAsync(string? pageToken, FwApiException refusal)
    {
        var without = _query with { Filter = filter.Written, PageSize = wholePageSize };
        DpoJobPage page;
        try
        {
            page = await client.ListDpoJobsAsync(without, pageToken, cancellationToken).ConfigureAwait(false);
        }
        catch (FwApiException again) when (again.IsInvalidArgument && pageToken is not null)
        {
            // A token goes with its filter, so without it the token is refused whatever was wrong before.
            throw refusal;
        }
        log.Warning(
            $"The service refuses the filter that was made of the parameters, so more jobs are fetched and filtered here. Filter: {client.WithoutKey(filter.MadeText!)}."
                + (refusal.ServiceMessage is { } message ? $" The service says: {message}" : "")
        );
        _query = without;
        _hasAnswer = IsFilterRefused = true;
        return page;
    }
}
