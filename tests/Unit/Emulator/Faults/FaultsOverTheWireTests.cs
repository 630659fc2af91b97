using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator;
using Fireworks.DpoJobs.Emulator.CommandLine;
using Fireworks.DpoJobs.Unit.Emulator.Account;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Faults;

/// <summary>What arrives at the other end of a socket when a fault is played.</summary>
public sealed class FaultsOverTheWireTests
{
    private const string Faults = "/_emulator/faults";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_status_comes_with_its_headers_and_its_body()
    {
        await using var emulator = await StartAsync(
            """{"requests":[1],"status":429,"headers":{"retry-after":"+1s","x-should-retry":"true"},"body":{"code":8}}""",
            """{"requests":[2],"status":502,"body":"<html>"}"""
        );

        using var first = await emulator.Client.GetAsync(Jobs(), Stop);
        using var second = await emulator.Client.GetAsync(Jobs(), Stop);
        using var third = await emulator.Client.GetAsync(Jobs(), Stop);

        Assert.Equal((429, "application/json"), ((int)first.StatusCode, $"{first.Content.Headers.ContentType}"));
        Assert.Equal("""{"code":8}""", await first.Content.ReadAsStringAsync(Stop));
        Assert.InRange(
            first.Headers.RetryAfter!.Date!.Value,
            DateTimeOffset.UtcNow.AddSeconds(-5),
            DateTimeOffset.UtcNow.AddSeconds(1)
        );
        Assert.Equal(["true"], first.Headers.GetValues("x-should-retry"));
        Assert.Equal("text/html; charset=utf-8", $"{second.Content.Headers.ContentType}");
        Assert.Equal(200, (int)third.StatusCode);
        var counts = (await emulator.GetAsync(Faults, Stop)).AsArray();
        Assert.Equal("""[{"seen":3,"played":1},{"seen":3,"played":1}]""", counts.ToJsonString());
    }

    [Theory]
    [InlineData("""{"every":1,"reset":"beforeHeaders"}""", 0)]
    [InlineData("""{"every":1,"reset":"midBody"}""", 0.5)]
    [InlineData("""{"every":1,"refuse":50}""", 0)]
    public async Task A_reset_is_one_on_the_wire(string rule, double arrives)
    {
        var raw = await AskAsync(rule);

        Assert.Equal(SocketError.ConnectionReset, raw.Error);
        Assert.Equal((int)(raw.ContentLength * arrives), raw.Body.Length);
    }

    [Theory]
    [InlineData("""{"every":1,"truncate":true}""", 0.5)]
    [InlineData("""{"every":1,"wrongContentLength":"larger"}""", 0.999)]
    [InlineData("""{"every":1,"wrongContentLength":"smaller"}""", 2)]
    public async Task A_length_can_be_a_lie_and_the_connection_ends_in_order(string rule, double ratio)
    {
        var raw = await AskAsync(rule);

        Assert.Null(raw.Error);
        Assert.InRange(raw.Body.Length / (double)raw.ContentLength, ratio, ratio + 0.001);
    }

    [Theory]
    [InlineData("headers")]
    [InlineData("body")]
    public async Task A_stall_ends_when_the_client_leaves(string place)
    {
        await using var emulator = await StartAsync($$"""{"every":1,"stall":"{{place}}"}""");
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(150));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            emulator.Client.GetStringAsync(Jobs(), patience.Token)
        );

        JsonNode request;
        do
        {
            await Task.Delay(10, Stop);
            request = (await emulator.GetAsync("/_emulator/requests", Stop))[0]!;
        } while (request["endMs"] is null);
        Assert.True((bool)request["aborted"]!);
        Assert.Equal(place == "body" ? 200 : null, (int?)request["status"]);
    }

    [Fact]
    public async Task For_a_while_the_operating_system_refuses_and_then_all_is_as_before()
    {
        await using var emulator = await StartAsync("""{"requests":[1],"refuse":200}""");
        // POST, because HttpClient itself tries a GET again.
        using var nothing = new StringContent("");
        await Assert.ThrowsAsync<HttpRequestException>(() => emulator.Client.PostAsync(Jobs(), nothing, Stop));

        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => emulator.Client.GetAsync(Jobs(), Stop));

        Assert.Equal(
            SocketError.ConnectionRefused,
            Assert.IsType<SocketException>(refusal.InnerException).SocketErrorCode
        );
        var watch = Stopwatch.StartNew();
        while (!await AnswersAsync(emulator))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), "It listens no more.");
            await Task.Delay(20, Stop);
        }
    }

    [Fact]
    public async Task It_ends_while_it_refuses()
    {
        var emulator = await StartAsync("""{"requests":[1],"refuse":10000}""");
        await Assert.ThrowsAsync<HttpRequestException>(() => emulator.Client.GetAsync(Jobs(), Stop));

        await emulator.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5), Stop);
    }

    [Fact]
    public async Task A_gzip_can_be_cut_under_a_length_that_is_right()
    {
        await using var emulator = await StartAsync("""{"every":1,"truncatedGzip":true}""");
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All });
        client.BaseAddress = emulator.Client.BaseAddress;
        client.DefaultRequestHeaders.Add("Authorization", "Bearer fw_test");

        using var raw = await emulator.Client.GetAsync(Jobs(), Stop);
        // .NET's decompression takes the end of the stream for the end of the data.
        var text = await client.GetStringAsync(Jobs(), Stop);

        Assert.Equal(["gzip"], raw.Content.Headers.ContentEncoding);
        Assert.Equal((int)raw.Content.Headers.ContentLength!, (await raw.Content.ReadAsByteArrayAsync(Stop)).Length);
        Assert.StartsWith("{\"dpoJobs\":[", text, StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(text));
    }

    [Theory]
    [InlineData("""{"every":1,"contentType":"text/html"}""", "text/html", true)]
    [InlineData("""{"every":1,"contentType":"none"}""", "", true)]
    [InlineData("""{"every":1,"emptyBody":true}""", "application/json", false)]
    public async Task The_real_answer_can_come_under_another_type_or_without_a_body(
        string rule,
        string contentType,
        bool hasBody
    )
    {
        await using var emulator = await StartAsync(rule);

        using var response = await emulator.Client.GetAsync(Jobs(), Stop);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(contentType, $"{response.Content.Headers.ContentType}");
        Assert.Equal(hasBody, response.Content.Headers.ContentLength > 0);
    }

    [Theory]
    [InlineData(1, "10 10 5", "")]
    [InlineData(2, "10 10 6", "9 10")]
    [InlineData(3, "10 10 6", "19 20")]
    public async Task Jobs_that_move_come_twice_and_none_is_left_out(int request, string sizes, string borders)
    {
        await using var emulator = await StartAsync($$"""{"requests":[{{request}}],"moveJobs":true}""");

        var (pages, order) = await ReadPagesAsync(emulator);

        Assert.Equal(sizes, string.Join(' ', pages.Select(page => page.Length)));
        Assert.Equal(Enumerable.Range(0, 25), order.Distinct().Order());
        Assert.Equal(borders.Length > 0 ? 26 : 25, order.Length);
        Assert.Equal(order.Order(), order);
        foreach (var border in borders.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(1))
        {
            Assert.Equal(2, order.Count(job => job == int.Parse(border, CultureInfo.InvariantCulture)));
        }
    }

    [Theory]
    [InlineData("""{"requests":[3],"contentType":"none"}""")]
    [InlineData("""{"requests":[3],"unknownState":true}""")]
    [InlineData("""{"requests":[3],"emptyPage":true}""")]
    public async Task Jobs_that_moved_are_left_out_by_no_other_fault(string other)
    {
        await using var emulator = await StartAsync("""{"requests":[2],"moveJobs":true}""", other);

        var (_, order) = await ReadPagesAsync(emulator);

        Assert.Equal(Enumerable.Range(0, 25), order.Distinct().Order());
    }

    [Theory]
    [InlineData(1, 9)]
    [InlineData(2, 9)]
    [InlineData(3, 19)]
    public async Task A_job_can_come_twice(int request, int job)
    {
        await using var emulator = await StartAsync($$"""{"requests":[{{request}}],"duplicateJob":true}""");

        var (_, order) = await ReadPagesAsync(emulator);

        Assert.Equal(Enumerable.Range(0, 25).Append(job).Order(), order);
    }

    [Fact]
    public async Task An_empty_page_leads_to_the_real_one_also_after_the_schedule_is_gone()
    {
        await using var emulator = await StartAsync("""{"requests":[2],"emptyPage":true}""");
        var first = await emulator.GetAsync($"{RunningEmulator.Jobs}?pageSize=10", Stop);
        var empty = await emulator.GetAsync(
            $"{RunningEmulator.Jobs}?pageSize=10&pageToken={first["nextPageToken"]}",
            Stop
        );
        await emulator.PostAsync(Faults, """{"rules":[]}""", Stop);

        var real = await emulator.GetAsync(
            $"{RunningEmulator.Jobs}?pageSize=10&pageToken={empty["nextPageToken"]}",
            Stop
        );

        Assert.Empty(empty["dpoJobs"]!.AsArray());
        Assert.Equal(25, (int)empty["totalSize"]!);
        Assert.Equal(10, real["dpoJobs"]!.AsArray().Count);
        Assert.NotEqual(first["dpoJobs"]![9]!["name"]!.ToString(), real["dpoJobs"]![0]!["name"]!.ToString());
    }

    [Theory]
    [InlineData(10, 2, 1, 1)]
    [InlineData(5, 4, 3, 1)]
    public async Task A_token_can_lead_back(int pageSize, int request, int length, int sameAs)
    {
        await using var emulator = await StartAsync($$"""{"requests":[{{request}}],"tokenLoop":{{length}}}""");
        var tokens = new string[request];
        for (var i = 0; i < request; i++)
        {
            var token = i == 0 ? "" : tokens[i - 1];
            var page = await emulator.GetAsync($"{RunningEmulator.Jobs}?pageSize={pageSize}&pageToken={token}", Stop);
            tokens[i] = (string)page["nextPageToken"]!;
        }

        Assert.Equal(tokens[sameAs - 1], tokens[^1]);
        Assert.Equal(request - 1, tokens.Distinct().Count());
    }

    [Fact]
    public async Task Data_can_be_such_as_nobody_expects()
    {
        Assert.Equal("new", (string)(await FirstJobAsync("""{"every":1,"unknownFields":true}"""))["unknownText"]!);
        Assert.Equal(
            "JOB_STATE_HIBERNATING",
            (string)(await FirstJobAsync("""{"every":1,"unknownState":true}"""))["state"]!
        );
        Assert.Equal(
            200_000,
            ((string)(await FirstJobAsync("""{"every":1,"bigString":200000}"""))["displayName"]!).Length
        );
        var name = (string)(await FirstJobAsync("""{"every":1,"escapeSequences":true}"""))["displayName"]!;
        Assert.All("\u001b\u0007\u009b\u202e", character => Assert.Contains(character, name));
        var depth = 0;
        for (
            var at = (await FirstJobAsync("""{"every":1,"nesting":40}"""))["somethingDeep"];
            at is not null;
            at = at["a"]
        )
        {
            depth++;
        }

        Assert.Equal(40, depth);
        var raw = await AskAsync("""{"every":1,"invalidUtf8":true}""");
        Assert.Equal(1, raw.Body.Count(value => value == 0xFF));
    }

    [Fact]
    public async Task A_single_job_has_faults_too()
    {
        await using var emulator = await StartAsync(
            $$"""{"path":"{{RunningEmulator.Jobs}}/*","every":1,"unknownState":true}"""
        );
        var name = (await emulator.NamesAsync("pageSize=200", Stop))[0];

        Assert.Equal("JOB_STATE_HIBERNATING", (string)(await emulator.GetAsync("/v1/" + name, Stop))["state"]!);
    }

    [Fact]
    public async Task A_plan_that_is_wrong_is_refused_and_the_one_before_stays()
    {
        await using var emulator = await StartAsync("""{"every":1,"status":503}""");

        var (status, body) = await emulator.PostAsync(Faults, """{"rules":[{"every":1,"statsu":500}]}""", Stop);
        using var response = await emulator.Client.GetAsync(Jobs(), Stop);

        Assert.Equal((400, 503), (status, (int)response.StatusCode));
        Assert.Contains("$.rules[0].statsu", (string)body["error"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Faults, """{"rules":[]}""")]
    [InlineData("/_emulator/reset", "")]
    public async Task An_empty_plan_or_a_reset_ends_the_faults(string address, string body)
    {
        await using var emulator = await StartAsync("""{"every":1,"status":503}""");

        await emulator.PostAsync(address, body, Stop);
        using var response = await emulator.Client.GetAsync(Jobs(), Stop);

        Assert.Equal(200, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("emulate --jobs 1")]
    [InlineData("replay --recordings x.har")]
    public async Task A_plan_can_come_from_a_file(string verb)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """{"seed":9,"rules":[{"every":1,"truncate":true}]}""", Stop);
            var options = CommandLineParser.Parse([.. verb.Split(' '), "--faults", file], DateTimeOffset.UtcNow);
            Assert.Equal(9UL, options!.Faults.Seed);

            await File.WriteAllTextAsync(file, """{"rules":[{"every":1}]}""", Stop);
            var error = new StringWriter();
            var code = await EmulatorProgram.RunAsync(
                [.. verb.Split(' '), "--faults", file],
                Stream.Null,
                TextWriter.Null,
                error,
                Stop
            );
            Assert.Equal(2, code);
            Assert.Contains(file, error.ToString(), StringComparison.Ordinal);
            Assert.Contains("$.rules[0]", error.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_plan_is_nothing_for_record() =>
        Assert.Throws<CommandLineException>(() =>
            CommandLineParser.Parse(["record", "--faults", "x.json"], DateTimeOffset.UtcNow)
        );

    private static Uri Jobs() => new(RunningEmulator.Jobs, UriKind.Relative);

    private static async Task<RunningEmulator> StartAsync(params string[] rules)
    {
        var emulator = await RunningEmulator.StartAsync(jobs: 25);
        var (status, body) = await emulator.PostAsync(Faults, $$"""{"rules":[{{string.Join(',', rules)}}]}""", Stop);
        Assert.Equal((200, rules.Length), (status, (int)body["rules"]!));
        return emulator;
    }

    private static async Task<JsonNode> FirstJobAsync(string rule)
    {
        await using var emulator = await StartAsync(rule);
        return (await emulator.GetAsync(RunningEmulator.Jobs, Stop))["dpoJobs"]![0]!;
    }

    private static async Task<bool> AnswersAsync(RunningEmulator emulator)
    {
        try
        {
            using var response = await emulator.Client.GetAsync(Jobs(), Stop);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The pages of a listing, and the places of their jobs in the account's own order.</summary>
    private static async Task<(string[][] Pages, int[] Order)> ReadPagesAsync(RunningEmulator emulator)
    {
        var pages = new System.Collections.Generic.List<string[]>();
        var token = "";
        do
        {
            var page = await emulator.GetAsync($"{RunningEmulator.Jobs}?pageSize=10&pageToken={token}", Stop);
            pages.Add(page["dpoJobs"]!.AsArray().Select(job => (string)job!["name"]!).ToArray());
            token = (string)page["nextPageToken"]!;
        } while (token.Length > 0);

        await emulator.PostAsync(Faults, """{"rules":[]}""", Stop);
        var account = await emulator.NamesAsync("pageSize=200", Stop);
        return (pages.ToArray(), pages.SelectMany(page => page).Select(name => account.IndexOf(name)).ToArray());
    }

    /// <summary>One request without an HTTP client, which would hide how the connection ended.</summary>
    private static async Task<RawAnswer> AskAsync(string rule)
    {
        await using var emulator = await StartAsync(rule);
        var address = emulator.Client.BaseAddress!;
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port, Stop);
        var request =
            $"GET {RunningEmulator.Jobs} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer x\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), Stop);
        var received = new MemoryStream();
        var buffer = new byte[64 * 1024];
        SocketError? error = null;
        try
        {
            int read;
            while ((read = await socket.ReceiveAsync(buffer, Stop)) > 0)
            {
                received.Write(buffer, 0, read);
            }
        }
        catch (SocketException e)
        {
            error = e.SocketErrorCode;
        }

        return RawAnswer.Parse(received.ToArray(), error);
    }

    private sealed record RawAnswer(int ContentLength, byte[] Body, SocketError? Error)
    {
        public static RawAnswer Parse(byte[] bytes, SocketError? error)
        {
            var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
            var length = Encoding
                .ASCII.GetString(bytes, 0, Math.Max(end, 0))
                .Split("\r\n")
                .Where(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal))
                .Select(line => int.Parse(line["Content-Length: ".Length..], CultureInfo.InvariantCulture))
                .FirstOrDefault();
            return new RawAnswer(length, end < 0 ? [] : bytes[(end + 4)..], error);
        }
    }
}
