using System;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Formatting;

/// <summary>States in the views.</summary>
public sealed class JobStateTextTests
{
    [Theory]
    [InlineData("JOB_STATE_COMPLETED", "Completed", 32)]
    [InlineData("JOB_STATE_EARLY_STOPPED", "EarlyStopped", 32)]
    [InlineData("JOB_STATE_FAILED", "Failed", 31)]
    [InlineData("JOB_STATE_EXPIRED", "Expired", 31)]
    [InlineData("JOB_STATE_PAUSED", "Paused", 33)]
    [InlineData("JOB_STATE_CANCELLED", "Cancelled", 33)]
    [InlineData("JOB_STATE_CANCELLING", "Cancelling", 33)]
    [InlineData("JOB_STATE_HIBERNATING", "HIBERNATING", 33)]
    [InlineData("ODD", "ODD", 33)]
    [InlineData("JOB_STATE_DELETING", "Deleting", 90)]
    [InlineData("JOB_STATE_DELETING_CLEANING_UP", "DeletingCleaningUp", 90)]
    [InlineData("JOB_STATE_DELETED", "Deleted", 90)]
    [InlineData("JOB_STATE_ARCHIVED", "Archived", 90)]
    [InlineData("JOB_STATE_RUNNING", "Running", 36)]
    [InlineData("JOB_STATE_RE_QUEUEING", "ReQueueing", 36)]
    [InlineData("JOB_STATE_UNSPECIFIED", "Unspecified", 36)]
    public void A_state_has_its_name_and_its_colour(string wire, string name, int color)
    {
        var job = new DpoJob { StateText = wire };

        Assert.Equal(name, JobStateText.Plain(job.StateText));
        Assert.Equal(InColor(name, color), JobStateText.Colored(job.StateText));
    }

    [Fact]
    public void What_ended_badly_never_looks_like_what_ended_well()
    {
        var colors = Enum.GetValues<JobState>()
            .Except([JobState.Unrecognized])
            .Where(state => state is not (JobState.Completed or JobState.EarlyStopped))
            .Select(state => JobStateText.Colored(Wire(state))!);

        Assert.All(colors, text => Assert.DoesNotContain("[32m", text, StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_state_shows_no_control_characters_of_its_own()
    {
        var job = new DpoJob { StateText = "JOB_STATE_\u001b]0;title\u0007" };

        Assert.DoesNotContain(JobStateText.Plain(job.StateText)!, char.IsControl);
        Assert.Equal(InColor(JobStateText.Plain(job.StateText)!, 33), JobStateText.Colored(job.StateText));
    }

    [Fact]
    public void Without_a_state_there_is_nothing_to_show()
    {
        Assert.Null(JobStateText.Plain(null));
        Assert.Null(JobStateText.Colored(null));
        Assert.Null(JobStateText.Plain(""));
        Assert.Null(JobStateText.Colored(""));
    }

    private static string InColor(string name, int color) =>
#if NET
        $"\u001b[{color}m{name}\u001b[0m";
#else
        // Windows PowerShell shows no colour, whatever the state.
        color > 0 ? name : throw new ArgumentOutOfRangeException(nameof(color));
#endif

    private static string Wire(JobState state) =>
        "JOB_STATE_"
        + string.Concat(
            state
                .ToString()
                .Select((c, i) => (i > 0 && char.IsAsciiLetterUpper(c) ? "_" : "") + char.ToUpperInvariant(c))
        );
}
