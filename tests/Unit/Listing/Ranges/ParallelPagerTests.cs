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
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var jobs = Jobs(300);
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
    [InlineData(null)]
    [InlineData("name desc")]
    [InlineData("create_time")]
    [InlineData("create_time desc")]
    public async Task Reads_a_large_account_in_as_many_ranges_as_the_throttle_limit(string? orderBy)
    {
        var account = new FakeAccount(Jobs(1000), orderBy) { RespondsFrom = 8, Delays = new Random(1) };

        var read = await ReadAllAsync(account, orderBy, throttleLimit: 8);

        Assert.Equal(FakeAccount.Sort(Jobs(1000), orderBy).Select(job => job.Name), read.Select(job => job.Name));
        Assert.Equal(8, account.MaxAtOnce);
        Assert.Equal(["all ", "oldest", "newest"], account.Requests.Take(3));
        Assert.DoesNotContain("all 10", account.Requests);
        // The jobs are evenly distributed, so one round of first pages finds the borders.
        Assert.Equal(8, account.Requests.Count(IsFirstPageOfRange));
        Assert.Equal(["Reading 1,000 jobs in 8 ranges of creation time in parallel."], _log.Lines);
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task Balances_the_ranges_when_most_jobs_were_created_within_an_hour()
    {
        // One job a year ago, all others within an hour.
        var jobs = Jobs(800, number => FakeAccount.Start.AddSeconds(number == 0 ? -31_536_000 : number * 4));
        var account = new FakeAccount(jobs);

        var read = await ReadAllAsync(account, null, throttleLimit: 8);

        Assert.Equal(800, read.Count);
        var longest = account
            .Requests.Where(request => !request.StartsWith("all", StringComparison.Ordinal))
            .Select(request => request.Split(' '))
            .Max(words => words.Length > 1 && words[1].Length > 0 ? int.Parse(words[1], null) : 0);
        Assert.InRange(longest, 80, 140);
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

        Assert.All(account.Requests, request => Assert.StartsWith("all", request, StringComparison.Ordinal));
        Assert.Equal(line is null ? [] : [line], _log.Lines);
    }

    [Theory]
    [InlineData(60, 8, 3)]
    [InlineData(100, 8, 5)]
    [InlineData(200, 8, 8)]
    [InlineData(200, 2, 2)]
    public async Task Ranges_have_at_least_two_pages(int count, int throttleLimit, int ranges)
    {
        var account = new FakeAccount(Jobs(count));

        Assert.Equal(count, (await ReadAllAsync(account, null, throttleLimit)).Count);

        Assert.Equal([$"Reading {count} jobs in {ranges} ranges of creation time in parallel."], _log.Lines);
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
        Assert.Equal(["all "], account.Requests);
        pager.ReadAhead();

        Assert.Equal(["all ", "all 10"], account.Requests);
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
        Assert.Equal(["Reading 100 jobs in 2 ranges of creation time in parallel."], _log.Lines);
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

        Assert.All(account.Requests, request => Assert.StartsWith("all", request, StringComparison.Ordinal));
        Assert.Equal(
            ["Reading pages sequentially: the filter cannot be joined with a range of creation time."],
            _log.Lines
        );
    }

    [Fact]
    public async Task Requests_only_the_first_page_first()
    {
        var account = new FakeAccount(Jobs(100));
        var pager = CreatePager(account, null, throttleLimit: 8);
        Assert.Empty(account.Requests);

        var first = await pager.ReadPageAsync();

        Assert.Equal(account.Jobs.Take(10), first.Jobs);
        Assert.Equal("all ", account.Requests[0]);
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

        // 140 pages have been returned; 25,600 jobs are buffered, and one more page of each range.
        Assert.InRange(account.Requests.Count, 140 + (25_600 / 200), 140 + (25_600 / 200) + 8);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("name desc")]
    [InlineData("create_time")]
    public async Task Reads_little_more_than_the_limit(string? orderBy)
    {
        var account = new FakeAccount(Jobs(1000), orderBy);

        Assert.Equal(150, (await ReadAllAsync(account, orderBy, throttleLimit: 4, limit: 150)).Count);

        var pages = account.Requests.Count(request => request is not ("oldest" or "newest"));
        Assert.InRange(pages, 16, 34);
    }

    [Theory]
    [InlineData(119, 94, 94, 93, 1)]
    [InlineData(122, 93, 93, 92, 2)]
    public async Task Splits_again_while_a_range_exceeds_the_average_by_more_than_a_tenth_and_a_page(
        int first,
        int second,
        int third,
        int fourth,
        int rounds
    )
    {
        int[] counts = [first, second, third, fourth];
        var times = counts
            .SelectMany((count, hour) => Enumerable.Range(0, count).Select(job => (hour * 3600) + 10 + job))
            .ToArray();
        (times[0], times[^1]) = (0, 4 * 3600);
        var account = new FakeAccount(Jobs(400, number => FakeAccount.Start.AddSeconds(times[number])));

        Assert.Equal(400, (await ReadAllAsync(account, null, throttleLimit: 4)).Count);

        Assert.InRange(account.Requests.Count(IsFirstPageOfRange), rounds * 4, rounds == 1 ? 4 : 24);
    }

    [Fact]
    public async Task Stops_splitting_after_six_rounds()
    {
        // All within one second of a year, so each round only halves the remaining time.
        var account = new FakeAccount(
            Jobs(
                400,
                number =>
                    number == 0 ? FakeAccount.Start
                    : number == 399 ? FakeAccount.Start.AddDays(365)
                    : FakeAccount.Start.AddDays(110).AddMilliseconds(number)
            )
        );

        Assert.Equal(400, (await ReadAllAsync(account, null, throttleLimit: 2)).Count);

        Assert.Equal(12, account.Requests.Count(IsFirstPageOfRange));
    }

    [Theory]
    [InlineData("rejected")]
    [InlineData("ignored")]
    [InlineData("not counted")]
    [InlineData("in another order")]
    [InlineData("broken")]
    public async Task Reads_sequentially_with_one_warning_when_the_service_mishandles_ranges(string behaviour)
    {
        var account = new FakeAccount(Jobs(100))
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
            Change = (range, page) =>
            {
                if (range is not null)
                {
                    page.TotalSize =
                        behaviour == "ignored" ? 100
                        : behaviour == "not counted" ? null
                        : page.TotalSize;
                    page.Jobs = behaviour == "in another order" ? [.. page.Jobs.Reverse()] : page.Jobs;
                }
                return page;
            },
        };

        var read = await ReadAllAsync(account, null, throttleLimit: 4);

        Assert.Equal(FakeAccount.Sort(Jobs(100), null).Select(job => job.Name), read.Select(job => job.Name));
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

        Assert.Equal([Fallback + "all jobs were created in the same second."], _log.Warnings);
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
                if (range.From is not null && token == "40")
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
            OnRange = (range, token) =>
            {
                if (range.From is null && token is not null)
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

    [Theory]
    [InlineData("create_time")]
    [InlineData("create_time desc")]
    public async Task Ignores_a_failure_of_a_range_that_is_not_needed(string orderBy)
    {
        // The last range in this order.
        var account = new FakeAccount(Jobs(400), orderBy)
        {
            OnRange = (range, token) =>
            {
                if ((orderBy == "create_time" ? range.Before : range.From) is null && token is not null)
                {
                    throw new FwResponseException("Broken.");
                }
            },
        };

        var read = await ReadAllAsync(account, orderBy, throttleLimit: 4, limit: 250);

        Assert.Equal(account.Jobs.Take(250), read);
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
    [InlineData("newest counts", "the account has changed since the first page")]
    [InlineData("oldest counts", "the account has changed since the first page")]
    [InlineData("newest empty", "the service does not report when the jobs were created")]
    [InlineData("oldest empty", "the service does not report when the jobs were created")]
    [InlineData("newest timeless", "the service does not report when the jobs were created")]
    [InlineData("reversed", "the service does not report when the jobs were created")]
    public async Task Reads_sequentially_when_the_oldest_and_newest_jobs_are_inconsistent(
        string behaviour,
        string reason
    )
    {
        var account = new FakeAccount(Jobs(400))
        {
            ChangeEnd = (newest, page) =>
            {
                if (behaviour == "reversed")
                {
                    page.Jobs = [new DpoJob { CreateTime = FakeAccount.Start.AddDays(newest ? 0 : 1) }];
                }
                else if (behaviour.StartsWith("newest", StringComparison.Ordinal) == newest)
                {
                    page.TotalSize = behaviour.EndsWith("counts", StringComparison.Ordinal) ? 401 : page.TotalSize;
                    page.Jobs =
                        behaviour.EndsWith("empty", StringComparison.Ordinal) ? []
                        : behaviour.EndsWith("timeless", StringComparison.Ordinal) ? [new DpoJob()]
                        : page.Jobs;
                }
            },
        };

        Assert.Equal(400, (await ReadAllAsync(account, null, throttleLimit: 4)).Count);

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
                if (behaviour == "not counted" && page.TotalSize == 0)
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
    [InlineData(1, "Reading 1,000 jobs in 8 ranges of creation time in parallel.")]
    [InlineData(20, "Reading 1,000 jobs in 2 ranges of creation time in parallel.")]
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

    private static bool IsFirstPageOfRange(string request) =>
        request.EndsWith(' ') && !request.StartsWith("all", StringComparison.Ordinal);

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
