using System;
using System.Collections.Generic;
using System.Linq;
using Fireworks.DpoJobs.Unit.Client;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing.Ranges;

/// <summary>
/// Whatever the service does, a listing that is read in parallel returns what a single chain of pages returns, or a warning or an
/// error reports that it does not.
/// </summary>
public sealed class StrangeAccountTests
{
    private const int Seeds = 400;

    // Buffers, and a batch that was removed from them.
    private const long MaxSizeAhead = 4 * RangeMerger.MaxBufferedSize;

    private static readonly string[] Filters =
    [
        "no start",
        "no end",
        "ignored",
        "exclusive start",
        "inclusive end",
        "exclusive second",
        "inclusive second",
        "other zone",
        "other zone of starts",
        "other zone of ends",
        "minutes",
        "rounded times",
        "nothing",
        "null matches",
        "forgotten with a token",
    ];

    private static readonly string[] Orders =
    [
        "ignored",
        "mixed",
        "ascending",
        "nulls first",
        "by day",
        "equal times by name descending",
    ];

    private static readonly string[] Totals =
    [
        "none",
        "none later",
        "zero",
        "whole",
        "too small",
        "too large",
        "twice",
        "rounded",
        "random",
        "sometimes wrong",
        "negative",
    ];

    private static readonly string[] Pages = ["short", "empty", "capped", "large", "repeated", "nulls"];

    private static readonly string[] Faults = ["rejects ranges", "permanent", "first pages", "ranges", "expired"];

    [Fact]
    public void Returns_what_a_single_chain_returns_whatever_the_service_does()
    {
        var problems = Enumerable
            .Range(0, Seeds)
            .Select(seed => FindProblem(seed, isChanging: false))
            .OfType<string>()
            .ToList();

        Assert.True(problems.Count == 0, $"{problems.Count}\n{string.Join("\n", problems.Take(20))}");
    }

    [Fact]
    public void Returns_every_job_that_is_never_deleted_while_the_account_changes()
    {
        var problems = Enumerable
            .Range(0, Seeds)
            .Select(seed => FindProblem(seed, isChanging: true))
            .OfType<string>()
            .ToList();

        Assert.True(problems.Count == 0, $"{problems.Count}\n{string.Join("\n", problems.Take(20))}");
    }

    private static string? FindProblem(int seed, bool isChanging)
    {
        var random = new Random(seed);
        var order = new ListingOrder(random.Next(2) == 0, random.Next(2) == 0);
        var pageSize = random.Next(3, 12);
        var strangeness = CreateStrangeness(seed, random, isChanging);
        var jobs = CreateJobs(random, isChanging);
        int? limit = random.Next(3) == 0 ? random.Next(1, jobs.Count + 20) : null;
        var throttleLimit = random.Next(2, 10);
        var log = new FakeLog();

        var single = new StrangeAccount(jobs, order, pageSize, strangeness with { Changes = "", Faults = "" });
        var expected = new List<DpoJob>();
        var (singleFailure, _) = Read(single, CreateChain(single, limit), expected);
        var account = new StrangeAccount(jobs, order, pageSize, strangeness);
        var read = new List<DpoJob>();
        var pager = new ParallelPager(CreateChain(account, limit), account, order, pageSize, throttleLimit, log);
        var (failure, isHanging) = Read(account, pager, read);

        var problem =
            isHanging ? "hangs"
            : failure is InvalidOperationException ? "requests too much"
            : account.MaxSizeAhead > MaxSizeAhead ? $"reads {account.MaxSizeAhead:N0} bytes ahead"
            : !isChanging
            && account.Requests
                > (single.Requests * (strangeness.Filter == "forgotten with a token" ? throttleLimit + 3 : 3)) + 40
                ? $"{account.Requests} requests instead of {single.Requests}"
            : isChanging ? FindLoss(account, pager, read, limit, failure)
            : FindDifference(expected, read, pager, failure, singleFailure, strangeness, log, limit);
        return problem is null
            ? null
            : $"{seed}: {problem}. {order}, {jobs.Count} jobs, pages of {pageSize}, limit {limit}, {throttleLimit} at once, {strangeness}, {string.Join(" ", log.Warnings)}";
    }

    private static string? FindDifference(
        List<DpoJob> expected,
        List<DpoJob> read,
        ParallelPager pager,
        Exception? failure,
        Exception? singleFailure,
        Strangeness strangeness,
        FakeLog log,
        int? limit
    )
    {
        if (
            failure is not null
            && strangeness.Faults.Length == 0
            && singleFailure is null
            && strangeness.Filter is not ("forgotten with a token" or "null matches")
        )
        {
            return "fails: " + failure.Message;
        }
        if (pager.MayHaveSkipped || pager.Missing > 0)
        {
            return null;
        }
        var mayBeReordered = log.Warnings.Any(warning =>
            warning.StartsWith("The service orders names", StringComparison.Ordinal)
        );
        if (mayBeReordered)
        {
            return failure is null && pager.HasMore == false && limit is null && !read.ToHashSet().SetEquals(expected)
                ? "loses jobs"
                : null;
        }
        if (failure is not null)
        {
            if (!expected.Take(read.Count).SequenceEqual(read))
            {
                return "does not return all jobs before the failure: " + failure.Message;
            }
            return pager.ResumePoint is { Filter: { } last } && read.Count > 0 && last != read[^1].Name
                ? "has a wrong resume point"
                : null;
        }
        return read.SequenceEqual(expected) ? null
            : read.Count != read.Distinct().Count() ? "duplicates"
            : read.ToHashSet().SetEquals(expected) ? "reorders"
            : $"returns {read.Count} instead of {expected.Count} jobs";
    }

    private static string? FindLoss(
        StrangeAccount account,
        ParallelPager pager,
        List<DpoJob> read,
        int? limit,
        Exception? failure
    )
    {
        if (read.Count != read.Distinct().Count())
        {
            return "duplicates";
        }
        if (pager.MayHaveSkipped || pager.Missing > 0 || failure is not null)
        {
            return null;
        }
        if (limit is not null)
        {
            return read.Count < Math.Min(limit.Value, account.Stable.Count) ? "returns too few" : null;
        }
        var lost = account.Stable.Except(read).Count();
        return lost > 0 ? $"loses {lost}" : null;
    }

    private static (Exception? Failure, bool IsHanging) Read(
        StrangeAccount account,
        IDpoJobPager pager,
        List<DpoJob> read
    )
    {
        try
        {
            while (pager.HasMore)
            {
                var page = pager.ReadPageAsync();
                if (!account.Complete(page))
                {
                    return (null, true);
                }
                read.AddRange(page.GetAwaiter().GetResult().Jobs);
                account.Returned = read.Count;
                pager.ReadAhead();
            }
        }
        catch (Exception failure) when (failure is FwException or InvalidOperationException)
        {
            return (failure, false);
        }
        return (null, false);
    }

    private static SequentialPager CreateChain(StrangeAccount account, int? limit)
    {
        var limiter = new JobLimiter(limit: limit);
        var pages = new PageReader(
            account.FetchAsync,
            token => $"GET {token}",
            hasRead: limiter.HasSeen,
            restAfter: last => account.RestOf(null, last)
        );
        return new SequentialPager(pages, limiter);
    }

    private static Strangeness CreateStrangeness(int seed, Random random, bool isChanging)
    {
        var strangeness = new Strangeness(seed) { HasCursors = random.Next(2) == 0 };
        if (isChanging)
        {
            // An offset skips jobs unnoticed if as many are created as deleted.
            var changes = strangeness.HasCursors ? new[] { "delete", "create", "delete create" } : ["delete", "create"];
            strangeness = strangeness with { Changes = Choose(random, changes) };
        }
        switch (random.Next(5))
        {
            // Jobs that are created hide others that are missing.
            case 0 or 1 when strangeness.Changes is "" or "delete":
                strangeness = strangeness with { Filter = Choose(random, Filters) };
                break;
            case 2 when !isChanging:
                strangeness = strangeness with { Order = Choose(random, Orders) };
                break;
            // Only the numbers show which jobs an offset skips.
            case 3 when !isChanging || strangeness.HasCursors:
                strangeness = strangeness with { Total = Choose(random, Totals) };
                break;
            default:
                break;
        }
        strangeness = strangeness with { PageMemory = random.Next(3) == 0 ? random.Next(100_000, 8_000_000) : 0 };
        return random.Next(4) switch
        {
            0 => strangeness with { Pages = Choose(random, Pages) },
            // In an unknown order, a listing cannot be continued after a job.
            1 when strangeness.Order.Length == 0 => strangeness with { Faults = Choose(random, Faults) },
            _ => strangeness,
        };
    }

    private static string Choose(Random random, string[] of) => of[random.Next(of.Length)];

    private static List<DpoJob> CreateJobs(Random random, bool isChanging)
    {
        var count = random.Next(4) == 0 ? random.Next(0, 100) : random.Next(60, 700);
        var span = Choose(random, ["minute", "hour", "day", "year"]) switch
        {
            "minute" => TimeSpan.FromMinutes(1),
            "hour" => TimeSpan.FromHours(1),
            "day" => TimeSpan.FromDays(1),
            _ => TimeSpan.FromDays(365),
        };
        var kind = random.Next(6);
        var isWholeSeconds = random.Next(2) == 0;
        // Jobs that are deleted hide those without a creation time, which no range has.
        var nulls = !isChanging && random.Next(8) == 0 ? random.Next(2, 30) : 0;
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(number =>
                {
                    var share = kind switch
                    {
                        0 => (double)number / count,
                        1 => 1 - ((double)number / count),
                        2 => Math.Pow(random.NextDouble(), 6),
                        3 => random.Next(3) / 3.0,
                        4 => random.Next(10) == 0 ? random.NextDouble() : 0.7,
                        _ => random.NextDouble(),
                    };
                    var time = FakeAccount.Start.AddTicks((long)(span.Ticks * share));
                    time = isWholeSeconds ? time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond)) : time;
                    return new DpoJob
                    {
                        Name = $"job-{number * 97:D5}{(random.Next(3) == 0 ? "-a" : "")}",
                        CreateTime = nulls > 0 && random.Next(nulls) == 0 ? null : time,
                    };
                }),
        ];
    }
}
