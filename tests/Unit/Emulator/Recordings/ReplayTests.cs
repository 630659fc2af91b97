using System;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator;
using Fireworks.DpoJobs.Emulator.Recordings;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Recordings;

public sealed class ReplayTests
{
    private const string Jobs = "/v1/accounts/acme/dpoJobs";
    private const string Good = """
        {"log":{"entries":[{"request":{"method":"GET","url":"https://h/x"},"response":{"status":200,"content":{"text":"y"}}}]}}
        """;

    [Theory]
    [InlineData("/v1/jobs?a=1&b=2", "/v1/jobs?b=2&a=1")]
    [InlineData("/v1/jobs?f=a%3Db", "/v1/jobs?f=a=b")]
    [InlineData("/v1/jobs?f=a%20b", "/v1/jobs?f=a+b")]
    [InlineData("/v1/jobs?a=2&a=1", "/v1/jobs?a=1&a=2")]
    [InlineData("/v1/jobs?", "/v1/jobs")]
    [InlineData("/v1/j%6Fbs", "/v1/jobs")]
    [InlineData("/v1/jobs/a:cancel", "/v1/jobs/a%3Acancel")]
    [InlineData("http://localhost:81/v1/jobs", "/v1/jobs")]
    public async Task Finds_the_response_for_equivalent_forms_of_a_request(string recorded, string target)
    {
        var replayed = await Replayed.From(RecordingFolder.Entry(recorded, "found"), target);

        Assert.Equal((200, "found"), (replayed.Status, replayed.Text));
    }

    [Theory]
    [InlineData("/v1/jobs?a=1", "/v1/jobs")]
    [InlineData("/v1/jobs", "/v1/jobs?a=1")]
    [InlineData("/v1/jobs?a=1", "/v1/jobs?a=2")]
    [InlineData("/v1/jobs?a=1", "/v1/jobs?A=1")]
    [InlineData("/v1/jobs?a=1", "/v1/jobs?a=1&a=1")]
    [InlineData("/v1/jobs?f=a%26b=c", "/v1/jobs?f=a&b=c")]
    [InlineData("/v1/jobs", "/v1/Jobs")]
    [InlineData("/v1/jobs", "/v1/jobs/")]
    [InlineData("/v1/a%2Fb", "/v1/a/b")]
    [InlineData("/v1/jobs", "/v1/jobs", "POST")]
    public async Task Responds_to_an_unrecorded_request_with_501(
        string recorded,
        string target,
        string method = "GET"
    ) => Assert.Equal(501, (await Replayed.From(RecordingFolder.Entry(recorded), target, method)).Status);

    [Fact]
    public async Task Sends_several_responses_to_one_request_in_turn_and_repeats_the_last()
    {
        using var folder = new RecordingFolder();
        folder.Write("b.har", RecordingFolder.Entry("/v1/jobs?a=1&b=2", "third"));
        folder.Write(
            "a.har",
            RecordingFolder.Entry("/v1/jobs?a=1&b=2", "first"),
            RecordingFolder.Entry("/v1/x"),
            RecordingFolder.Entry("/v1/jobs?b=2&a=1", "second")
        );
        var handler = ReplayHandler.Load(folder.Path, TextWriter.Null);

        foreach (var expected in (string[])["first", "second", "third", "third"])
        {
            Assert.Equal(expected, (await Replayed.From(handler, "/v1/jobs?a=1&b=2")).Text);
        }
    }

    [Fact]
    public async Task Replays_the_recorded_status_headers_and_body_without_delay()
    {
        var entry = RecordingFolder.Entry(
            "/x",
            "caf\u00e9",
            429,
            headers: [("Content-Type", "text/plain"), ("Retry-After", "1"), ("X-A", "1"), ("X-A", "2")]
        );

        var replayed = await Replayed.From(entry with { Time = 3_600_000 }, "/x");

        Assert.Equal((429, "caf\u00e9"), (replayed.Status, replayed.Text));
        Assert.Equal("text/plain", replayed.Headers.ContentType);
        Assert.Equal("1", replayed.Headers.RetryAfter);
        Assert.Equal("1,2", replayed.Headers["x-a"].ToString());
        Assert.Equal(5, replayed.Headers.ContentLength);
    }

    [Theory]
    [InlineData("content-length", "999")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("Content-Encoding", "gzip")]
    [InlineData("Connection", "close")]
    [InlineData(":status", "200")]
    public async Task Does_not_replay_headers_of_the_recorded_connection(string name, string value)
    {
        var entry = RecordingFolder.Entry("/x", "12", headers: [(name, value), ("X-Other", "kept")]);

        var replayed = await Replayed.From(entry, "/x");

        Assert.DoesNotContain(replayed.Headers, header => header.Value == value);
        Assert.Equal("kept", replayed.Headers["X-Other"]);
        Assert.Equal(2, replayed.Headers.ContentLength);
    }

    [Theory]
    [InlineData(200, new byte[] { 0x7b, 0xff, 0xfe, 0x00, 0x7d })]
    [InlineData(204, new byte[0])]
    [InlineData(304, new byte[0])]
    public async Task Replays_binary_bodies_except_for_a_status_without_a_body(int status, byte[] expected)
    {
        var entry = RecordingFolder.Entry("/x", "e//+AH0=", status, encoding: "base64");

        Assert.Equal(expected, (await Replayed.From(entry, "/x")).Body);
    }

    [Theory]
    [InlineData("GET", Jobs + "?pageSize=7", "jobs.har entry 1: pageSize is 7 instead of absent")]
    [InlineData("GET", Jobs + "?pageSize=200&pageToken=x", "jobs.har entry 2: pageToken is x instead of absent")]
    [InlineData("GET", Jobs + "?filter=a%3Db&pageSize=9", "jobs.har entry 3: pageSize is 9 instead of 200")]
    [InlineData("GET", Jobs + "?filter=&pageSize=200", "jobs.har entry 2: filter is empty instead of absent")]
    [InlineData("GET", Jobs + "?pageSize=1&pageSize=2", "jobs.har entry 1: pageSize is 1 and 2 instead of absent")]
    [InlineData("POST", Jobs, "jobs.har entry 1: method is POST instead of GET")]
    [InlineData("GET", Jobs + "/b", $"jobs.har entry 4: path is {Jobs}/b instead of {Jobs}/a")]
    public async Task Describes_the_difference_from_the_nearest_recorded_request(
        string method,
        string target,
        string nearest
    )
    {
        using var folder = new RecordingFolder();
        var path = folder.Write(
            "jobs.har",
            RecordingFolder.Entry(Jobs),
            RecordingFolder.Entry(Jobs + "?pageSize=200"),
            RecordingFolder.Entry(Jobs + "?pageSize=200&filter=a%3Db"),
            RecordingFolder.Entry(Jobs + "/a")
        );

        var replayed = await Replayed.From(path, target, method);

        Assert.Equal($"no entry for {method} {target}; nearest is {nearest}\n", replayed.Log);
        using var error = JsonDocument.Parse(replayed.Text);
        Assert.Equal(12, error.RootElement.GetProperty("code").GetInt32());
        Assert.Equal(replayed.Log, error.RootElement.GetProperty("message").GetString() + "\n");
        Assert.Equal("false", replayed.Headers["x-should-retry"]);
    }

    [Fact]
    public async Task A_request_cannot_inject_lines_into_the_log()
    {
        var replayed = await Replayed.From(RecordingFolder.Entry("/v1/jobs"), "/v1/jobs%0A?a%0A=b%1B[2J");

        Assert.Equal(1, replayed.Log.Split('\n').Length - 1);
        Assert.DoesNotContain('\u001b', replayed.Log);
    }

    [Fact]
    public async Task Loads_the_recordings_of_a_folder_but_not_of_its_subfolders()
    {
        using var folder = new RecordingFolder();
        folder.Write("a.har", RecordingFolder.Entry("/a", "in a"));
        folder.WriteText("notes.md", "not a recording");
        Directory.CreateDirectory(folder.Combine("below"));
        folder.Write(Path.Combine("below", "c.har"), RecordingFolder.Entry("/c"));

        Assert.Equal("in a", (await Replayed.From(folder.Path, "/a")).Text);
        Assert.Equal(501, (await Replayed.From(folder.Path, "/c")).Status);
    }

    [Fact]
    public async Task Accepts_recordings_of_other_tools()
    {
        using var folder = new RecordingFolder();
        var text = Good.Replace("\"status\"", "\"_other\":{},\"status\"", StringComparison.Ordinal);

        Assert.Equal("y", (await Replayed.From(folder.WriteText("bom.har", "\ufeff" + text), "/x")).Text);
    }

    [Theory]
    [InlineData("{", "", "line 1")]
    [InlineData("\"log\"", "\"lag\"", "log")]
    [InlineData("\"entries\"", "\"entry\"", "entries")]
    [InlineData("\"GET\"", "null", "$.log.entries[0].request.method")]
    [InlineData("200", "\"200\"", "$.log.entries[0].response.status")]
    [InlineData("200", "0", "log.entries[0].response.status: 0 is not a valid status")]
    [InlineData("https://h/x", "/x", "log.entries[0].request.url")]
    [InlineData("https://h/x", "file:///x", "log.entries[0].request.url")]
    [InlineData("\"text\"", "\"encoding\":\"base64\",\"text\"", "log.entries[0].response.content.text")]
    [InlineData("\"text\"", "\"encoding\":\"rot13\",\"text\"", "log.entries[0].response.content.encoding: 'rot13'")]
    [InlineData(
        "\"status\"",
        "\"headers\":[{\"name\":\"a b\",\"value\":\"\"}],\"status\"",
        "response.headers: the header 'a%20b'"
    )]
    public void Rejects_a_malformed_recording_with_file_and_position(string from, string to, string position)
    {
        using var folder = new RecordingFolder();
        var index = Good.IndexOf(from, StringComparison.Ordinal);
        var path = folder.WriteText("bad.har", Good.Remove(index, from.Length).Insert(index, to));

        var error = Assert.Throws<InvalidInputException>(() => ReplayHandler.Load(path, TextWriter.Null));

        Assert.StartsWith("bad.har, ", error.Message, StringComparison.Ordinal);
        Assert.Contains(position, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_names_the_missing_file_or_the_folder_without_recordings()
    {
        using var folder = new RecordingFolder();

        var file = Assert.Throws<InvalidInputException>(() => ReplayHandler.Load("/nowhere/x.har", TextWriter.Null));
        var empty = Assert.Throws<InvalidInputException>(() => ReplayHandler.Load(folder.Path, TextWriter.Null));

        Assert.StartsWith("x.har: ", file.Message, StringComparison.Ordinal);
        Assert.StartsWith(folder.Path, empty.Message, StringComparison.Ordinal);
    }
}
