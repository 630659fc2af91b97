using Fireworks.DpoJobs.Query.ScriptBlocks;
using Xunit;

namespace Fireworks.DpoJobs.Engine;

/// <summary>Names in a script block that a job does not have.</summary>
public sealed class ScriptBlockProblemTests
{
    private const string Where = "Get-FwDpoJob -First 1 | Get-Member shows those it has.";

    [EngineTheory]
    [InlineData("$_.Stat -eq 'Failed'", "Stat")]
    [InlineData("'Failed' -eq $PSItem.Stat", "Stat")]
    [InlineData("$_.TrainingConfig.Epoch -gt 2", "TrainingConfig.Epoch")]
    [InlineData("$_.Trainingconfig.Nope.Epochs", "Trainingconfig.Nope")]
    [InlineData("-not ($_.State -eq 'Failed' -or $_.Nope -like 'x')", "Nope")]
    [InlineData("if ($_.Nope) { $true }", "Nope")]
    [InlineData("$_.Nope -eq 1 -or $_.Nope -eq 2", "Nope")]
    [InlineData("$_.Nope.Length -gt 2", "Nope")]
    public void A_property_that_a_job_does_not_have(string block, string property) =>
        Assert.Equal(
            $"A job has no property {property}: the filter finds nothing in it. {Where}",
            Assert.Single(ScriptBlockProblem.In(Block.Parse(block)))
        );

    [EngineTheory]
    [InlineData("$_.State -eq 'JOB_STATE_FAILED'", "State", "JOB_STATE_FAILED", "Failed")]
    [InlineData("$_.State -ne 'job_state_re_queueing'", "State", "job_state_re_queueing", "ReQueueing")]
    [InlineData("'JOB_STATE_FAILED' -eq $_.State", "State", "JOB_STATE_FAILED", "Failed")]
    [InlineData("$_.State -in 'Failed', 'JOB_STATE_EXPIRED'", "State", "JOB_STATE_EXPIRED", "Expired")]
    [InlineData("'Failed', 'RE_QUEUEING' -notcontains $_.State", "State", "RE_QUEUEING", "ReQueueing")]
    [InlineData("$_.Status.Code -eq 'RESOURCE_EXHAUSTED'", "Status.Code", "RESOURCE_EXHAUSTED", "ResourceExhausted")]
    public void A_word_of_the_wire_in_place_of_its_name_here(
        string block,
        string property,
        string text,
        string meant
    ) =>
        Assert.Equal(
            $"The filter compares {property} with '{text}', which no {property} is equal to here: it is '{meant}'.",
            Assert.Single(ScriptBlockProblem.In(Block.Parse(block)))
        );

    [EngineTheory]
    [InlineData("$_.State -eq 'Faild'", "State", "Faild", "JobState")]
    [InlineData("$_.State -notin 'Faild', 'Failed'", "State", "Faild", "JobState")]
    [InlineData("$_.State -eq 'NotFailed'", "State", "NotFailed", "JobState")]
    [InlineData("$_.Status.Code -eq 'Nope'", "Status.Code", "Nope", "RpcCode")]
    public void A_word_that_is_no_name(string block, string property, string text, string type) =>
        Assert.Equal(
            $"The filter compares {property} with '{text}', which no {property} is equal to. "
                + $"[Enum]::GetNames([Fireworks.DpoJobs.Models.{type}]) shows what there is.",
            Assert.Single(ScriptBlockProblem.In(Block.Parse(block)))
        );

    [EngineTheory]
    [InlineData("$_.State -eq 'failed'")]
    [InlineData("$_.State -eq 4")]
    [InlineData("$_.State -eq '4'")]
    [InlineData("$_.State -eq $state")]
    [InlineData("$_.State -like 'JOB_STATE_*'")]
    [InlineData("$_.State -gt 'Nope'")]
    [InlineData("$_.StateText -eq 'JOB_STATE_FAILED'")]
    [InlineData("$_.Dataset -eq 'nope'")]
    [InlineData("$_.Dataset.Length -gt 2")]
    [InlineData("$_.CreateTime.Nope.Nope")]
    [InlineData("$_.ToString()")]
    [InlineData("$_.ToString")]
    [InlineData("$_.PSObject.Properties.Name")]
    [InlineData("$_.PSTypeNames")]
    [InlineData("$_.$name")]
    [InlineData("$job.Nope")]
    [InlineData("$_.Dataset | Where-Object { $_.Nope }")]
    [InlineData("switch ($_.Dataset) { { $_.Nope } { 1 } }")]
    [InlineData("try { $_.Dataset.Substring(9) } catch { $_.Exception }")]
    [InlineData("trap { $_.Exception } $_.Dataset")]
    public void What_may_be_meant_so_is_no_problem(string block) =>
        Assert.Empty(ScriptBlockProblem.In(Block.Parse(block)));
}
