using Fireworks.DpoJobs.Emulator.Account;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Account;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("2026-08-30T03:48:42Z")]
    [InlineData("2026-08-30T03:48:42.645723Z")]
    [InlineData("2026-08-30T03:48:42.645723285Z")]
    public void Formats_a_parsed_timestamp_unchanged(string text)
    {
        Assert.True(Timestamp.TryParse(text, out var nanoseconds));
        Assert.Equal(text, Timestamp.Format((long)nanoseconds));
    }

    [Theory]
    [InlineData("2026-08-30T05:48:42.5+02:00", "2026-08-30T03:48:42.500000Z")]
    [InlineData("2026-08-30t03:48:42z", "2026-08-30T03:48:42Z")]
    public void Parses_timestamps_with_an_offset_or_in_lower_case(string text, string same)
    {
        Assert.True(Timestamp.TryParse(text, out var nanoseconds));
        Assert.Equal(same, Timestamp.Format((long)nanoseconds));
    }

    [Theory]
    [InlineData("2026-08-30")]
    [InlineData("2026-08-30T03:48:42")]
    [InlineData("2026-13-30T03:48:42Z")]
    [InlineData("2026-08-30T03:48:42.1234567890Z")]
    [InlineData("2026-08-30T03:48:42.٣Z")]
    [InlineData("2026-08-30T03:48:42Z\n")]
    [InlineData("yesterday")]
    public void Rejects_a_malformed_timestamp(string text) => Assert.False(Timestamp.TryParse(text, out _));
}
