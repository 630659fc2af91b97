namespace Fireworks.DpoJobs;

/// <summary>
/// Splits a listing into ranges of creation time with about the same number of jobs each. Uses the service's own counts to find
/// the borders, and to verify that the ranges contain the whole listing.
/// </summary>
internal sealed class RangePlanner(
    IRangeSource source,
    ListingOrder order,
    DpoJobPage first,
    int rangeCount,
    IClientLog log
)
{
    // Each round divides the remaining time by the number of ranges: with eight ranges, six rounds find two minutes in a year.
    private const int MaxRounds = 6;

    /// <summary>
    /// Creates at most <c>rangeCount</c> ranges in the order of the listing, each with its first page. Null when they would not
    /// yield the same listing.
    /// </summary>
    public async Task<IReadOnlyList<RangeReader>?> PlanAsync()
    {
        try
        {
            var ends = await Task.WhenAll(source.FetchEndAsync(newest: false), source.FetchEndAsync(newest: true))
                .ConfigureAwait(false);
            return ends.Any(end => end.TotalSize != first.TotalSize)
                    ? GiveUp("the account has changed since the first page")
                : CreateTimeOf(ends[0]) is { } oldest && CreateTimeOf(ends[1]) is { } newest && oldest <= newest
                    ? await SplitAsync(new CreationHistogram(oldest, newest, first.TotalSize.GetValueOrDefault()))
                        .ConfigureAwait(false)
                : GiveUp("the service does not report when the jobs were created");
        }
        catch (FwApiException rejection) when (rejection.IsInvalidArgument)
        {
            return GiveUp(
                "the service rejected the filter by creation time"
                    + (rejection.ServiceMessage is { } message ? $" (service message: {message})" : "")
            );
        }
        catch (FwException failure)
        {
            // If the failure persists, the next page fails too, with an error that shows how to continue.
            return GiveUp($"the number of jobs per range could not be retrieved ({failure.Message})");
        }
    }

    private static DateTimeOffset? CreateTimeOf(DpoJobPage page) =>
        page.Jobs.FirstOrDefault(job => job is not null)?.CreateTime;

    private async Task<IReadOnlyList<RangeReader>?> SplitAsync(CreationHistogram histogram)
    {
        if (!order.IsByTime)
        {
            histogram.Estimate(first.Jobs.Select(job => job?.CreateTime).OfType<DateTimeOffset>());
        }
        IReadOnlyList<CreateTimeRange> previous = [];
        for (var round = 1; ; round++)
        {
            var ranges = histogram.Split(rangeCount);
            var readers = ranges.Select(range => new RangeReader(source, range)).ToList();
            if (readers.Count == 1)
            {
                return GiveUp("all jobs were created in the same second");
            }
            foreach (var reader in readers)
            {
                reader.Request();
            }
            var pages = await Task.WhenAll(readers.Select(reader => reader.ReceivePageAsync())).ConfigureAwait(false);
            if (
                pages.Any(page => page.TotalSize is null or < 0)
                || pages.Sum(page => (decimal?)page.TotalSize) != first.TotalSize
            )
            {
                return GiveUp("the numbers of jobs in the ranges do not add up to the total");
            }
            if (!order.IsByTime && !pages.All(IsSorted))
            {
                return GiveUp("the service orders names unexpectedly");
            }
            // Where the service limits the rate of requests, further requests take longer than an unbalanced range.
            var isLimited = source.MaxRequestsInFlight < readers.Count;
            if (isLimited || round == MaxRounds || IsBalanced(pages) || ranges.SequenceEqual(previous))
            {
                if (order is { IsByTime: true, IsDescending: true })
                {
                    readers.Reverse();
                }
                log.Verbose(
                    $"Reading {histogram.Total:N0} jobs in {readers.Count} ranges of creation time in parallel."
                );
                return readers;
            }
            histogram.Add(ranges, pages.Select(page => page.TotalSize ?? 0));
            previous = ranges;
        }
    }

    // The largest range takes longest.
    private static bool IsBalanced(DpoJobPage[] pages) =>
        pages.Max(page => page.TotalSize)
        <= (pages.Average(page => (double?)page.TotalSize) * 1.1) + pages.Max(page => page.Jobs.Count);

    private bool IsSorted(DpoJobPage page) =>
        page
            .Jobs.Zip(page.Jobs.Skip(1), (first, second) => order.CompareNames(first?.Name, second?.Name) <= 0)
            .All(isInOrder => isInOrder);

    private IReadOnlyList<RangeReader>? GiveUp(string reason)
    {
        log.Warning($"Reading pages sequentially despite -ThrottleLimit: {reason}.");
        return null;
    }
}
