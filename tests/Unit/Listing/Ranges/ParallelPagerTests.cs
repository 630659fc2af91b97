using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing.Ranges;

/// <summary>Reading a listing in parallel ranges of creation time returns the same jobs as reading it page by page.</summary>
public sealed class ParallelPagerTests
{
    private const string Fallback = "Reading pages sequentially despite -ThrottleLimit: ";

    private readonly FakeLog _log = new();

    [Fact]
    public void Returns_each_job_once_in_order_up_to_the_limit_for_any_account()
    {
        Prop.ForAll(
                Listings().ToArbitrary(),
                listing =>
                {
                    var account = new FakeAccount(listing.Jobs, listing.OrderBy)
                    {
                        PageSize = listing.PageSize,
                        Delays = new Random(listing.Jobs.Count),
                    };

                    var read = ReadAllAsync(account, listing.OrderBy, listing.ThrottleLimit, listing.Limit)
                        .GetAwaiter()
                        .GetResult();

                    var wanted = FakeAccount.Sort(listing.Jobs, listing.OrderBy).Take(listing.Limit ?? int.MaxValue);
                    return read.SequenceEqual(wanted) && account.MaxAtOnce <= listing.ThrottleLimit;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("name desc")]
    [InlineData("create_time")]
    [InlineData("create_time desc")]
    public async Task Returns_every_remaining_job_once_in_order_while_others_leave_the_listing(string? orderBy)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            // In some accounts, names follow time.
            var jobs = Jobs(300, seed % 3 == 0 ? number => FakeAccount.Start.AddMinutes(number) : null);
            FakeAccount? account = null;
            account = new FakeAccount(jobs, orderBy)
            {
                OnRange = (_, token) =>
                {
                    // The ranges are planned: their first pages have been read.
                    if (token is not null && random.Next(10) < seed % 11)
                    {
                        account!.Jobs.RemoveAt(random.Next(account.Jobs.Count));
                    }
                },
            };

            var read = await ReadAllAsync(account, orderBy, throttleLimit: 4);

            Assert.Equal(FakeAccount.Sort(read.Distinct(), orderBy), read);
            Assert.Empty(account.Jobs.Except(read));
            Assert.Empty(_log.Warnings);
        }
    }

    [Theory]
    [InlineData(null, 8)]
    [InlineData("name desc", 8)]
    [InlineData("create_time", 4)]
    [InlineData("create_time desc", 4)]
    public async Task Reads_a_large_account_in_parallel(string? orderBy, int atOnce)
    {
        var account = new FakeAccount(Jobs(1000), orderBy) { RespondsFrom = atOnce, Delays = new Random(1) };

        var read = await ReadAllAsync(account, orderBy, throttleLimit: 8);

        Assert.Equal(FakeAccount.Sort(Jobs(1000), orderBy).Select(job => job.Name), read.Select(job => job.Name));
        Assert.InRange(account.MaxAtOnce, atOnce, 8);
        Assert.Equal(["all ", "last"], account.Requests.Take(2));
        Assert.InRange(account.Requests.Count, 101, 112);
        Assert.Equal([Parallel(1000)], _log.Lines);
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task Balances_the_ranges_when_most_jobs_were_created_within_an_hour()
    {
        // One job a year ago, all others within an hour.
        var jobs = Jobs(
            800,
            number => FakeAccount.Start.AddSeconds(number == 400 ? -31_536_000 : number * 7919 % 3600)
        );
        var account = new FakeAccount(jobs);

        var read = await ReadAllAsync(account, null, throttleLimit: 8);

        Assert.Equal(800, read.Count);
        var longest = account.Requests.Max(request => int.TryParse(request.Split('/')[^1], out var token) ? token : 0);
        Assert.InRange(longest, 60, 140);
    }

    [Theory]
    [InlineData(59, "Reading pages sequentially: the listing is short.")]
    [InlineData(11, "Reading pages sequentially: the listing is short.")]
    [InlineData(10, null)]
    [InlineData(0, null)]
    public async Task Reads_a_short_listing_sequentially(int count, string? line)
    {
        var account = new FakeAccount(Jobs(count));

        Assert.Equal(count, (await ReadAllAsync(account, null, throttleLimit: 8)).Count);

        Assert.DoesNotContain(account.Requests, request => request.Contains('/', StringComparison.Ordinal));
        Assert.Equal(line is null ? [] : [line], _log.Lines);
    }

    [Theory]
    [InlineData(60, 8, 2)]
    [InlineData(100, 8, 2)]
    [InlineData(350, 8, 5)]
    [InlineData(800, 8, 10)]
    [InlineData(800, 2, 2)]
    [InlineData(800, 4, 5)]
    public async Task Reads_few_ranges_of_a_small_account(int count, int throttleLimit, int ranges)
    {
        var account = new FakeAccount(Jobs(count));

        Assert.Equal(count, (await ReadAllAsync(account, null, throttleLimit)).Count);

        Assert.Equal(ranges, account.Requests.Count(IsFirstPageOfRange));
    }

    [Fact]
    public async Task Reads_sequentially_without_a_total()
    {
        var account = new FakeAccount(Jobs(100))
        {
            Change = (_, page) =>
            {
                page.TotalSize = null;
                return page;
            },
        };

        Assert.Equal(100, (await ReadAllAsync(account, null, throttleLimit: 8)).Count);

        Assert.Equal(["Reading pages sequentially: the service does not report the number of jobs."], _log.Lines);
    }

    [Fact]
    public async Task Reads_ahead_in_a_short_listing()
    {
        var account = new FakeAccount(Jobs(59));
        var pager = CreatePager(account, null, throttleLimit: 8);

        await pager.ReadPageAsync();
        Assert.Equal(["all ", "last"], account.Requests);
        pager.ReadAhead();

        Assert.Equal(["all ", "last", "all 10"], account.Requests);
    }

    [Fact]
    public async Task Reads_ranges_without_ReadAhead_too()
    {
        var account = new FakeAccount(Jobs(100));
        var pager = CreatePager(account, null, throttleLimit: 2);
        var read = new List<DpoJob>();

        while (pager.HasMore)
        {
            read.AddRange((await pager.ReadPageAsync()).Jobs);
        }

        Assert.Equal(account.Jobs, read);
        Assert.Equal(["Reading 100 jobs in parallel, in ranges of creation time."], _log.Lines);
    }

    [Fact]
    public async Task Reads_a_few_jobs_of_a_large_account_sequentially()
    {
        var account = new FakeAccount(Jobs(1000));

        Assert.Equal(55, (await ReadAllAsync(account, null, throttleLimit: 8, limit: 55)).Count);

        Assert.Equal(["all ", "all 10", "all 20", "all 30", "all 40", "all 50"], account.Requests);
    }

    [Fact]
    public async Task Reads_a_listing_that_cannot_be_split_sequentially()
    {
        var account = new FakeAccount(Jobs(100)) { CanBeSplit = false };

        Assert.Equal(100, (await ReadAllAsync(account, null, throttleLimit: 8)).Count);

        Assert.DoesNotContain(account.Requests, request => request.Contains('/', StringComparison.Ordinal));
        Assert.Equal(
            ["Reading pages sequentially: the filter cannot be joined with a range of creation time."],
            _log.Lines
        );
    }

    [Fact]
    public async Task Requests_only_the_first_and_the_last_page_first()
    {
        var account = new FakeAccount(Jobs(100));
        var pager = CreatePager(account, null, throttleLimit: 8);
        Assert.Empty(account.Requests);

        var first = await pager.ReadPageAsync();

        Assert.Equal(account.Jobs.Take(10), first.Jobs);
        Assert.Equal(["all ", "last"], account.Requests);
    }

    [Fact]
    public async Task Limits_the_number_of_buffered_jobs()
    {
        // Names and times increase together: by name, the first range precedes the second.
        var account = new FakeAccount(Jobs(60_000, number => FakeAccount.Start.AddMinutes(number))) { PageSize = 200 };
        var pager = CreatePager(account, null, throttleLimit: 2);

        for (var page = 0; page < 140; page++)
        {
            Assert.InRange((await pager.ReadPageAsync()).Jobs.Count, 0, 200);
        }

        // 140 pages have been returned; at most 40,000 jobs are buffered, and a page of each range.
        Assert.InRange(account.Requests.Count, 140 + 20, 140 + (40_000 / 200) + 12);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("name desc")]
    [InlineData("create_time")]
    public async Task Reads_little_more_than_the_limit(string? orderBy)
    {
        var account = new FakeAccount(Jobs(1000), orderBy);

        Assert.Equal(150, (await ReadAllAsync(account, orderBy, throttleLimit: 4, limit: 150)).Count);

        Assert.InRange(account.Requests.Count, 15, 17);
    }

    [Theory]
    [InlineData("rejected", null)]
    [InlineData("ignored", null)]
    [InlineData("not counted", null)]
    [InlineData("in another order", null)]
    [InlineData("broken", null)]
    [InlineData("misread", null)]
    [InlineData("rejected", "create_time")]
    [InlineData("ignored", "create_time")]
    [InlineData("not counted", "create_time")]
    [InlineData("broken", "create_time")]
    [InlineData("misread", "create_time")]
    [InlineData("rejected", "create_time desc")]
    [InlineData("ignored", "create_time desc")]
    [InlineData("misread", "create_time desc")]
    public async Task Reads_sequentially_with_one_warning_when_the_service_mishandles_ranges(
        string behaviour,
        string? orderBy
    )
    {
        var account = new FakeAccount(Jobs(200), orderBy)
        {
            OnRange = (_, _) =>
            {
                if (behaviour == "rejected")
                {
                    throw new FwApiException(400, "Rejected.");
                }
                if (behaviour == "broken")
                {
                    throw new FwResponseException("Broken.");
                }
            },
            // It ignores the filter, or compares with another time.
            IsIn = (range, job) =>
                behaviour == "ignored"
                || (
                    behaviour == "misread"
                        ? (range.From is not { } from || job.CreateTime > from.AddHours(20))
                            && (range.Before is not { } before || job.CreateTime < before.AddHours(-20))
                        : range.Contains(job)
                ),
            Change = (range, page) =>
            {
                if (range is not null)
                {
                    page.TotalSize = behaviour == "not counted" ? null : page.TotalSize;
                    page.Jobs = behaviour == "in another order" ? [.. page.Jobs.Reverse()] : page.Jobs;
                }
                return page;
            },
        };

        var read = await ReadAllAsync(account, orderBy, throttleLimit: 4);

        Assert.Equal(FakeAccount.Sort(Jobs(200), orderBy).Select(job => job.Name), read.Select(job => job.Name));
        var reason = behaviour switch
        {
            "rejected" => "the service rejected the filter by creation time.",
            "broken" => "the number of jobs per range could not be retrieved (Broken.).",
            "in another order" => "the service orders names unexpectedly.",
            _ => "the numbers of jobs in the ranges do not add up to the total.",
        };
        Assert.Equal([Fallback + reason], _log.Warnings);
    }

    [Fact]
    public async Task Reads_jobs_created_at_the_same_moment_sequentially()
    {
        var account = new FakeAccount(Jobs(100, _ => FakeAccount.Start));

        Assert.Equal(100, (await ReadAllAsync(account, null, throttleLimit: 4)).Count);

        Assert.Equal([Fallback + "most jobs were created in the same second."], _log.Warnings);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("create_time", null)]
    [InlineData("create_time desc", null)]
    [InlineData(null, 390)]
    public async Task After_a_failure_the_listing_can_be_resumed_after_the_last_job(string? orderBy, int? limit)
    {
        var account = new FakeAccount(Jobs(400), orderBy)
        {
            OnRange = (range, token) =>
            {
                if ((range.From ?? range.Before) is not null && token == "40")
                {
                    throw new FwResponseException("Broken.");
                }
            },
        };
        var pager = CreatePager(account, orderBy, throttleLimit: 4, limit);
        var read = new List<DpoJob>();

        await Assert.ThrowsAsync<FwResponseException>(() => ReadAsync(pager, read));

        Assert.InRange(read.Count, 40, 390);
        Assert.Equal(account.Jobs.Take(read.Count).Select(job => job.Name), read.Select(job => job.Name));
        Assert.Equal(new ResumePoint(null, $"after {read[^1].Name}"), pager.ResumePoint);
    }

    [Fact]
    public async Task A_failure_after_the_first_page_is_resumed_after_that_page()
    {
        var account = new FakeAccount(Jobs(400), "create_time")
        {
            OnAll = token =>
            {
                if (token is not null)
                {
                    throw new FwResponseException("Broken.");
                }
            },
        };
        var pager = CreatePager(account, "create_time", throttleLimit: 4);
        var read = new List<DpoJob>();

        await Assert.ThrowsAsync<FwResponseException>(() => ReadAsync(pager, read));

        Assert.Equal(account.Jobs.Take(10), read);
        Assert.Equal($"after {read[^1].Name}", pager.ResumePoint?.Filter);
    }

    [Fact]
    public async Task A_failure_without_ranges_is_resumed_at_the_page_token()
    {
        var account = new FakeAccount(Jobs(400), "create_time")
        {
            OnRange = (_, _) => throw new FwApiException(400, "Rejected."),
            OnAll = token =>
            {
                if (token == "30")
                {
                    throw new FwResponseException("Broken.");
                }
            },
        };
        var pager = CreatePager(account, "create_time", throttleLimit: 4);
        var read = new List<DpoJob>();

        await Assert.ThrowsAsync<FwResponseException>(() => ReadAsync(pager, read));

        Assert.Equal(account.Jobs.Take(30), read);
        Assert.Equal(new ResumePoint("30"), pager.ResumePoint);
    }

    [Theory]
    [InlineData("create_time")]
    [InlineData("create_time desc")]
    public async Task Ignores_a_failure_of_a_range_that_is_not_needed(string orderBy)
    {
        // The last range in this order.
        var jobs = FakeAccount.Sort(Jobs(400), orderBy);
        var late = jobs[300].CreateTime;
        var account = new FakeAccount(jobs, orderBy)
        {
            OnRange = (range, token) =>
            {
                if (token is not null && (orderBy == "create_time" ? range.From > late : range.Before < late))
                {
                    throw new FwResponseException("Broken.");
                }
            },
        };
        var pager = CreatePager(account, orderBy, throttleLimit: 4);
        var read = new List<DpoJob>();

        while (read.Count < 250)
        {
            read.AddRange((await pager.ReadPageAsync()).Jobs);
            pager.ReadAhead();
        }

        Assert.Equal(account.Jobs.Take(read.Count), read);
    }

    [Fact]
    public async Task A_token_loop_in_a_range_is_an_error_that_cannot_be_resumed()
    {
        var account = new FakeAccount(Jobs(400))
        {
            Change = (range, page) =>
            {
                page.NextPageToken = range is not null && page.NextPageToken == "30" ? "20" : page.NextPageToken;
                return page;
            },
        };
        var pager = CreatePager(account, null, throttleLimit: 4);
        var read = new List<DpoJob>();

        var failure = await Assert.ThrowsAsync<FwResponseException>(() => ReadAsync(pager, read));

        Assert.Contains("for the second time", failure.Message, StringComparison.Ordinal);
        Assert.Null(pager.ResumePoint);
        Assert.Equal(account.Jobs.Take(read.Count), read);
    }

    [Fact]
    public async Task Returns_all_jobs_with_a_warning_when_the_service_orders_names_unexpectedly()
    {
        // The first pages are as expected.
        var account = new FakeAccount(Jobs(400))
        {
            Change = (range, page) =>
            {
                page.Jobs = range is not null && page.NextPageToken == "30" ? [.. page.Jobs.Reverse()] : page.Jobs;
                return page;
            },
        };

        var read = await ReadAllAsync(account, null, throttleLimit: 4);

        Assert.Equal(account.Jobs.ToHashSet(), read.ToHashSet());
        Assert.Equal(400, read.Count);
        Assert.StartsWith(
            "The service orders names unexpectedly",
            Assert.Single(_log.Warnings),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Reads_sequentially_when_the_names_of_the_first_page_are_in_another_order()
    {
        // As where the service ignores hyphens.
        var account = new FakeAccount(Jobs(400))
        {
            Change = (range, page) =>
            {
                page.Jobs = range is null && page.NextPageToken == "10" ? [.. page.Jobs.Reverse()] : page.Jobs;
                return page;
            },
        };

        Assert.Equal(400, (await ReadAllAsync(account, null, throttleLimit: 4)).Count);

        Assert.Equal([Fallback + "the service orders names unexpectedly."], _log.Warnings);
        Assert.DoesNotContain(account.Requests, request => request.Contains('/', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reads_sequentially_when_the_account_has_changed_since_the_first_page()
    {
        var account = new FakeAccount(Jobs(400))
        {
            Change = (range, page) =>
            {
                page.TotalSize = range is null ? 399 : page.TotalSize;
                return page;
            },
        };

        Assert.Equal(400, (await ReadAllAsync(account, null, throttleLimit: 4)).Count);

        Assert.Equal([Fallback + "the account has changed since the first page."], _log.Warnings);
    }

    [Theory]
    [InlineData("counts", null, "the account has changed since the first page")]
    [InlineData("counts", "create_time", "the account has changed since the first page")]
    [InlineData("timeless", "create_time", "the service does not report when the jobs were created")]
    [InlineData("empty", "create_time", "the service does not report when the jobs were created")]
    [InlineData("reversed", "create_time", "the service does not report when the jobs were created")]
    public async Task Reads_sequentially_when_the_last_page_is_inconsistent(
        string behaviour,
        string? orderBy,
        string reason
    )
    {
        var account = new FakeAccount(Jobs(400), orderBy)
        {
            ChangeLast = page =>
            {
                page.TotalSize = behaviour == "counts" ? 401 : page.TotalSize;
                page.Jobs = behaviour switch
                {
                    "timeless" => [new DpoJob()],
                    "empty" => [],
                    "reversed" => [new DpoJob { CreateTime = FakeAccount.Start.AddDays(-1) }],
                    _ => page.Jobs,
                };
            },
        };

        Assert.Equal(400, (await ReadAllAsync(account, orderBy, throttleLimit: 4)).Count);

        Assert.Equal([$"{Fallback}{reason}."], _log.Warnings);
    }

    [Theory]
    [InlineData("not counted", "the numbers of jobs in the ranges do not add up to the total")]
    [InlineData("in another order", "the service orders names unexpectedly")]
    public async Task Reads_sequentially_when_a_single_range_is_inconsistent(string behaviour, string reason)
    {
        // In the second half of the time, only the last job was created.
        var account = new FakeAccount(
            Jobs(400, number => FakeAccount.Start.AddMinutes(number == 399 ? 800 : number * 7919L % 400))
        )
        {
            Change = (range, page) =>
            {
                if (behaviour == "not counted" && range?.Before is not null)
                {
                    page.TotalSize = null;
                }
                if (behaviour == "in another order" && range is { From: null })
                {
                    page.Jobs = [.. page.Jobs.Reverse()];
                }
                return page;
            },
        };

        Assert.Equal(400, (await ReadAllAsync(account, null, throttleLimit: 4)).Count);

        Assert.Equal([$"{Fallback}{reason}."], _log.Warnings);
    }

    [Fact]
    public async Task Reads_jobs_without_a_name_sequentially()
    {
        var account = new FakeAccount([.. Jobs(100), new DpoJob { CreateTime = FakeAccount.Start }]);

        Assert.Equal(101, (await ReadAllAsync(account, null, throttleLimit: 4)).Count);

        Assert.Equal(["Reading pages sequentially: jobs without a name cannot be distinguished."], _log.Lines);
    }

    [Fact]
    public async Task Rethrows_a_cancellation()
    {
        var account = new FakeAccount(Jobs(400))
        {
            OnRange = (_, token) =>
            {
                if (token == "10")
                {
                    throw new OperationCanceledException();
                }
            },
        };
        var pager = CreatePager(account, null, throttleLimit: 4);

        await Assert.ThrowsAsync<OperationCanceledException>(() => ReadAsync(pager, []));
    }

    [Theory]
    [InlineData(1, "Reading 1,000 jobs in parallel, in ranges of creation time.")]
    [InlineData(20, "Reading 1,000 jobs in parallel, in ranges of creation time.")]
    [InlineData(40, "Reading pages sequentially: a page takes too much memory; a smaller -PageSize would help.")]
    public async Task Large_pages_are_read_in_as_many_ranges_as_fit_into_memory(int mebibytes, string line)
    {
        var account = new FakeAccount(Jobs(1000)) { Change = (_, page) => Resize(page, mebibytes) };

        Assert.Equal(account.Jobs, await ReadAllAsync(account, null, throttleLimit: 8));
        Assert.Equal([line], _log.Lines);
    }

    [Theory]
    [InlineData(null, 8)]
    [InlineData("create_time", 8)]
    [InlineData("create_time desc", 2)]
    public async Task Buffers_at_most_the_memory_that_pages_may_take(string? orderBy, int throttleLimit)
    {
        // Five pages of 8 MiB fit.
        var read = new List<DpoJob>();
        var received = 0;
        var mostBuffered = 0;
        var account = new FakeAccount(Jobs(2000), orderBy)
        {
            Change = (_, page) =>
            {
                received += page.Jobs.Count;
                mostBuffered = Math.Max(mostBuffered, received - read.Count);
                return Resize(page, 8);
            },
        };

        await ReadAsync(CreatePager(account, orderBy, throttleLimit), read);

        Assert.Equal(account.Jobs, read);
        // Planning reads some first pages repeatedly, and a batch is not counted as read before it is returned.
        Assert.InRange(mostBuffered, 20, 400);
    }

    [Fact]
    public async Task Pages_that_grow_beyond_the_memory_are_an_error_after_all_jobs_before()
    {
        var account = new FakeAccount(Jobs(2000))
        {
            Change = (range, page) => Resize(page, range is null || page.Jobs[0].Name!.Contains("0000") ? 1 : 60),
        };
        var pager = CreatePager(account, null, throttleLimit: 8);
        var read = new List<DpoJob>();

        var failure = await Assert.ThrowsAsync<FwResponseException>(() => ReadAsync(pager, read));

        Assert.Contains("-PageSize", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTooLarge);
        Assert.Equal(account.Jobs.Take(read.Count), read);
        Assert.Equal($"after {read[^1].Name}", pager.ResumePoint!.Filter);
    }

    private static DpoJobPage Resize(DpoJobPage page, int mebibytes)
    {
        page.MemorySize = mebibytes * 1024L * 1024;
        return page;
    }

    private async Task<List<DpoJob>> ReadAllAsync(
        FakeAccount account,
        string? orderBy,
        int throttleLimit,
        int? limit = null
    )
    {
        var read = new List<DpoJob>();
        await ReadAsync(CreatePager(account, orderBy, throttleLimit, limit), read);
        return read;
    }

    private static async Task ReadAsync(ParallelPager pager, List<DpoJob> read)
    {
        while (pager.HasMore)
        {
            read.AddRange((await pager.ReadPageAsync()).Jobs);
            pager.ReadAhead();
        }
    }

    private ParallelPager CreatePager(FakeAccount account, string? orderBy, int throttleLimit, int? limit = null)
    {
        var limiter = new JobLimiter(limit: limit);
        var pages = new SequentialPager(new PageReader(account.FetchAsync, token => $"GET {token}"), limiter);
        var order = ListingOrder.Parse(orderBy)!;
        return new ParallelPager(pages, account, order, account.PageSize, throttleLimit, _log);
    }

    private static bool IsFirstPageOfRange(string request) => request.EndsWith('/');

    private static string Parallel(int count) => $"Reading {count:N0} jobs in parallel, in ranges of creation time.";

    /// <summary>An account, and how it is listed.</summary>
    internal sealed record Listing(
        IReadOnlyList<DpoJob> Jobs,
        string? OrderBy,
        int PageSize,
        int ThrottleLimit,
        int? Limit
    );

    private static Gen<Listing> Listings() =>
        from count in Gen.Choose(0, 150)
        from moments in Gen.Choose(1, 1000)
        from times in Gen.Choose(0, moments).ListOf(count)
        from isRecent in ArbMap.Default.GeneratorFor<bool>()
        from orderBy in Gen.Elements(null, "name desc", "create_time", "create_time desc")
        from pageSize in Gen.Choose(1, 12)
        from throttleLimit in Gen.Choose(2, 9)
        from isLimited in ArbMap.Default.GeneratorFor<bool>()
        from limit in Gen.Choose(1, count + 3)
        select new Listing(
            Jobs(count, number => FakeAccount.Start.AddSeconds(isRecent ? Math.Pow(times[number], 3) : times[number])),
            orderBy,
            pageSize,
            throttleLimit,
            isLimited ? limit : null
        );

    // Names are unrelated to times unless createTime relates them: 7919 is prime.
    private static List<DpoJob> Jobs(int count, Func<int, DateTimeOffset>? createTime = null) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(number => new DpoJob
                {
                    Name = $"job-{number:D6}",
                    CreateTime = createTime?.Invoke(number) ?? FakeAccount.Start.AddMinutes(number * 7919L % 100_003),
                }),
        ];
}
