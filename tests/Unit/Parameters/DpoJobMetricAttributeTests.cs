using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Parameters;

/// <summary>Rows that are converted to metrics.</summary>
public sealed class DpoJobMetricAttributeTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 5, 19, 59, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("en-US")]
    [InlineData("de-DE")]
    [InlineData("ja-JP")]
    public void A_row_of_a_CSV_file_keeps_the_time_and_the_numbers_in_the_culture_of_the_session(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            var metric = Convert(
                ("JobId", "nightly-1"),
                ("AccountId", "acme"),
                ("Step", "3"),
                ("Time", Time.ToString(CultureInfo.CurrentCulture)),
                ("Loss", 0.5.ToString(CultureInfo.CurrentCulture)),
                ("Accuracy", "")
            );

            Assert.Equal(("nightly-1", "acme"), (metric.JobId, metric.AccountId));
            Assert.Equal((3L, Time, 0.5, null), (metric.Step, metric.Time, metric.Loss, metric.Accuracy));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("fa-IR")]
    public void A_time_in_the_form_of_ISO_8601_is_read_by_the_Gregorian_calendar(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            Assert.Equal(Time, Convert(("Step", 1), ("Time", "2026-11-05 19:59:05 +00:00")).Time);
            Assert.Equal(Time, Convert(("Step", 1), ("Time", Time.ToString(CultureInfo.CurrentCulture))).Time);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("1e3", 1000L)]
    [InlineData("1024.0", 1024L)]
    [InlineData("NaN", null)]
    [InlineData("-Infinity", null)]
    [InlineData("1e300", null)]
    [InlineData("1.5", null)]
    public void A_step_of_a_row_that_is_not_a_whole_number_is_unknown(string step, long? expected) =>
        Assert.Equal(expected, Convert(("Step", step)).Step);

    [Fact]
    public void A_time_is_kept_in_every_form()
    {
        object[] forms =
        [
            Time,
            Time.ToOffset(TimeSpan.FromHours(9)),
            Time.UtcDateTime,
            Time.LocalDateTime,
            "2026-11-05T19:59:05Z",
            "2026-11-05T20:59:05+01:00",
        ];
        Assert.All(
            forms,
            form =>
            {
                var time = Convert(("Step", 1), ("Time", form)).Time;
                Assert.Equal((Time, TimeSpan.Zero), (time, time!.Value.Offset));
            }
        );
        Assert.Null(Convert(("Step", 1), ("Time", "")).Time);
        Assert.Null(Convert(("Step", 1), ("Time", "soon")).Time);
    }

    [Theory]
    [InlineData("Step", true)]
    [InlineData("Loss", true)]
    [InlineData("Time", false)]
    [InlineData("Name", false)]
    public void An_object_is_a_metric_if_it_has_a_step_or_a_number_of_a_metric(string property, bool isMetric)
    {
        if (isMetric)
        {
            Assert.NotNull(Convert((property, "1")));
        }
        else
        {
            Assert.Throws<ArgumentTransformationMetadataException>(() => Convert((property, "1")));
        }
    }

    private static DpoJobMetric Convert(params (string Name, object Value)[] properties)
    {
        var row = new PSObject();
        foreach (var (name, value) in properties)
        {
            row.Properties.Add(new PSNoteProperty(name, value));
        }
        return Assert.IsType<DpoJobMetric[]>(new DpoJobMetricAttribute().Transform(null!, row)).Single();
    }
}
