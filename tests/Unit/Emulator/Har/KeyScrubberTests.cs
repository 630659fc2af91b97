using System.Text;
using Fireworks.DpoJobs.Emulator.Har;
using Fireworks.DpoJobs.Emulator.Record;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Har;

/// <summary>A key of no known form is still the key: the request says what it is.</summary>
public sealed class KeyScrubberTests
{
    private static readonly KeyScrubber Scrubber = new("bare+canary");

    [Theory]
    [InlineData("no such key: bare+canary", "no such key: REDACTED")]
    [InlineData("?key=bare%2Bcanary", "?key=REDACTED")]
    [InlineData("nothing", "nothing")]
    public void The_key_is_taken_out_of_text_and_bodies(string text, string scrubbed)
    {
        Assert.Equal(scrubbed, Scrubber.Scrub(text));
        Assert.Equal(scrubbed, Encoding.ASCII.GetString(Scrubber.Scrub(Encoding.ASCII.GetBytes(text))));
        Assert.Equal(scrubbed, Scrubber.Scrub(new HarPair { Name = "x", Value = text }).Value);
    }

    [Fact]
    public void Bytes_that_are_no_text_come_through_as_they_are()
    {
        byte[] body = [0, 0xff, 0xfe, (byte)'a', 0x80];

        Assert.Equal(body, Scrubber.Scrub(body));
        Assert.Equal(body, new KeyScrubber("").Scrub(body));
    }
}
