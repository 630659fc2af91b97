using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing.Ranges;

/// <summary>A listing read in ranges of creation time side by side is the listing that is read page by page.</summary>
public sealed class ParallelPagerTests
{
    private const string WholeRest = "The pages are read one after the other, whatever -ThrottleLimit says: ";

    private readonly FakeLog _log = new();

    [Fact]
    public void Whatever_the_account_and_the_order_every_job_comes_once_in_that_order_up_to_any_limit()
    {
        Prop.ForAll(
                Listings().ToArbitrary(),
                listing =>
                {
                    var account = new FakeAccount(listing.Jobs, listing.OrderBy)
                    {
                        PageSizeSent = listing.PageSize,
                        Delays = new Random(listing.Jobs.Count),
                    };

                    var read = ReadAllAsync(account, listing.OrderBy, listing.ThrottleLimit, listing.Limit)
                        .GetAwaiter()
                        .GetResult();

                    var wanted = FakeAccount.Sort(listing.Jobs, listing.OrderBy).Take(listing.Limit ?? int.MaxValue);
                    return read.SequenceEqual(wanted) && account.MostAtOnce <= listing.ThrottleLimit;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("name desc")]
    [InlineData("create_time")]
    [InlineData("create_time desc")]
    public async Task A_large_account_is_read_in_as_many_ranges_as_requests_may_run(string? orderBy)
    {
        var account = new FakeAccount(Jobs(1000), orderBy) { AnswersFrom = 8, Delays = new Random(1) };

        var read = await ReadAllAsync(account, orderBy, throttleLimit: 8);

        Assert.Equal(FakeAccount.Sort(Jobs(1000), orderBy).Select(job => job.Name), read.Select(job => job.Name));
        Assert.Equal(8, account.MostAtOnce);
        Assert.Equal(["all ", "oldest", "newest"], account.Requests.Take(3));
        Assert.DoesNotContain("all 10", account.Requests);
        // Evenly spread as they are, one round of first pages shows where to cut.
        Assert.Equal(8, account.Requests.Count(IsFirstPageOfRange));
        Assert.Equal(["Listing 1,000 jobs in 8 ranges of creation time, side by side."], _log.Lines);
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task Where_most_jobs_were_created_at_one_time_the_counts_find_it()
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
    [InlineData(59, "The pages are read one after the other: the listing is short.")]
    [InlineData(11, "The pages are read one after the other: the listing is short.")]
    [InlineData(10, null)]
    [InlineData(0, null)]
    public async Task A_short_listing_is_read_page_by_page(int count, string? told)
    {
        var account = new FakeAccount(Jobs(count));

        Assert.Equal(count, (await ReadAllAsync(account, null, throttleLimit: 8)).Count);

        Assert.All(account.Requests, request => Assert.StartsWith("all", request, StringComparison.Ordinal));
        Assert.Equal(told is null ? [] : [told], _log.Lines);
    }

    [Theory]
    [InlineData(60, 8, 3)]
    [InlineData(100, 8, 5)]
    [InlineData(200, 8, 8)]
    [InlineData(200, 2, 2)]
    public async Task A_range_has_two_pages_at_least(int count, int throttleLimit, int ranges)
    {
        var account = new FakeAccount(Jobs(count));

        Assert.Equal(count, (await ReadAllAsync(account, null, throttleLimit)).Count);

        Assert.Equal([$"Listing {count} jobs in {ranges} ranges of creation time, side by side."], _log.Lines);
    }

    [Fact]
    public async Task A_service_that_does_not_count_is_read_page_by_page()
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

        Assert.Equal(
            ["The pages are read one after the other: the service does not tell how many jobs there are."],
            _log.Lines
        );
    }

    [Fact]
    public async Task The_next_page_of_a_short_listing_is_asked_for_ahead()
    {
        var account = new FakeAccount(Jobs(59));
        var pager = CreatePager(account, null, throttleLimit: 8);

        await pager.ReadPageAsync();
        Assert.Equal(["all "], account.Requests);
        pager.ReadAhead();

        Assert.Equal(["all ", "all 10"], account.Requests);
    }

    [Fact]
    public async Task A_reader_that_asks_for_nothing_ahead_gets_ranges_too()
    {
        var account = new FakeAccount(Jobs(100));
        var pager = CreatePager(account, null, throttleLimit: 2);
        var read = new List<DpoJob>();

        while (pager.HasMore)
        {
            read.AddRange((await pager.ReadPageAsync()).Jobs);
        }

        Assert.Equal(account.Jobs, read);
        Assert.Equal(["Listing 100 jobs in 2 ranges of creation time, side by side."], _log.Lines);
    }

    [Fact]
    public async Task A_few_jobs_of_a_large_account_are_read_page_by_page()
    {
        var account = new FakeAccount(Jobs(1000));

        Assert.Equal(55, (await ReadAllAsync(account, null, throttleLimit: 8, limit: 55)).Count);

        Assert.Equal(["all ", "all 10", "all 20", "all 30", "all 40", "all 50"], account.Requests);
    }

    [Fact]
    public async Task What_the_service_cannot_be_asked_for_in_ranges_is_read_page_by_page()
    {
        var account = new FakeAccount(Jobs(100)) { CanBeCut = false };

        Assert.Equal(100, (await ReadAllAsync(account, null, throttleLimit: 8)).Count);

        Assert.All(account.Requests, request => Assert.StartsWith("all", request, StringComparison.Ordinal));
        Assert.Equal(["The pages are read one after the other: the filter cannot be joined with a range."], _log.Lines);
    }

    [Fact]
    public async Task Nothing_is_asked_for_before_the_first_page_is_read_and_the_first_page_comes_as_ever()
    {
        var account = new FakeAccount(Jobs(100));
        var pager = CreatePager(account, null, throttleLimit: 8);
        Assert.Empty(account.Requests);

        var first = await pager.ReadPageAsync();

        Assert.Equal(account.Jobs.Take(10), first.Jobs);
        Assert.Equal("all ", account.Requests[0]);
    }

    [Fact]
    public async Task Jobs_that_wait_for_their_turn_are_bounded()
    {
        // Names and times run together: by name, all of the first range comes before any of the second.
        var account = new FakeAccount(Jobs(60_000, number => FakeAccount.Start.AddMinutes(number)))
        {
            PageSizeSent = 200,
        };
        var pager = CreatePager(account, null, throttleLimit: 2);

        for (var page = 0; page < 140; page++)
        {
            Assert.InRange((await pager.ReadPageAsync()).Jobs.Count, 0, 200);
        }

        // 140 pages have been given; 25,600 jobs wait, and one page more of each range.
        Assert.InRange(account.Requests.Count, 140 + (25_600 / 200), 140 + (25_600 / 200) + 8);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("name desc")]
    [InlineData("create_time")]
    public async Task No_more_is_read_than_may_be_wanted(string? orderBy)
    {
        var account = new FakeAccount(Jobs(1000), orderBy);

        Assert.Equal(150, (await ReadAllAsync(account, orderBy, throttleLimit: 4, limit: 150)).Count);

        var pages = account.Requests.Count(request => request is not ("oldest" or "newest"));
        Assert.InRange(pages, 16, 34);
    }

    [Theory]
    [InlineData(119, 94, 94, 93, 1)]
    [InlineData(122, 93, 93, 92, 2)]
    public async Task Ranges_are_cut_anew_until_none_is_a_tenth_and_a_page_larger_than_the_others(
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
    public async Task Where_no_cut_is_even_it_is_looked_for_six_times()
    {
        // Within one second of a year, so that each round only halves the time in question.
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
    [InlineData("refused")]
    [InlineData("ignored")]
    [InlineData("not counted")]
    [InlineData("in another order")]
    [InlineData("broken")]
    public async Task A_service_that_does_not_play_along_is_read_page_by_page_with_one_warning(string behaviour)
    {
        var account = new FakeAccount(Jobs(100))
        {
            OnRange = (_, _) =>
            {
                if (behaviour == "refused")
                {
                    throw Refusal();
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
            "refused" => "the service refuses the filter for it.",
            "broken" => "the service could not be asked for the counts (Broken.).",
            "in another order" => "the service orders names in a way that is not known here.",
            _ => "the service counts other jobs in the parts than in the whole.",
        };
        Assert.Equal([WholeRest + reason], _log.Warnings);
    }

    [Fact]
    public async Task Jobs_that_were_all_created_at_once_are_read_page_by_page()
    {
        var account = new FakeAccount(Jobs(100, _ => FakeAccount.Start));

        Assert.Equal(100, (await ReadAllAsync(account, null, throttleLimit: 4)).Count);

        Assert.Equal([WholeRest + "all jobs were created at the same time."], _log.Warnings);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("create_time", null)]
    [InlineData("create_time desc", null)]
    [InlineData(null, 390)]
    public async Task After_a_failure_the_jobs_before_it_have_been_given_and_it_says_how_to_have_those_after_it(
        string? orderBy,
        int? limit
    )
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

        var failure = await Assert.ThrowsAsync<FwResponseException>(() => ReadAsync(pager, read));

        Assert.InRange(read.Count, 40, 390);
        Assert.Equal(account.Jobs.Take(read.Count).Select(job => job.Name), read.Select(job => job.Name));
        Assert.Equal(
            new ResumePoint(null, 10, limit - read.Count) { Filter = $"after {read[^1].Name}" },
            failure.ResumePoint
        );
        Assert.Null(failure.PageToken);
        Assert.Contains(
            $"Everything before this page has been written. To go on: the same command with -PageSize 10{(limit is null ? "" : $" -First {limit - read.Count}")} -Filter 'after {read[^1].Name}'",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_failure_right_behind_the_first_page_goes_on_behind_that()
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
        var read = new List<DpoJob>();

        var failure = await Assert.ThrowsAsync<FwResponseException>(() =>
            ReadAsync(CreatePager(account, "create_time", throttleLimit: 4), read)
        );

        Assert.Equal(account.Jobs.Take(10), read);
        Assert.Equal($"after {read[^1].Name}", failure.ResumePoint?.Filter);
    }

    [Theory]
    [InlineData("create_time")]
    [InlineData("create_time desc")]
    public async Task A_range_that_is_not_needed_may_fail(string orderBy)
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
    public async Task A_range_that_would_never_end_is_told_and_nothing_of_how_to_go_on()
    {
        var account = new FakeAccount(Jobs(400))
        {
            Change = (range, page) =>
            {
                page.NextPageToken = range is not null && page.NextPageToken == "30" ? "20" : page.NextPageToken;
                return page;
            },
        };
        var read = new List<DpoJob>();

        var failure = await Assert.ThrowsAsync<FwResponseException>(() =>
            ReadAsync(CreatePager(account, null, throttleLimit: 4), read)
        );

        Assert.Contains("for the second time", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("To go on", failure.Message, StringComparison.Ordinal);
        Assert.Equal(account.Jobs.Take(read.Count), read);
    }

    [Fact]
    public async Task Names_in_an_order_of_the_services_own_are_all_given_with_a_warning()
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
        Assert.StartsWith("The service orders names in a way", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_grows_before_it_is_cut_is_read_page_by_page()
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

        Assert.Equal([WholeRest + "the account has changed since the first page."], _log.Warnings);
    }

    [Theory]
    [InlineData("newest counts", "the account has changed since the first page")]
    [InlineData("oldest counts", "the account has changed since the first page")]
    [InlineData("newest empty", "the service does not tell when the jobs were created")]
    [InlineData("oldest empty", "the service does not tell when the jobs were created")]
    [InlineData("newest timeless", "the service does not tell when the jobs were created")]
    [InlineData("turned", "the service does not tell when the jobs were created")]
    public async Task Ends_that_do_not_tell_where_to_cut_are_no_help(string behaviour, string reason)
    {
        var account = new FakeAccount(Jobs(400))
        {
            ChangeEnd = (newest, page) =>
            {
                if (behaviour == "turned")
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

        Assert.Equal([$"{WholeRest}{reason}."], _log.Warnings);
    }

    [Theory]
    [InlineData("not counted", "the service counts other jobs in the parts than in the whole")]
    [InlineData("in another order", "the service orders names in a way that is not known here")]
    public async Task One_range_that_does_not_play_along_is_enough(string behaviour, string reason)
    {
        // Nothing was created in the second half of the time, but for the last job.
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

        Assert.Equal([$"{WholeRest}{reason}."], _log.Warnings);
    }

    [Fact]
    public async Task Jobs_without_a_name_are_read_page_by_page()
    {
        var account = new FakeAccount([.. Jobs(100), new DpoJob { CreateTime = FakeAccount.Start }]);

        Assert.Equal(101, (await ReadAllAsync(account, null, throttleLimit: 4)).Count);

        Assert.Equal(["The pages are read one after the other: jobs without a name cannot be told apart."], _log.Lines);
    }

    [Fact]
    public async Task A_stop_of_the_user_comes_through_as_it_is()
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

    private async Task<List<DpoJob>> ReadAllAsync(
        FakeAccount account,
        string? orderBy,
        int throttleLimit,
        long? limit = null
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

    private ParallelPager CreatePager(FakeAccount account, string? orderBy, int throttleLimit, long? limit = null)
    {
        var sieve = new JobLimiter(limit: limit);
        var pages = new SequentialPager(new PageReader(account.FetchAsync), sieve, account.PageSize);
        return new ParallelPager(pages, sieve, account, ListingOrder.Find(orderBy)!, throttleLimit, _log);
    }

    private static bool IsFirstPageOfRange(string request) =>
        request.EndsWith(' ') && !request.StartsWith("all", StringComparison.Ordinal);

    private static FwApiException Refusal() => new(400, "Refused.");

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

    // Names that have nothing to do with times, unless the times have: 7919 is prime.
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
