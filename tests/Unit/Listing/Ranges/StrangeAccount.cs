using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Unit.Listing.Ranges;

/// <summary>How a service differs from what the module expects. Everything follows from the seed and the request.</summary>
internal sealed record Strangeness(int Seed)
{
    public string Filter { get; init; } = "";
    public string Order { get; init; } = "";
    public string Total { get; init; } = "";
    public string Pages { get; init; } = "";
    public string Faults { get; init; } = "";
    public string Changes { get; init; } = "";

    /// <summary>Whether a page token names the last job before its page. Otherwise it is the number of jobs before it.</summary>
    public bool HasCursors { get; init; }

    /// <summary>The memory of a page, in bytes.</summary>
    public long PageMemory { get; init; }
}

/// <summary>
/// An account on a service that may misread filters, orders and tokens, count wrongly, fail and change. Responses arrive in a
/// random order, one at a time, when the test wants one, so that each run of a seed takes the same course.
/// </summary>
internal sealed class StrangeAccount : IRangeSource
{
    private const int MaxPages = 3000;

    private readonly Strangeness _strangeness;
    private readonly ListingOrder _order;
    private readonly Random _random;
    private readonly List<Action> _responses = [];
    private readonly HashSet<string> _failed = [];
    private readonly HashSet<DpoJob> _sent = [];
    private readonly Dictionary<string, DpoJob> _cursors = [];
    private readonly Dictionary<(DateTimeOffset?, DateTimeOffset?), List<DpoJob>> _listed = [];
    private int _created;

    public StrangeAccount(IEnumerable<DpoJob> jobs, ListingOrder order, int pageSize, Strangeness strangeness)
    {
        Jobs = [.. jobs];
        Stable = [.. Jobs];
        PageSize = pageSize;
        (_order, _strangeness) = (order, strangeness);
        _random = new Random(strangeness.Seed);
    }

    public List<DpoJob> Jobs { get; }

    /// <summary>The jobs that were never deleted.</summary>
    public HashSet<DpoJob> Stable { get; }

    public int PageSize { get; }

    public int Requests { get; private set; }

    /// <summary>The number of jobs that the listing has returned.</summary>
    public int Returned { get; set; }

    /// <summary>The memory of the jobs that were sent before they were returned, at most, in bytes.</summary>
    public long MaxSizeAhead { get; private set; }

    public bool CanBeSplit => true;

    public int MaxRequestsInFlight => int.MaxValue;

    public Task<DpoJobPage> FetchAsync(string? pageToken) => RequestAsync(null, pageToken);

    public Task<DpoJobPage> FetchRangeAsync(CreateTimeRange range, string? pageToken) => RequestAsync(range, pageToken);

    public Task<DpoJobPage> FetchLastAsync(ListingOrder order) =>
        RespondLaterAsync(() =>
        {
            var jobs = Sort(Jobs, order with { IsDescending = !order.IsDescending });
            return new DpoJobPage { Jobs = [.. jobs.Take(PageSize)], TotalSize = Count(jobs, null, "last") };
        });

    public Func<string?, Task<DpoJobPage>>? RestOf(CreateTimeRange? range, DpoJob last) =>
        token => RespondLaterAsync(() => Respond(range, token, last));

    public Task PauseAsync(int emptyPages) => Task.CompletedTask;

    public string DescribeRange(CreateTimeRange range, string? pageToken) => "GET range";

    public ResumePoint? FindResumePoint(DpoJob last, ListingOrder order) => new(null, last.Name);

    /// <summary>Sends responses until a task has completed. False when it waits for something else.</summary>
    public bool Complete(Task task)
    {
        while (!task.IsCompleted)
        {
            if (_responses.Count == 0)
            {
                return false;
            }
            Change();
            var index = _random.Next(_responses.Count);
            var response = _responses[index];
            _responses.RemoveAt(index);
            response();
        }
        return true;
    }

    private Task<DpoJobPage> RequestAsync(CreateTimeRange? range, string? token) =>
        RespondLaterAsync(() =>
        {
            Fail(range, token);
            return Respond(range, token, null);
        });

    private Task<DpoJobPage> RespondLaterAsync(Func<DpoJobPage> respond)
    {
        Requests++;
        if (Requests > MaxPages)
        {
            throw new InvalidOperationException("Too many requests.");
        }
        // What follows runs at once.
        var source = new TaskCompletionSource<DpoJobPage>();
        _responses.Add(() =>
        {
            DpoJobPage page;
            try
            {
                page = respond();
            }
            catch (FwException failure)
            {
                source.SetException(failure);
                return;
            }
            source.SetResult(page);
        });
        return source.Task;
    }

    private void Change()
    {
        if (_strangeness.Changes.Contains("delete", StringComparison.Ordinal) && Jobs.Count > 0 && _random.Next(4) == 0)
        {
            var job = Jobs[_random.Next(Jobs.Count)];
            Jobs.Remove(job);
            _listed.Clear();
            Stable.Remove(job);
        }
        if (_strangeness.Changes.Contains("create", StringComparison.Ordinal) && _random.Next(4) == 0)
        {
            _listed.Clear();
            Jobs.Add(
                new DpoJob
                {
                    Name = $"job-{_random.Next(100_000):D5}-{_created++}",
                    CreateTime = (Jobs.Max(job => job.CreateTime) ?? FakeAccount.Start).AddSeconds(_random.Next(100)),
                }
            );
        }
    }

    private void Fail(CreateTimeRange? range, string? token)
    {
        var request = $"{range}/{token}";
        switch (_strangeness.Faults)
        {
            case "rejects ranges" when range is not null:
                throw new FwApiException(400, "Rejected.");
            case "permanent" when token is not null && IsChosen(request, 12):
            case "first pages" when range is not null && token is null && IsChosen(request, 4):
            case "ranges" when range is not null && IsChosen(request, 12):
                throw new FwResponseException("Broken.");
            case "expired" when token is not null && IsChosen(request, 5) && _failed.Add(request):
                throw new FwApiException(400, "Expired.") { ServiceMessage = "invalid page token" };
            default:
                break;
        }
    }

    private DpoJobPage Respond(CreateTimeRange? range, string? token, DpoJob? after)
    {
        if (_strangeness.Filter == "forgotten with a token" && token is not null)
        {
            range = null;
        }
        if (!_listed.TryGetValue((range?.From, range?.Before), out var listed))
        {
            listed = [.. Sort(Jobs, _order).Where(job => range is null || IsIn(range, job))];
            _listed.Add((range?.From, range?.Before), listed);
        }
        if (after is not null)
        {
            listed = [.. listed.Where(job => !IsBefore(job, after))];
        }
        var start = token is null ? 0 : FindStart(listed, token);
        var request = $"{range}/{token}/{after?.Name}";
        var size = _strangeness.Pages switch
        {
            "short" => 1 + (int)(Hash(request) % (uint)PageSize),
            "empty" when IsChosen(request, 3) && token?.EndsWith('e') != true => 0,
            "capped" => Math.Max(1, PageSize / 2),
            "large" => PageSize * 2,
            _ => PageSize,
        };
        var jobs = listed.Skip(start).Take(size).ToList();
        var end = start + jobs.Count;
        var next = end < listed.Count ? CreateToken(listed, end) + (size == 0 ? "e" : "") : null;
        if (_strangeness.Pages == "repeated" && start > 0 && start <= listed.Count)
        {
            jobs.Insert(0, listed[start - 1]);
        }
        if (_strangeness.Pages == "nulls" && IsChosen(request, 3))
        {
            jobs.Insert(jobs.Count / 2, null!);
        }
        _sent.UnionWith(jobs.OfType<DpoJob>());
        MaxSizeAhead = Math.Max(MaxSizeAhead, (_sent.Count - Returned) * (_strangeness.PageMemory / PageSize));
        return new DpoJobPage
        {
            Jobs = jobs,
            NextPageToken = next,
            TotalSize = Count(listed, token, request),
            MemorySize = _strangeness.PageMemory,
        };
    }

    // A cursor names the last job before the page, an offset its number.
    private string CreateToken(List<DpoJob> listed, int end)
    {
        if (!_strangeness.HasCursors || end == 0)
        {
            return end.ToString(CultureInfo.InvariantCulture);
        }
        var last = listed[end - 1];
        _cursors["after " + last.Name] = last;
        return "after " + last.Name;
    }

    private int FindStart(List<DpoJob> listed, string token)
    {
        token = token.TrimEnd('e');
        return _cursors.TryGetValue(token, out var last)
            ? listed.TakeWhile(job => job == last || CompareJobs(job, last) <= 0).Count()
            : int.Parse(token, CultureInfo.InvariantCulture);
    }

    private long? Count(List<DpoJob> listed, string? token, string request) =>
        _strangeness.Total switch
        {
            "none" => null,
            "none later" => token is null ? listed.Count : null,
            "zero" => 0,
            "whole" => Jobs.Count,
            "too small" => Math.Max(0, listed.Count - 3),
            "too large" => listed.Count + 3,
            "twice" => listed.Count * 2L,
            "rounded" => listed.Count / 10 * 10,
            "random" => listed.Count + (Hash(request) % 7) - 3,
            "sometimes wrong" => listed.Count + (IsChosen(request, 9) ? 1 : 0),
            "negative" => -1,
            _ => listed.Count,
        };

    private bool IsIn(CreateTimeRange range, DpoJob job)
    {
        if (job.CreateTime is not { } time)
        {
            return _strangeness.Filter == "null matches";
        }
        var (from, before) = (range.From, range.Before);
        switch (_strangeness.Filter)
        {
            case "no start":
                from = null;
                break;
            case "no end":
                before = null;
                break;
            case "ignored":
                return true;
            case "exclusive start":
                from = from?.AddTicks(1);
                break;
            case "inclusive end":
                before = before?.AddTicks(1);
                break;
            case "exclusive second":
                from = from?.AddSeconds(1);
                break;
            case "inclusive second":
                before = before?.AddSeconds(1);
                break;
            case "other zone":
                (from, before) = (from?.AddHours(2), before?.AddHours(2));
                break;
            case "other zone of starts":
                from = from?.AddHours(2);
                break;
            case "other zone of ends":
                before = before?.AddHours(-2);
                break;
            case "minutes":
                (from, before) = (ToMinute(from), ToMinute(before));
                break;
            case "rounded times":
                // The service stores more digits than it shows.
                time = time.AddTicks((Hash(job.Name!) % TimeSpan.TicksPerSecond) - (TimeSpan.TicksPerSecond / 2));
                break;
            case "nothing":
                return false;
            default:
                break;
        }
        return (from is null || time >= from) && (before is null || time < before);
    }

    private static DateTimeOffset? ToMinute(DateTimeOffset? time) =>
        time?.AddTicks(-(time.GetValueOrDefault().Ticks % TimeSpan.TicksPerMinute));

    private List<DpoJob> Sort(IEnumerable<DpoJob> jobs, ListingOrder order)
    {
        var sorted = jobs.OrderBy(job => job, Comparer<DpoJob>.Create((x, y) => CompareJobs(x, y, order)));
        return [.. sorted];
    }

    private int CompareJobs(DpoJob first, DpoJob second) => CompareJobs(first, second, _order);

    private int CompareJobs(DpoJob first, DpoJob second, ListingOrder order)
    {
        var byName = string.CompareOrdinal(first.Name, second.Name);
        var isDescending = order.IsDescending && _strangeness.Order != "ascending";
        var sign = isDescending ? -1 : 1;
        if (_strangeness.Order == "ignored")
        {
            return byName;
        }
        if (_strangeness.Order == "mixed")
        {
            return (Hash(first.Name ?? "").CompareTo(Hash(second.Name ?? "")), byName) switch
            {
                (0, var names) => names,
                (var hashes, _) => hashes,
            };
        }
        if (!order.IsByTime)
        {
            return sign * byName;
        }
        var byTime = (first.CreateTime, second.CreateTime) switch
        {
            (null, null) => 0,
            (null, _) => _strangeness.Order == "nulls first" ? -sign : sign,
            (_, null) => _strangeness.Order == "nulls first" ? sign : -sign,
            var (x, y) when _strangeness.Order == "by day" => x.Value.Date.CompareTo(y.Value.Date),
            var (x, y) => x.Value.CompareTo(y.Value),
        };
        return byTime != 0 ? sign * byTime
            : _strangeness.Order == "equal times by name descending" ? -byName
            : byName;
    }

    private bool IsBefore(DpoJob job, DpoJob last) =>
        _order.IsByTime
            ? _order.IsDescending
                ? job.CreateTime >= ToSecond(last.CreateTime).AddSeconds(1)
                : job.CreateTime < ToSecond(last.CreateTime)
            : _order.CompareNames(job.Name, last.Name) < 0;

    private static DateTimeOffset ToSecond(DateTimeOffset? time) =>
        time.GetValueOrDefault().AddTicks(-(time.GetValueOrDefault().Ticks % TimeSpan.TicksPerSecond));

    private bool IsChosen(string request, uint oneOf) => Hash(request) % oneOf == 0;

    private uint Hash(string text)
    {
        var hash = (uint)_strangeness.Seed * 2654435761;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 16777619;
            hash ^= hash >> 15;
        }
        return hash;
    }
}
