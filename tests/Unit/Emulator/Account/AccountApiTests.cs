using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Account;

/// <summary>The API of the made-up account, over HTTP.</summary>
public sealed class AccountApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_the_same_jobs_with_any_page_size()
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
    public async Task Applies_the_default_and_the_maximum_page_size(string query, int expected)
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 201);

        var page = await emulator.GetAsync($"{RunningEmulator.Jobs}?{query}", Stop);

        Assert.Equal(expected, page["dpoJobs"]!.AsArray().Count);
        Assert.NotEqual("", (string)page["nextPageToken"]!);
        Assert.Equal(201, (int)page["totalSize"]!);
    }

    [Fact]
    public async Task Sends_one_empty_page_for_an_empty_account()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 0);

        var page = await emulator.GetAsync(RunningEmulator.Jobs, Stop);

        Assert.Equal("""{"dpoJobs":[],"nextPageToken":"","totalSize":0}""", page.ToJsonString());
    }

    [Fact]
    public async Task Sends_a_job_with_its_log_address_and_applies_a_read_mask()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 5);
        var listed = (await emulator.GetAsync(RunningEmulator.Jobs, Stop))["dpoJobs"]![0]!;

        var job = await emulator.GetAsync("/v1/" + (string)listed["name"]!, Stop);
        var masked = await emulator.GetAsync($"/v1/{(string)listed["name"]!}?readMask=name", Stop);

        Assert.Equal("", (string)listed["trainerLogsSignedUrl"]!);
        Assert.StartsWith("http://127.0.0.1:", (string)job["trainerLogsSignedUrl"]!, StringComparison.Ordinal);
        Assert.Contains("&X-Goog-Signature=", (string)job["trainerLogsSignedUrl"]!, StringComparison.Ordinal);
        job["trainerLogsSignedUrl"] = "";
        Assert.Equal(listed.ToJsonString(), job.ToJsonString());
        Assert.Single(masked.AsObject());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lists_a_deleted_job_only_on_request_and_shows_it_as_archived(bool cachePages)
    {
        await using var emulator = await RunningEmulator.StartAsync(
            new EmulatorOptions
            {
                Jobs = 5,
                Now = RunningEmulator.Now,
                CachePages = cachePages,
            }
        );
        var names = await emulator.NamesAsync("", Stop);
        var address = new Uri("/v1/" + names[2], UriKind.Relative);

        using var deleted = await emulator.Client.DeleteAsync(address, Stop);
        using var again = await emulator.Client.DeleteAsync(address, Stop);

        Assert.Equal("{}", await deleted.Content.ReadAsStringAsync(Stop));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal([.. names[..2], .. names[3..]], await emulator.NamesAsync("", Stop));
        Assert.Equal(names, await emulator.NamesAsync("includeArchived=true", Stop));
        Assert.Equal(
            [names[2]],
            await emulator.NamesAsync("includeArchived=true&filter=state=JOB_STATE_DELETED", Stop)
        );
        Assert.Empty(await emulator.NamesAsync("includeArchived=true&filter=state=JOB_STATE_ARCHIVED", Stop));
        Assert.Equal("JOB_STATE_ARCHIVED", (string?)(await emulator.GetAsync($"/v1/{names[2]}", Stop))["state"]);
    }

    [Fact]
    public async Task Serves_the_same_account_in_other_dialects()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 5);
        const string Bare = RunningEmulator.Jobs + "?filter=state=JOB_STATE_FAILED";

        var (plain, _) = await emulator.TryGetAsync(Bare, Stop);
        var (quoted, _) = await emulator.TryGetAsync("/dialects/quoted-enums,seconds" + Bare, Stop);
        var (unknown, _) = await emulator.TryGetAsync("/dialects" + Bare, Stop);

        Assert.Equal((200, 400, 404), (plain, quoted, unknown));
    }

    [Theory]
    [InlineData("", "createTime", 1, false)]
    [InlineData("/dialects/ignored-parameters", "awsS3Config", 15, true)]
    public async Task Ignores_the_parameters_of_a_list_in_a_dialect(
        string prefix,
        string firstField,
        int fields,
        bool isByName
    )
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 50);
        var byName = await emulator.NamesAsync("", Stop);

        var page = await emulator.GetAsync(
            $"{prefix}{RunningEmulator.Jobs}?orderBy=create_time&readMask=create_time,name",
            Stop
        );
        var job = page["dpoJobs"]![0]!.AsObject();

        Assert.Equal(firstField, job.First().Key);
        Assert.True(job.Count >= fields);
        Assert.Equal(isByName, (string?)job["name"] == byName[0]);
    }

    [Theory]
    [InlineData("seconds", "0000000")]
    [InlineData("milliseconds", "0000")]
    [InlineData("microseconds", "0")]
    public async Task Stores_and_compares_times_in_the_unit_of_a_dialect(string dialect, string zeros)
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 200);
        var jobs = $"/dialects/{dialect}{RunningEmulator.Jobs}";
        var page = await emulator.GetAsync(jobs + "?pageSize=200&readMask=create_time", Stop);
        var times = page["dpoJobs"]!
            .AsArray()
            .Select(job => DateTimeOffset.Parse((string)job!["createTime"]!, CultureInfo.InvariantCulture))
            .ToList();

        Assert.All(times, time => Assert.EndsWith(zeros, $"{time:fffffff}", StringComparison.Ordinal));
        var next = $"{times[0].AddTicks(1):o}".Replace("+", "%2B", StringComparison.Ordinal);
        var found = await emulator.GetAsync($"{jobs}?filter=create_time=timestamp(%22{next}%22)", Stop);
        Assert.NotEmpty(found["dpoJobs"]!.AsArray());
    }

    [Fact]
    public async Task Cancels_a_job()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 100);
        var name = (await emulator.NamesAsync("filter=state=JOB_STATE_RUNNING", Stop))[0];

        var (status, _) = await emulator.PostAsync($"/v1/{name}:cancel", "{}", Stop);
        var (missing, _) = await emulator.PostAsync($"/v1/{name}x:cancel", "{}", Stop);

        Assert.Equal((200, 404), (status, missing));
        Assert.Equal("JOB_STATE_CANCELLED", (string?)(await emulator.GetAsync($"/v1/{name}", Stop))["state"]);
        Assert.Contains(name, await emulator.NamesAsync("filter=state=JOB_STATE_CANCELLED", Stop));
    }

    [Fact]
    public async Task Sends_the_same_pages_from_the_cache()
    {
        var options = new EmulatorOptions { Jobs = 230, Now = RunningEmulator.Now };
        await using var rendered = await RunningEmulator.StartAsync(options);
        await using var cached = await RunningEmulator.StartAsync(options with { CachePages = true });

        var expected = await rendered.NamesAsync("pageSize=50", Stop);

        Assert.Equal(expected, await cached.NamesAsync("pageSize=50", Stop));
        Assert.Equal(expected, await cached.NamesAsync("pageSize=50", Stop));
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("br, gzip;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("br", false)]
    public async Task Compresses_a_list_only_if_the_client_accepts_gzip(string accepted, bool expected)
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 20);
        var plain = await emulator.Client.GetStringAsync(new Uri(RunningEmulator.Jobs, UriKind.Relative), Stop);
        using var request = new HttpRequestMessage(HttpMethod.Get, RunningEmulator.Jobs);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);

        using var response = await emulator.Client.SendAsync(request, Stop);

        Assert.Equal(expected, response.Content.Headers.ContentEncoding.Contains("gzip"));
        await using var body = await response.Content.ReadAsStreamAsync(Stop);
        await using var uncompressed = expected ? new GZipStream(body, CompressionMode.Decompress) : body;
        using var reader = new System.IO.StreamReader(uncompressed);
        Assert.Equal(plain, await reader.ReadToEndAsync(Stop));
    }

    [Theory]
    [InlineData("filter=&orderBy=name&readMask=name&pageSize=50")]
    [InlineData("filter=name:*&orderBy=name desc&readMask=name&pageSize=50")]
    [InlineData("filter=name:*&orderBy=name&readMask=&pageSize=50")]
    [InlineData("filter=name:*&orderBy=name&readMask=name&pageSize=51")]
    public async Task Rejects_a_page_token_with_parameters_of_another_call(string query)
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 60);
        const string First = "filter=name:*&orderBy=name&readMask=name&pageSize=50";
        var token = (string)(await emulator.GetAsync($"{RunningEmulator.Jobs}?{First}", Stop))["nextPageToken"]!;

        var (same, _) = await emulator.TryGetAsync($"{RunningEmulator.Jobs}?{First}&pageToken={token}", Stop);
        var (changed, _) = await emulator.TryGetAsync($"{RunningEmulator.Jobs}?{query}&pageToken={token}", Stop);

        Assert.Equal((200, 400), (same, changed));
    }

    [Theory]
    [InlineData("/v1/accounts/acme/dpoJobs/nothing-000001", 404, 5)]
    [InlineData("/v1/accounts/other/dpoJobs", 404, 5)]
    [InlineData("/v1/accounts/acme/sftJobs", 404, 5)]
    [InlineData("/v1/accounts/acme/dpoJobs?pageSize=-1", 400, 3)]
    [InlineData("/v1/accounts/acme/dpoJobs?pageSize=ten", 400, 3)]
    [InlineData("/v1/accounts/acme/dpoJobs?pageSize=", 400, 3)]
    [InlineData("/v1/accounts/acme/dpoJobs?pageSize=1&pageSize=2", 400, 3)]
    [InlineData("/v1/accounts/acme/dpoJobs?nonsense=1", 400, 3)]
    [InlineData("/v1/accounts/acme/dpoJobs?filter=nonsense%3D1", 400, 3)]
    [InlineData("/v1/accounts/acme/dpoJobs?orderBy=nonsense", 400, 3)]
    [InlineData("/v1/accounts/acme/dpoJobs?readMask=nonsense", 400, 3)]
    [InlineData("/v1/accounts/acme/dpoJobs?pageToken=nonsense", 400, 3)]
    [InlineData("/v1/accounts/acme/dpoJobs/nothing-000001?pageSize=1", 400, 3)]
    public async Task Sends_errors_as_a_google_rpc_status(string address, int status, int code)
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);

        var (actual, body) = await emulator.TryGetAsync(address, Stop);

        Assert.Equal(status, actual);
        AssertStatus(code, body);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Basic Zm9v")]
    [InlineData("Bearer ")]
    public async Task Rejects_a_request_without_an_API_key(string? authorization)
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);

        var (status, body) = await SendAsync(emulator, authorization);

        Assert.Equal(401, status);
        AssertStatus(16, JsonNode.Parse(body)!);
    }

    [Fact]
    public async Task Rejects_a_wrong_API_key_with_the_error_format_of_the_service()
    {
        await using var emulator = await RunningEmulator.StartAsync(
            new EmulatorOptions
            {
                Jobs = 1,
                Now = RunningEmulator.Now,
                Key = "fw_right",
            }
        );

        var (status, body) = await SendAsync(emulator, "Bearer fw_wrong");
        var (right, _) = await SendAsync(emulator, "Bearer fw_right");

        var error = JsonNode.Parse(body)!;
        Assert.Equal(403, status);
        Assert.Equal(["error", "request_id"], error.AsObject().Select(pair => pair.Key));
        Assert.Equal("UNAUTHORIZED", (string)error["error"]!["code"]!);
        Assert.True(Guid.TryParse((string)error["request_id"]!, out _));
        Assert.Equal(200, right);
    }

    [Fact]
    public async Task Rejects_a_GET_request_with_a_body()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);
        using var request = new HttpRequestMessage(HttpMethod.Get, RunningEmulator.Jobs);
        request.Content = new StringContent("{}");

        using var response = await emulator.Client.SendAsync(request, Stop);

        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task Responds_to_an_unknown_HTTP_method_with_501()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);

        // A job has no method without a name.
        var (status, body) = await emulator.PostAsync(RunningEmulator.Jobs + "/nightly-1", "{}", Stop);

        Assert.Equal(501, status);
        AssertStatus(12, body);
    }

    private static void AssertStatus(int code, JsonNode body)
    {
        Assert.Equal(["code", "message", "details"], body.AsObject().Select(pair => pair.Key));
        Assert.Equal(code, (int)body["code"]!);
        Assert.NotEqual("", (string)body["message"]!);
        Assert.EndsWith("google.rpc.ErrorInfo", (string)body["details"]![0]!["@type"]!, StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Body)> SendAsync(RunningEmulator emulator, string? authorization)
    {
        using var client = new HttpClient { BaseAddress = emulator.Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, RunningEmulator.Jobs);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await client.SendAsync(request, Stop);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Stop));
    }
}
