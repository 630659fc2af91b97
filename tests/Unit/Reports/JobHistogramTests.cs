using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Reports;

/// <summary>Reports count jobs by time, duration and reason.</summary>
public sealed class JobHistogramTests
{
    [Theory]
    [InlineData(1, "day", 1)]
    [InlineData(45, "day", 45)]
    [InlineData(46, "week", 7)]
    [InlineData(300, "week", 44)]
    [InlineData(400, "month", 14)]
    [InlineData(2000, "year", 6)]
    public void The_unit_of_time_keeps_the_number_of_columns_small(int days, string unit, int count)
    {
        // A Thursday.
        var first = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        var jobs = new[] { Created(first), Created(first.AddDays(days - 1)) };

        var (actual, columns) = JobHistogram.ByTime(jobs, TimeZoneInfo.Utc);

        Assert.Equal(unit, actual);
        Assert.Equal(count, columns.Count);
        Assert.Equal(2, columns.Sum(column => column.Total));
        Assert.True(columns[0].Total > 0 && columns[^1].Total > 0);
    }

    [Fact]
    public void There_are_at_most_45_months()
    {
        var first = new DateTimeOffset(2021, 1, 31, 12, 0, 0, TimeSpan.Zero);

        var (unit, columns) = JobHistogram.ByTime([Created(first), Created(first.AddDays(1349))], TimeZoneInfo.Utc);

        Assert.Equal("year", unit);
        Assert.Equal(4, columns.Count);
    }

    [Fact]
    public void Days_are_those_of_the_time_zone()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(9), "east", "east");
        var jobs = new[]
        {
            Created(new DateTimeOffset(2026, 11, 2, 14, 59, 0, TimeSpan.Zero)),
            Created(new DateTimeOffset(2026, 11, 2, 15, 0, 0, TimeSpan.Zero)),
        };

        var columns = JobHistogram.ByTime(jobs, zone).Columns;

        Assert.Equal(["2 Nov", "3 Nov"], columns.Select(column => column.Label));
        Assert.Equal("Tue, 3 Nov 2026", columns[1].Description);
    }

    [Fact]
    public void Durations_are_counted_from_the_shortest_to_the_longest_range()
    {
        var jobs = new[]
        {
            Lasting("00:30:00"),
            Lasting("00:29:59"),
            Lasting("03:00:00"),
            Lasting("03:59:59"),
            new DpoJob(),
        };

        var columns = JobHistogram.ByDuration(jobs);

        Assert.Equal(["15m+", "30m+", "1h+", "2h+"], columns.Select(column => column.Label));
        Assert.Equal([1, 1, 0, 2], columns.Select(column => column.Total));
        Assert.Equal("2h to 4h", columns[3].Description);
        Assert.Equal(
            ["<5m", "≥8d"],
            new[] { "00:00:00", "300.00:00:00" }.Select(time => JobHistogram.ByDuration([Lasting(time)])[0].Label)
        );
        Assert.Empty(JobHistogram.ByDuration([new DpoJob()]));
    }

    [Fact]
    public void Each_column_counts_its_jobs_by_outcome()
    {
        var day = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        JobState?[] states = [.. JobStates.Named.Select(state => (JobState?)state), null];

        var column = JobHistogram
            .ByTime([.. states.Select(state => new DpoJob { CreateTime = day, State = state })], TimeZoneInfo.Utc)
            .Columns.Single();

        Assert.Equal(2, column[JobOutcome.Succeeded]);
        Assert.Equal(2, column[JobOutcome.Failed]);
        Assert.Equal(states.Length, column.Total);
        // Cancelled, Deleted, Archived, and no state.
        Assert.Equal(4, column[JobOutcome.Other]);
    }

    [Fact]
    public void Failures_are_grouped_by_reason_and_messages_that_differ_in_numbers_are_one()
    {
        var jobs = new List<DpoJob>
        {
            Failed("INTERNAL", "trainer exited with code 137 at step 5"),
            Failed("INTERNAL", "trainer exited with code 9 at step 77"),
            Failed("INTERNAL", "disk full"),
            Failed("INVALID_ARGUMENT", "line 7 is empty"),
            Failed("OK", null, JobState.Expired),
            Failed(null, null),
            Failed("CANCELLED", "by a user", JobState.Cancelled),
        };
        jobs[3].Status!.Details = [new RpcStatusDetail { Reason = "DATASET_INVALID" }];

        var groups = FailureGroup.Create(jobs);

        Assert.Equal(["INTERNAL", "DATASET_INVALID", "Time limit exceeded", ""], groups.Select(group => group.Reason));
        Assert.Equal([("trainer exited with code … at step …", 2), ("disk full", 1)], groups[0].Messages);
        Assert.Equal([("line 7 is empty", 1)], groups[1].Messages);
    }

    private static DpoJob Created(DateTimeOffset time) => new() { CreateTime = time, State = JobState.Completed };

    private static DpoJob Lasting(string duration)
    {
        var job = Created(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        job.CompletedTime = job.CreateTime + TimeSpan.Parse(duration, null);
        return job;
    }

    private static DpoJob Failed(string? code, string? message, JobState state = JobState.Failed) =>
        new()
        {
            State = state,
            Status = new RpcStatus { CodeText = code, Message = message },
        };
}
