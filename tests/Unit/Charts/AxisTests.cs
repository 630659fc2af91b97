using System.Globalization;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Charts;

/// <summary>Axes have ticks at round numbers with short labels.</summary>
public sealed class AxisTests
{
    [Theory]
    [InlineData(0.17, 0.75, 3, "0.2 0.4 0.6")]
    [InlineData(0, 1, 5, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-0.3, 0.3, 3, "-0.2 0.0 0.2")]
    [InlineData(0, 1e-4, 2, "0 5.0e-5 1.0e-4")]
    [InlineData(1e7, 4e7, 3, "1e+7 2e+7 3e+7 4e+7")]
    [InlineData(1000, 9000, 4, "2,000 4,000 6,000 8,000")]
    [InlineData(0.6931, 0.6931, 3, "0.65 0.70 0.75")]
    [InlineData(0, 0, 2, "-1 0 1")]
    [InlineData(-5, -5, 2, "-5.5 -5.0 -4.5")]
    [InlineData(0.91, 1.14, 1, "1.0 1.1")]
    public void Values_have_ticks_within_their_range(double minimum, double maximum, int intervals, string labels)
    {
        var axis = Axis.ForValues(minimum, maximum, intervals);

        Assert.Equal(labels, Labels(axis));
        Assert.All(axis.Ticks, tick => Assert.InRange(axis.Scale(tick), -1e-6, 1 + 1e-6));
    }

    [Theory]
    [InlineData(1, 300, 6, "50 100 150 200 250 300")]
    [InlineData(1, 3, 6, "1 2 3")]
    [InlineData(1, 300, 2, "100 200 300")]
    [InlineData(7, 7, 6, "7")]
    [InlineData(1, 100_000, 5, "20,000 40,000 60,000 80,000 100,000")]
    public void Steps_have_ticks_at_whole_numbers(double minimum, double maximum, int intervals, string labels)
    {
        Assert.Equal(labels, Labels(Axis.ForSteps(minimum, maximum, intervals)));
    }

    [Theory]
    [InlineData(1, "0 1")]
    [InlineData(3, "0 1 2 3")]
    [InlineData(7, "0 2 4 6 8")]
    [InlineData(357, "0 100 200 300 400")]
    public void Counts_have_ticks_from_zero_to_above_the_maximum(int maximum, string labels)
    {
        Assert.Equal(labels, Labels(Axis.ForCounts(maximum, 4)));
    }

    [Theory]
    [InlineData(1, 1.0000000001)]
    [InlineData(-1e299, 1e299)]
    [InlineData(1e-300, 2e-300)]
    [InlineData(1e15, 1e15 + 1)]
    public void Extreme_ranges_have_few_ticks(double minimum, double maximum)
    {
        var axis = Axis.ForValues(minimum, maximum, 5);

        Assert.InRange(axis.Ticks.Count, 2, 12);
        Assert.True(axis.Minimum < axis.Maximum);
    }

    private static string Labels(Axis axis) =>
        string.Join(" ", axis.Ticks.Select(tick => axis.Format(tick, CultureInfo.InvariantCulture)));
}
