using System.Text;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Downloads;

public sealed class LogLineConverterTests
{
    [Theory]
    [InlineData("plain", "plain", "plain")]
    [InlineData("end\r", "end", "end")]
    [InlineData("10%\r20%\r", "10%␍20%", "10%\r20%")]
    [InlineData("\u001b[31mred\u0007", "␛[31mred␇", "\u001b[31mred\u0007")]
    [InlineData("", "", "")]
    public void Control_characters_are_visible_unless_raw(string line, string visible, string raw)
    {
        Assert.Equal(visible, Convert(line, isRaw: false));
        Assert.Equal(raw, Convert(line, isRaw: true));
    }

    [Fact]
    public void A_byte_order_mark_is_left_out_at_the_beginning_only()
    {
        Assert.Equal("a", Convert("\uFEFFa", isRaw: true));
        Assert.Equal("\uFEFFa", Convert("\uFEFFa", isRaw: true, position: 5));
    }

    [Fact]
    public void Invalid_UTF8_is_a_replacement_character()
    {
        Assert.Equal(
            "a\uFFFDb",
            new LogLineConverter(isRaw: true).Convert(new FileLine(1, 0, new byte[] { 0x61, 0xff, 0x62 }))
        );
    }

    private static object Convert(string line, bool isRaw, long position = 0) =>
        new LogLineConverter(isRaw).Convert(new FileLine(1, position, Encoding.UTF8.GetBytes(line)));
}
