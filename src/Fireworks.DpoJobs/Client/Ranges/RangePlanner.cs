using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Models;
using Fireworks.DpoJobs.Query;

namespace Fireworks.DpoJobs.Client.Ranges;

/// <summary>
/// Cuts a listing into ranges of creation time with about as many jobs each. The service's own counts tell where to cut,
/// and whether the ranges hold all of the listing.
/// </summary>
/// <param name="source">The listing.</param>
/// <param name="order">Its order.</param>
/// <param name="rangeCount">How many ranges are wanted.</param>
/// <param name="log">Hears what was made of it.</param>
internal sealed class RangePlanner(IRangeSource source, ListingOrder order, int rangeCount, IClientLog log)
{
    // Each round divides the time in question by the number of ranges: with eight, six find two minutes in a year.
    private const int MostRounds = 6;

    /// <summary>Ranges of which the first pages have come, in the order of the listing. Null where they would not give the listing.</summary>
    public async Task<IReadOnlyList<RangeChain>?> PlanAsync()
    {
        try
        {
            return await CountAsync().ConfigureAwait(false) is { } counts
                ? await CutAsync(counts).ConfigureAwait(false)
                : GiveUp("the service does not tell when jobs were created, or how many there are");
        }
        catch (FwApiException refusal) when (refusal.IsInvalidArgument)
        {
            return GiveUp(
                "the service refuses the filter for it"
                    + (refusal.ServiceMessage is { } message ? $" (it says: {message})" : "")
            );
        }
        catch (FwException)
        {
            // It is in the log, and what is wrong with more than this meets the next request too, which then tells where to go on.
            return GiveUp("the service could not be asked for the counts");
        }
    }

    private async Task<JobCounts?> CountAsync()
    {
        var ends = await Task.WhenAll(source.FetchEndAsync(newest: false), source.FetchEndAsync(newest: true))
            .ConfigureAwait(false);
        return
            ends[1].TotalSize is { } total
            && CreateTimeOf(ends[0]) is { } oldest
            && CreateTimeOf(ends[1]) is { } newest
            && oldest <= newest
            ? new JobCounts(oldest, newest, total)
            : null;
    }

    private static DateTimeOffset? CreateTimeOf(DpoJobPage page) =>
        page.Jobs.Count > 0 ? page.Jobs[0]?.CreateTime : null;

    private async Task<IReadOnlyList<RangeChain>?> CutAsync(JobCounts counts)
    {
        for (var round = 1; ; round++)
        {
            var chains = counts.Cut(rangeCount).Select(range => new RangeChain(source, range)).ToList();
            if (chains.Count == 1)
            {
                return GiveUp("all jobs were created at the same time");
            }
            foreach (var chain in chains)
            {
                chain.Request();
            }
            var pages = await Task.WhenAll(chains.Select(chain => chain.ReceiveAsync())).ConfigureAwait(false);
            if (pages.Sum(page => page.TotalSize) != counts.Total || pages.Any(page => page.TotalSize is null))
            {
                return GiveUp("the service counts other jobs in the parts than in the whole");
            }
            if (!order.IsByTime && !pages.All(IsSorted))
            {
                return GiveUp("the service orders names in a way that is not known here");
            }
            if (round == MostRounds || IsEven(pages))
            {
                if (order is { IsByTime: true, IsDescending: true })
                {
                    chains.Reverse();
                }
                log.Verbose($"Listing {counts.Total:N0} jobs in {chains.Count} ranges of creation time, side by side.");
                return chains;
            }
            counts.Add(chains.Select(chain => chain.Range), pages.Select(page => page.TotalSize ?? 0));
        }
    }

    // The largest range is the one that is waited for.
    private static bool IsEven(DpoJobPage[] pages) =>
        pages.Max(page => page.TotalSize)
        <= (pages.Average(page => page.TotalSize) * 1.1) + pages.Max(page => page.Jobs.Count);

    private bool IsSorted(DpoJobPage page) =>
        page
            .Jobs.Zip(page.Jobs.Skip(1), (first, second) => order.CompareNames(first?.Name, second?.Name) <= 0)
            .All(isInOrder => isInOrder);

    private IReadOnlyList<RangeChain>? GiveUp(string reason)
    {
        log.Warning($"The pages are read one after the other, whatever -ThrottleLimit says: {reason}.");
        return null;
    }
}
