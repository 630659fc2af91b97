using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Files;

/// <summary>Parts of files (RFC 9110, 14).</summary>
public sealed class RangeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("bytes=0-", 206, "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=7-", 206, "789", "bytes 7-9/10")]
    [InlineData("bytes=2-4", 206, "234", "bytes 2-4/10")]
    [InlineData("bytes=8-99", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=-3", 206, "789", "bytes 7-9/10")]
    [InlineData("bytes=-99", 206, "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=10-", 416, null, "bytes */10")]
    [InlineData("bytes=0-1,3-4", 200, "0123456789", null)]
    [InlineData("lines=1-", 200, "0123456789", null)]
    [InlineData(null, 200, "0123456789", null)]
    public async Task Sends_the_requested_part(string? range, int status, string? body, string? contentRange)
    {
        await using var files = await FileClient.StartAsync();
        await files.PutAsync(FileClient.Completed + "/log", "0123456789"u8.ToArray());

        using var response = await files.SendAsync(await files.LogAddressAsync(FileClient.Completed), range);

        var text = await response.Content.ReadAsStringAsync(Stop);
        Assert.Equal(
            (status, contentRange),
            ((int)response.StatusCode, response.Content.Headers.ContentRange?.ToString())
        );
        Assert.Equal(text.Length, response.Content.Headers.ContentLength);
        Assert.Equal(["bytes"], response.Headers.AcceptRanges);
        if (body is not null)
        {
            Assert.Equal(body, text);
        }
    }

    [Fact]
    public async Task If_Range_sends_the_whole_file_once_it_has_changed()
    {
        await using var files = await FileClient.StartAsync();
        await files.PutAsync(FileClient.Completed + "/log", "0123456789"u8.ToArray());
        var address = await files.LogAddressAsync(FileClient.Completed);
        using var first = await files.SendAsync(address);
        var tag = first.Headers.ETag!.Tag;

        using var unchanged = await files.SendAsync(address, "bytes=8-", ifRange: tag);
        await files.PutAsync(FileClient.Completed + "/log/append", "ab"u8.ToArray());
        using var changed = await files.SendAsync(address, "bytes=8-", ifRange: tag);
        using var unconditional = await files.SendAsync(address, "bytes=8-");

        Assert.Equal("89", await unchanged.Content.ReadAsStringAsync(Stop));
        Assert.Equal(200, (int)changed.StatusCode);
        Assert.Equal("0123456789ab", await changed.Content.ReadAsStringAsync(Stop));
        Assert.NotEqual(tag, changed.Headers.ETag!.Tag);
        Assert.Equal("89ab", await unconditional.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task A_generated_file_that_has_grown_has_another_tag()
    {
        await using var files = await FileClient.StartAsync();
        var address = await files.LogAddressAsync(FileClient.Running);

        using var first = await files.SendAsync(address);
        using var same = await files.SendAsync(address);
        await files.AdvanceAsync(10);
        using var grown = await files.SendAsync(address);

        Assert.Equal(first.Headers.ETag, same.Headers.ETag);
        Assert.NotEqual(first.Headers.ETag, grown.Headers.ETag);
    }
}
