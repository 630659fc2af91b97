using System;
using System.Collections.Generic;
using System.IO.Compression;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.CommandLine;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Account;

public sealed class ListOverHttpTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Paging_with_any_page_size_gives_the_same_list()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 230);
        const string Filter = "orderBy=create_time%20desc&filter=state%3DJOB_STATE_COMPLETED";

        var lists = new List<List<string>>();
        foreach (var size in new[] { 1, 7, 50, 199, 200, 1000 })
        {
            lists.Add(await emulator.NamesAsync($"{Filter}&pageSize={size}", Stop));
        }

        Assert.InRange(lists[0].Count, 120, 200);
        Assert.Equal(lists[0].Count, lists[0].Distinct().Count());
        Assert.All(lists, list => Assert.Equal(lists[0], list));
    }

    [Theory]
    [InlineData("", 50)]
    [InlineData("pageSize=0", 50)]
    [InlineData("pageSize=3", 3)]
    [InlineData("pageSize=200", 200)]
    [InlineData("pageSize=5000", 200)]
    public async Task The_page_size_has_a_default_and_a_limit(string query, int expected)
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 201);

        var page = await emulator.GetAsync($"{RunningEmulator.Jobs}?{query}", Stop);

        Assert.Equal(expected, page["dpoJobs"]!.AsArray().Count);
        Assert.NotEqual("", (string)page["nextPageToken"]!);
        Assert.Equal(201, (int)page["totalSize"]!);
    }

    [Fact]
    public async Task The_last_page_has_an_empty_token_and_the_total_counts_what_matches()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 100);

        var page = await emulator.GetAsync(
            $"{RunningEmulator.Jobs}?pageSize=200&filter=state%3DJOB_STATE_FAILED",
            Stop
        );

        Assert.Equal("", (string)page["nextPageToken"]!);
        Assert.Equal(page["dpoJobs"]!.AsArray().Count, (int)page["totalSize"]!);
        Assert.InRange((int)page["totalSize"]!, 1, 99);
    }

    [Fact]
    public async Task An_empty_account_has_one_empty_page()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 0);

        var page = await emulator.GetAsync(RunningEmulator.Jobs, Stop);

        Assert.Equal("""{"dpoJobs":[],"nextPageToken":"","totalSize":0}""", page.ToJsonString());
    }

    [Fact]
    public async Task One_job_has_its_log_address_and_is_masked()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 5);
        var listed = (await emulator.GetAsync(RunningEmulator.Jobs, Stop))["dpoJobs"]![0]!;

        var job = await emulator.GetAsync("/v1/" + (string)listed["name"]!, Stop);
        var masked = await emulator.GetAsync($"/v1/{(string)listed["name"]!}?readMask=name", Stop);

        Assert.Equal("", (string)listed["trainerLogsSignedUrl"]!);
        Assert.StartsWith(
            "https://storage.example.com/",
            (string)job["trainerLogsSignedUrl"]!,
            StringComparison.Ordinal
        );
        job["trainerLogsSignedUrl"] = "";
        Assert.Equal(listed.ToJsonString(), job.ToJsonString());
        Assert.Single(masked.AsObject());
    }

    [Fact]
    public async Task The_account_of_the_key_can_be_looked_up()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 0);

        var page = await emulator.GetAsync("/v1/accounts?pageSize=2", Stop);

        Assert.Equal(["accounts/acme"], page["accounts"]!.AsArray().Select(account => (string)account!["name"]!));
    }

    [Fact]
    public async Task Kept_pages_are_the_same_as_those_that_are_made_anew()
    {
        var options = new EmulateOptions { Jobs = 230, Now = RunningEmulator.Now };
        await using var anew = await RunningEmulator.StartAsync(options);
        await using var kept = await RunningEmulator.StartAsync(options with { CachePages = true });

        var expected = await anew.NamesAsync("pageSize=50", Stop);

        Assert.Equal(expected, await kept.NamesAsync("pageSize=50", Stop));
        Assert.Equal(expected, await kept.NamesAsync("pageSize=50", Stop));
    }

    [Theory]
    [InlineData("gzip", true, true)]
    [InlineData("br, gzip;q=0.5", true, true)]
    [InlineData("gzip;q=0", true, false)]
    [InlineData("br", true, false)]
    [InlineData("gzip", false, false)]
    public async Task Gzip_is_used_when_the_client_accepts_it(string accepted, bool compression, bool expected)
    {
        await using var emulator = await RunningEmulator.StartAsync(
            new EmulateOptions
            {
                Jobs = 20,
                Now = RunningEmulator.Now,
                Compression = compression,
            }
        );
        var plain = await emulator.Client.GetStringAsync(new Uri(RunningEmulator.Jobs, UriKind.Relative), Stop);
        using var request = new HttpRequestMessage(HttpMethod.Get, RunningEmulator.Jobs);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);

        using var response = await emulator.Client.SendAsync(request, Stop);

        Assert.Equal(expected, response.Content.Headers.ContentEncoding.Contains("gzip"));
        await using var body = await response.Content.ReadAsStreamAsync(Stop);
        await using var unpacked = expected ? new GZipStream(body, CompressionMode.Decompress) : body;
        using var reader = new System.IO.StreamReader(unpacked);
        Assert.Equal(plain, await reader.ReadToEndAsync(Stop));
    }

    [Fact]
    public async Task Every_answer_waits_for_the_latency()
    {
        await using var emulator = await RunningEmulator.StartAsync(
            new EmulateOptions
            {
                Jobs = 1,
                Now = RunningEmulator.Now,
                Latency = TimeSpan.FromMilliseconds(120),
            }
        );
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await emulator.GetAsync(RunningEmulator.Jobs, Stop);

        Assert.True(watch.ElapsedMilliseconds >= 115, $"only {watch.ElapsedMilliseconds} ms");
    }
}
