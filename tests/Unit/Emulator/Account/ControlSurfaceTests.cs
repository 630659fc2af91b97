using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Account;

public sealed class ControlSurfaceTests
{
    private const string Respond = "/_emulator/respond";

    private static readonly Uri Jobs = new(RunningEmulator.Jobs, UriKind.Relative);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Planned_answers_come_in_order_and_then_the_normal_one()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);
        var (_, queued) = await emulator.PostAsync(
            Respond,
            """
            {"responses":[
              {"status":429,"headers":{"retry-after":"1"},"body":"slow down","repeat":2},
              {"status":502,"bodyBase64":"PGh0bWw+","headers":{"content-type":"text/html"}}]}
            """,
            Stop
        );

        var answers = new (int, string, string?)[4];
        for (var i = 0; i < answers.Length; i++)
        {
            using var response = await emulator.Client.GetAsync(Jobs, Stop);
            answers[i] = (
                (int)response.StatusCode,
                await response.Content.ReadAsStringAsync(Stop),
                response.Headers.RetryAfter?.ToString()
            );
        }

        Assert.Equal(3, (int)queued["queued"]!);
        Assert.Equal((429, "slow down", "1"), answers[0]);
        Assert.Equal((429, "slow down", "1"), answers[1]);
        Assert.Equal((502, "<html>", null), answers[2]);
        Assert.Equal(200, answers[3].Item1);
    }

    [Fact]
    public async Task A_planned_answer_waits_for_its_path()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);
        await emulator.PostAsync(Respond, """{"responses":[{"path":"/v1/accounts","status":503}]}""", Stop);

        using var other = await emulator.Client.GetAsync(Jobs, Stop);
        using var named = await emulator.Client.GetAsync(new Uri("/v1/accounts?pageSize=2", UriKind.Relative), Stop);

        Assert.Equal((200, 503), ((int)other.StatusCode, (int)named.StatusCode));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"responses":[{"satus":500}]}""")]
    [InlineData("""{"responses":[{"abort":"sometimes"}]}""")]
    [InlineData("""{"responses":[{"repeat":0}]}""")]
    [InlineData("""{"responses":[{"status":99}]}""")]
    [InlineData("""{"responses":[{"body":"a","bodyBase64":"YQ=="}]}""")]
    [InlineData("""{"responses":[{"abort":"midBody","stall":"body"}]}""")]
    public async Task A_plan_that_is_wrong_is_refused_as_a_whole(string plan)
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);

        var (status, body) = await emulator.PostAsync(Respond, plan, Stop);
        using var next = await emulator.Client.GetAsync(Jobs, Stop);

        Assert.Equal(400, status);
        Assert.NotEqual("", (string)body["error"]!);
        Assert.Equal(200, (int)next.StatusCode);
    }

    [Fact]
    public async Task A_connection_can_be_cut_before_the_headers_and_in_the_body()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);
        await emulator.PostAsync(
            Respond,
            """{"responses":[{"abort":"beforeHeaders"},{"abort":"midBody","body":"0123456789"}]}""",
            Stop
        );

        // POST, because HttpClient itself tries a GET again when a used connection dies.
        using var nothing = new StringContent("");
        await Assert.ThrowsAsync<HttpRequestException>(() => emulator.Client.PostAsync(Jobs, nothing, Stop));
        using var cut = await emulator.Client.GetAsync(Jobs, HttpCompletionOption.ResponseHeadersRead, Stop);
        await using var body = await cut.Content.ReadAsStreamAsync(Stop);
        var half = new byte[5];
        await body.ReadExactlyAsync(half, Stop);
        var end = await Record.ExceptionAsync(async () => await body.ReadExactlyAsync(half, Stop));

        Assert.Equal(10, cut.Content.Headers.ContentLength);
        Assert.Equal("01234"u8, half);
        Assert.IsAssignableFrom<IOException>(end);
        var requests = (await emulator.GetAsync("/_emulator/requests", Stop)).AsArray();
        Assert.Null(requests[0]!["status"]);
        Assert.All(requests, request => Assert.False((bool)request!["aborted"]!));
    }

    [Theory]
    [InlineData("headers")]
    [InlineData("body")]
    public async Task A_stalled_answer_ends_when_the_client_leaves(string stall)
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);
        await emulator.PostAsync(Respond, $$"""{"responses":[{"stall":"{{stall}}","body":"{}"}]}""", Stop);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(150));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            emulator.Client.GetStringAsync(Jobs, patience.Token)
        );

        var request = await WaitForEndAsync(emulator);
        Assert.True((bool)request["aborted"]!);
        Assert.True((double)request["endMs"]! - (double)request["startMs"]! >= 100);
    }

    [Fact]
    public async Task A_delayed_answer_comes_late()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);
        await emulator.PostAsync(Respond, """{"responses":[{"delayMs":150,"body":"late"}]}""", Stop);
        var watch = Stopwatch.StartNew();

        Assert.Equal("late", await emulator.Client.GetStringAsync(Jobs, Stop));
        Assert.True(watch.ElapsedMilliseconds >= 145, $"only {watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task A_body_can_be_larger_than_anybody_wants_to_keep()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);
        await emulator.PostAsync(Respond, """{"responses":[{"body":"[","generateBytes":20000000}]}""", Stop);

        await using var body = await emulator.Client.GetStreamAsync(Jobs, Stop);
        var counter = new CountingStream();
        await body.CopyToAsync(counter, Stop);

        Assert.Equal(20_000_001, counter.Length);
    }

    [Fact]
    public async Task Requests_are_kept_without_their_secrets()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);
        emulator.Client.DefaultRequestHeaders.UserAgent.ParseAdd("Test/1.0");
        await emulator.GetAsync(RunningEmulator.Jobs + "?pageSize=7&filter=state%3DJOB_STATE_FAILED", Stop);

        var text = await emulator.Client.GetStringAsync(new Uri("/_emulator/requests", UriKind.Relative), Stop);

        var request = Assert.Single(JsonNode.Parse(text)!.AsArray())!;
        Assert.Equal("GET", (string)request["method"]!);
        Assert.Equal(RunningEmulator.Jobs, (string)request["path"]!);
        Assert.Equal(
            """[{"name":"pageSize","value":"7"},{"name":"filter","value":"state=JOB_STATE_FAILED"}]""",
            request["query"]!.ToJsonString()
        );
        Assert.Equal("Test/1.0", (string)request["userAgent"]!);
        Assert.Equal(200, (int)request["status"]!);
        Assert.False((bool)request["aborted"]!);
        Assert.True((double)request["endMs"]! >= (double)request["startMs"]!);
        Assert.Contains("Authorization", request["headers"]!.AsArray().Select(name => (string)name!));
        Assert.DoesNotContain("fw_test", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_forgets_requests_and_plans()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);
        await emulator.GetAsync(RunningEmulator.Jobs, Stop);
        await emulator.PostAsync(Respond, """{"responses":[{"status":500}]}""", Stop);

        var (status, _) = await emulator.PostAsync("/_emulator/reset", "", Stop);

        Assert.Equal(200, status);
        Assert.Empty((await emulator.GetAsync("/_emulator/requests", Stop)).AsArray());
        await emulator.GetAsync(RunningEmulator.Jobs, Stop);
    }

    [Fact]
    public async Task A_shutdown_is_answered_and_stops_the_server_with_what_it_still_holds()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);
        await emulator.PostAsync(Respond, """{"responses":[{"stall":"headers"}]}""", Stop);
        var stalled = emulator.Client.GetStringAsync(Jobs, Stop);

        var (status, _) = await emulator.PostAsync("/_emulator/shutdown", "", Stop);
        await emulator.Stopped.WaitAsync(TimeSpan.FromSeconds(2), Stop);

        Assert.Equal(200, status);
        await Assert.ThrowsAsync<HttpRequestException>(() => stalled.WaitAsync(TimeSpan.FromSeconds(2), Stop));
    }

    [Fact]
    public async Task An_unknown_call_says_which_there_are()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);

        var (status, body) = await emulator.TryGetAsync("/_emulator/nonsense", Stop);

        Assert.Equal(404, status);
        Assert.Contains("POST /respond", (string)body["error"]!, StringComparison.Ordinal);
    }

    private static async Task<JsonNode> WaitForEndAsync(RunningEmulator emulator)
    {
        while (true)
        {
            var request = (await emulator.GetAsync("/_emulator/requests", Stop))[0]!;
            if (request["endMs"] is not null)
            {
                return request;
            }

            await Task.Delay(10, Stop);
        }
    }

    /// <summary>Counts and forgets.</summary>
    private sealed class CountingStream : Stream
    {
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position
        {
            get => _length;
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => _length += count;

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
