using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Engine;

/// <summary>Which part of a script block is pushed down, and why the rest is local.</summary>
public sealed class ScriptBlockTranslatorTests
{
    private const string Failed = "state = JOB_STATE_FAILED";
    private const string ThreeEpochs = "training_config.epochs = 3";

    [EngineTheory]
    [InlineData("$_.State -eq 'Failed'", Failed)]
    [InlineData("$PSItem.State -eq 'Failed'", Failed)]
    [InlineData("'Failed' -eq $_.State", Failed)]
    [InlineData("($_.State -eq 'Failed')", Failed)]
    [InlineData("((($_.State -eq 'Failed')))", Failed)]
    [InlineData("$_.State -eq 'Failed' -and $_.TrainingConfig.Epochs -eq 3", $"{Failed} AND {ThreeEpochs}")]
    [InlineData("$_.State -eq 'Failed' -or $_.TrainingConfig.Epochs -eq 3", $"{Failed} OR {ThreeEpochs}")]
    [InlineData("-not ($_.State -ne 'Failed')", Failed)]
    [InlineData("!($_.State -ne 'Failed')", Failed)]
    [InlineData("-not -not ($_.State -eq 'Failed')", Failed)]
    [InlineData("-not ($_.State -ne 'Failed' -or $_.TrainingConfig.Epochs -ne 3)", $"{Failed} AND {ThreeEpochs}")]
    [InlineData("-not ($_.State -ne 'Failed' -and $_.TrainingConfig.Epochs -ne 3)", $"{Failed} OR {ThreeEpochs}")]
    public void Pushes_down_conditions_joined_by_and_or_and_not(string block, string filter) =>
        Assert.Equal(filter, Block.Filter(block));

    [EngineTheory]
    [InlineData("$_.Nope -and $_.State -eq 'Failed'", Failed, "$_.Nope")]
    [InlineData("$_.State -eq 'Failed' -and $_.Nope", Failed, "$_.Nope")]
    [InlineData("$_.State -eq 'Failed' -and -not $_.Nope", Failed, "-not ($_.Nope)")]
    [InlineData("$_.Nope -and $_.State -eq 'Failed' -and $_.No", Failed, "$_.Nope;$_.No")]
    [InlineData("-not ($_.State -ne 'Failed' -or $_.Nope)", Failed, "-not ($_.Nope)")]
    [InlineData("$_.State -eq 'Failed' -or $_.Nope", "", "$_.State -eq 'Failed' -or $_.Nope")]
    [InlineData("-not ($_.State -eq 'Failed' -and $_.Nope)", "", "-not ($_.State -eq 'Failed' -and $_.Nope)")]
    [InlineData("$_.Nope -and $_.No", "", "$_.Nope;$_.No")]
    public void Pushes_down_a_part_and_reports_the_rest_as_local(string block, string filter, string local)
    {
        Assert.Equal(filter, Block.Filter(block));
        Assert.Equal(local.Split(';'), Block.Translate(block).LocalConditions.Select(part => part.Text));
    }

    [EngineTheory]
    [InlineData("$_.State -eq 'Failed' -or $_.State -like 'P*'", "-like has no exact equivalent on the service")]
    [InlineData("$_.State -like 'P*' -or $_.Nope", "-like has no exact equivalent on the service")]
    public void Gives_the_reason_of_the_first_local_side_of_an_or(string block, string reason) =>
        Block.AssertLocal(block, reason);

    [EngineTheory]
    [InlineData("")]
    [InlineData("$_.State -eq 'Failed'; $true")]
    [InlineData("param($x) $_.State -eq 'Failed'")]
    [InlineData("process { $_.State -eq 'Failed' }")]
    [InlineData("begin { } end { $_.State -eq 'Failed' }")]
    [InlineData("end { $_.State -eq 'Failed' }")]
    [InlineData("dynamicparam { } end { $_.State -eq 'Failed' }")]
    [InlineData("trap { } $_.State -eq 'Failed'")]
    [InlineData("$_.State -eq 'Failed' | Out-Null")]
    [InlineData("$_.State -eq 'Failed' > file")]
    [InlineData("Test-It $_.State")]
    [InlineData("if ($_.State -eq 'Failed') { 1 }")]
    public void Keeps_a_block_local_that_is_not_a_single_expression(string block) =>
        Block.AssertLocal(block, "only blocks of a single expression are translated");

    [EngineTheory]
    [InlineData("$true")]
    [InlineData("$_")]
    [InlineData("$_.Name.StartsWith('n')")]
    [InlineData("[bool] $_.State")]
    [InlineData("($_.State -eq 'Failed' | Out-Null)")]
    [InlineData("($_.State -eq 'Failed' > file)")]
    [InlineData("-bnot $_.State")]
    public void Keeps_expressions_local_without_an_equivalent_on_the_service(string block) =>
        Block.AssertLocal(block, "it has no equivalent on the service");

    [EngineTheory]
    [InlineData("$_.State -like 'F*'", "-like has no exact equivalent on the service")]
    [InlineData("$_.Dataset -match 'x'", "-match has no exact equivalent on the service")]
    [InlineData("$_.State + 1", "+ has no exact equivalent on the service")]
    [InlineData("$_.State -xor $true", "-xor has no exact equivalent on the service")]
    [InlineData("$_.State -is [string]", "-is has no exact equivalent on the service")]
    [InlineData("1 -eq 1", "it does not compare a property of $_")]
    [InlineData("($_.State) -eq 'Failed'", "it does not compare a property of $_")]
    [InlineData("$_ -eq 1", "it does not compare a property of $_")]
    [InlineData("$_.Name.Length.ToString() -eq 1", "it does not compare a property of $_")]
    [InlineData("$job.State -eq 'Failed'", "it does not compare a property of $_")]
    [InlineData("$_.TrainingConfig.Epochs -eq $_.LossConfig.KlBeta", "the value is unknown until the block runs")]
    [InlineData("$_.TrainingConfig.Epochs -eq $unknown", "the value is unknown until the block runs")]
    [InlineData("$_.TrainingConfig.Epochs -eq (Get-Random)", "the value is unknown until the block runs")]
    [InlineData("$_.State -eq 'Failed', 'Expired'", "it compares with a list")]
    [InlineData("$_.State -eq $states", "it compares with a list")]
    [InlineData("$states -eq $_.State", "it compares with a list")]
    [InlineData("'Failed' -in $_.State", "it searches a property of the job for a value")]
    [InlineData("$_.State -contains 'Failed'", "it searches a property of the job for a value")]
    [InlineData("$_.Nope -eq 1", "Nope is not a field of the service")]
    [InlineData("$_.ToString -eq 1", "ToString is not a field of the service")]
    [InlineData("$_.Duration -gt '02:00'", "Duration is computed locally")]
    [InlineData("$_.TrainingConfig -eq 1", "TrainingConfig can only be compared locally")]
    [InlineData("$_.State", "whether a property is set is tested locally")]
    [InlineData("$_.Dataset -eq $null", "whether a property is set is tested locally")]
    [InlineData("$_.Dataset -eq $nothing", "whether a property is set is tested locally")]
    [InlineData("$_.State -in $none", "whether a property is set is tested locally")]
    [InlineData("$_.State -in $withNothing", "whether a property is set is tested locally")]
    [InlineData("$_.State -gt 'nope'", "PowerShell cannot compare the values")]
    public void Keeps_a_comparison_local_when_the_service_may_evaluate_it_differently(string block, string reason) =>
        Block.AssertLocal(block, reason);

    [EngineTheory]
    [InlineData("in $states")]
    [InlineData("iin $states")]
    [InlineData("cin $states")]
    [InlineData("in $wrappedStates")]
    [InlineData("in 'Failed', 'Cancelled'")]
    public void Pushes_down_each_value_of_a_list(string condition) =>
        Block.AssertPushedDown($"$_.State -{condition}", "state = JOB_STATE_FAILED OR state = JOB_STATE_CANCELLED");

    [EngineTheory]
    [InlineData("$states -contains $_.State", "state = JOB_STATE_FAILED OR state = JOB_STATE_CANCELLED")]
    [InlineData("$states -ccontains $_.State", "state = JOB_STATE_FAILED OR state = JOB_STATE_CANCELLED")]
    [InlineData("$states -notcontains $_.State", "state != JOB_STATE_FAILED AND state != JOB_STATE_CANCELLED")]
    [InlineData("$states -cnotcontains $_.State", "state != JOB_STATE_FAILED AND state != JOB_STATE_CANCELLED")]
    [InlineData("$_.State -notin $states", "state != JOB_STATE_FAILED AND state != JOB_STATE_CANCELLED")]
    [InlineData("$_.State -cnotin $states", "state != JOB_STATE_FAILED AND state != JOB_STATE_CANCELLED")]
    [InlineData("-not ($_.State -notin $states)", "state = JOB_STATE_FAILED OR state = JOB_STATE_CANCELLED")]
    [InlineData("$_.State -in 'Failed'", "state = JOB_STATE_FAILED")]
    [InlineData("$_.TrainingConfig.Epochs -in 2, 3", "training_config.epochs = 2 OR training_config.epochs = 3")]
    [InlineData("2, 3 -contains $_.TrainingConfig.Epochs", "training_config.epochs = 2 OR training_config.epochs = 3")]
    public void Accepts_a_list_on_either_side(string block, string filter) => Block.AssertPushedDown(block, filter);

    [EngineTheory]
    [InlineData("$_.TrainingConfig.Epochs -eq $wrapped")]
    [InlineData("$_.trainingconfig.EPOCHS -eq $LIMIT")]
    public void Accepts_wrapped_values_and_any_case(string block) => Block.AssertPushedDown(block, ThreeEpochs);

    [EngineTheory]
    [InlineData("  $_.Nope   -and \n\n  $_.No ", "$_.Nope", "$_.No")]
    [InlineData("  $_.Nope  -like\n \t'x'  ", "$_.Nope -like 'x'", null)]
    public void Shows_a_local_condition_on_one_line(string block, string first, string? second) =>
        Assert.Equal(
            second is null ? [first] : [first, second],
            Block.Translate(block).LocalConditions.Select(part => part.Text)
        );

    [EngineTheory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void Truncates_a_long_local_condition(int length, bool isTruncated)
    {
        var block = "$_.Nope -like '" + new string('x', length - 16) + "'";

        var shown = Assert.Single(Block.Translate(block).LocalConditions).Text;

        Assert.Equal(isTruncated ? block.Remove(100) + "…" : block, shown);
    }

    [EngineTheory]
    [InlineData("🚀")]
    public void A_local_condition_is_truncated_before_an_emoji_not_within_it(string emoji)
    {
        var block = $"$_.DisplayName -match '{new string('x', 76)}{emoji}'";

        Assert.Equal(block.Remove(99) + "…", Assert.Single(Block.Translate(block).LocalConditions).Text);
    }

    [EngineTheory]
    [InlineData("$_.A -and $_.B")]
    public void Gives_a_reason_for_each_local_condition(string block) =>
        Assert.Equal(
            [
                new LocalCondition("$_.A", "whether a property is set is tested locally"),
                new LocalCondition("$_.B", "whether a property is set is tested locally"),
            ],
            Block.Translate(block).LocalConditions
        );
}
