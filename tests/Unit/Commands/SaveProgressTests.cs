using System.Globalization;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Commands;

public sealed class SaveProgressTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(999, "999 bytes")]
    [InlineData(1000, "0.98 KB")]
    [InlineData(1024 * 1024, "1.00 MB")]
    [InlineData(12_345_678, "11.8 MB")]
    [InlineData(123_456_789, "118 MB")]
    [InlineData(3_000_000_000, "2.79 GB")]
    [InlineData(long.MaxValue, "8388608 TB")]
    public void A_size_has_three_digits_and_a_unit(long bytes, string text)
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Assert.Equal(text, SaveProgress.FormatSize(bytes));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData(0, 10L, 0)]
    [InlineData(5, 10L, 50)]
    [InlineData(long.MaxValue, long.MaxValue, 100)]
    [InlineData(20, 10L, 100)]
    [InlineData(20, 0L, -1)]
    [InlineData(20, null, -1)]
    public void A_percentage_is_at_most_100(long bytes, long? total, int percent) =>
        Assert.Equal(percent, SaveProgress.FindPercent(bytes, total));
}
