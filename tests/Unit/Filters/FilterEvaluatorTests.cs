using System;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>Evaluating filters on jobs that the service returned.</summary>
public sealed class FilterEvaluatorTests
{
    private static readonly DpoJob Failed = new()
    {
        Name = "accounts/acme/dpoJobs/x",
        State = JobState.Failed,
        CreateTime = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero),
    };

    [Theory]
    [InlineData("state = JOB_STATE_FAILED", true)]
    [InlineData("state = \"JOB_STATE_RUNNING\"", false)]
    [InlineData("state != JOB_STATE_FAILED", false)]
    [InlineData("NOT state = JOB_STATE_FAILED", false)]
    [InlineData("state = JOB_STATE_RUNNING OR state = JOB_STATE_FAILED", true)]
    [InlineData("state = JOB_STATE_RUNNING AND display_name = \"x\"", false)]
    [InlineData("name = \"accounts/acme/dpoJobs/y\"", false)]
    [InlineData("create_time > timestamp(\"2026-11-02T00:00:00Z\")", false)]
    [InlineData("create_time > timestamp(\"2026-10-31T00:00:00Z\")", true)]
    public void Evaluates_state_name_and_times_of_a_user_filter(string filter, bool matches) =>
        Assert.Equal(matches, Matches(filter, Failed));

    [Theory]
    [InlineData("state = FAILED")]
    [InlineData("display_name = \"x\"")]
    [InlineData("name = \"*x\"")]
    [InlineData("state = JOB_STATE_FAILED AND display_name = \"x\"")]
    [InlineData("state = JOB_STATE_RUNNING OR display_name = \"x\"")]
    [InlineData("create_time > timestamp(\"2026-11-01T12:00:00.5Z\")")]
    public void Is_uncertain_where_the_service_may_compare_differently(string filter) =>
        Assert.Null(Matches(filter, Failed));

    [Theory]
    [InlineData(JobState.Archived, "state = JOB_STATE_DELETED")]
    [InlineData(JobState.Deleted, "state = JOB_STATE_ARCHIVED")]
    [InlineData(JobState.Archived, "state = JOB_STATE_FAILED")]
    [InlineData(JobState.Failed, "state = JOB_STATE_DELETED")]
    public void Is_uncertain_about_the_state_of_deleted_jobs_which_the_service_may_store_differently(
        JobState state,
        string filter
    )
    {
        var job = new DpoJob { State = state };

        Assert.Null(Matches(filter, job));
        Assert.Null(new FilterEvaluator(isGenerated: true).Matches(FilterParser.Parse(filter)!, job));
    }

    private static bool? Matches(string filter, DpoJob job) =>
        new FilterEvaluator(isGenerated: false).Matches(FilterParser.Parse(filter)!, job);
}
