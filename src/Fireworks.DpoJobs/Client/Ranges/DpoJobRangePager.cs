using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Models;
using Fireworks.DpoJobs.Query;

namespace Fireworks.DpoJobs.Client.Ranges;

/// <summary>
/// Walks a large listing in ranges of creation time side by side: the first page is read as ever, then the rest is cut.
/// Where that would not give the same listing, it goes on page by page.
/// </summary>
internal sealed class DpoJobRangePager : IDpoJobPager
{
    // Finding where to cut takes as long as two pages.
    private const int FewestPages = 6;
    private const int FewestPagesInRange = 2;

    private readonly DpoJobPager _pages;
    private readonly JobSieve _sieve;
    private readonly IRangeSource _source;
    private readonly ListingOrder _order;
    private readonly int _throttleLimit;
    private readonly IClientLog _log;
    private int _rangeCount = 1;
    private Task<IReadOnlyList<RangeChain>?>? _plan;
    private RangeMerge? _merge;
    private bool _isDone;

    /// <summary>Begins a listing. Nothing is asked for before the first <see cref="ReadPageAsync"/>.</summary>
    /// <param name="pages">The listing page by page.</param>
    /// <param name="sieve">What passes of a page: the one of <paramref name="pages"/>.</param>
    /// <param name="source">The listing range by range.</param>
    /// <param name="order">The order of both.</param>
    /// <param name="throttleLimit">How many requests may run side by side.</param>
    /// <param name="log">Hears what is done.</param>
    public DpoJobRangePager(
        DpoJobPager pages,
        JobSieve sieve,
        IRangeSource source,
        ListingOrder order,
        int throttleLimit,
        IClientLog log
    )
    {
        _pages = pages;
        _sieve = sieve;
        _source = source;
        _order = order;
        _throttleLimit = throttleLimit;
        _log = log;
    }

    /// <inheritdoc/>
    public bool HasMore => !_isDone && (_merge is null ? _pages.HasMore : _sieve.Wanted != 0);

    /// <inheritdoc/>
    public bool HasRead => _pages.HasRead;

    /// <inheritdoc/>
    public async Task<DpoJobPage> ReadPageAsync()
    {
        if (!HasRead)
        {
            var first = await _pages.ReadPageAsync().ConfigureAwait(false);
            _rangeCount = CountRanges(first);
            return first;
        }
        ReadAhead();
        if (_plan is { } plan)
        {
            _plan = null;
            if (await plan.ConfigureAwait(false) is { } chains)
            {
                _merge = new RangeMerge(chains, _order);
            }
        }
        return _merge is null
            ? await _pages.ReadPageAsync().ConfigureAwait(false)
            : await ReadAsync(_merge).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void ReadAhead()
    {
        if (_rangeCount > 1)
        {
            _plan = new RangePlanner(_source, _order, _rangeCount, _log).PlanAsync();
            _rangeCount = 1;
        }
        else if (_plan is null && _merge is null)
        {
            _pages.ReadAhead();
        }
    }

    private int CountRanges(DpoJobPage first)
    {
        if (!_pages.HasMore)
        {
            return 1;
        }
        var jobs = Math.Min(first.TotalSize ?? 0, _sieve.Wanted ?? long.MaxValue);
        var pageCount = jobs / (_source.PageSize ?? ListQuery.MaximumPageSize);
        if (pageCount >= FewestPages && _source.CanBeCut)
        {
            return (int)Math.Min(_throttleLimit, pageCount / FewestPagesInRange);
        }
        _log.Verbose("The pages are read one after the other: the listing is short, or cannot be cut.");
        return 1;
    }

    private async Task<DpoJobPage> ReadAsync(RangeMerge merge)
    {
        var jobs = await merge.ReadAsync(_sieve.Wanted).ConfigureAwait(false);
        if (jobs.Count > 0)
        {
            return new DpoJobPage { Jobs = _sieve.Take(jobs) };
        }
        if (merge.Failure is { } failure)
        {
            failure.SetMissingRanges(_sieve.Wanted is null ? [.. merge.Unfinished.Select(ToResumePoint)] : []);
            throw failure;
        }
        if (merge.IsShort)
        {
            _log.Warning(
                "Fewer jobs came than the service counts, so the listing is read once more, page by page, for those that are missing."
            );
            _merge = null;
            return await _pages.ReadPageAsync().ConfigureAwait(false);
        }
        _isDone = true;
        return new DpoJobPage();
    }

    private ResumePoint ToResumePoint(RangeChain chain) =>
        new(chain.PageToken, _source.PageSize, null) { Filter = _source.ShowFilter(chain.Range) };
}
