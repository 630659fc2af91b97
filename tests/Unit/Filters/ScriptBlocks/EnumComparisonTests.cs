using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters.ScriptBlocks;

/// <summary>Conditions on the state, on IsFinished and on the status code.</summary>
public sealed class EnumComparisonTests
{
    private static readonly string[] Newer = ["JOB_STATE_DELETED", "JOB_STATE_ARCHIVED"];

    [Theory]
    [InlineData("-eq 'failed'", "state = JOB_STATE_FAILED")]
    [InlineData("-ceq 'FAILED'", "state = JOB_STATE_FAILED")]
    [InlineData("-ne 'Failed'", "state != JOB_STATE_FAILED")]
    [InlineData("-eq 'ReQueueing'", "state = JOB_STATE_RE_QUEUEING")]
    [InlineData("-like 'fail*'", "state = JOB_STATE_FAILED")]
    [InlineData("-clike 'F*'", "state = JOB_STATE_FAILED")]
    [InlineData("-notlike 'fail*'", "state != JOB_STATE_FAILED")]
    [InlineData("-match '^(fail|cancelled)'", "state = JOB_STATE_FAILED OR state = JOB_STATE_CANCELLED")]
    [InlineData("-cmatch 'Failed'", "state = JOB_STATE_FAILED")]
    [InlineData("-notmatch 'fail'", "state != JOB_STATE_FAILED")]
    public void Pushes_down_a_state_in_the_spelling_of_the_service(string condition, string filter) =>
        Block.AssertPushedDown($"$_.State {condition}", filter);

    [Theory]
    [InlineData("-eq 'job_state_failed'", "state = JOB_STATE_FAILED")]
    [InlineData("-ceq 'JOB_STATE_FAILED'", "state = JOB_STATE_FAILED")]
    [InlineData("-in 'JOB_STATE_FAILED', 'JOB_STATE_NEW'", "state = JOB_STATE_FAILED OR state = JOB_STATE_NEW")]
    [InlineData("-ne 'JOB_STATE_FAILED'", "state != JOB_STATE_FAILED")]
    [InlineData("-notin 'JOB_STATE_FAILED', 'JOB_STATE_NEW'", "state != JOB_STATE_FAILED")]
    [InlineData("-notlike '*_failed'", "state != JOB_STATE_FAILED")]
    public void Pushes_down_a_comparison_of_the_text_of_the_state(string condition, string filter) =>
        Block.AssertPushedDown($"$_.StateText {condition}", filter);

    [Theory]
    [InlineData("$_.StateText -like 'JOB_STATE_F*'")]
    [InlineData("$_.StateText -match 'FAILED'")]
    public void Includes_unknown_states_in_a_pattern_for_the_text_of_the_state(string block) =>
        Block.AssertPushedDown(block, NoneOf(state => state != JobState.Failed));

    [Theory]
    [InlineData("'failed' -eq $_.State", "state = JOB_STATE_FAILED")]
    [InlineData("'failed' -ne $_.State", "state != JOB_STATE_FAILED")]
    [InlineData("$_.State -in 'failed'", "state = JOB_STATE_FAILED")]
    [InlineData("$_.State -notin 'failed'", "state != JOB_STATE_FAILED")]
    [InlineData("'failed' -contains $_.State", "state = JOB_STATE_FAILED")]
    [InlineData("'failed' -notcontains $_.State", "state != JOB_STATE_FAILED")]
    public void Ignores_case_with_the_state_string_on_the_left(string block, string filter) =>
        Block.AssertPushedDown(block, filter);

    [Theory]
    [InlineData("'failed' -ceq $_.State", "it matches no known state")]
    [InlineData("'failed' -cne $_.State", "it matches every state")]
    [InlineData("$_.State -cin 'failed'", "it matches no known state")]
    [InlineData("$_.State -cnotin 'failed'", "it matches every state")]
    [InlineData("'failed' -ccontains $_.State", "it matches no known state")]
    [InlineData("'failed' -cnotcontains $_.State", "it matches every state")]
    public void Respects_case_with_a_case_sensitive_operator_and_the_state_string_on_the_left(
        string block,
        string reason
    ) => Block.AssertLocal(block, reason);

    [Theory]
    [InlineData("'failed' -lt $_.State", false)]
    [InlineData("'failed' -clt $_.State", true)]
    [InlineData("'FAILED' -le $_.State", true)]
    [InlineData("'FAILED' -cle $_.State", false)]
    public void Excludes_the_states_that_are_not_greater_than_a_string_on_the_left(string block, bool includesFailed)
    {
        var filter = Block.Filter(block);

        // "Unrecognized" is greater, so the filter excludes states instead of listing them.
        Assert.Contains("state != JOB_STATE_COMPLETED", filter, System.StringComparison.Ordinal);
        Assert.Equal(!includesFailed, filter.Contains("state != JOB_STATE_FAILED", System.StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("'FAILED' -gt $_.State", false)]
    [InlineData("'FAILED' -cgt $_.State", true)]
    [InlineData("'failed' -ge $_.State", true)]
    [InlineData("'failed' -cge $_.State", false)]
    public void Excludes_the_states_that_are_not_less_than_a_string_on_the_left(string block, bool includesFailed)
    {
        var filter = Block.Filter(block);

        // "Archived" is less, and a filter does not name it.
        Assert.Contains("state != JOB_STATE_RUNNING", filter, System.StringComparison.Ordinal);
        Assert.DoesNotContain("JOB_STATE_COMPLETED", filter, System.StringComparison.Ordinal);
        Assert.Equal(!includesFailed, filter.Contains("state != JOB_STATE_FAILED", System.StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$_.State -like '*'", "it matches every state")]
    [InlineData("$_.State -like 'Nope*'", "it matches no known state")]
    [InlineData("$_.StateText -ne 'Failed'", "it matches every state")]
    [InlineData("$_.StateText -eq 'Failed'", "it has no exact equivalent on the service")]
    [InlineData("$_.StateText -ceq 'job_state_failed'", "it has no exact equivalent on the service")]
    [InlineData("$_.StateText -eq 'JOB_STATE_UNSPECIFIED'", "it has no exact equivalent on the service")]
    [InlineData("$_.StateText -gt 4", "it has no exact equivalent on the service")]
    [InlineData("$_.State -eq 4711", "it matches no known state")]
    [InlineData("$_.State -ne 4711", "it matches every state")]
    public void Keeps_conditions_local_that_match_all_states_or_none(string block, string reason) =>
        Block.AssertLocal(block, reason);

    [Theory]
    [InlineData("-ne 'Archived'")]
    [InlineData("-notin 'Archived', 'Deleted'")]
    public void Keeps_conditions_local_that_exclude_only_states_newer_than_the_reference(string condition) =>
        Block.AssertLocal($"$_.State {condition}", "it matches every state");

    [Theory]
    [InlineData("$_.State -eq 'Unrecognized'")]
    [InlineData("$_.State -eq 'Unspecified'")]
    [InlineData("$_.State -eq 'Archived'")]
    [InlineData("$_.State -in 'Archived', 'Deleted'")]
    [InlineData("$_.StateText -eq 'JOB_STATE_ARCHIVED'")]
    public void Pushes_down_unknown_and_newer_states_as_none_of_the_others(string block) =>
        Block.AssertPushedDown(block, NoneOf(_ => true));

    [Theory]
    [InlineData("$_.IsFinished")]
    [InlineData("$_.IsFinished -eq $true")]
    [InlineData("$_.IsFinished -ne $false")]
    public void Pushes_down_IsFinished_as_none_of_the_unfinished_states(string block) =>
        Block.AssertPushedDown(block, NoneOf(state => JobStates.IsFinished(state) == false));

    [Theory]
    [InlineData("-not $_.IsFinished")]
    [InlineData("$_.IsFinished -eq $false")]
    public void Pushes_down_a_negated_IsFinished_as_none_of_the_final_states(string block) =>
        Block.AssertPushedDown(block, NoneOf(state => JobStates.IsFinished(state) == true));

    [Fact]
    public void Names_a_newer_state_beside_a_known_one_in_no_filter()
    {
        foreach (var state in JobStates.Named)
        {
            Assert.DoesNotContain(Newer, newer => Block.Filter($"$_.State -ne '{state}'").Contains(newer));
            Assert.DoesNotContain(Newer, newer => Block.Filter($"$_.State -in '{state}', 'Failed'").Contains(newer));
        }
    }

    [Theory]
    [InlineData("-eq 'Internal'", "status.code = INTERNAL")]
    [InlineData("-like 'inter*'", "status.code = INTERNAL")]
    [InlineData("-in 'Internal', 'unavailable'", "status.code = INTERNAL OR status.code = UNAVAILABLE")]
    [InlineData("-gt 'Unavailable'", "status.code = DATA_LOSS OR status.code = UNAUTHENTICATED")]
    [InlineData("-ge 'DataLoss'", "status.code = DATA_LOSS OR status.code = UNAUTHENTICATED")]
    public void Pushes_down_a_status_code_in_the_spelling_of_the_service(string condition, string filter) =>
        Block.AssertPushedDown($"$_.Status.Code {condition}", filter);

    [Theory]
    [InlineData("14 -lt $_.Status.Code")]
    [InlineData("15 -le $_.Status.Code")]
    public void Compares_a_status_code_as_a_number_with_a_number_on_the_left(string block) =>
        Block.AssertPushedDown(block, "status.code = DATA_LOSS OR status.code = UNAUTHENTICATED");

    [Theory]
    [InlineData("$_.Status.Code -ne 'Internal'", "it also matches jobs without Status.Code")]
    [InlineData("$_.Status.Code -eq 'Ok'", "it also matches jobs without Status.Code")]
    [InlineData("$_.Status.Code -eq 4711", "it matches no known status code")]
    public void Keeps_status_code_conditions_local_that_match_jobs_without_a_status_or_no_code(
        string block,
        string reason
    ) => Block.AssertLocal(block, reason);

    private static string NoneOf(System.Func<JobState, bool> isExcluded) =>
        string.Join(
            " AND ",
            JobStates
                .Named.Where(isExcluded)
                .Select(JobStates.ToWire)
                .Except(Newer)
                .Select(state => $"state != {state}")
        );
}
