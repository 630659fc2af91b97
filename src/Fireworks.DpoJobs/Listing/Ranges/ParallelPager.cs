using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs;

/// <summary>
/// Walks a large listing in ranges of creation time side by side: the first page is read as ever, then the rest is cut.
/// Where that would not give the same listing, it goes on page by page.
/// </summary>
internal sealed class ParallelPager : IDpoJobPager
{
    // Finding where to cut takes as long as two pages.
    private const int FewestPages = 6;
    private const int FewestPagesInRange = 2;

    private readonly SequentialPager _pages;
    private readonly JobLimiter _sieve;
    private readonly IRangeSource _source;
    private readonly ListingOrder _order;
    private readonly int _throttleLimit;
    private readonly IClientLog _log;
    private RangePlanner? _planner;
    private Task<IReadOnlyList<RangeReader>?>? _plan;
    private RangeMerger? _merge;
    private DpoJob? _last;
    private bool _isDone;

    /// <summary>Begins a listing. Nothing is asked for before the first <see cref="ReadPageAsync"/>.</summary>
    /// <param name="pages">The listing page by page.</param>
    /// <param name="sieve">What passes of a page: the one of <paramref name="pages"/>.</param>
    /// <param name="source">The listing range by range.</param>
    /// <param name="order">The order of both.</param>
    /// <param name="throttleLimit">How many requests may run side by side.</param>
    /// <param name="log">Hears what is done.</param>
    public ParallelPager(
        SequentialPager pages,
        JobLimiter sieve,
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
            _planner = CreatePlanner(first);
            Note(first.Jobs);
            return first;
        }
        ReadAhead();
        if (_plan is { } plan)
        {
            _plan = null;
            if (await plan.ConfigureAwait(false) is { } chains)
            {
                _merge = new RangeMerger(chains, _order, _source, _log);
            }
        }
        return _merge is null
            ? await _pages.ReadPageAsync().ConfigureAwait(false)
            : await ReadAsync(_merge).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void ReadAhead()
    {
        if (_planner is { } planner)
        {
            _planner = null;
            _plan = planner.PlanAsync();
        }
        else if (_plan is null && _merge is null)
        {
            _pages.ReadAhead();
        }
    }

    // Null where the listing is not to be cut.
    private RangePlanner? CreatePlanner(DpoJobPage first)
    {
        if (!_pages.HasMore)
        {
            return null;
        }
        var jobs = Math.Min(first.TotalSize ?? 0, _sieve.Wanted ?? long.MaxValue);
        var pageCount = jobs / (_source.PageSize ?? ListQuery.MaximumPageSize);
        var reason =
            first.TotalSize is null ? "the service does not tell how many jobs there are"
            : pageCount < FewestPages ? "the listing is short"
            : !_source.CanBeCut ? "the filter cannot be joined with a range"
            : first.Jobs.Any(job => job?.Name is null) ? "jobs without a name cannot be told apart"
            : null;
        if (reason is not null)
        {
            _log.Verbose($"The pages are read one after the other: {reason}.");
            return null;
        }
        var rangeCount = (int)Math.Min(_throttleLimit, pageCount / FewestPagesInRange);
        return new RangePlanner(_source, _order, first.TotalSize, rangeCount, _log);
    }

    private async Task<DpoJobPage> ReadAsync(RangeMerger merge)
    {
        try
        {
            var jobs = await merge.ReadAsync(_sieve.Wanted).ConfigureAwait(false);
            _isDone = jobs.Count == 0;
            var taken = _sieve.Take(jobs);
            Note(taken);
            return new DpoJobPage { Jobs = taken };
        }
        catch (FwException failure) when (!merge.IsLoop && _last is not null)
        {
            if (_source.FindRest(_last, _order) is { } rest)
            {
                failure.SetResumePoint(rest with { Remaining = _sieve.Wanted }, isKnown: false);
            }
            throw;
        }
    }

    private void Note(IReadOnlyList<DpoJob> given)
    {
        if (given.Count > 0)
        {
            _last = given[given.Count - 1];
        }
    }
}
