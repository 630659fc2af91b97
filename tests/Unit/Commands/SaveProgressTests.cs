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
}
