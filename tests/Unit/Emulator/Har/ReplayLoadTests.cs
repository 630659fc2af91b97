using System.IO;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Har;
using Fireworks.DpoJobs.Emulator.Replay;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Har;

public sealed class ReplayLoadTests
{
    private const string Good = """
        {"log":{"entries":[{"request":{"method":"GET","url":"https://h/x"},"response":{"status":200,"content":{"text":"y"}}}]}}
        """;

    [Fact]
    public async Task A_directory_stands_for_the_recordings_in_it_but_not_below_it()
    {
        using var folder = new TempFolder();
        folder.Write("a.har", Entry.Get("/a", "in a"));
        folder.Write("b.har", Entry.Get("/b", "in b"));
        folder.WriteText("notes.md", "not a recording");
        Directory.CreateDirectory(folder.Combine("below"));
        folder.Write(Path.Combine("below", "c.har"), Entry.Get("/c"));

        var handler = ReplayHandler.Load(folder.Path, TextWriter.Null);

        Assert.Equal(2, handler.EntryCount);
        Assert.Equal("in a", (await Answer.To(handler, "/a")).Text);
        Assert.Equal("in b", (await Answer.To(handler, "/b")).Text);
        Assert.Equal(501, (await Answer.To(handler, "/c")).Status);
    }

    [Fact]
    public async Task What_other_tools_leave_out_or_add_does_not_matter()
    {
        using var folder = new TempFolder();
        var path = folder.WriteText(
            "bom.har",
            "\ufeff" + Good.Replace("\"status\"", "\"_other\":{},\"status\"", System.StringComparison.Ordinal)
        );

        Assert.Equal("y", (await Answer.To(ReplayHandler.Load(path, TextWriter.Null), "/x")).Text);
    }

    [Theory]
    [InlineData("{", "", "line 1")]
    [InlineData("\"log\"", "\"lag\"", "log")]
    [InlineData("{\"log\"", "{\n\n\"log\":7,\"log\"", "line 3 ($.log)")]
    [InlineData("\"entries\"", "\"entry\"", "entries")]
    [InlineData("\"method\"", "\"verb\"", "$.log.entries[0].request")]
    [InlineData("\"GET\"", "null", "$.log.entries[0].request.method")]
    [InlineData("200", "\"200\"", "$.log.entries[0].response.status")]
    [InlineData("200", "0", "log.entries[0].response.status: 0 is not the status of an answer")]
    [InlineData("https://h/x", "/x", "log.entries[0].request.url")]
    [InlineData("https://h/x", "file:///x", "log.entries[0].request.url")]
    [InlineData(
        "\"text\"",
        "\"encoding\":\"base64\",\"text\"",
        "log.entries[0].response.content.text: this is not base64"
    )]
    [InlineData(
        "\"text\"",
        "\"encoding\":\"rot13\",\"text\"",
        "log.entries[0].response.content.encoding: 'rot13' is not known"
    )]
    [InlineData(
        "\"status\"",
        "\"headers\":[{\"name\":\"a b\",\"value\":\"\"}],\"status\"",
        "log.entries[0].response.headers: the header 'a%20b'"
    )]
    [InlineData(
        "\"status\"",
        "\"headers\":[{\"name\":\"a\",\"value\":\"\\r\\nb: c\"}],\"status\"",
        "log.entries[0].response.headers: the header 'a'"
    )]
    public void A_malformed_recording_is_refused_with_file_and_place(string from, string to, string place)
    {
        using var folder = new TempFolder();
        var index = Good.IndexOf(from, System.StringComparison.Ordinal);
        var path = folder.WriteText("bad.har", Good.Remove(index, from.Length).Insert(index, to));

        var exception = Assert.Throws<HarFormatException>(() => ReplayHandler.Load(path, TextWriter.Null));

        Assert.StartsWith("bad.har, ", exception.Message, System.StringComparison.Ordinal);
        Assert.Contains(place, exception.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var exception = Assert.Throws<HarFormatException>(() =>
            ReplayHandler.Load("/nowhere/at-all.har", TextWriter.Null)
        );

        Assert.StartsWith("at-all.har: ", exception.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_without_recordings_is_refused()
    {
        using var folder = new TempFolder();

        var exception = Assert.Throws<HarFormatException>(() => ReplayHandler.Load(folder.Path, TextWriter.Null));

        Assert.Equal($"{folder.Path}: there is no *.har file in this directory", exception.Message);
    }
}
