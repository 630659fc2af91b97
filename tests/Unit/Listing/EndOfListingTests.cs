using System;
using System.Linq;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;
using Fireworks.DpoJobs.Unit.Listing.Ranges;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>A listing that ends before the service has sent as many jobs as it counted, and one that does not end.</summary>
public sealed class EndOfListingTests
{
    [Theory]
    [InlineData(5000, 4998)]
    [InlineData(3, 1)]
    [InlineData(2, 0)]
    [InlineData(1, 0)]
    [InlineData(null, 0)]
    public async Task Counts_the_jobs_that_the_service_did_not_send(int? total, long missing)
    {
        var pager = await ReadAsync(new DpoJobPage { Jobs = [Job("a"), Job("b")], TotalSize = total });

        Assert.Equal(missing, pager.Missing);
        Assert.Equal(2, pager.Received);
    }

    [Fact]
    public async Task Jobs_that_were_deleted_meanwhile_are_not_missing()
    {
        var pager = await ReadAsync(
            new DpoJobPage
            {
                Jobs = [Job("a")],
                TotalSize = 3,
                NextPageToken = "t",
            },
            new DpoJobPage { Jobs = [Job("c")], TotalSize = 2 }
        );

        Assert.Equal(0, pager.Missing);
    }

    [Fact]
    public async Task Jobs_that_were_created_meanwhile_are_not_missing()
    {
        var pager = await ReadAsync(
            new DpoJobPage
            {
                Jobs = [Job("b")],
                TotalSize = 2,
                NextPageToken = "t",
            },
            new DpoJobPage { Jobs = [Job("c")], TotalSize = 3 }
        );

        Assert.Equal(0, pager.Missing);
    }

    [Fact]
    public async Task Jobs_that_are_removed_locally_are_not_missing()
    {
        var pager = await ReadAsync(
            new JobLimiter(job => job.Name == "b"),
            null,
            new DpoJobPage { Jobs = [Job("a"), Job("b")], TotalSize = 2 }
        );

        Assert.Equal(0, pager.Missing);
    }

    [Fact]
    public async Task Nothing_is_missing_beyond_a_limit_or_before_a_page_token()
    {
        var page = new DpoJobPage { Jobs = [Job("a"), Job("b")], TotalSize = 9 };

        Assert.Equal(0, (await ReadAsync(new JobLimiter(limit: 2), null, page)).Missing);
        Assert.Equal(0, (await ReadAsync(new JobLimiter(), "t", page)).Missing);
        Assert.Equal(7, (await ReadAsync(new JobLimiter(limit: 5), null, page)).Missing);
    }

    [Fact]
    public async Task Counts_the_jobs_that_are_missing_in_ranges()
    {
        var jobs = Enumerable
            .Range(0, 200)
            .Select(number => new DpoJob
            {
                Name = $"job-{number:D3}",
                CreateTime = FakeAccount.Start.AddMinutes(number * 7919L % 211),
            });
        var account = new FakeAccount(jobs)
        {
            // From the third page on, each range ends without its rest.
            Change = (range, page) =>
            {
                page.NextPageToken = range is not null && page.NextPageToken == "30" ? null : page.NextPageToken;
                return page;
            },
        };
        var pages = new SequentialPager(new PageReader(account.FetchAsync, _ => "GET"), new JobLimiter());
        var pager = new ParallelPager(pages, account, ListingOrder.Parse(null)!, account.PageSize, 4, new FakeLog());
        while (pager.HasMore)
        {
            await pager.ReadPageAsync();
        }

        Assert.Equal(200 - pager.Received, pager.Missing);
        Assert.InRange(pager.Missing, 1, 199);
    }

    [Fact]
    public async Task Slows_down_after_ten_empty_pages_in_a_row_with_one_warning()
    {
        using var test = new ClientUnderTest();
        for (var i = 1; i <= 15; i++)
        {
            test.Transport.Json($$"""{"dpoJobs":[],"nextPageToken":"t{{i}}"}""");
        }
        test.Transport.Json("""{"dpoJobs":[{"name":"a"}],"nextPageToken":"end"}""").Json("""{"dpoJobs":[]}""");
        var options = new ListingOptions(new JobSelection(new JobCriteria([], null, null))) { All = true };
        var pager = new DpoJobListing(
            test.Client,
            "acme",
            ListingPlan.Create(options),
            new FilterSupport(),
            test.Log,
            TestContext.Current.CancellationToken
        ).CreatePager();

        while (pager.HasMore)
        {
            await pager.ReadPageAsync();
            pager.ReadAhead();
        }

        Assert.Equal(new[] { 0.5, 1, 2, 4, 8, 8 }, test.Clock.Delays.Select(delay => delay.TotalSeconds));
        Assert.StartsWith(
            "The service has sent 10 empty pages in a row",
            Assert.Single(test.Log.Warnings),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Leaves_no_unobserved_failure_of_a_page_that_was_requested_ahead()
    {
        var failures = 0;
        void Count(object? sender, UnobservedTaskExceptionEventArgs args) =>
            failures += args.Exception.InnerException is FwConnectionException ? 1 : 0;
        TaskScheduler.UnobservedTaskException += Count;
        try
        {
            await AbandonAsync();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Count;
        }

        Assert.Equal(0, failures);

        static async Task AbandonAsync()
        {
            for (var i = 0; i < 20; i++)
            {
                var pages = new PageReader(
                    async token =>
                    {
                        await Task.Yield();
                        return token is null
                            ? new DpoJobPage { Jobs = [Job("a")], NextPageToken = "t" }
                            : throw new FwConnectionException("m");
                    },
                    _ => "GET"
                );
                await pages.ReadPageAsync();
                pages.ReadAhead();
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }
        }
    }

    private static DpoJob Job(string name) => new() { Name = name };

    private static Task<IDpoJobPager> ReadAsync(params DpoJobPage[] pages) => ReadAsync(new JobLimiter(), null, pages);

    private static async Task<IDpoJobPager> ReadAsync(JobLimiter limiter, string? token, params DpoJobPage[] pages)
    {
        var next = 0;
        var pager = new SequentialPager(
            new PageReader(_ => Task.FromResult(pages[next++]), _ => "GET", token),
            limiter
        );
        while (pager.HasMore)
        {
            await pager.ReadPageAsync();
        }
        return pager;
    }
}
