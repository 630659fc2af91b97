using System;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Account;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Filters;

public sealed class TimeComparisonTests
{
    private static readonly long October = Timestamp.From(new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("create_time > timestamp(\"2026-10-01T00:00:00Z\")")]
    [InlineData("create_time > timestamp( '2026-10-01T00:00:00.000Z' )")]
    [InlineData("createTime>\"2026-10-01T02:00:00+02:00\"")]
    [InlineData("create_time > '2026-09-30t20:30:00-03:30'")]
    [InlineData("create_time > 2026-10-01T00:00:00Z")]
    [InlineData("create_time > 2026-10-01T00:00:00.000Z")]
    [InlineData("create_time > 2026-10-01T02:00:00.0+02:00")]
    public void Accepts_a_time_as_a_function_a_quoted_string_or_a_bare_value(string filter) =>
        FilterAssert.Selects(job => job.CreateTime > October, filter);

    [Fact]
    public void Compares_times_to_the_nanosecond()
    {
        var exact = FilterAssert.Jobs.First(job => job.CreateTime % 1000 != 0).CreateTime;
        var text = Timestamp.Format(exact);

        FilterAssert.Selects(job => job.CreateTime == exact, $"create_time = {text}");
        FilterAssert.Selects(job => job.CreateTime != exact, $"create_time != timestamp('{text}')");
        FilterAssert.Selects(job => job.CreateTime < exact, $"create_time < \"{text}\"");
        FilterAssert.Selects(job => job.CreateTime <= exact, $"create_time <= \"{text}\"");
        FilterAssert.Selects(job => job.CreateTime > exact, $"create_time > \"{text}\"");
        FilterAssert.Selects(job => job.CreateTime >= exact, $"create_time >= \"{text}\"");
    }

    [Fact]
    public void A_running_job_matches_no_comparison_of_its_completed_time()
    {
        FilterAssert.Selects(job => job.CompletedTime > October, "completed_time > 2026-10-01T00:00:00Z");
        FilterAssert.Selects(job => job.CompletedTime <= October, "completed_time <= 2026-10-01T00:00:00Z");
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("completed_time")]
    [InlineData("2026-10-01")]
    [InlineData("\"2026-10-01T00:00:00\"")]
    [InlineData("\"2026-10-01 00:00:00Z\"")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-10-01T00:00:00.0000000001Z")]
    [InlineData("2026-10-01T00:00:00.٣Z")]
    [InlineData("1790812800")]
    [InlineData("null")]
    [InlineData("*")]
    [InlineData("20s")]
    [InlineData("duration(\"1.5s\")")]
    public void Rejects_a_value_that_is_not_a_time(string value) =>
        FilterAssert.Rejects($"create_time > {value}", 15, "\"create_time\" is an RFC 3339 time");

    [Theory]
    [InlineData("timestamp(\"yesterday\")", 25)]
    [InlineData("timestamp(2026-10-01T00:00:00Z)", 25)]
    [InlineData("timestamp()", 15)]
    [InlineData("timestamp(\"2026-10-01T00:00:00Z\", \"UTC\")", 25)]
    [InlineData("duration(\"1.5\")", 24)]
    [InlineData("duration(\"fast\")", 24)]
    [InlineData("duration(20s)", 24)]
    public void Rejects_a_function_without_one_quoted_valid_string(string value, int position) =>
        FilterAssert.Rejects($"create_time > {value}", position, "expected one quoted string");

    [Theory]
    [InlineData("now()", "no function now()")]
    [InlineData("Timestamp(\"2026-10-01T00:00:00Z\")", "no function Timestamp()")]
    [InlineData("google.timestamp(\"2026-10-01T00:00:00Z\")", "no function google.timestamp()")]
    public void Rejects_an_unknown_function_in_a_filter(string value, string why) =>
        FilterAssert.Rejects($"create_time > {value}", 15, why);
}
