using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Har;
using Fireworks.DpoJobs.Emulator.Replay;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Har;

public sealed class ReplayAnswerTests
{
    [Fact]
    public async Task Status_headers_and_body_are_those_of_the_recording()
    {
        var answer = await Ask(
            Entry.Get(
                "/x",
                "caf\u00e9",
                429,
                ("Content-Type", "text/plain"),
                ("Retry-After", "1"),
                ("X-A", "1"),
                ("X-A", "2")
            )
        );

        Assert.Equal(429, answer.Status);
        Assert.Equal("caf\u00e9", answer.Text);
        Assert.Equal("text/plain", answer.Headers.ContentType);
        Assert.Equal("1", answer.Headers.RetryAfter);
        Assert.Equal("1,2", answer.Headers["x-a"].ToString());
        Assert.Equal(5, answer.Headers.ContentLength);
    }

    [Theory]
    [InlineData("content-length", "999")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("Content-Encoding", "gzip")]
    [InlineData("Connection", "close")]
    [InlineData(":status", "200")]
    public async Task Headers_of_the_old_connection_are_not_sent(string name, string value)
    {
        var answer = await Ask(Entry.Get("/x", "12", 200, (name, value), ("X-Other", "kept")));

        Assert.DoesNotContain(answer.Headers, header => header.Value == value);
        Assert.Equal("kept", answer.Headers["X-Other"]);
        Assert.Equal(2, answer.Headers.ContentLength);
    }

    [Fact]
    public async Task A_body_in_base64_is_sent_as_bytes()
    {
        byte[] bytes = [0x7b, 0xff, 0xfe, 0x00, 0x7d];
        var content = new HarContent { Text = Convert.ToBase64String(bytes), Encoding = "base64" };

        Assert.Equal(bytes, (await Ask(Entry.Make("GET", Entry.Origin + "/x", content))).Body);
    }

    [Fact]
    public async Task The_time_that_an_answer_took_is_not_waited()
    {
        using var folder = new TempFolder();
        var slow = Entry.Get("/x", "at once") with { Time = 3_600_000 };
        var handler = ReplayHandler.Load(folder.Write("slow.har", slow), TextWriter.Null);

        var answer = Answer.To(handler, "/x");

        Assert.Equal(
            "at once",
            (await answer.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken)).Text
        );
    }

    [Fact]
    public async Task A_real_server_sends_what_has_no_body()
    {
        using var folder = new TempFolder();
        var path = folder.Write(
            "x.har",
            Entry.Get("/deleted", "a body from a cache", 204),
            Entry.Get("/same", "a body from a cache", 304),
            Entry.Make("HEAD", Entry.Origin + "/head", new HarContent { Text = "12345" })
        );
        await using var server = await TestServer.StartAsync(ReplayHandler.Load(path, TextWriter.Null).HandleAsync);
        using var client = new HttpClient { BaseAddress = server.Address };

        foreach (
            var (method, target, status) in (
                ((HttpMethod, string, HttpStatusCode)[])
                    [
                        (HttpMethod.Get, "/deleted", HttpStatusCode.NoContent),
                        (HttpMethod.Get, "/same", HttpStatusCode.NotModified),
                        (HttpMethod.Head, "/head", HttpStatusCode.OK),
                    ]
            )
        )
        {
            using var request = new HttpRequestMessage(method, target);
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(status, response.StatusCode);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    private static async Task<Answer> Ask(HarEntry entry)
    {
        using var folder = new TempFolder();
        return await Answer.To(
            ReplayHandler.Load(folder.Write("one.har", entry), TextWriter.Null),
            new Uri(entry.Request.Url).PathAndQuery
        );
    }
}
