using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs;

/// <summary>
/// Cuts a listing into ranges of creation time with about as many jobs each. The service's own counts tell where to cut,
/// and whether the ranges hold all of the listing.
/// </summary>
/// <param name="source">The listing.</param>
/// <param name="order">Its order.</param>
/// <param name="total">How many jobs it has, by its first page.</param>
/// <param name="rangeCount">How many ranges are wanted.</param>
/// <param name="log">Hears what was made of it.</param>
internal sealed class RangePlanner(IRangeSource source, ListingOrder order, long? total, int rangeCount, IClientLog log)
{
    // Each round divides the time in question by the number of ranges: with eight, six find two minutes in a year.
    private const int MostRounds = 6;

    /// <summary>Ranges of which the first pages have come, in the order of the listing. Null where they would not give the listing.</summary>
    public async Task<IReadOnlyList<RangeReader>?> PlanAsync()
    {
        try
        {
            var ends = await Task.WhenAll(source.FetchEndAsync(newest: false), source.FetchEndAsync(newest: true))
                .ConfigureAwait(false);
            return ends.Any(end => end.TotalSize != total) ? GiveUp("the account has changed since the first page")
                : CreateTimeOf(ends[0]) is { } oldest && CreateTimeOf(ends[1]) is { } newest && oldest <= newest
                    ? await CutAsync(new CreationHistogram(oldest, newest, total.GetValueOrDefault()))
                        .ConfigureAwait(false)
                : GiveUp("the service does not tell when the jobs were created");
        }
        catch (FwApiException refusal) when (refusal.IsInvalidArgument)
        {
            return GiveUp(
                "the service refuses the filter for it"
                    + (refusal.ServiceMessage is { } message ? $" (it says: {message})" : "")
            );
        }
        catch (FwException failure)
        {
            // What is wrong with more than this meets the next request too, which then tells where to go on.
            return GiveUp($"the service could not be asked for the counts ({failure.Message})");
        }
    }

    private static DateTimeOffset? CreateTimeOf(DpoJobPage page) =>
        page.Jobs.FirstOrDefault(job => job is not null)?.CreateTime;

    private async Task<IReadOnlyList<RangeReader>?> CutAsync(CreationHistogram counts)
    {
        IReadOnlyList<CreateTimeRange> before = [];
        for (var round = 1; ; round++)
        {
            var ranges = counts.Cut(rangeCount);
            var chains = ranges.Select(range => new RangeReader(source, range)).ToList();
            if (chains.Count == 1)
            {
                return GiveUp("all jobs were created at the same time");
            }
            foreach (var chain in chains)
            {
                chain.Request();
            }
            var pages = await Task.WhenAll(chains.Select(chain => chain.ReceivePageAsync())).ConfigureAwait(false);
            if (pages.Sum(page => page.TotalSize) != counts.Total || pages.Any(page => page.TotalSize is null))
            {
                return GiveUp("the service counts other jobs in the parts than in the whole");
            }
            if (!order.IsByTime && !pages.All(IsSorted))
            {
                return GiveUp("the service orders names in a way that is not known here");
            }
            if (round == MostRounds || IsEven(pages) || ranges.SequenceEqual(before))
            {
                if (order is { IsByTime: true, IsDescending: true })
                {
                    chains.Reverse();
                }
                log.Verbose($"Listing {counts.Total:N0} jobs in {chains.Count} ranges of creation time, side by side.");
                return chains;
            }
            counts.Add(ranges, pages.Select(page => page.TotalSize ?? 0));
            before = ranges;
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

    private IReadOnlyList<RangeReader>? GiveUp(string reason)
    {
        log.Warning($"The pages are read one after the other, whatever -ThrottleLimit says: {reason}.");
        return null;
    }
}
