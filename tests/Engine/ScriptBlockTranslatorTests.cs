using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Engine;

/// <summary>Which part of a script block the service is asked for, and why the rest stays here.</summary>
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
    public void A_block_of_conditions_is_sent(string block, string filter) => Assert.Equal(filter, Block.Filter(block));

    [EngineTheory]
    [InlineData("$_.Nope -and $_.State -eq 'Failed'", Failed, "$_.Nope")]
    [InlineData("$_.State -eq 'Failed' -and $_.Nope", Failed, "$_.Nope")]
    [InlineData("$_.State -eq 'Failed' -and -not $_.Nope", Failed, "-not ($_.Nope)")]
    [InlineData("$_.Nope -and $_.State -eq 'Failed' -and $_.No", Failed, "$_.Nope;$_.No")]
    [InlineData("-not ($_.State -ne 'Failed' -or $_.Nope)", Failed, "-not ($_.Nope)")]
    [InlineData("$_.State -eq 'Failed' -or $_.Nope", "", "$_.State -eq 'Failed' -or $_.Nope")]
    [InlineData("-not ($_.State -eq 'Failed' -and $_.Nope)", "", "-not ($_.State -eq 'Failed' -and $_.Nope)")]
    [InlineData("$_.Nope -and $_.No", "", "$_.Nope;$_.No")]
    public void Of_a_block_in_part_the_rest_is_told(string block, string filter, string kept)
    {
        Assert.Equal(filter, Block.Filter(block));
        Assert.Equal(kept.Split(';'), Block.Translate(block).Kept.Select(part => part.Text));
    }

    [EngineTheory]
    [InlineData(
        "$_.State -eq 'Failed' -or $_.State -like 'P*'",
        "-like does not certainly mean the same to the service"
    )]
    [InlineData("$_.State -like 'P*' -or $_.Nope", "-like does not certainly mean the same to the service")]
    public void What_is_joined_by_or_stays_for_the_reason_of_its_first_part_that_stays(string block, string reason) =>
        Block.Stays(block, reason);

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
    public void Only_a_block_of_one_expression_is_looked_into(string block) =>
        Block.Stays(block, "only a block of one expression is looked into");

    [EngineTheory]
    [InlineData("$true")]
    [InlineData("$_")]
    [InlineData("$_.Name.StartsWith('n')")]
    [InlineData("[bool] $_.State")]
    [InlineData("($_.State -eq 'Failed' | Out-Null)")]
    [InlineData("($_.State -eq 'Failed' > file)")]
    [InlineData("-bnot $_.State")]
    public void Other_expressions_stay(string block) => Block.Stays(block, "the service has no such condition");

    [EngineTheory]
    [InlineData("$_.State -like 'F*'", "-like does not certainly mean the same to the service")]
    [InlineData("$_.Dataset -match 'x'", "-match does not certainly mean the same to the service")]
    [InlineData("$_.State + 1", "+ does not certainly mean the same to the service")]
    [InlineData("$_.State -xor $true", "-xor does not certainly mean the same to the service")]
    [InlineData("$_.State -is [string]", "-is does not certainly mean the same to the service")]
    [InlineData("1 -eq 1", "it does not compare a property of the job itself")]
    [InlineData("($_.State) -eq 'Failed'", "it does not compare a property of the job itself")]
    [InlineData("$_ -eq 1", "it does not compare a property of the job itself")]
    [InlineData("$_.Name.Length.ToString() -eq 1", "it does not compare a property of the job itself")]
    [InlineData("$job.State -eq 'Failed'", "it does not compare a property of the job itself")]
    [InlineData("$_.TrainingConfig.Epochs -eq $_.LossConfig.KlBeta", "its value is not known before the block runs")]
    [InlineData("$_.TrainingConfig.Epochs -eq $unknown", "its value is not known before the block runs")]
    [InlineData("$_.TrainingConfig.Epochs -eq (Get-Random)", "its value is not known before the block runs")]
    [InlineData("$_.State -eq 'Failed', 'Expired'", "it compares with a list")]
    [InlineData("$_.State -eq $states", "it compares with a list")]
    [InlineData("$states -eq $_.State", "it compares with a list")]
    [InlineData("'Failed' -in $_.State", "it looks for a value in a list of the job's")]
    [InlineData("$_.State -contains 'Failed'", "it looks for a value in a list of the job's")]
    [InlineData("$_.Nope -eq 1", "Nope is no field of the service")]
    [InlineData("$_.ToString -eq 1", "ToString is no field of the service")]
    [InlineData("$_.Duration -gt '02:00'", "Duration is computed here")]
    [InlineData("$_.TrainingConfig -eq 1", "TrainingConfig is looked at here")]
    [InlineData("$_.State", "whether something is set is looked at here")]
    [InlineData("$_.Dataset -eq $null", "whether something is set is looked at here")]
    [InlineData("$_.Dataset -eq $nothing", "whether something is set is looked at here")]
    [InlineData("$_.State -in $none", "whether something is set is looked at here")]
    [InlineData("$_.State -in $withNothing", "whether something is set is looked at here")]
    [InlineData("$_.State -gt 'nope'", "PowerShell cannot compare the two")]
    public void A_comparison_stays_where_its_meaning_is_in_doubt(string block, string reason) =>
        Block.Stays(block, reason);

    [EngineTheory]
    [InlineData("in $states")]
    [InlineData("iin $states")]
    [InlineData("cin $states")]
    [InlineData("in $wrappedStates")]
    [InlineData("in 'Failed', 'Cancelled'")]
    public void Values_of_a_list_are_asked_for_one_by_one(string condition) =>
        Block.IsSent($"$_.State -{condition}", "state = JOB_STATE_FAILED OR state = JOB_STATE_CANCELLED");

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
    public void A_list_may_stand_on_either_side(string block, string filter) => Block.IsSent(block, filter);

    [EngineTheory]
    [InlineData("$_.TrainingConfig.Epochs -eq $wrapped")]
    [InlineData("$_.trainingconfig.EPOCHS -eq $LIMIT")]
    public void Wrapping_and_case_do_not_matter(string block) => Block.IsSent(block, ThreeEpochs);

    [EngineTheory]
    [InlineData("  $_.Nope   -and \n\n  $_.No ", "$_.Nope", "$_.No")]
    [InlineData("  $_.Nope  -like\n \t'x'  ", "$_.Nope -like 'x'", null)]
    public void What_stays_is_shown_in_one_line(string block, string first, string? second) =>
        Assert.Equal(second is null ? [first] : [first, second], Block.Translate(block).Kept.Select(part => part.Text));

    [EngineTheory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void What_stays_and_is_long_is_shown_by_its_beginning(int length, bool isCut)
    {
        var block = "$_.Nope -like '" + new string('x', length - 16) + "'";

        var shown = Assert.Single(Block.Translate(block).Kept).Text;

        Assert.Equal(isCut ? block.Remove(100) + "…" : block, shown);
    }

    [EngineTheory]
    [InlineData("🚀")]
    public void A_local_condition_is_truncated_before_an_emoji_not_within_it(string emoji)
    {
        var block = $"$_.DisplayName -match '{new string('x', 76)}{emoji}'";

        Assert.Equal(block.Remove(99) + "…", Assert.Single(Block.Translate(block).Kept).Text);
    }

    [EngineTheory]
    [InlineData("$_.A -and $_.B")]
    public void Every_part_that_stays_has_its_reason(string block) =>
        Assert.Equal(
            [
                new LocalCondition("$_.A", "whether something is set is looked at here"),
                new LocalCondition("$_.B", "whether something is set is looked at here"),
            ],
            Block.Translate(block).Kept
        );
}
