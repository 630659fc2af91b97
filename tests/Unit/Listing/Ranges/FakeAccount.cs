using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Unit.Listing.Ranges;

/// <summary>An account that answers for all of its jobs and for ranges of them, in an order, with offsets as page tokens.</summary>
internal sealed class FakeAccount(IEnumerable<DpoJob> jobs, string? orderBy = null) : IRangeSource
{
    private readonly TaskCompletionSource<bool> _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _atOnce;

    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>All jobs, in the order of the listing.</summary>
    public List<DpoJob> Jobs { get; } = Sort(jobs, orderBy);

    public int PageSizeSent { get; init; } = 10;

    public int? PageSize => PageSizeSent;

    public bool CanBeCut { get; init; } = true;

    /// <summary>Runs before a page of a range is given; may throw.</summary>
    public Action<CreateTimeRange, string?> OnRange { get; init; } = (_, _) => { };

    /// <summary>Changes the page of a range, or of all when the range is null.</summary>
    public Func<CreateTimeRange?, DpoJobPage, DpoJobPage> Change { get; init; } = (_, page) => page;

    /// <summary>Changes the page with the newest job, or with the oldest.</summary>
    public Action<bool, DpoJobPage> ChangeEnd { get; init; } = (_, _) => { };

    /// <summary>What was asked for: of all, the token; of a range, its beginning and the token.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>How many ranges were asked for at the same time.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>How many ranges must be asked for at the same time before the first of them is answered.</summary>
    public int AnswersFrom { get; init; }

    /// <summary>Whether answers come later, in an order of their own.</summary>
    public Random? Delays { get; init; }

    public static List<DpoJob> Sort(IEnumerable<DpoJob> jobs, string? orderBy)
    {
        var byName = jobs.OrderBy(job => job.Name, StringComparer.Ordinal);
        return orderBy switch
        {
            null => [.. byName],
            "name desc" => [.. byName.Reverse()],
            "create_time" => [.. byName.OrderBy(job => job.CreateTime)],
            "create_time desc" => [.. byName.OrderByDescending(job => job.CreateTime)],
            _ => throw new ArgumentException(orderBy, nameof(orderBy)),
        };
    }

    public Task<DpoJobPage> FetchAsync(string? pageToken)
    {
        Note($"all {pageToken}");
        return AnswerAsync(null, Jobs, pageToken);
    }

    public async Task<DpoJobPage> FetchRangeAsync(CreateTimeRange range, string? pageToken)
    {
        Note($"{range.From:MM-dd} {pageToken}");
        lock (Requests)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_atOnce);
            if (_atOnce >= AnswersFrom)
            {
                _enough.TrySetResult(true);
            }
        }
        await Task.WhenAny(_enough.Task, Task.Delay(TimeSpan.FromSeconds(30)));
        try
        {
            OnRange(range, pageToken);
            return await AnswerAsync(range, [.. Jobs.Where(range.Contains)], pageToken);
        }
        finally
        {
            lock (Requests)
            {
                _atOnce--;
            }
        }
    }

    public Task<DpoJobPage> FetchEndAsync(bool newest)
    {
        Note(newest ? "newest" : "oldest");
        var byTime = Sort(Jobs, newest ? "create_time desc" : "create_time");
        var page = new DpoJobPage { Jobs = [.. byTime.Take(1)], TotalSize = Jobs.Count };
        ChangeEnd(newest, page);
        return Task.FromResult(page);
    }

    public string DescribeRange(CreateTimeRange range, string? pageToken) => "GET range";

    public ResumePoint? FindRest(DpoJob last, ListingOrder order) =>
        new(null, PageSize, null) { Filter = $"after {last.Name}" };

    private async Task<DpoJobPage> AnswerAsync(CreateTimeRange? range, List<DpoJob> listed, string? pageToken)
    {
        int turns;
        lock (Requests)
        {
            turns = Delays?.Next(6) ?? 0;
        }
        for (; turns > 0; turns--)
        {
            await Task.Yield();
        }
        var start = int.Parse(pageToken ?? "0", CultureInfo.InvariantCulture);
        var end = start + PageSizeSent;
        return Change(
            range,
            new DpoJobPage
            {
                Jobs = [.. listed.Skip(start).Take(PageSizeSent)],
                NextPageToken = end < listed.Count ? end.ToString(CultureInfo.InvariantCulture) : null,
                TotalSize = listed.Count,
            }
        );
    }

    private void Note(string request)
    {
        lock (Requests)
        {
            Requests.Add(request);
        }
    }
}
