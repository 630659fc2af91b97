using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs;

/// <summary>
/// Reads ranges side by side and gives their jobs in the order of the listing. Each range has a page ahead, and further ones as
/// long as not too many jobs wait. Not for several threads at once.
/// </summary>
/// <param name="chains">The ranges, in the order of the listing, each with its first page.</param>
/// <param name="order">The order of the listing.</param>
/// <param name="source">The listing.</param>
/// <param name="log">Hears of what is not as it should be.</param>
internal sealed class RangeMerger(
    IReadOnlyList<RangeReader> chains,
    ListingOrder order,
    IRangeSource source,
    IClientLog log
)
{
    // Some 35 MB of jobs, whatever the number of ranges.
    private const int MostWaiting = 25_600;
    private const int MostGiven = 200;

    private readonly int _pageSize = source.PageSize ?? ListQuery.MaximumPageSize;
    private string? _last;
    private bool _isOutOfOrder;

    /// <summary>Whether what failed is that a range would never end.</summary>
    public bool IsLoop { get; private set; }

    /// <summary>The next jobs. None when all have been given.</summary>
    /// <param name="wanted">How many more jobs the reader takes. Null for all.</param>
    /// <exception cref="FwException">The next job is on a page that is not to be had. All jobs before it have been given.</exception>
    public async Task<IReadOnlyList<DpoJob>> ReadAsync(long? wanted)
    {
        while (true)
        {
            foreach (var chain in chains.Where(chain => chain.Requested?.IsCompleted == true))
            {
                await chain.ReceiveAsync().ConfigureAwait(false);
            }
            var jobs = Take(out var missing);
            if (missing?.Failure is null)
            {
                Request(wanted - jobs.Count);
            }
            if (jobs.Count > 0 || missing is null)
            {
                return jobs;
            }
            if (missing.Failure is { } failure)
            {
                IsLoop = missing.IsLoop;
                throw failure;
            }
            await Task.WhenAny(chains.Select(chain => chain.Requested).OfType<Task>()).ConfigureAwait(false);
        }
    }

    private void Request(long? wanted)
    {
        if (wanted <= 0)
        {
            return;
        }
        var mostWaiting = Math.Min(wanted ?? MostWaiting, MostWaiting);
        var waiting = chains.Sum(chain => chain.Waiting + (chain.Requested is null ? 0 : _pageSize));
        foreach (var chain in chains.Where(chain => chain.HasMore))
        {
            if (chain.Waiting == 0 || (wanted is null && chain.Waiting <= _pageSize) || waiting < mostWaiting)
            {
                chain.Request();
                waiting += _pageSize;
            }
        }
    }

    private List<DpoJob> Take(out RangeReader? missing)
    {
        var jobs = new List<DpoJob>(MostGiven);
        while (FindNext(out missing) is { } chain && jobs.Count < MostGiven)
        {
            var job = chain.Take();
            CheckOrder(job);
            jobs.Add(job);
        }
        return jobs;
    }

    // Ranges of time follow one another whatever the service does within them.
    private void CheckOrder(DpoJob job)
    {
        if (!order.IsByTime && !_isOutOfOrder && _last is not null && order.CompareNames(job.Name, _last) < 0)
        {
            _isOutOfOrder = true;
            log.Warning(
                "The service orders names in a way that is not known here: the jobs are all there, but not quite in its order. -ThrottleLimit 1 keeps to it."
            );
        }
        _last = job.Name;
    }

    // The range with the job whose turn it is. Null when it is missing, or when there is no further job.
    private RangeReader? FindNext(out RangeReader? missing)
    {
        missing = null;
        RangeReader? next = null;
        foreach (var chain in chains)
        {
            if (chain.Waiting == 0)
            {
                if (chain.IsAtEnd)
                {
                    continue;
                }
                missing = chain;
                return null;
            }
            if (order.IsByTime)
            {
                return chain;
            }
            if (next is null || order.CompareNames(chain.Next.Name, next.Next.Name) < 0)
            {
                next = chain;
            }
        }
        return next;
    }
}
