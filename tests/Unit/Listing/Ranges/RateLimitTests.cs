using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing.Ranges;

/// <summary>Where the service limits the rate of requests, requests in parallel are never worse than one after another.</summary>
public sealed class RateLimitTests
{
    private const int PageSize = 200;

    // Times are unrelated to names, and denser in the end, as those of a growing account.
    private static readonly List<DpoJob> Jobs =
    [
        .. Enumerable
            .Range(0, 20_000)
            .Select(number => new DpoJob
            {
                Name = $"job-{number:D6}",
                CreateTime = FakeAccount.Start.AddSeconds(Math.Sqrt(number * 7919L % 20_011) * 100_000),
            }),
    ];

    [Theory]
    [InlineData(10, 10, null)]
    [InlineData(20, 20, null)]
    [InlineData(50, 50, null)]
    [InlineData(10, 1, null)]
    [InlineData(10, 10, "1")]
    [InlineData(20, 20, "1")]
    [InlineData(50, 50, "1")]
    public async Task Every_throttle_limit_is_about_as_fast_as_a_single_chain(
        double rate,
        double capacity,
        string? retryAfter
    )
    {
        var single = await RunAsync(rate, capacity, retryAfter, 1);
        Assert.Equal(Jobs.Count, single.Jobs);

        foreach (var throttleLimit in new[] { 2, 4, 8, 64 })
        {
            var run = await RunAsync(rate, capacity, retryAfter, throttleLimit);

            Assert.Null(run.Failure);
            Assert.Equal(Jobs.Count, run.Jobs);
            // The last pages may have to wait once more, and 16 ranges cost about ten requests.
            var allowance = throttleLimit > 8 ? 1.8 : 1.1;
            Assert.InRange(run.Elapsed.TotalSeconds, 0, (1.1 * single.Elapsed.TotalSeconds) + allowance);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(30)]
    public async Task A_permanent_rejection_costs_at_most_twice_the_requests_of_a_single_chain(int rejectsFrom)
    {
        var single = await RunAsync(1000, 1000, null, 1, rejectsFrom);
        Assert.Equal(rejectsFrom + 2, single.Requests);

        foreach (var throttleLimit in new[] { 4, 64 })
        {
            var run = await RunAsync(1000, 1000, null, throttleLimit, rejectsFrom);

            Assert.Equal(429, Assert.IsType<FwApiException>(run.Failure).StatusCode);
            Assert.InRange(run.Requests, single.Requests, 2 * single.Requests);
        }
    }

    private static async Task<Run> RunAsync(
        double rate,
        double capacity,
        string? retryAfter,
        int throttleLimit,
        int? rejectsFrom = null
    )
    {
        var clock = new VirtualClock();
        using var bucket = new TokenBucket(clock, rate, capacity, retryAfter) { RejectsFrom = rejectsFrom };
        using var invoker = new HttpMessageInvoker(bucket);
        var connection = new FwConnection(
            new Uri("https://api.fireworks.ai/"),
            new ApiKey(ClientUnderTest.Key, "the test")
        );
        var client = new FireworksClient(connection, new FakeLog(), invoker, clock, random: new Random(1).NextDouble);
        var account = new LimitedAccount(client, new FakeAccount(Jobs) { PageSize = PageSize });
        var read = new List<DpoJob>();
        var failure = await clock.RunAsync(ReadAsync(account, throttleLimit, read));
        Assert.Equal(0, bucket.InFlight);
        Assert.Equal(Jobs.Take(read.Count).Select(job => job.Name), read.Select(job => job.Name));
        return new Run(clock.Elapsed, bucket.Requests, read.Count, failure);
    }

    private static async Task<FwException?> ReadAsync(LimitedAccount account, int throttleLimit, List<DpoJob> read)
    {
        var pages = new SequentialPager(new PageReader(account.FetchAsync, token => $"GET {token}"), new JobLimiter());
        IDpoJobPager pager =
            throttleLimit == 1
                ? pages
                : new ParallelPager(pages, account, ListingOrder.Parse(null)!, PageSize, throttleLimit, new FakeLog());
        try
        {
            while (pager.HasMore)
            {
                read.AddRange((await pager.ReadPageAsync()).Jobs);
                pager.ReadAhead();
            }
            return null;
        }
        catch (FwException failure)
        {
            return failure;
        }
    }

    private sealed record Run(TimeSpan Elapsed, int Requests, int Jobs, FwException? Failure);

    /// <summary>An account whose pages arrive after a request to the service with the rate limit.</summary>
    private sealed class LimitedAccount(FireworksClient client, FakeAccount account) : IRangeSource
    {
        public bool CanBeSplit => true;

        public int MaxRequestsInFlight => client.MaxRequestsInFlight;

        public async Task<DpoJobPage> FetchAsync(string? pageToken)
        {
            await RequestAsync();
            return await account.FetchAsync(pageToken);
        }

        public async Task<DpoJobPage> FetchRangeAsync(CreateTimeRange range, string? pageToken)
        {
            await RequestAsync();
            return await account.FetchRangeAsync(range, pageToken);
        }

        public async Task<DpoJobPage> FetchLastAsync(ListingOrder order)
        {
            await RequestAsync();
            return await account.FetchLastAsync(order);
        }

        public Func<string?, Task<DpoJobPage>>? RestOf(CreateTimeRange? range, DpoJob last) => null;

        public Task PauseAsync(int emptyPages) => Task.CompletedTask;

        public string DescribeRange(CreateTimeRange range, string? pageToken) =>
            account.DescribeRange(range, pageToken);

        public ResumePoint? FindResumePoint(DpoJob last, ListingOrder order) => account.FindResumePoint(last, order);

        private Task<DpoJobPage> RequestAsync() =>
            client.ListDpoJobsAsync(
                new ListDpoJobsRequest("acme"),
                null,
                TestContext.Current.CancellationToken,
                isContinuation: true
            );
    }
}
