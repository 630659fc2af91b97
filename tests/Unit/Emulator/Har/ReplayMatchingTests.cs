using System.IO;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Har;
using Fireworks.DpoJobs.Emulator.Replay;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Har;

public sealed class ReplayMatchingTests
{
    [Theory]
    [InlineData("/v1/jobs?a=1&b=2", "/v1/jobs?b=2&a=1")]
    [InlineData("/v1/jobs?f=a%3Db", "/v1/jobs?f=a=b")]
    [InlineData("/v1/jobs?f=a%20b", "/v1/jobs?f=a+b")]
    [InlineData("/v1/jobs?a=2&a=1", "/v1/jobs?a=1&a=2")]
    [InlineData("/v1/jobs?", "/v1/jobs")]
    [InlineData("/v1/j%6Fbs", "/v1/jobs")]
    [InlineData("/v1/jobs/a:cancel", "/v1/jobs/a%3Acancel")]
    public async Task One_request_in_two_spellings_has_one_answer(string recorded, string asked)
    {
        var answer = await Ask(Entry.Get(recorded, "found"), asked);

        Assert.Equal((200, "found"), (answer.Status, answer.Text));
    }

    [Theory]
    [InlineData("/v1/jobs?a=1", "/v1/jobs")]
    [InlineData("/v1/jobs", "/v1/jobs?a=1")]
    [InlineData("/v1/jobs?a=1", "/v1/jobs?a=2")]
    [InlineData("/v1/jobs?a=1", "/v1/jobs?A=1")]
    [InlineData("/v1/jobs?a=1", "/v1/jobs?a=1&a=1")]
    [InlineData("/v1/jobs?a", "/v1/jobs")]
    [InlineData("/v1/jobs?f=a%26b=c", "/v1/jobs?f=a&b=c")]
    [InlineData("/v1/jobs", "/v1/Jobs")]
    [InlineData("/v1/jobs", "/v1/jobs/")]
    [InlineData("/v1/a%2Fb", "/v1/a/b")]
    public async Task Another_request_has_no_answer(string recorded, string asked)
    {
        var answer = await Ask(Entry.Get(recorded, "found"), asked);

        Assert.Equal(501, answer.Status);
    }

    [Fact]
    public async Task Another_method_has_no_answer()
    {
        var answer = await Ask(Entry.Get("/v1/jobs"), "/v1/jobs", "POST");

        Assert.Equal(501, answer.Status);
    }

    [Fact]
    public async Task The_host_that_was_recorded_does_not_matter()
    {
        var entry = Entry.Make("GET", "http://localhost:81/v1/jobs", new HarContent { Text = "found" });

        Assert.Equal("found", (await Ask(entry, "/v1/jobs")).Text);
    }

    [Fact]
    public async Task Several_entries_for_one_request_come_in_turn_and_the_last_again_and_again()
    {
        using var folder = new TempFolder();
        folder.Write("b.har", Entry.Get("/v1/jobs?a=1&b=2", "third"));
        folder.Write(
            "a.har",
            Entry.Get("/v1/jobs?a=1&b=2", "first"),
            Entry.Get("/v1/x"),
            Entry.Get("/v1/jobs?b=2&a=1", "second")
        );
        var handler = ReplayHandler.Load(folder.Path, TextWriter.Null);

        foreach (var expected in (string[])["first", "second", "third", "third", "third"])
        {
            Assert.Equal(expected, (await Answer.To(handler, "/v1/jobs?a=1&b=2")).Text);
        }
    }

    private static async Task<Answer> Ask(HarEntry entry, string target, string method = "GET")
    {
        using var folder = new TempFolder();
        return await Answer.To(ReplayHandler.Load(folder.Write("one.har", entry), TextWriter.Null), target, method);
    }
}
