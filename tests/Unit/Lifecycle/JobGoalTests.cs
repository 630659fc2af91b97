using Xunit;

namespace Fireworks.DpoJobs.Unit.Lifecycle;

public sealed class JobGoalTests
{
    [Theory]
    [InlineData("JOB_STATE_COMPLETED", "Reached")]
    [InlineData("JOB_STATE_FAILED", "Reached")]
    [InlineData("JOB_STATE_EXPIRED", "Reached")]
    [InlineData("JOB_STATE_RUNNING", "Continues")]
    [InlineData("JOB_STATE_CANCELLING", "Continues")]
    [InlineData("JOB_STATE_DELETING_CLEANING_UP", "Continues")]
    [InlineData("JOB_STATE_PAUSED", "Paused")]
    [InlineData("JOB_STATE_ARCHIVED", "Removed")]
    [InlineData("JOB_STATE_DELETED", "Removed")]
    [InlineData("JOB_STATE_HIBERNATING", "Unknown")]
    [InlineData("JOB_STATE_UNSPECIFIED", "Unknown")]
    [InlineData(null, "Unknown")]
    public void By_default_a_job_is_waited_for_until_it_has_an_outcome(string? state, string verdict)
    {
        Assert.Equal(verdict, JobGoal.Finished.Judge(new DpoJob { StateText = state }).ToString());
    }

    [Theory]
    [InlineData("JOB_STATE_RUNNING", "Reached")]
    [InlineData("JOB_STATE_HIBERNATING", "Reached")]
    [InlineData("JOB_STATE_PAUSED", "Reached")]
    [InlineData("JOB_STATE_PENDING", "Continues")]
    [InlineData("JOB_STATE_FAILED", "Missed")]
    [InlineData("JOB_STATE_DELETED", "Removed")]
    public void Wanted_states_count_and_other_final_states_end_the_wait(string state, string verdict)
    {
        var goal = JobGoal.AnyOf(["JOB_STATE_RUNNING", "JOB_STATE_HIBERNATING", "JOB_STATE_PAUSED"]);

        Assert.Equal(verdict, goal.Judge(new DpoJob { StateText = state }).ToString());
    }

    [Fact]
    public void A_job_that_does_not_exist_is_removed()
    {
        Assert.Equal(JobVerdict.Removed, JobGoal.Finished.Judge(null));
        Assert.Equal(JobVerdict.Reached, JobGoal.Removed.Judge(null));
        Assert.Equal(JobVerdict.Reached, JobGoal.Removed.Judge(new DpoJob { State = JobState.Archived }));
        Assert.Equal(JobVerdict.Continues, JobGoal.Removed.Judge(new DpoJob { State = JobState.Completed }));
    }

    [Fact]
    public void Only_jobs_that_are_still_waited_for_are_listed()
    {
        var states = JobGoal.AnyOf(["JOB_STATE_RUNNING"]).ListedStates;

        Assert.Contains("JOB_STATE_PENDING", states);
        Assert.Contains("JOB_STATE_CANCELLING", states);
        Assert.DoesNotContain("JOB_STATE_RUNNING", states);
        Assert.DoesNotContain("JOB_STATE_PAUSED", states);
        Assert.DoesNotContain("JOB_STATE_COMPLETED", states);
        Assert.Equal(["JOB_STATE_DELETING", "JOB_STATE_DELETING_CLEANING_UP"], JobGoal.Removed.ListedStates);
    }
}
