using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;

namespace Fireworks.DpoJobs.Unit.Listing.Ranges;

/// <summary>An account that never changes, and whose responses take a time on a virtual clock.</summary>
internal sealed class SlowAccount(IReadOnlyList<DpoJob> jobs, string? orderBy, VirtualClock clock) : IRangeSource
{
    public const int PageSize = 200;

    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<CreateTimeRange, List<DpoJob>> _ranges = new();
    private int _inFlight;

    /// <summary>All jobs, in the order of the listing.</summary>
    public List<DpoJob> Jobs { get; } = FakeAccount.Sort(jobs, orderBy);

    public int Requests { get; private set; }

    public int MaxInFlight { get; private set; }

    public bool CanBeSplit => true;

    public int MaxRequestsInFlight => int.MaxValue;

    public Task<DpoJobPage> FetchAsync(string? pageToken) => RespondAsync(Jobs, pageToken);

    public Task<DpoJobPage> FetchRangeAsync(CreateTimeRange range, string? pageToken) =>
        RespondAsync(_ranges.GetOrAdd(range, _ => [.. Jobs.Where(range.Contains)]), pageToken);

    public Task<DpoJobPage> FetchLastAsync(ListingOrder order) =>
        RespondAsync([.. Jobs.AsEnumerable().Reverse().Take(PageSize)], null, Jobs.Count);

    public Func<string?, Task<DpoJobPage>>? RestOf(CreateTimeRange? range, DpoJob last) => null;

    public Task PauseAsync(int emptyPages) => Task.CompletedTask;

    public string DescribeRange(CreateTimeRange range, string? pageToken) => "GET range";

    public ResumePoint? FindResumePoint(DpoJob last, ListingOrder order) => null;

    private async Task<DpoJobPage> RespondAsync(List<DpoJob> listed, string? pageToken, int? total = null)
    {
        Requests++;
        MaxInFlight = Math.Max(MaxInFlight, ++_inFlight);
        await clock.DelayAsync(Latency, CancellationToken.None);
        _inFlight--;
        var start = int.Parse(pageToken ?? "0", CultureInfo.InvariantCulture);
        var end = start + PageSize;
        return new DpoJobPage
        {
            Jobs = listed.GetRange(start, Math.Min(PageSize, listed.Count - start)),
            NextPageToken = end < listed.Count ? end.ToString(CultureInfo.InvariantCulture) : null,
            TotalSize = total ?? listed.Count,
        };
    }
}
