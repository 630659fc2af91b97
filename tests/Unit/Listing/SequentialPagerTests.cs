using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>Reading the pages of a listing one after another.</summary>
public sealed class SequentialPagerTests
{
    [Fact]
    public void Returns_each_job_once_in_order_up_to_the_limit_however_the_listing_is_paged()
    {
        Prop.ForAll(
                Listings().ToArbitrary(),
                listing =>
                {
                    var service = new FakeListing(listing.Pages);
                    var pager = Pager(service.FetchAsync, limit: listing.Limit);

                    var read = ReadAll(pager).SelectMany(page => page.Jobs).Select(job => job.Name).ToList();

                    var wanted = Names(listing.Count).Take(listing.Limit ?? int.MaxValue).ToList();
                    return read.SequenceEqual(wanted)
                        && service.Fetched.Count == PagesNeeded(listing)
                        && service.Fetched.Distinct().Count() == service.Fetched.Count;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Sends_no_request_before_the_first_page_is_read()
    {
        var service = new FakeListing([
            [1],
            [2],
        ]);
        var pager = Pager(service.FetchAsync);

        Assert.Empty(service.Fetched);
        Assert.True(pager.HasMore);
        await pager.ReadPageAsync();
        Assert.NotEmpty(service.Fetched);
    }

    [Fact]
    public async Task Reads_exactly_one_page_ahead()
    {
        var service = new FakeListing([
            [1],
            [2],
            [3],
            [4],
            [5],
        ]);
        var pager = Pager(service.FetchAsync);

        for (var read = 1; read <= 4; read++)
        {
            await pager.ReadPageAsync();
            Assert.Equal(read, service.Fetched.Count);
            pager.ReadAhead();
            pager.ReadAhead();
            Assert.Equal(read + 1, service.Fetched.Count);
        }
        await pager.ReadPageAsync();
        pager.ReadAhead();
        Assert.Equal(5, service.Fetched.Count);
        Assert.False(pager.HasMore);
    }

    [Fact]
    public async Task Requests_the_next_page_while_the_current_one_is_processed()
    {
        var second = new TaskCompletionSource<DpoJobPage>();
        var pager = Pager(token => token is null ? Task.FromResult(Page([1], "t1")) : second.Task);

        var first = await pager.ReadPageAsync();
        pager.ReadAhead();
        var waiting = pager.ReadPageAsync();

        Assert.Equal(["job-1"], first.Jobs.Select(job => job.Name));
        Assert.False(waiting.IsCompleted);
        second.SetResult(Page([2], null));
        Assert.Equal(["job-2"], (await waiting).Jobs.Select(job => job.Name));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(5, 3)]
    [InlineData(99, 3)]
    public void Requests_no_page_beyond_the_limit(int limit, int pages)
    {
        var service = new FakeListing([
            [1, 2],
            [3, 4],
            [5],
        ]);

        var read = ReadAll(Pager(service.FetchAsync, limit: limit));

        Assert.Equal(Math.Min(limit, 5), read.Sum(page => page.Jobs.Count));
        Assert.Equal(pages, service.Fetched.Count);
    }

    [Fact]
    public void Duplicates_do_not_count_towards_the_limit()
    {
        var service = new FakeListing([
            [1, 2],
            [2, 3],
            [4],
        ]);

        var read = ReadAll(Pager(service.FetchAsync, limit: 4));

        Assert.Equal(Names(4), read.SelectMany(page => page.Jobs).Select(job => job.Name));
    }

    [Fact]
    public void Continues_after_an_empty_page_with_a_token()
    {
        var service = new FakeListing([
            [],
            [],
            [1],
            [],
            [2],
            [],
        ]);

        var read = ReadAll(Pager(service.FetchAsync));

        Assert.Equal(Names(2), read.SelectMany(page => page.Jobs).Select(job => job.Name));
        Assert.Equal(6, read.Count);
    }

    [Fact]
    public void Returns_all_jobs_without_a_name()
    {
        var pager = Pager(_ => Task.FromResult(new DpoJobPage { Jobs = [new(), new(), new()] }));

        Assert.Equal(3, Assert.Single(ReadAll(pager)).Jobs.Count);
    }

    [Fact]
    public void Ignores_null_jobs()
    {
        var pager = Pager(_ => Task.FromResult(new DpoJobPage { Jobs = [new(), null!, new()] }));

        Assert.Equal(2, Assert.Single(ReadAll(pager)).Jobs.Count);
    }

    [Fact]
    public void Names_are_case_sensitive()
    {
        var pager = Pager(_ => Task.FromResult(new DpoJobPage { Jobs = [new() { Name = "a" }, new() { Name = "A" }] }));

        Assert.Equal(2, Assert.Single(ReadAll(pager)).Jobs.Count);
    }

    [Fact]
    public async Task A_single_page_ends_the_listing_and_is_not_read_ahead()
    {
        var service = new FakeListing([
            [1],
            [2],
        ]);
        var pager = Pager(service.FetchAsync, isSinglePage: true);

        var page = await pager.ReadPageAsync();

        Assert.False(pager.HasMore);
        Assert.Equal("1", page.NextPageToken);
        Assert.Equal([null], service.Fetched);
    }

    [Fact]
    public void Starts_at_a_token()
    {
        var service = new FakeListing([
            [1],
            [2],
            [3],
        ]);

        var read = ReadAll(Pager(service.FetchAsync, pageToken: "1"));

        Assert.Equal(["job-2", "job-3"], read.SelectMany(page => page.Jobs).Select(job => job.Name));
        Assert.Equal(["1", "2"], service.Fetched);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_token_loop_is_an_error_after_all_jobs_were_returned(int length)
    {
        // Pages 0, 1 … length, and back to page 1.
        var fetched = 0;
        var pager = Pager(token =>
        {
            fetched++;
            var number = token is null ? 0 : int.Parse(token, null);
            return Task.FromResult(Page([number + 1], $"{(number == length ? 1 : number + 1)}"));
        });
        var names = new List<string?>();

        var exception = await Assert.ThrowsAsync<FwResponseException>(async () =>
        {
            while (pager.HasMore)
            {
                names.AddRange((await pager.ReadPageAsync()).Jobs.Select(job => job.Name));
            }
        });

        Assert.Equal(Names(length + 1), names);
        Assert.Equal(length + 1, fetched);
        Assert.Contains("second time", exception.Message, StringComparison.Ordinal);
        Assert.Null(pager.ResumePoint);
    }

    [Fact]
    public async Task Detects_a_loop_to_the_token_it_started_at()
    {
        var pager = Pager(_ => Task.FromResult(Page([1], "t")), pageToken: "t");

        await pager.ReadPageAsync();

        await Assert.ThrowsAsync<FwResponseException>(pager.ReadPageAsync);
    }

    [Fact]
    public async Task A_loop_error_shows_the_request_that_was_not_sent()
    {
        var pager = Pager(_ => Task.FromResult(Page([1], "t")));
        await pager.ReadPageAsync();
        await pager.ReadPageAsync();

        var exception = await Assert.ThrowsAsync<FwResponseException>(pager.ReadPageAsync);

        Assert.EndsWith("Request: GET …t.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_later_page_that_fails_can_be_resumed_at_its_token(bool readsAhead)
    {
        var failure = new FwTimeoutException("No response.", TimeSpan.FromSeconds(60));
        var pager = Pager(token =>
            token is null ? Task.FromResult(Page([1], "two")) : Task.FromException<DpoJobPage>(failure)
        );

        var first = await pager.ReadPageAsync();
        if (readsAhead)
        {
            pager.ReadAhead();
        }
        var exception = await Assert.ThrowsAsync<FwTimeoutException>(pager.ReadPageAsync);

        Assert.Equal(["job-1"], first.Jobs.Select(job => job.Name));
        Assert.Same(failure, exception);
        Assert.Equal(new ResumePoint("two"), pager.ResumePoint);
    }

    [Fact]
    public async Task The_first_page_cannot_be_resumed()
    {
        var pager = Pager(_ => Task.FromException<DpoJobPage>(new FwResponseException("Broken.")));

        await Assert.ThrowsAsync<FwResponseException>(pager.ReadPageAsync);

        Assert.Null(pager.ResumePoint);
    }

    [Fact]
    public async Task A_listing_that_fails_at_its_first_token_can_be_resumed_there()
    {
        var pager = Pager(_ => Task.FromException<DpoJobPage>(new FwResponseException("Broken.")), "t");

        await Assert.ThrowsAsync<FwResponseException>(pager.ReadPageAsync);

        Assert.Equal(new ResumePoint("t"), pager.ResumePoint);
    }

    [Fact]
    public async Task A_listing_at_its_end_cannot_be_resumed()
    {
        var pager = Pager(_ => Task.FromResult(Page([1], null)), "t");

        await pager.ReadPageAsync();

        Assert.Null(pager.ResumePoint);
    }

    [Fact]
    public void Removes_unwanted_jobs_without_counting_them_towards_the_limit()
    {
        var service = new FakeListing([
            [1, 2, 3],
            [5, 7],
            [9, 4, 6],
            [8],
        ]);

        var read = ReadAll(Pager(service.FetchAsync, limit: 3, accepts: IsEven));

        Assert.Equal(["job-2", "job-4", "job-6"], read.SelectMany(page => page.Jobs).Select(job => job.Name));
        Assert.Equal([1, 0, 2], read.Select(page => page.Jobs.Count));
        Assert.Equal([null, "1", "2"], service.Fetched);
    }

    [Fact]
    public void Reads_the_whole_listing_when_no_job_is_wanted()
    {
        var service = new FakeListing([
            [1],
            [3],
            [5],
        ]);

        var read = ReadAll(Pager(service.FetchAsync, limit: 1, accepts: IsEven));

        Assert.Equal(3, read.Count);
        Assert.All(read, page => Assert.Empty(page.Jobs));
    }

    [Fact]
    public void Does_not_test_null_jobs()
    {
        var pager = Pager(
            _ => Task.FromResult(new DpoJobPage { Jobs = [null!, new() { Name = "a" }] }),
            accepts: job => job.Name is "a"
        );

        Assert.Single(Assert.Single(ReadAll(pager)).Jobs);
    }

    [Fact]
    public async Task Without_ReadAhead_requests_a_page_when_it_is_read()
    {
        var service = new FakeListing([
            [1],
            [2],
            [3],
        ]);
        var pager = Pager(service.FetchAsync);

        for (var read = 1; read <= 3; read++)
        {
            await pager.ReadPageAsync();
            Assert.Equal(read, service.Fetched.Count);
        }
        Assert.False(pager.HasMore);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_repeated_token_ends_the_listing_with_and_without_ReadAhead(bool readsAhead)
    {
        var requests = 0;
        var pager = Pager(_ =>
        {
            requests++;
            return Task.FromResult(Page([1], "t"));
        });
        for (var page = 1; page <= 2; page++)
        {
            await pager.ReadPageAsync();
            if (readsAhead)
            {
                pager.ReadAhead();
            }
        }

        await Assert.ThrowsAsync<FwResponseException>(pager.ReadPageAsync);
        Assert.Equal(2, requests);
    }

    [Fact]
    public void ReadAhead_does_nothing_before_the_first_page()
    {
        var service = new FakeListing([
            [1],
            [2],
        ]);

        Pager(service.FetchAsync).ReadAhead();

        Assert.Empty(service.Fetched);
    }

    [Fact]
    public async Task HasRead_is_true_after_the_first_page_was_received()
    {
        var failing = Pager(_ => Task.FromException<DpoJobPage>(new FwResponseException("Broken.")));
        var working = Pager(_ => Task.FromResult(Page([], null)));
        Assert.False(working.HasRead);

        await Assert.ThrowsAsync<FwResponseException>(failing.ReadPageAsync);
        await working.ReadPageAsync();

        Assert.False(failing.HasRead);
        Assert.True(working.HasRead);
    }

    [Fact]
    public async Task Rethrows_a_cancellation()
    {
        var pager = Pager(_ => Task.FromException<DpoJobPage>(new OperationCanceledException()), "t");

        await Assert.ThrowsAsync<OperationCanceledException>(pager.ReadPageAsync);
    }

    [Fact]
    public void Returns_every_remaining_job_once_in_order_while_one_job_after_another_leaves_the_listing()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            var service = new ShrinkingListing(random.Next(1, 60), random.Next(2, 9))
            {
                OnFetch = jobs => jobs.Remove(random.Next(60)),
            };
            var pager = Pager(service.FetchAsync);

            var read = ReadAll(pager).SelectMany(page => page.Jobs).Select(Number).ToList();

            Assert.Equal(read.Order().Distinct(), read);
            Assert.Empty(service.Jobs.Except(read));
            Assert.False(pager.MayHaveSkipped);
        }
    }

    [Fact]
    public void Returns_every_remaining_job_once_while_any_number_of_others_leave_the_listing()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var service = new ShrinkingListing(random.Next(1, 60), random.Next(1, 9))
            {
                // Few or many jobs leave, at any position or where the listing is read.
                OnFetch = jobs =>
                    jobs.RemoveAll(job =>
                        random.Next(100) < seed % 40 && (seed % 2 == 0 || job <= jobs[random.Next(jobs.Count)])
                    ),
            };
            var pager = Pager(service.FetchAsync);

            var read = ReadAll(pager).SelectMany(page => page.Jobs).Select(Number).ToList();

            Assert.Equal(read.Distinct(), read);
            Assert.Empty(service.Jobs.Except(read));
            Assert.False(pager.MayHaveSkipped);
        }
    }

    [Fact]
    public async Task Reaches_all_jobs_when_each_one_is_removed_as_soon_as_it_is_returned()
    {
        var service = new ShrinkingListing(600, 200);
        var pager = Pager(service.FetchAsync);
        var removed = new List<int>();

        while (pager.HasMore)
        {
            var page = await pager.ReadPageAsync();
            foreach (var (job, index) in page.Jobs.Select((job, index) => (Number(job), index)))
            {
                if (index == 1)
                {
                    pager.ReadAhead();
                }
                removed.Add(job);
                service.Jobs.Remove(job);
            }
        }

        Assert.Equal(Enumerable.Range(1, 600), removed);
        Assert.False(pager.MayHaveSkipped);
        Assert.InRange(service.Fetched.Count, 4, 12);
    }

    [Fact]
    public async Task Reads_one_page_again_when_one_job_has_left_the_listing()
    {
        var service = new ShrinkingListing(9, 3);
        var pager = Pager(service.FetchAsync);

        await pager.ReadPageAsync();
        await pager.ReadPageAsync();
        service.Jobs.Remove(2);
        var page = await pager.ReadPageAsync();

        Assert.Equal([7, 8, 9], page.Jobs.Select(Number));
        Assert.Equal([null, "1", "2", "1"], service.Fetched);
        Assert.Null(page.NextPageToken);
        Assert.False(pager.HasMore);
    }

    [Theory]
    [InlineData(1, null, false)]
    [InlineData(2, null, true)]
    [InlineData(2, 0L, true)]
    [InlineData(2, -1L, true)]
    public void Without_a_total_a_listing_of_several_pages_may_have_skipped_jobs(
        int pages,
        long? total,
        bool mayHaveSkipped
    )
    {
        var service = new ShrinkingListing(3 * pages, 3);
        var pager = Pager(async token =>
        {
            var page = await service.FetchAsync(token);
            page.TotalSize = total;
            return page;
        });

        ReadAll(pager);

        Assert.Equal(mayHaveSkipped, pager.MayHaveSkipped);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(4, true)]
    public async Task A_listing_that_starts_at_a_token_cannot_find_jobs_before_it(int removed, bool mayHaveSkipped)
    {
        var service = new ShrinkingListing(9, 3);
        var pager = Pager(service.FetchAsync, "1");

        var first = await pager.ReadPageAsync();
        service.Jobs.RemoveAll(job => removed == 1 ? job == 6 : job <= removed);
        var second = await pager.ReadPageAsync();

        Assert.Equal([4, 5, 6], first.Jobs.Select(Number));
        Assert.Equal(removed == 1 ? [7, 8, 9] : [8, 9], second.Jobs.Select(Number));
        Assert.Equal(mayHaveSkipped, pager.MayHaveSkipped);
    }

    [Fact]
    public async Task Jobs_without_a_name_are_not_read_again()
    {
        var total = 9;
        var pager = Pager(token =>
            Task.FromResult(
                new DpoJobPage
                {
                    Jobs = [new(), new(), new()],
                    NextPageToken = token is null ? "t" : null,
                    TotalSize = total--,
                }
            )
        );

        var read = new[] { await pager.ReadPageAsync(), await pager.ReadPageAsync() };

        Assert.Equal(6, read.Sum(page => page.Jobs.Count));
        Assert.True(pager.MayHaveSkipped);
    }

    [Fact]
    public async Task A_failure_of_reading_a_page_again_can_be_resumed_there()
    {
        var service = new ShrinkingListing(9, 3);
        var failure = new FwResponseException("Broken.");
        var pager = Pager(token =>
            token == "1" && service.Fetched.Contains("2")
                ? Task.FromException<DpoJobPage>(failure)
                : service.FetchAsync(token)
        );
        await pager.ReadPageAsync();
        await pager.ReadPageAsync();
        service.Jobs.Remove(2);

        Assert.Same(failure, await Assert.ThrowsAsync<FwResponseException>(pager.ReadPageAsync));

        Assert.Equal(new ResumePoint("1"), pager.ResumePoint);
    }

    /// <summary>The jobs 1 to Count on pages, with duplicates and empty pages.</summary>
    internal sealed record Listing(int Count, int? Limit, IReadOnlyList<IReadOnlyList<int>> Pages);

    private static Gen<Listing> Listings() =>
        from count in Gen.Choose(0, 30)
        from cuts in Gen.Choose(0, count).ListOf(count / 3)
        from repeats in Gen.Choose(0, 2).ListOf(cuts.Count + 1)
        from empties in Gen.Choose(0, 2).ListOf(cuts.Count + 1)
        from isLimited in ArbMap.Default.GeneratorFor<bool>()
        from limit in Gen.Choose(1, count + 3)
        select new Listing(count, isLimited ? limit : null, Split(count, [.. cuts], [.. repeats], [.. empties]));

    // Splits 1 … count into pages. Each may repeat the last jobs of the previous page and be followed by empty pages.
    private static List<IReadOnlyList<int>> Split(int count, int[] cuts, int[] repeats, int[] empties)
    {
        var borders = cuts.Append(0).Append(count).Order().ToList();
        var pages = new List<IReadOnlyList<int>>();
        for (var i = 0; i + 1 < borders.Count; i++)
        {
            var start = Math.Max(borders[i] - repeats[i], 0);
            pages.Add([.. Enumerable.Range(start + 1, borders[i + 1] - start)]);
            pages.AddRange(Enumerable.Repeat<IReadOnlyList<int>>([], empties[i]));
        }
        return pages;
    }

    // The pages up to the one that reaches the limit; all pages if none does.
    private static int PagesNeeded(Listing listing)
    {
        var last = 0;
        for (var i = 0; i < listing.Pages.Count; i++)
        {
            last = Math.Max(last, listing.Pages[i].Count == 0 ? 0 : listing.Pages[i][^1]);
            if (last >= listing.Limit)
            {
                return i + 1;
            }
        }
        return listing.Pages.Count;
    }

    private static bool IsEven(DpoJob job) => Number(job) % 2 == 0;

    private static int Number(DpoJob job) => int.Parse(job.Name!["job-".Length..], null);

    private static IEnumerable<string> Names(int count) => Enumerable.Range(1, count).Select(number => $"job-{number}");

    private static DpoJobPage Page(IEnumerable<int> numbers, string? token) =>
        new() { Jobs = [.. numbers.Select(number => new DpoJob { Name = $"job-{number}" })], NextPageToken = token };

    private static SequentialPager Pager(
        Func<string?, Task<DpoJobPage>> fetch,
        string? pageToken = null,
        bool isSinglePage = false,
        int? limit = null,
        Func<DpoJob, bool>? accepts = null
    )
    {
        var limiter = new JobLimiter(accepts, limit);
        return new(new PageReader(fetch, token => $"GET …{token}", pageToken, limiter.HasSeen), limiter, isSinglePage);
    }

    // All tasks have completed.
    private static List<DpoJobPage> ReadAll(SequentialPager pager)
    {
        var pages = new List<DpoJobPage>();
        while (pager.HasMore)
        {
            pages.Add(pager.ReadPageAsync().GetAwaiter().GetResult());
            pager.ReadAhead();
        }
        return pages;
    }

    /// <summary>A listing that jobs leave. Tokens are page numbers.</summary>
    private sealed class ShrinkingListing(int count, int pageSize)
    {
        public List<int> Jobs { get; } = [.. Enumerable.Range(1, count)];

        public Action<List<int>> OnFetch { get; init; } = _ => { };

        public List<string?> Fetched { get; } = [];

        public Task<DpoJobPage> FetchAsync(string? token)
        {
            if (Fetched.Count > 0)
            {
                OnFetch(Jobs);
            }
            Fetched.Add(token);
            var number = int.Parse(token ?? "0", null);
            var page = Page(
                Jobs.Skip(number * pageSize).Take(pageSize),
                (number + 1) * pageSize < Jobs.Count ? $"{number + 1}" : null
            );
            page.TotalSize = Jobs.Count;
            return Task.FromResult(page);
        }
    }

    /// <summary>A service that uses page numbers as tokens.</summary>
    private sealed class FakeListing(IReadOnlyList<IReadOnlyList<int>> pages)
    {
        public List<string?> Fetched { get; } = [];

        public Task<DpoJobPage> FetchAsync(string? token)
        {
            Fetched.Add(token);
            var number = token is null ? 0 : int.Parse(token, null);
            return Task.FromResult(Page(pages[number], number + 1 < pages.Count ? $"{number + 1}" : null));
        }
    }
}
