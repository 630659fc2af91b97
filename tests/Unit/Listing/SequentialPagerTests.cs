using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>Walking the pages of a listing.</summary>
public sealed class SequentialPagerTests
{
    [Fact]
    public void Any_split_of_any_list_into_pages_gives_that_list_once_in_order_up_to_any_limit()
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
    public async Task Nothing_is_asked_for_before_the_first_page_is_read()
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
    public async Task Exactly_one_page_is_asked_for_ahead()
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
    public async Task The_page_ahead_is_asked_for_while_the_current_one_is_in_the_readers_hands()
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
    public void No_page_is_asked_for_that_the_limit_does_not_need(int limit, int pages)
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
    public void A_job_that_comes_again_does_not_count_towards_the_limit()
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
    public void Empty_pages_with_a_token_go_on()
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
    public void Jobs_without_a_name_are_all_given_since_they_cannot_be_told_apart()
    {
        var pager = Pager(_ => Task.FromResult(new DpoJobPage { Jobs = [new(), new(), new()] }));

        Assert.Equal(3, Assert.Single(ReadAll(pager)).Jobs.Count);
    }

    [Fact]
    public void A_null_in_place_of_a_job_is_no_job()
    {
        var pager = Pager(_ => Task.FromResult(new DpoJobPage { Jobs = [new(), null!, new()] }));

        Assert.Equal(2, Assert.Single(ReadAll(pager)).Jobs.Count);
    }

    [Fact]
    public void Names_are_told_apart_by_case()
    {
        var pager = Pager(_ => Task.FromResult(new DpoJobPage { Jobs = [new() { Name = "a" }, new() { Name = "A" }] }));

        Assert.Equal(2, Assert.Single(ReadAll(pager)).Jobs.Count);
    }

    [Fact]
    public async Task Without_the_whole_listing_and_without_a_limit_one_page_is_read_and_none_ahead()
    {
        var service = new FakeListing([
            [1],
            [2],
        ]);
        var pager = Pager(service.FetchAsync, isWholeListing: false);

        var page = await pager.ReadPageAsync();

        Assert.False(pager.HasMore);
        Assert.Equal("1", page.NextPageToken);
        Assert.Equal([null], service.Fetched);
    }

    [Fact]
    public void A_limit_reads_on_without_the_whole_listing()
    {
        var service = new FakeListing([
            [1],
            [2],
            [3],
        ]);

        var read = ReadAll(Pager(service.FetchAsync, isWholeListing: false, limit: 2));

        Assert.Equal(2, read.Count);
        Assert.Equal([null, "1"], service.Fetched);
    }

    [Fact]
    public void A_listing_can_begin_at_a_token()
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
    public async Task Tokens_that_go_round_end_with_an_error_after_everything_was_given(int length)
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
    }

    [Fact]
    public async Task A_listing_that_begins_at_a_token_notices_when_it_comes_back_there()
    {
        var pager = Pager(_ => Task.FromResult(Page([1], "t")), pageToken: "t");

        await pager.ReadPageAsync();

        await Assert.ThrowsAsync<FwResponseException>(pager.ReadPageAsync);
    }

    [Theory]
    [InlineData(false, "Request: the page of 't'.")]
    [InlineData(true, "Request: GET …t.")]
    public async Task The_error_of_a_loop_names_the_request_that_would_have_come_next(bool isDescribed, string said)
    {
        var pager = Pager(
            _ => Task.FromResult(Page([1], "t")),
            describe: isDescribed ? token => $"GET …{token}" : null
        );
        await pager.ReadPageAsync();
        await pager.ReadPageAsync();

        var exception = await Assert.ThrowsAsync<FwResponseException>(pager.ReadPageAsync);

        Assert.EndsWith(said, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "-PageToken 'two'.")]
    [InlineData(50, "-PageToken 'two' -PageSize 50.")]
    public async Task A_later_page_that_fails_is_reported_after_the_page_before_it_with_the_way_to_go_on(
        int? pageSize,
        string advice
    )
    {
        var failure = new FwTimeoutException("No answer.", TimeSpan.FromSeconds(60));
        var pager = Pager(
            token => token is null ? Task.FromResult(Page([1], "two")) : Task.FromException<DpoJobPage>(failure),
            pageSize: pageSize
        );

        var first = await pager.ReadPageAsync();
        var exception = await Assert.ThrowsAsync<FwTimeoutException>(pager.ReadPageAsync);

        Assert.Equal(["job-1"], first.Jobs.Select(job => job.Name));
        Assert.Same(failure, exception);
        Assert.Equal("two", exception.PageToken);
        Assert.EndsWith($"To go on: the same command with {advice}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_page_that_fails_has_nothing_to_go_on_from()
    {
        var pager = Pager(_ => Task.FromException<DpoJobPage>(new FwResponseException("Broken.")));

        var exception = await Assert.ThrowsAsync<FwResponseException>(pager.ReadPageAsync);

        Assert.Null(exception.PageToken);
        Assert.DoesNotContain("To go on", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t\u001b]0;title\u0007\u202e", "'t\u241b]0;title\u2407\ufffd'")]
    [InlineData("it's $(here)", "'it''s $(here)'")]
    public async Task The_token_to_go_on_with_is_quoted_for_PowerShell_and_shows_no_control_characters(
        string token,
        string quoted
    )
    {
        var pager = Pager(sent =>
            sent is null
                ? Task.FromResult(Page([1], token))
                : Task.FromException<DpoJobPage>(new FwResponseException("Broken."))
        );
        await pager.ReadPageAsync();

        var exception = await Assert.ThrowsAsync<FwResponseException>(pager.ReadPageAsync);

        Assert.EndsWith($"-PageToken {quoted}.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(token, exception.PageToken);
    }

    [Fact]
    public void Jobs_that_are_not_wanted_are_left_out_and_do_not_count_towards_the_limit()
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
    public void Where_no_job_is_wanted_the_listing_is_read_to_its_end()
    {
        var service = new FakeListing([
            [1],
            [3],
            [5],
        ]);

        var read = ReadAll(Pager(service.FetchAsync, isWholeListing: false, limit: 1, accepts: IsEven));

        Assert.Equal(3, read.Count);
        Assert.All(read, page => Assert.Empty(page.Jobs));
    }

    [Fact]
    public void A_null_in_place_of_a_job_is_not_asked_about()
    {
        var pager = Pager(
            _ => Task.FromResult(new DpoJobPage { Jobs = [null!, new() { Name = "a" }] }),
            accepts: job => job.Name is "a"
        );

        Assert.Single(Assert.Single(ReadAll(pager)).Jobs);
    }

    [Fact]
    public async Task Without_reading_ahead_a_page_is_asked_for_when_it_is_read()
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

    [Fact]
    public async Task Without_reading_ahead_a_later_page_that_fails_says_where_to_go_on()
    {
        var pager = Pager(
            token =>
                token is null
                    ? Task.FromResult(Page([1, 2, 3], "two"))
                    : Task.FromException<DpoJobPage>(new FwResponseException("Broken.")),
            pageSize: 50,
            limit: 7,
            accepts: IsEven
        );
        await pager.ReadPageAsync();

        var exception = await Assert.ThrowsAsync<FwResponseException>(pager.ReadPageAsync);

        Assert.Equal(new ResumePoint("two", 50, 6), exception.ResumePoint);
        Assert.EndsWith(
            "To go on: the same command with -PageToken 'two' -PageSize 50 -First 6.",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_that_comes_again_ends_the_listing_whether_or_not_it_is_read_ahead(bool readsAhead)
    {
        var asked = 0;
        var pager = Pager(_ =>
        {
            asked++;
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
        Assert.Equal(2, asked);
    }

    [Fact]
    public void Before_the_first_page_is_read_nothing_is_read_ahead()
    {
        var service = new FakeListing([
            [1],
            [2],
        ]);

        Pager(service.FetchAsync).ReadAhead();

        Assert.Empty(service.Fetched);
    }

    [Fact]
    public async Task A_page_has_been_read_once_the_first_came()
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
    public async Task A_token_that_the_user_named_is_not_told_back()
    {
        var pager = Pager(_ => Task.FromException<DpoJobPage>(new FwResponseException("Broken.")), "t");

        var exception = await Assert.ThrowsAsync<FwResponseException>(pager.ReadPageAsync);

        Assert.Equal("t", exception.PageToken);
        Assert.DoesNotContain("To go on", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_of_the_user_comes_through_as_it_is()
    {
        var pager = Pager(_ => Task.FromException<DpoJobPage>(new OperationCanceledException()), "t");

        await Assert.ThrowsAsync<OperationCanceledException>(pager.ReadPageAsync);
    }

    /// <summary>A list of jobs 1 … Count, on pages, with what a service may do to it.</summary>
    internal sealed record Listing(int Count, int? Limit, IReadOnlyList<IReadOnlyList<int>> Pages);

    private static Gen<Listing> Listings() =>
        from count in Gen.Choose(0, 30)
        from cuts in Gen.Choose(0, count).ListOf(count / 3)
        from repeats in Gen.Choose(0, 2).ListOf(cuts.Count + 1)
        from empties in Gen.Choose(0, 2).ListOf(cuts.Count + 1)
        from isLimited in ArbMap.Default.GeneratorFor<bool>()
        from limit in Gen.Choose(1, count + 3)
        select new Listing(count, isLimited ? limit : null, Split(count, [.. cuts], [.. repeats], [.. empties]));

    // Cuts 1 … count into pages; each page may begin with the last jobs of what came before, and have empty pages behind it.
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

    // Pages up to the one that fills the limit; all of them without one, or with one that is never filled.
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

    private static bool IsEven(DpoJob job) => int.Parse(job.Name!["job-".Length..], null) % 2 == 0;

    private static IEnumerable<string> Names(int count) => Enumerable.Range(1, count).Select(number => $"job-{number}");

    private static DpoJobPage Page(IEnumerable<int> numbers, string? token) =>
        new() { Jobs = [.. numbers.Select(number => new DpoJob { Name = $"job-{number}" })], NextPageToken = token };

    private static SequentialPager Pager(
        Func<string?, Task<DpoJobPage>> fetch,
        string? pageToken = null,
        int? pageSize = null,
        bool isWholeListing = true,
        long? limit = null,
        Func<DpoJob, bool>? accepts = null,
        Func<string?, string>? describe = null
    ) => new(new PageReader(fetch, pageToken, describe), new JobLimiter(accepts, limit), pageSize, isWholeListing);

    // Every task here is complete already.
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

    /// <summary>A service whose token of a page is its number.</summary>
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
