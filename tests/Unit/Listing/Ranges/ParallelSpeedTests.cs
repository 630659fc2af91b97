using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing.Ranges;

/// <summary>How much faster a listing is in parallel, on a virtual clock, and what it costs in requests.</summary>
public sealed class ParallelSpeedTests
{
    private const int PageSize = SlowAccount.PageSize;

    [Theory]
    [InlineData(20_000, Created.AtRandom, null)]
    [InlineData(20_000, Created.AtRandom, "name desc")]
    [InlineData(20_000, Created.AtRandom, "create_time")]
    [InlineData(20_000, Created.AtRandom, "create_time desc")]
    [InlineData(20_000, Created.MoreAndMoreOften, "create_time")]
    [InlineData(20_000, Created.MoreAndMoreOften, "create_time desc")]
    [InlineData(20_000, Created.InOrderOfNames, null)]
    [InlineData(20_000, Created.InOrderOfNames, "name desc")]
    [InlineData(20_000, Created.OnTheDayOfTheName, null)]
    [InlineData(60_000, Created.AtRandom, null)]
    public async Task Several_requests_in_parallel_take_little_longer_than_their_share(
        int count,
        Created created,
        string? orderBy
    )
    {
        var jobs = Create(created, count);
        foreach (var throttleLimit in new[] { 4, 8, 16 })
        {
            var run = await RunAsync(jobs, orderBy, throttleLimit);

            var share = Math.Ceiling((double)count / PageSize / throttleLimit) + 2;
            Assert.InRange(run.Latencies, share / 2, 1.15 * share);
        }
    }

    [Theory]
    [InlineData(Created.AtRandom, null)]
    [InlineData(Created.AtRandom, "create_time")]
    [InlineData(Created.AtRandom, "create_time desc")]
    [InlineData(Created.InOrderOfNames, null)]
    public async Task The_first_jobs_are_faster_with_at_most_a_tenth_more_requests(Created created, string? orderBy)
    {
        var run = await RunAsync(Create(created, 20_000), orderBy, 8, limit: 5000);

        Assert.InRange(run.Requests, 25, 27);
        Assert.InRange(run.Latencies, 4, 16);
    }

    [Theory]
    [InlineData(Created.MostlyInOneDay, "create_time")]
    [InlineData(Created.MostlyInOneDay, "create_time desc")]
    [InlineData(Created.MostlyInOneDayInOrderOfNames, null)]
    [InlineData(Created.MostlyInOneInstant, null)]
    [InlineData(Created.MostlyInOneInstant, "create_time")]
    [InlineData(Created.MostlyInOneInstant, "create_time desc")]
    public async Task Unevenly_distributed_jobs_cost_at_most_eight_requests_and_no_time(
        Created created,
        string? orderBy
    )
    {
        var jobs = Create(created, 20_000);
        foreach (var throttleLimit in new[] { 2, 4, 8, 16, 64 })
        {
            var run = await RunAsync(jobs, orderBy, throttleLimit);

            Assert.InRange(run.Requests, 100, 108);
            Assert.InRange(run.Latencies, 1, 105);
        }
    }

    private static async Task<Run> RunAsync(List<DpoJob> jobs, string? orderBy, int throttleLimit, int? limit = null)
    {
        var clock = new VirtualClock();
        var account = new SlowAccount(jobs, orderBy, clock);
        var read = await clock.RunAsync(ReadAsync(account, orderBy, throttleLimit, limit));
        var wanted = account.Jobs.Take(limit ?? int.MaxValue).Select(job => job.Name);
        Assert.Equal(wanted, read.Select(job => job.Name));
        Assert.InRange(account.MaxInFlight, 1, throttleLimit);
        return new Run((double)clock.Elapsed.Ticks / SlowAccount.Latency.Ticks, account.Requests);
    }

    private static async Task<List<DpoJob>> ReadAsync(
        SlowAccount account,
        string? orderBy,
        int throttleLimit,
        int? limit
    )
    {
        var pages = new SequentialPager(new PageReader(account.FetchAsync, _ => "GET"), new JobLimiter(limit: limit));
        var pager = new ParallelPager(
            pages,
            account,
            ListingOrder.Parse(orderBy)!,
            PageSize,
            throttleLimit,
            new FakeLog()
        );
        var read = new List<DpoJob>();
        while (pager.HasMore)
        {
            read.AddRange((await pager.ReadPageAsync()).Jobs);
            pager.ReadAhead();
        }
        return read;
    }

    private static List<DpoJob> Create(Created created, int count)
    {
        var random = new Random(1);
        var jobs = new List<DpoJob>();
        for (var number = 0; number < count; number++)
        {
            var share = random.NextDouble();
            share = created switch
            {
                Created.MoreAndMoreOften => Math.Sqrt(share),
                Created.MostlyInOneDay or Created.MostlyInOneDayInOrderOfNames when random.NextDouble() < 0.99 => (
                    110 + share
                ) / 180,
                Created.MostlyInOneInstant when random.NextDouble() < 0.9 => 110.0 / 180,
                Created.InBursts => (Math.Floor(share * 40) / 40) + (random.NextDouble() / 40 / 24),
                _ => share,
            };
            var time = FakeAccount.Start.AddDays(180 * share);
            var name = created switch
            {
                Created.InOrderOfNames or Created.MostlyInOneDayInOrderOfNames =>
                    $"dpo-{time:yyyyMMdd-HHmmss-fff}-{number}",
                Created.OnTheDayOfTheName => $"dpo-{time:yyyy-MM-dd}-{random.Next():x8}-{number}",
                _ => $"job-{number:D6}",
            };
            jobs.Add(new DpoJob { Name = name, CreateTime = time });
        }
        return jobs;
    }

    /// <summary>When the jobs were created, within 180 days.</summary>
    public enum Created
    {
        AtRandom,
        MoreAndMoreOften,
        InOrderOfNames,
        OnTheDayOfTheName,
        InBursts,
        MostlyInOneDay,
        MostlyInOneDayInOrderOfNames,
        MostlyInOneInstant,
    }

    private sealed record Run(double Latencies, int Requests);
}
