using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters.ScriptBlocks;

/// <summary>Which part of a script block is pushed down, and why the rest is local.</summary>
public sealed class ScriptBlockTranslatorTests
{
    private const string Failed = "state = JOB_STATE_FAILED";
    private const string ThreeEpochs = "training_config.epochs = 3";

    [Theory]
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

    [Theory]
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

    [Theory]
    [InlineData("$_.State -eq 'Failed' -or $_.Dataset -like 'P*'", "-like has no exact equivalent on the service")]
    [InlineData("$_.Dataset -like 'P*' -or $_.Nope", "-like has no exact equivalent on the service")]
    public void Gives_the_reason_of_the_first_local_side_of_an_or(string block, string reason) =>
        Block.AssertLocal(block, reason);

    [Theory]
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

    [Theory]
    [InlineData("$true")]
    [InlineData("$_")]
    [InlineData("$_.Name.StartsWith('n')")]
    [InlineData("[bool] $_.State")]
    [InlineData("($_.State -eq 'Failed' | Out-Null)")]
    [InlineData("($_.State -eq 'Failed' > file)")]
    [InlineData("-bnot $_.State")]
    public void Keeps_expressions_local_without_an_equivalent_on_the_service(string block) =>
        Block.AssertLocal(block, "it has no equivalent on the service");

    [Theory]
    [InlineData("$_.Dataset -like 'F*'", "-like has no exact equivalent on the service")]
    [InlineData("'Failed' -like $_.State", "-like has no exact equivalent on the service")]
    [InlineData("$_.State -match 3", "-match has no exact equivalent on the service")]
    [InlineData("$_.State -match '('", "the pattern is invalid")]
    [InlineData("$_.State -in $lazy", "its items are unknown until the block runs")]
    [InlineData("$_.State -eq $set", "it compares with a list")]
    [InlineData("$_.State -in $dictionary", "it matches no known state")]
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

    [Theory]
    [InlineData("in $states")]
    [InlineData("iin $states")]
    [InlineData("cin $states")]
    [InlineData("in $wrappedStates")]
    [InlineData("in $set")]
    [InlineData("in $queue")]
    [InlineData("in 'Failed', 'Cancelled'")]
    public void Pushes_down_each_value_of_a_list(string condition) =>
        Block.AssertPushedDown($"$_.State -{condition}", "state = JOB_STATE_FAILED OR state = JOB_STATE_CANCELLED");

    [Theory]
    [InlineData("$states -contains $_.State", "state = JOB_STATE_FAILED OR state = JOB_STATE_CANCELLED")]
    [InlineData("$states -ccontains $_.State", "state = JOB_STATE_FAILED OR state = JOB_STATE_CANCELLED")]
    [InlineData("$states -notcontains $_.State", "state != JOB_STATE_FAILED AND state != JOB_STATE_CANCELLED")]
    [InlineData("$states -cnotcontains $_.State", "state != JOB_STATE_FAILED AND state != JOB_STATE_CANCELLED")]
    [InlineData("$_.State -notin $states", "state != JOB_STATE_FAILED AND state != JOB_STATE_CANCELLED")]
    [InlineData("$_.State -cnotin $states", "state != JOB_STATE_FAILED AND state != JOB_STATE_CANCELLED")]
    [InlineData("-not ($_.State -notin $states)", "state = JOB_STATE_FAILED OR state = JOB_STATE_CANCELLED")]
    [InlineData("$_.State -in 'Failed'", "state = JOB_STATE_FAILED")]
    [InlineData("$_.State -in $keys", "state = JOB_STATE_FAILED")]
    [InlineData("$set -contains $_.State", "state = JOB_STATE_FAILED OR state = JOB_STATE_CANCELLED")]
    [InlineData("$_.TrainingConfig.Epochs -in 2, 3", "training_config.epochs = 2 OR training_config.epochs = 3")]
    [InlineData("2, 3 -contains $_.TrainingConfig.Epochs", "training_config.epochs = 2 OR training_config.epochs = 3")]
    public void Accepts_a_list_on_either_side(string block, string filter) => Block.AssertPushedDown(block, filter);

    [Theory]
    [InlineData("$_.TrainingConfig.Epochs -eq $wrapped")]
    [InlineData("$_.trainingconfig.EPOCHS -eq $LIMIT")]
    public void Accepts_wrapped_values_and_any_case(string block) => Block.AssertPushedDown(block, ThreeEpochs);

    [Theory]
    [InlineData("  $_.Nope   -and \n\n  $_.No ", "$_.Nope", "$_.No")]
    [InlineData("  $_.Nope  -like\n \t'x'  ", "$_.Nope -like 'x'", null)]
    public void Shows_a_local_condition_on_one_line(string block, string first, string? second) =>
        Assert.Equal(
            second is null ? [first] : [first, second],
            Block.Translate(block).LocalConditions.Select(part => part.Text)
        );

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void Truncates_a_long_local_condition(int length, bool isTruncated)
    {
        var block = "$_.Nope -like '" + new string('x', length - 16) + "'";

        var shown = Assert.Single(Block.Translate(block).LocalConditions).Text;

        Assert.Equal(isTruncated ? block.Remove(100) + "…" : block, shown);
    }

    [Theory]
    [InlineData("🚀")]
    public void A_local_condition_is_truncated_before_an_emoji_not_within_it(string emoji)
    {
        var block = $"$_.DisplayName -match '{new string('x', 76)}{emoji}'";

        Assert.Equal(block.Remove(99) + "…", Assert.Single(Block.Translate(block).LocalConditions).Text);
    }

    [Theory]
    [InlineData("$_.A -and $_.B")]
    public void Gives_a_reason_for_each_local_condition(string block) =>
        Assert.Equal(
            [
                new LocalCondition("$_.A", "whether a property is set is tested locally"),
                new LocalCondition("$_.B", "whether a property is set is tested locally"),
            ],
            Block.Translate(block).LocalConditions
        );

    [Theory]
    [InlineData("$i++ -lt 20 -and $_.State -eq 'Failed'", "")]
    [InlineData("$set.Add($_.Dataset) -and $_.State -eq 'Failed'", "")]
    [InlineData("($_ = $_.TrainingConfig) -and $_.State -eq 'Failed'", "")]
    [InlineData("($_.State = 'Failed') -and $_.State -eq 'Failed'", "")]
    [InlineData("([Counter]::Count = 3) -and $_.State -eq 'Failed'", "")]
    [InlineData("(Test-It $_) -and $_.State -eq 'Failed'", "")]
    [InlineData("$queue.Dequeue() -and $_.State -eq 'Failed'", "")]
    [InlineData("-not $set.Add($_.Dataset) -and $_.State -eq 'Failed'", "")]
    [InlineData("-not (-not $set.Add($_.Dataset) -or $_.State -ne 'Failed')", "")]
    [InlineData("($_.UseReservation -or $i++ -lt 20) -and $_.State -eq 'Failed'", "")]
    [InlineData("$_.State -eq $i++ -and $_.State -eq 'Failed'", "")]
    [InlineData("$_.State -in 'a', ($i++) -and $_.State -eq 'Failed'", "")]
    [InlineData("$_.Name -match 'x' -and $Matches[0] -and $_.State -eq 'Failed'", "")]
    [InlineData("$_.State -match 'F' -and $Matches[0] -and $_.State -eq 'Failed'", "")]
    [InlineData("$_.State -eq 'Failed' -or $i++ -lt 20", "")]
    [InlineData("$i++ -lt 20 -or $_.State -eq 'Failed'", "")]
    [InlineData("-not ($_.State -eq 'Failed' -and $i++ -lt 20)", "")]
    [InlineData("$_.State -eq 'Failed' -and $i++ -lt 20", Failed)]
    [InlineData("$_.State -eq 'Failed' -and $i++ -lt 20 -and $_.UseReservation", Failed)]
    [InlineData("$_.State -eq 'Failed' -and ($i++ -lt 20 -and $_.UseReservation)", Failed)]
    [InlineData("$_.State -eq 'Failed' -and -not ($i++ -lt 20 -or $_.UseReservation)", Failed)]
    [InlineData("-not ($_.State -ne 'Failed' -or $i++ -lt 20)", Failed)]
    [InlineData("$_.State -eq 'Failed' -and ($_.UseReservation -or $i++ -lt 20)", Failed)]
    [InlineData(
        "$_.UseReservation -or ($_.State -eq 'Failed' -and $i++ -lt 20)",
        $"use_reservation = true OR {Failed}"
    )]
    [InlineData("$_.Name.StartsWith('n') -and $_.State -eq 'Failed' -and $i++ -lt 20", Failed)]
    public void Pushes_down_only_what_PowerShell_evaluates_before_any_side_effect(string block, string filter) =>
        Assert.Equal(filter, Block.Filter(block));

    [Theory]
    [InlineData("$i++ -lt 20 -and $_.State -eq 'Failed'", "$_.State -eq 'Failed'")]
    [InlineData("-not ($i++ -lt 20 -or $_.State -eq 'Failed')", "-not ($_.State -eq 'Failed')")]
    public void Explains_that_a_condition_before_has_side_effects(string block, string local) =>
        Assert.Equal(
            new LocalCondition(local, "a condition before it has side effects"),
            Block.Translate(block).LocalConditions[1]
        );

    [Theory]
    [InlineData(
        "$_.CompletedTime -and $_.CompletedTime -lt $since",
        "completed_time < timestamp(\"2026-11-01T00:00:00Z\")"
    )]
    [InlineData(
        "$_.CompletedTime -lt $since -and $null -ne $_.CompletedTime",
        "completed_time < timestamp(\"2026-11-01T00:00:00Z\")"
    )]
    [InlineData(
        "-not (-not $_.CompletedTime -or $_.CompletedTime -ge $since)",
        "completed_time < timestamp(\"2026-11-01T00:00:00Z\")"
    )]
    [InlineData(
        "$_.CompletedTime -and ($_.UseReservation -or $_.CompletedTime -lt $since)",
        "use_reservation = true OR completed_time < timestamp(\"2026-11-01T00:00:00Z\")"
    )]
    [InlineData(
        "$_.TrainingConfig.Epochs -ge 2 -and $_.TrainingConfig.Epochs -le 4",
        "training_config.epochs >= 2 AND training_config.epochs <= 4"
    )]
    [InlineData(
        "$_.TrainingConfig.Epochs -le 4 -and ($_.trainingconfig.epochs -ge 2)",
        "training_config.epochs <= 4 AND training_config.epochs >= 2"
    )]
    [InlineData(
        "$_.TrainingConfig.Epochs -and $_.TrainingConfig.Epochs -notin 2, 3",
        "training_config.epochs != 2 AND training_config.epochs != 3"
    )]
    [InlineData(
        "($_.TrainingConfig.Epochs -gt 1 -or $_.TrainingConfig.Epochs -lt -1) -and $_.TrainingConfig.Epochs -ne 3",
        "(training_config.epochs > 1 OR training_config.epochs < -1) AND training_config.epochs != 3"
    )]
    [InlineData(
        "$_.TrainingConfig.LearningRate -and $_.TrainingConfig.LearningRate -lt 0.5",
        "training_config.learning_rate <= 0.5000005"
    )]
    [InlineData(
        "$_.UseReservation -and $_.UseReservation -ne $false",
        "use_reservation = true AND use_reservation = true"
    )]
    [InlineData("$_.Dataset -and $_.Dataset -ne 'A'", "dataset != \"A\"")]
    [InlineData("$_.Dataset -ne $null -and $_.Dataset -cnotin 'a', 'b'", "dataset != \"a\" AND dataset != \"b\"")]
    [InlineData(
        "$_.Status.Code -gt 'DataLoss' -and $_.Status.Code -ne 'Internal'",
        "status.code = UNAUTHENTICATED AND status.code != INTERNAL"
    )]
    [InlineData("$_.CompletedTime -and $_.CompletedTime -lt $since -and $i++", "")]
    public void Pushes_down_a_condition_that_matches_unset_properties_if_another_one_excludes_them(
        string block,
        string filter
    ) => Assert.Equal(filter, Block.Filter(block));

    [Theory]
    [InlineData("$_.TrainingConfig.Epochs -ne $null -and $_.TrainingConfig.Epochs -lt 3")]
    [InlineData("$_.TrainingConfig.LearningRate -ne $null -and $_.TrainingConfig.LearningRate -lt 3")]
    [InlineData("$_.UseReservation -ne $null -and $_.UseReservation -eq $false")]
    [InlineData("$_.TrainingConfig -and $_.TrainingConfig.Epochs -lt 3")]
    [InlineData("-not $_.CompletedTime -and $_.CompletedTime -lt $since")]
    [InlineData("$_.CompletedTime -or $_.CompletedTime -lt $since")]
    [InlineData("$_.TrainingConfig.Epochs -lt 3 -and $i++ -and $_.TrainingConfig.Epochs")]
    [InlineData("$_.TrainingConfig.LearningRate -and $_.TrainingConfig.LearningRate -ne 3")]
    [InlineData("$_.Dataset -and $_.Dataset -ne 'a*b'")]
    [InlineData("$_.Purpose -and $_.Purpose -ne 'A'")]
    [InlineData("($_.CompletedTime -or $_.Dataset) -and $_.CompletedTime -lt $since")]
    public void Keeps_a_condition_local_that_matches_unset_properties_if_none_excludes_them(string block) =>
        Assert.Equal("", Block.Filter(block));
}
