using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>State names that users type, and the descriptions of states.</summary>
public sealed class StateNameTests
{
    [Fact]
    public void Every_state_is_found_in_either_spelling_in_any_case_and_with_surrounding_white_space()
    {
        var cases =
            from state in Gen.Elements(JobStates.Named.ToArray())
            from isWire in ArbMap.Default.GeneratorFor<bool>()
            let name = isWire ? JobStates.ToWire(state) : state.ToString()
            from upper in ArbMap.Default.GeneratorFor<bool>().ArrayOf(name.Length)
            from before in Gen.Elements("", " ", "\t")
            from behind in Gen.Elements("", "  ", "\r\n")
            select (state, typed: before + Shout(name, upper) + behind);

        Prop.ForAll(cases.ToArbitrary(), pair => JobStates.FindWireName(pair.typed) == JobStates.ToWire(pair.state))
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("JOB_STATE_HIBERNATING", "JOB_STATE_HIBERNATING")]
    [InlineData("job_state_hibernating_2", "JOB_STATE_HIBERNATING_2")]
    [InlineData(" Job_State_Hibernating ", "JOB_STATE_HIBERNATING")]
    [InlineData("JOB_STATE_UNSPECIFIED", "JOB_STATE_UNSPECIFIED")]
    public void An_unknown_state_is_accepted_in_the_spelling_of_the_service(string typed, string wire)
    {
        Assert.Equal(wire, JobStates.FindWireName(typed));
    }

    [Theory]
    [InlineData("EARLY_STOPPED", "JOB_STATE_EARLY_STOPPED")]
    [InlineData("re_queueing", "JOB_STATE_RE_QUEUEING")]
    [InlineData(" Deleting_Cleaning_Up ", "JOB_STATE_DELETING_CLEANING_UP")]
    public void The_spelling_of_the_service_is_accepted_without_its_prefix(string typed, string wire)
    {
        Assert.Equal(wire, JobStates.FindWireName(typed));
    }

    [Theory]
    [InlineData("NEW_STATE")]
    [InlineData("EARLY_")]
    [InlineData("EARLY STOPPED")]
    [InlineData("F_AILED")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("Hibernating")]
    [InlineData("Unspecified")]
    [InlineData("Unrecognized")]
    [InlineData("JOB_STATE_")]
    [InlineData("JOBSTATEFAILED")]
    [InlineData("FAILED OR x")]
    [InlineData("JOB_STATE_FAILED OR state = JOB_STATE_IDLE")]
    [InlineData("JOB_STATE_FAILED)")]
    [InlineData("JOB_STATE_F\u00c4ILED")]
    [InlineData("JOB_STATE_A\nB")]
    [InlineData("Failed,Cancelled")]
    [InlineData("4")]
    [InlineData("Fail")]
    public void Text_that_names_no_state_has_no_wire_name(string typed)
    {
        Assert.Null(JobStates.FindWireName(typed));
    }

    [Fact]
    public void Every_state_has_a_different_description()
    {
        var unknown = JobStates.Describe(JobState.Unrecognized);
        var words = JobStates.Named.Select(JobStates.Describe).Append(unknown).ToList();

        Assert.All(words, text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.Equal(words.Count, words.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(unknown, JobStates.Describe((JobState)99));
    }

    [Fact]
    public void Exactly_the_descriptions_of_finished_states_end_with_Finished()
    {
        Assert.All(
            JobStates.Named,
            state =>
                Assert.Equal(
                    JobStates.IsFinished(state) == true,
                    JobStates.Describe(state).EndsWith(" Finished.", StringComparison.Ordinal)
                )
        );
    }

    private static string Shout(string name, bool[] upper) =>
        string.Concat(name.Select((c, i) => upper[i] ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)));
}
