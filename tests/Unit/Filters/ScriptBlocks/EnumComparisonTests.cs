using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters.ScriptBlocks;

/// <summary>Conditions on the state, on what is computed from it, and on the status code.</summary>
public sealed class EnumComparisonTests
{
    private const string Finished =
        "state = JOB_STATE_COMPLETED OR state = JOB_STATE_FAILED OR state = JOB_STATE_CANCELLED"
        + " OR state = JOB_STATE_EXPIRED OR state = JOB_STATE_EARLY_STOPPED OR state = JOB_STATE_DELETED"
        + " OR state = JOB_STATE_ARCHIVED";

    [Theory]
    [InlineData("-eq 'failed'", "state = JOB_STATE_FAILED")]
    [InlineData("-ceq 'FAILED'", "state = JOB_STATE_FAILED")]
    [InlineData("-ne 'Failed'", "state != JOB_STATE_FAILED")]
    [InlineData("-eq 'ReQueueing'", "state = JOB_STATE_RE_QUEUEING")]
    public void A_state_is_asked_for_by_its_name_on_the_wire(string condition, string filter) =>
        Block.IsSent($"$_.State {condition}", filter);

    [Theory]
    [InlineData("'failed' -eq $_.State", "state = JOB_STATE_FAILED")]
    [InlineData("'failed' -ne $_.State", "state != JOB_STATE_FAILED")]
    [InlineData("$_.State -in 'failed'", "state = JOB_STATE_FAILED")]
    [InlineData("$_.State -notin 'failed'", "state != JOB_STATE_FAILED")]
    [InlineData("'failed' -contains $_.State", "state = JOB_STATE_FAILED")]
    [InlineData("'failed' -notcontains $_.State", "state != JOB_STATE_FAILED")]
    public void Text_on_the_left_is_compared_as_text_without_regard_to_case(string block, string filter) =>
        Block.IsSent(block, filter);

    [Theory]
    [InlineData("'failed' -ceq $_.State", "it holds in no state that is known here")]
    [InlineData("'failed' -cne $_.State", "it holds in every state")]
    [InlineData("$_.State -cin 'failed'", "it holds in no state that is known here")]
    [InlineData("$_.State -cnotin 'failed'", "it holds in every state")]
    [InlineData("'failed' -ccontains $_.State", "it holds in no state that is known here")]
    [InlineData("'failed' -cnotcontains $_.State", "it holds in every state")]
    public void Text_on_the_left_is_compared_with_regard_to_case_where_it_is_asked_for(string block, string reason) =>
        Block.Stays(block, reason);

    [Theory]
    [InlineData("'failed' -lt $_.State", false)]
    [InlineData("'failed' -clt $_.State", true)]
    [InlineData("'FAILED' -le $_.State", true)]
    [InlineData("'FAILED' -cle $_.State", false)]
    public void The_order_of_text_on_the_left_has_regard_to_case_where_it_is_asked_for(string block, bool holds)
    {
        var filter = Block.Filter(block);

        // States to come are behind, so those are named that are not meant.
        Assert.Contains("state != JOB_STATE_COMPLETED", filter, System.StringComparison.Ordinal);
        Assert.Equal(!holds, filter.Contains("state != JOB_STATE_FAILED", System.StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("'FAILED' -gt $_.State", false)]
    [InlineData("'FAILED' -cgt $_.State", true)]
    [InlineData("'failed' -ge $_.State", true)]
    [InlineData("'failed' -cge $_.State", false)]
    public void And_so_has_the_order_the_other_way_round(string block, bool holds)
    {
        var filter = Block.Filter(block);

        Assert.Contains("state = JOB_STATE_COMPLETED", filter, System.StringComparison.Ordinal);
        Assert.Equal(holds, filter.Contains("state = JOB_STATE_FAILED", System.StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$_.State -eq 'Unspecified'", "it holds for jobs without State too")]
    [InlineData("$_.State -in 'Failed', 'Unspecified'", "it holds for jobs without State too")]
    [InlineData("$_.IsFinished -eq $false", "it holds for jobs without IsFinished too")]
    [InlineData("$_.State -eq 4711", "it holds in no state that is known here")]
    [InlineData("$_.State -ne 4711", "it holds in every state")]
    public void A_state_that_says_nothing_stays_here(string block, string reason) => Block.Stays(block, reason);

    [Theory]
    [InlineData("-eq 'Unrecognized'")]
    public void States_to_come_are_all_but_those_that_are_known(string condition)
    {
        var named = JobStates.Named.Select(state => $"state != {JobStates.ToWire(state)}");

        Block.IsSent($"$_.State {condition}", string.Join(" AND ", named));
    }

    [Theory]
    [InlineData("$_.IsFinished", Finished)]
    [InlineData("$_.IsFinished -eq $true", Finished)]
    public void A_finished_job_is_in_a_final_state(string block, string filter) => Block.IsSent(block, filter);

    [Theory]
    [InlineData("$_.IsFinished -ne $false")]
    public void A_job_in_a_state_to_come_may_be_finished(string block)
    {
        var others = JobStates.Named.Where(state => JobStates.IsFinished(state) == false);

        Block.IsSent(block, string.Join(" AND ", others.Select(state => $"state != {JobStates.ToWire(state)}")));
    }

    [Theory]
    [InlineData("-not $_.IsFinished")]
    public void A_job_that_is_not_finished_is_in_no_final_state(string block) =>
        Block.IsSent(
            block,
            Finished
                .Replace(" OR ", " AND ", System.StringComparison.Ordinal)
                .Replace(" = ", " != ", System.StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("-eq 'Internal'", "status.code = INTERNAL")]
    [InlineData("-in 'Internal', 'unavailable'", "status.code = INTERNAL OR status.code = UNAVAILABLE")]
    [InlineData("-gt 'Unavailable'", "status.code = DATA_LOSS OR status.code = UNAUTHENTICATED")]
    [InlineData("-ge 'DataLoss'", "status.code = DATA_LOSS OR status.code = UNAUTHENTICATED")]
    public void A_status_code_is_asked_for_by_its_name_on_the_wire(string condition, string filter) =>
        Block.IsSent($"$_.Status.Code {condition}", filter);

    [Theory]
    [InlineData("14 -lt $_.Status.Code")]
    [InlineData("15 -le $_.Status.Code")]
    public void A_number_on_the_left_is_compared_as_a_number(string block) =>
        Block.IsSent(block, "status.code = DATA_LOSS OR status.code = UNAUTHENTICATED");

    [Theory]
    [InlineData("$_.Status.Code -ne 'Internal'", "it holds for jobs without Status.Code too")]
    [InlineData("$_.Status.Code -eq 'Ok'", "it holds for jobs without Status.Code too")]
    [InlineData("$_.Status.Code -eq 'Unrecognized'", "it holds for jobs without Status.Code too")]
    [InlineData("$_.Status.Code -eq 4711", "no code that the service names is asked for")]
    public void A_status_code_that_may_not_be_there_stays_here(string block, string reason) =>
        Block.Stays(block, reason);
}
