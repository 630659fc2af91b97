using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Models;
using Fireworks.DpoJobs.Query;

namespace Fireworks.DpoJobs.Client.Ranges;

/// <summary>
/// Reads ranges side by side and gives their jobs in the order of the listing. A page is asked for when a range has none
/// waiting, and further ones as long as not too many jobs wait. Not for several threads at once.
/// </summary>
/// <param name="chains">The ranges, in the order of the listing, each with its first page.</param>
/// <param name="order">The order of the listing.</param>
internal sealed class RangeMerge(IReadOnlyList<RangeChain> chains, ListingOrder order)
{
    private const int MostWaitingInRange = 3200;
    private const int MostGiven = 200;

    /// <summary>What made a range end early. Null when nothing did. No more is asked for then.</summary>
    public FwException? Failure { get; private set; }

    /// <summary>The ranges of which pages are missing.</summary>
    public IEnumerable<RangeChain> Unfinished => chains.Where(chain => !chain.IsAtEnd);

    /// <summary>Whether all pages have come, and with them fewer jobs than the service counts.</summary>
    public bool IsShort => chains.Any(chain => chain.IsShort);

    /// <summary>
    /// The next jobs. None when all have been given that can be. After a failure, what has come is still given; but not where
    /// a number of jobs is wanted, since those that are missing might have been among them.
    /// </summary>
    /// <param name="wanted">How many more jobs the reader takes. Null for all.</param>
    public async Task<IReadOnlyList<DpoJob>> ReadAsync(long? wanted)
    {
        while (true)
        {
            await ReceiveAsync().ConfigureAwait(false);
            Request(wanted);
            if (Take(isComplete: wanted is not null) is { Count: > 0 } jobs)
            {
                return jobs;
            }
            var requested = chains.Select(chain => chain.Requested).OfType<Task<DpoJobPage>>().ToList();
            if (requested.Count == 0)
            {
                return [];
            }
            await Task.WhenAny(requested).ConfigureAwait(false);
        }
    }

    private void Request(long? wanted)
    {
        if (Failure is not null)
        {
            return;
        }
        var mostWaiting = Math.Min(wanted ?? long.MaxValue, (long)MostWaitingInRange * chains.Count);
        var waiting = chains.Sum(chain => chain.Waiting);
        foreach (var chain in chains.Where(chain => chain is { IsAtEnd: false, Requested: null }))
        {
            if (chain.Waiting <= MostGiven || waiting < mostWaiting)
            {
                chain.Request();
                waiting += MostGiven;
            }
        }
    }

    private async Task ReceiveAsync()
    {
        foreach (var chain in chains.Where(chain => chain.Requested?.IsCompleted == true))
        {
            try
            {
                await chain.ReceiveAsync().ConfigureAwait(false);
            }
            catch (FwException failure)
            {
                Failure ??= failure;
            }
        }
    }

    private List<DpoJob> Take(bool isComplete)
    {
        var jobs = new List<DpoJob>(MostGiven);
        while (jobs.Count < MostGiven && FindNext(isComplete) is { } chain)
        {
            jobs.Add(chain.Take());
        }
        return jobs;
    }

    // The range with the job whose turn it is. Null when that cannot be said yet.
    private RangeChain? FindNext(bool isComplete)
    {
        RangeChain? next = null;
        foreach (var chain in chains)
        {
            if (chain.Waiting == 0)
            {
                if (chain.IsAtEnd || (Failure is not null && !isComplete && chain.Requested is null))
                {
                    continue;
                }
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
