using System;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Charts;

/// <summary>Metrics become curves, which can be smoothed and reduced.</summary>
public sealed class CurveTests
{
    private static readonly MetricProperty Loss = MetricProperty.Find("loss");

    [Fact]
    public void Each_job_has_a_curve_in_the_order_of_its_first_metric()
    {
        var curves = Collect(Metric("b", 1, 0.5), Metric("a", 1, 0.6), Metric("b", 2, 0.4));

        Assert.Equal(["b", "a"], curves.Select(curve => curve.Name));
        Assert.Equal([new(1, 0.5), new(2, 0.4)], curves[0].Points);
    }

    [Fact]
    public void A_step_that_a_resumed_job_repeats_has_its_last_value()
    {
        var curve = Collect(Metric("a", 1, 0.9), Metric("a", 3, 0.7), Metric("a", 2, 0.8), Metric("a", 3, 0.6))[0];

        Assert.Equal([new(1, 0.9), new(2, 0.8), new(3, 0.6)], curve.Points);
    }

    [Fact]
    public void A_metric_without_a_step_is_at_its_position()
    {
        var curve = Collect(Metric("a", null, 0.9), Metric("a", null, 0.8))[0];

        Assert.Equal([1, 2], curve.Points.Select(point => point.X));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1e305)]
    public void A_step_without_a_finite_value_is_a_gap(double? loss)
    {
        var curve = Collect(Metric("a", 1, 0.9), Metric("a", 2, loss), Metric("a", 3, 0.7))[0];

        Assert.Equal([true, false, true], curve.Points.Select(point => point.HasValue));
        Assert.Empty(Collect(Metric("a", 1, loss)));
    }

    [Fact]
    public void Jobs_of_two_accounts_with_the_same_ID_have_their_own_curves()
    {
        var (first, second) = (Metric("nightly-1", 1, 0.9), Metric("nightly-1", 1, 0.7));
        (first.AccountId, second.AccountId) = ("acme", "other");

        var curves = Collect(first, second);

        Assert.Equal(["nightly-1 (acme)", "nightly-1 (other)"], curves.Select(curve => curve.Name));
        Assert.Equal([0.9, 0.7], curves.Select(curve => curve.Points.Single().Y));
        Assert.Equal("nightly-1", Collect(first).Single().Name);
    }

    [Fact]
    public void A_line_about_something_else_is_no_gap()
    {
        var evaluation = MetricLine.Parse("""{"step":2,"eval/loss":0.8}""").Metric!;
        var collector = new CurveCollector([Loss, MetricProperty.Find("eval/loss")]);
        foreach (var metric in new[] { Metric(null, 1, 0.9), evaluation, Metric(null, 3, 0.7) })
        {
            collector.Add(metric);
        }

        Assert.Equal([1, 3], collector.CreateCurves(collector.Properties[0])[0].Points.Select(point => point.X));
        Assert.Equal([new(2, 0.8)], collector.CreateCurves(collector.Properties[1])[0].Points);
        Assert.Equal(["eval/loss"], collector.ValueNames);
        Assert.Equal(3, collector.Count);
    }

    [Theory]
    [InlineData("sft_loss")]
    [InlineData("train/sft_loss")]
    public void Another_value_is_found_with_and_without_its_prefix(string name)
    {
        var metric = MetricLine.Parse("""{"step":2,"train/sft_loss":0.8,"train/note":"x"}""").Metric!;

        Assert.Equal(0.8, MetricProperty.Find(name).Read(metric));
        Assert.False(MetricProperty.Find(name).IsKnown);
        Assert.Null(MetricProperty.Find("note").Read(metric));
        Assert.True(MetricProperty.Find("LEARNINGRATE").IsKnown);
    }

    [Fact]
    public void Smoothing_starts_at_the_first_value_and_keeps_gaps()
    {
        var curve = new Curve("a", [new(1, 1), new(2, double.NaN), new(3, 1), new(4, 3)]);

        var smoothed = curve.Smooth(0.5).Points;

        Assert.Equal(1, smoothed[0].Y, 12);
        Assert.False(smoothed[1].HasValue);
        Assert.Equal(1, smoothed[2].Y, 12);
        // (0.25 · 1 + 0.5 · 1 · 0.5 … corrected by 1 - 0.5³): weights 1/7, 2/7, 4/7.
        Assert.Equal((1.0 + 2 + (4 * 3)) / 7, smoothed[3].Y, 12);
        Assert.Same(curve, curve.Smooth(0));
    }

    [Fact]
    public void Reducing_keeps_the_ends_and_the_extremes()
    {
        var points = Enumerable.Range(0, 10_000).Select(i => new CurvePoint(i, Math.Sin(i / 500.0))).ToList();
        points[4321] = points[4321] with { Y = 7 };
        points[8765] = points[8765] with { Y = -7 };

        var reduced = new Curve("a", points).Reduce(200).Points;

        Assert.InRange(reduced.Count, 100, 200);
        Assert.Equal(points[0], reduced[0]);
        Assert.Equal(points[^1], reduced[^1]);
        Assert.Contains(points[4321], reduced);
        Assert.Contains(points[8765], reduced);
        Assert.Equal(reduced.OrderBy(point => point.X), reduced);
    }

    [Fact]
    public void Reducing_keeps_long_gaps_and_few_points()
    {
        var points = Enumerable
            .Range(0, 1000)
            .Select(i => new CurvePoint(i, i is > 400 and < 600 ? double.NaN : i))
            .ToList();

        Assert.Contains(new Curve("a", points).Reduce(50).Points, point => !point.HasValue);
        var few = new Curve("a", points.Take(50).ToList());
        Assert.Same(few, few.Reduce(50));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.693147, "0.6931")]
    [InlineData(-1.23456, "-1.235")]
    [InlineData(54.321, "54.32")]
    [InlineData(12345.6, "12,346")]
    [InlineData(3.2141e-6, "3.214e-6")]
    [InlineData(2e9, "2e+9")]
    public void A_value_has_four_significant_digits(double value, string text)
    {
        Assert.Equal(text, ChartNumber.Format(value, System.Globalization.CultureInfo.InvariantCulture));
    }

    private static DpoJobMetric Metric(string? job, long? step, double? loss) =>
        new()
        {
            JobId = job,
            Step = step,
            Loss = loss,
        };

    private static System.Collections.Generic.IReadOnlyList<Curve> Collect(params DpoJobMetric[] metrics)
    {
        var collector = new CurveCollector([Loss]);
        foreach (var metric in metrics)
        {
            collector.Add(metric);
        }
        return collector.CreateCurves(Loss);
    }
}
