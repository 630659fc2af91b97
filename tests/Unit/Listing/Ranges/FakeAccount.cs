using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Unit.Listing.Ranges;

/// <summary>An account that returns all of its jobs, or ranges of them, in an order. Page tokens are offsets.</summary>
internal sealed class FakeAccount(IEnumerable<DpoJob> jobs, string? orderBy = null) : IRangeSource
{
    private readonly TaskCompletionSource<bool> _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _atOnce;

    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>All jobs, in the order of the listing.</summary>
    public List<DpoJob> Jobs { get; } = Sort(jobs, orderBy);

    public int PageSize { get; init; } = 10;

    public bool CanBeSplit { get; init; } = true;

    public int MaxRequestsInFlight { get; init; } = int.MaxValue;

    /// <summary>Runs before a page of a range is returned; may throw.</summary>
    public Action<CreateTimeRange, string?> OnRange { get; init; } = (_, _) => { };

    /// <summary>Runs before a page of the whole listing is returned; may throw.</summary>
    public Action<string?> OnAll { get; init; } = _ => { };

    /// <summary>Whether the service counts a job in a range.</summary>
    public Func<CreateTimeRange, DpoJob, bool> IsIn { get; init; } = (range, job) => range.Contains(job);

    /// <summary>Changes the page of a range, or of the whole listing when the range is null.</summary>
    public Func<CreateTimeRange?, DpoJobPage, DpoJobPage> Change { get; init; } = (_, page) => page;

    /// <summary>Changes the last page.</summary>
    public Action<DpoJobPage> ChangeLast { get; init; } = _ => { };

    /// <summary>The requests: the token, and for a range its start and end.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>The maximum number of ranges that were requested at the same time.</summary>
    public int MaxAtOnce { get; private set; }

    /// <summary>How many ranges must be requested at the same time before the first response.</summary>
    public int RespondsFrom { get; init; }

    /// <summary>Delays responses, so that they arrive in another order. Null for no delay.</summary>
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
        OnAll(pageToken);
        return RespondAsync(null, Jobs, pageToken);
    }

    public async Task<DpoJobPage> FetchRangeAsync(CreateTimeRange range, string? pageToken)
    {
        Note($"{range.From:MM-dd HH:mm:ss}-{range.Before:MM-dd HH:mm:ss}/{pageToken}");
        lock (Requests)
        {
            MaxAtOnce = Math.Max(MaxAtOnce, ++_atOnce);
            if (_atOnce >= RespondsFrom)
            {
                _enough.TrySetResult(true);
            }
        }
        await Task.WhenAny(_enough.Task, Task.Delay(TimeSpan.FromSeconds(30)));
        try
        {
            OnRange(range, pageToken);
            return await RespondAsync(range, [.. Jobs.Where(job => IsIn(range, job))], pageToken);
        }
        finally
        {
            lock (Requests)
            {
                _atOnce--;
            }
        }
    }

    public Task<DpoJobPage> FetchLastAsync(ListingOrder order)
    {
        Note("last");
        var page = new DpoJobPage { Jobs = [.. Jobs.AsEnumerable().Reverse().Take(PageSize)], TotalSize = Jobs.Count };
        ChangeLast(page);
        return Task.FromResult(page);
    }

    public Func<string?, Task<DpoJobPage>>? RestOf(CreateTimeRange? range, DpoJob last) => null;

    public Task PauseAsync(int emptyPages) => Task.CompletedTask;

    public string DescribeRange(CreateTimeRange range, string? pageToken) => "GET range";

    public ResumePoint? FindResumePoint(DpoJob last, ListingOrder order) => new(null, $"after {last.Name}");

    private async Task<DpoJobPage> RespondAsync(CreateTimeRange? range, List<DpoJob> listed, string? pageToken)
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
        var end = start + PageSize;
        return Change(
            range,
            new DpoJobPage
            {
                Jobs = [.. listed.Skip(start).Take(PageSize)],
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
