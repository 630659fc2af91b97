using System;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Formatting;

/// <summary>Formatting of states for views.</summary>
public sealed class FormatStateTests
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
    public void A_state_is_shown_by_its_name_in_its_color(string wire, string name, int color)
    {
        var job = new DpoJob { StateText = wire };

        Assert.Equal(InColor(name, color), ViewFormatter.FormatState(job.StateText));
    }

    [Fact]
    public void Only_successful_states_are_green()
    {
        var colors = Enum.GetValues<JobState>()
            .Except([JobState.Unrecognized])
            .Where(state => state is not (JobState.Completed or JobState.EarlyStopped))
            .Select(state => ViewFormatter.FormatState(Wire(state))!);

        Assert.All(colors, text => Assert.DoesNotContain("[32m", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Control_characters_in_an_unknown_state_are_made_visible()
    {
        var job = new DpoJob { StateText = "JOB_STATE_\u001b]0;title\u0007" };

        Assert.Equal(InColor("␛]0;title␇", 33), ViewFormatter.FormatState(job.StateText));
    }

    [Fact]
    public void A_missing_state_is_shown_as_null()
    {
        Assert.Null(ViewFormatter.FormatState(null));
        Assert.Null(ViewFormatter.FormatState(""));
    }

    private static string InColor(string name, int color) =>
#if NET
        $"\u001b[{color}m{name}\u001b[0m";
#else
        // In Windows PowerShell, states have no color.
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
