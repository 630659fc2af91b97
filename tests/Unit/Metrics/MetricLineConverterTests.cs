using System;
using System.Text;
using Fireworks.DpoJobs.Unit.Client;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Metrics;

/// <summary>Malformed and incomplete lines of a metrics file.</summary>
public sealed class MetricLineConverterTests
{
    private static readonly ResourceName Job = new("acme", "dpoJobs", "nightly-1");

    private readonly FakeLog _log = new();

    [Fact]
    public void A_malformed_line_is_a_warning_that_names_the_job_and_the_line_once()
    {
        var text = new MetricLineConverter(Job, _log);

        Assert.Null(text.Convert(Line(17, "no")));
        Assert.Null(text.Convert(Line(18, "no")));
        var metric = Assert.IsType<DpoJobMetric>(text.Convert(Line(19, """{"step":3}""")));

        Assert.Equal(("nightly-1", "acme", 3L), (metric.JobId, metric.AccountId, metric.Step));
        Assert.Equal(
            "The metrics file of nightly-1 has a malformed line, which is left out (line 17). The line is not JSON: byte 2 is unexpected. Other such lines are not reported.",
            Assert.Single(_log.Warnings)
        );
    }

    [Fact]
    public void A_line_without_a_number_is_named_by_its_position()
    {
        new MetricLineConverter(Job, _log).Convert(new FileLine(null, 1_234_567, Encoding.UTF8.GetBytes("no")));

        Assert.Contains("(the line at byte 1,234,567)", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_last_line_that_is_complete_JSON_counts_without_a_line_feed(bool isJobFinished)
    {
        var metric = new MetricLineConverter(Job, _log).ConvertRest(Line(2, """{"step":3}"""), isJobFinished);

        Assert.Equal(3, Assert.IsType<DpoJobMetric>(metric).Step);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void A_last_line_that_is_incomplete_is_a_warning_only_after_the_job_has_ended()
    {
        Assert.Null(new MetricLineConverter(Job, _log).ConvertRest(Line(2, """{"step":"""), isJobFinished: false));
        Assert.Empty(_log.Warnings);
        Assert.Contains("not complete yet", Assert.Single(_log.Lines), StringComparison.Ordinal);

        Assert.Null(new MetricLineConverter(Job, _log).ConvertRest(Line(2, """{"step":"""), isJobFinished: true));
        Assert.Single(_log.Warnings);
    }

    [Fact]
    public void A_blank_line_is_neither_a_metric_nor_a_problem()
    {
        Assert.Null(new MetricLineConverter(Job, _log).Convert(Line(1, "\r")));
        Assert.Empty(_log.Lines);
    }

    private static FileLine Line(long number, string text) => new(number, 0, Encoding.UTF8.GetBytes(text));
}
