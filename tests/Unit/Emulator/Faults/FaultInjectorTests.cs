using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Faults;

/// <summary>Faults as a client receives them from a socket.</summary>
public sealed class FaultInjectorTests
{
    private const string Faults = "/_emulator/faults";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sends_the_status_headers_and_body_of_a_rule()
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

    [Fact]
    public async Task Applies_repeated_rules_in_turn_and_then_sends_the_real_response()
    {
        await using var emulator = await StartAsync(
            """{"path":"/v1/accounts","repeat":1,"status":503}""",
            """{"repeat":2,"status":429,"body":"slow down"}""",
            """{"repeat":1,"body":"[","generateBytes":20000000}"""
        );

        var received = new List<(int, long?)>();
        for (var i = 0; i < 4; i++)
        {
            using var response = await emulator.Client.GetAsync(Jobs(), Stop);
            received.Add(((int)response.StatusCode, response.Content.Headers.ContentLength));
        }

        Assert.Equal([(429, 9L), (429, 9L), (200, 20_000_001L)], received[..3]);
        Assert.Equal(200, received[3].Item1);
    }

    [Fact]
    public async Task Resets_the_connection_in_the_middle_of_a_replaced_response()
    {
        await using var emulator = await StartAsync("""{"body":"0123456789","reset":"midBody"}""");

        using var response = await emulator.Client.GetAsync(Jobs(), HttpCompletionOption.ResponseHeadersRead, Stop);
        await using var body = await response.Content.ReadAsStreamAsync(Stop);
        var half = new byte[5];
        await body.ReadExactlyAsync(half, Stop);

        Assert.Equal("01234"u8, half);
        await Assert.ThrowsAnyAsync<IOException>(async () => await body.ReadExactlyAsync(half, Stop));
        var request = (await emulator.GetAsync("/_emulator/requests", Stop))[0]!;
        Assert.Equal((false, 200), ((bool)request["aborted"]!, (int)request["status"]!));
    }

    [Theory]
    [InlineData("""{"reset":"beforeHeaders"}""", 0)]
    [InlineData("""{"reset":"midBody"}""", 0.5)]
    [InlineData("""{"refuse":50}""", 0)]
    public async Task Resets_the_connection_after_part_of_the_response(string rule, double arrives)
    {
        var raw = await SendRawAsync(rule);

        Assert.Equal(SocketError.ConnectionReset, raw.Error);
        Assert.Equal((int)(raw.ContentLength * arrives), raw.Body.Length);
    }

    [Theory]
    [InlineData("""{"truncate":true}""", 0.5)]
    [InlineData("""{"wrongContentLength":"larger"}""", 0.999)]
    [InlineData("""{"wrongContentLength":"smaller"}""", 2)]
    public async Task Sends_a_wrong_Content_Length_and_closes_the_connection_normally(string rule, double ratio)
    {
        var raw = await SendRawAsync(rule);

        Assert.Null(raw.Error);
        Assert.InRange(raw.Body.Length / (double)raw.ContentLength, ratio, ratio + 0.001);
    }

    [Fact]
    public async Task Closes_the_port_temporarily()
    {
        await using var emulator = await StartAsync("""{"requests":[1],"refuse":200}""");
        // POST, because HttpClient itself retries a GET.
        using var nothing = new StringContent("");
        await Assert.ThrowsAsync<HttpRequestException>(() => emulator.Client.PostAsync(Jobs(), nothing, Stop));

        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => emulator.Client.GetAsync(Jobs(), Stop));

        Assert.Equal(
            SocketError.ConnectionRefused,
            Assert.IsType<SocketException>(refusal.InnerException).SocketErrorCode
        );
        var watch = Stopwatch.StartNew();
        while (!await RespondsAsync(emulator))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), "The port stays closed.");
            await Task.Delay(20, Stop);
        }
    }

    [Fact]
    public async Task Can_be_stopped_while_the_port_is_closed()
    {
        var emulator = await StartAsync("""{"requests":[1],"refuse":10000}""");
        await Assert.ThrowsAsync<HttpRequestException>(() => emulator.Client.GetAsync(Jobs(), Stop));

        await emulator.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5), Stop);
    }

    [Theory]
    [InlineData(1, "10 10 5", "")]
    [InlineData(2, "10 10 6", "9 10")]
    [InlineData(3, "10 10 6", "19 20")]
    public async Task Moving_jobs_repeats_one_job_and_loses_none(int request, string sizes, string borders)
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
    [InlineData("""{"requests":[3],"misfits":true}""")]
    [InlineData("""{"requests":[3],"emptyPage":true}""")]
    public async Task Moving_jobs_loses_none_when_another_fault_follows(string other)
    {
        await using var emulator = await StartAsync("""{"requests":[2],"moveJobs":true}""", other);

        var (_, order) = await ReadPagesAsync(emulator);

        Assert.Equal(Enumerable.Range(0, 25), order.Distinct().Order());
    }

    [Theory]
    [InlineData(1, 9)]
    [InlineData(2, 9)]
    [InlineData(3, 19)]
    public async Task Sends_a_duplicate_job(int request, int job)
    {
        await using var emulator = await StartAsync($$"""{"requests":[{{request}}],"duplicateJob":true}""");

        var (_, order) = await ReadPagesAsync(emulator);

        Assert.Equal(Enumerable.Range(0, 25).Append(job).Order(), order);
    }

    [Fact]
    public async Task The_token_of_an_empty_page_remains_valid_after_the_plan_is_replaced()
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

    [Fact]
    public async Task Rejects_an_invalid_fault_plan_and_keeps_the_current_one()
    {
        await using var emulator = await StartAsync("""{"status":503}""");

        var (status, body) = await emulator.PostAsync(Faults, """{"rules":[{"every":1,"statsu":500}]}""", Stop);
        using var response = await emulator.Client.GetAsync(Jobs(), Stop);

        Assert.Equal((400, 503), (status, (int)response.StatusCode));
        Assert.Contains("$.rules[0].statsu", (string)body["error"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Faults, """{"rules":[]}""")]
    [InlineData("/_emulator/reset", "")]
    public async Task An_empty_plan_and_a_reset_end_the_faults(string address, string body)
    {
        await using var emulator = await StartAsync("""{"status":503}""");

        await emulator.PostAsync(address, body, Stop);
        using var response = await emulator.Client.GetAsync(Jobs(), Stop);

        Assert.Equal(200, (int)response.StatusCode);
    }

    private static Uri Jobs() => new(RunningEmulator.Jobs, UriKind.Relative);

    private static async Task<RunningEmulator> StartAsync(params string[] rules)
    {
        var emulator = await RunningEmulator.StartAsync(jobs: 25);
        var (status, body) = await emulator.PostAsync(Faults, $$"""{"rules":[{{string.Join(',', rules)}}]}""", Stop);
        Assert.Equal((200, rules.Length), (status, (int)body["rules"]!));
        return emulator;
    }

    private static async Task<bool> RespondsAsync(RunningEmulator emulator)
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

    /// <summary>The pages of a listing, and the positions of their jobs in the account.</summary>
    private static async Task<(string[][] Pages, int[] Order)> ReadPagesAsync(RunningEmulator emulator)
    {
        var pages = new List<string[]>();
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

    /// <summary>Sends a request without HttpClient, which would hide how the connection ends.</summary>
    private static async Task<RawResponse> SendRawAsync(string rule)
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

        return RawResponse.Parse(received.ToArray(), error);
    }

    private sealed record RawResponse(int ContentLength, byte[] Body, SocketError? Error)
    {
        public static RawResponse Parse(byte[] bytes, SocketError? error)
        {
            var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
            var length = Encoding
                .ASCII.GetString(bytes, 0, Math.Max(end, 0))
                .Split("\r\n")
                .Where(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal))
                .Select(line => int.Parse(line["Content-Length: ".Length..], CultureInfo.InvariantCulture))
                .FirstOrDefault();
            return new RawResponse(length, end < 0 ? [] : bytes[(end + 4)..], error);
        }
    }
}
