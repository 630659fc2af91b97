using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters.ScriptBlocks;

/// <summary>Warnings about mistakes that PowerShell accepts silently.</summary>
public sealed class ScriptBlockLinterTests
{
    [Theory]
    [InlineData("$_.Stat -eq 'Failed'", "Stat")]
    [InlineData("'Failed' -eq $PSItem.Stat", "Stat")]
    [InlineData("$_.TrainingConfig.Epoch -gt 2", "TrainingConfig.Epoch")]
    [InlineData("$_.Trainingconfig.Nope.Epochs", "Trainingconfig.Nope")]
    [InlineData("-not ($_.State -eq 'Failed' -or $_.Nope -like 'x')", "Nope")]
    [InlineData("$_.Nope -eq 1 -or $_.nope -eq 2", "Nope")]
    [InlineData("$_.Nope.Length -gt 2", "Nope")]
    [InlineData("$_.Nope -and ($_.Dataset | Where-Object { if ($_) { 1 } })", "Nope")]
    [InlineData("$_.'State.Text' -eq 'x'", "State.Text")]
    public void Warns_about_a_property_that_jobs_do_not_have(string block, string property) =>
        Assert.Equal(
            $"Jobs have no property {property}, so it is always $null in the filter. "
                + "To list the properties, run: Get-FwDpoJob -First 1 | Get-Member.",
            Assert.Single(Block.Warnings(block))
        );

    [Theory]
    [InlineData("$_.create_time -gt $since", "create_time", "CreateTime")]
    [InlineData("$_.'TrainingConfig.Epochs' -gt 2", "TrainingConfig.Epochs", "TrainingConfig.Epochs")]
    [InlineData("$_.training_config.epochs -gt 2", "training_config", "TrainingConfig")]
    public void Suggests_the_property_for_a_name_of_the_service(string block, string name, string property) =>
        Assert.Equal(
            $"Jobs have no property {name}, so it is always $null in the filter. Use {property}.",
            Assert.Single(Block.Warnings(block))
        );

    [Theory]
    [InlineData("$_.State -eq 'JOB_STATE_FAILED'", "State", "JOB_STATE_FAILED", "Failed")]
    [InlineData("$_.State -ne 'job_state_re_queueing'", "State", "job_state_re_queueing", "ReQueueing")]
    [InlineData("'JOB_STATE_FAILED' -eq $_.State", "State", "JOB_STATE_FAILED", "Failed")]
    [InlineData("$_.State -in 'Failed', 'JOB_STATE_EXPIRED'", "State", "JOB_STATE_EXPIRED", "Expired")]
    [InlineData("'Failed', 'JOB_STATE_IDLE' -notcontains $_.State", "State", "JOB_STATE_IDLE", "Idle")]
    [InlineData("$_.State -eq $wireState", "State", "JOB_STATE_FAILED", "Failed")]
    [InlineData("-not ($_.State -ne $wireState)", "State", "JOB_STATE_FAILED", "Failed")]
    [InlineData("'failed' -ceq $_.State", "State", "failed", "Failed")]
    [InlineData("$_.State -cin 'failed'", "State", "failed", "Failed")]
    [InlineData("' Failed' -eq $_.State", "State", " Failed", "Failed")]
    [InlineData("$_.Status.Code -eq 'RESOURCE_EXHAUSTED'", "Status.Code", "RESOURCE_EXHAUSTED", "ResourceExhausted")]
    [InlineData("$_.Status.Code -eq 'not_found'", "Status.Code", "not_found", "NotFound")]
    public void Suggests_the_value_for_a_spelling_of_the_service(
        string block,
        string property,
        string text,
        string value
    ) =>
        Assert.Equal(
            $"The filter compares {property} with '{text}', which equals no {property}. Use '{value}'.",
            Assert.Single(Block.Warnings(block))
        );

    [Theory]
    [InlineData("$_.State -eq 'Faild'", "State", "Faild", "JobState")]
    [InlineData("$_.State -notin 'Faild', 'Failed'", "State", "Faild", "JobState")]
    [InlineData("$_.State -in 'Fail'", "State", "Fail", "JobState")]
    [InlineData("$_.State -eq 'NotFailed'", "State", "NotFailed", "JobState")]
    [InlineData("$_.State -eq '99'", "State", "99", "JobState")]
    [InlineData("'4' -eq $_.State", "State", "4", "JobState")]
    [InlineData("$_.State -eq 'Failed,Expired'", "State", "Failed,Expired", "JobState")]
    [InlineData("$_.Status.Code -eq 'JOB_STATE_INTERNAL'", "Status.Code", "JOB_STATE_INTERNAL", "RpcCode")]
    public void Warns_about_a_string_that_equals_no_value(string block, string property, string text, string type) =>
        Assert.Equal(
            $"The filter compares {property} with '{text}', which equals no {property}. "
                + $"To list the values, run: [Enum]::GetNames([Fireworks.DpoJobs.{type}]).",
            Assert.Single(Block.Warnings(block))
        );

    [Theory]
    [InlineData("$_.State -eq 'JOB_STATE_UNPAUSED'", "JOB_STATE_UNPAUSED")]
    [InlineData("$_.State -eq 'JOB_STATE_PARTIALLY_COMPLETED'", "JOB_STATE_PARTIALLY_COMPLETED")]
    public void Suggests_StateText_for_a_state_unknown_to_this_version(string block, string text) =>
        Assert.Equal(
            $"The filter compares State with '{text}', which equals no State. "
                + "This version of the module does not know that state, so compare StateText instead.",
            Assert.Single(Block.Warnings(block))
        );

    [Theory]
    [InlineData("$_.State -eq 'Failed', 'Expired'")]
    [InlineData("$_.State -ne $states")]
    [InlineData("$states -eq $_.State")]
    public void Warns_about_an_enum_compared_with_a_list(string block) =>
        Assert.Equal(
            "The filter compares State with a list as if it were one value. To match any of its items, use -in.",
            Assert.Single(Block.Warnings(block))
        );

    [Theory]
    [InlineData("$_.State -eq 'Failed' -or 'Cancelled'", "'Cancelled'")]
    [InlineData("'Failed' -or 'Cancelled' -eq $_.State", "'Failed'")]
    [InlineData("-not ($_.State -eq 'Failed' -or 'Cancelled')", "'Cancelled'")]
    [InlineData("$_.State -eq ('Failed' -and $_.State)", "'Failed'")]
    [InlineData("$_.TrainingConfig.Epochs -eq 2 -or 3", "3")]
    [InlineData("$_.State -eq 'Failed' -or 'Cancelled', 'Expired'", "'Cancelled', 'Expired'")]
    public void Warns_about_a_constant_as_a_condition(string block, string constant) =>
        Assert.Equal(
            $"The filter has {constant} as a condition, which is the same for every job. "
                + "To match any of several values, use -in: $_.State -in 'Failed', 'Cancelled'.",
            Assert.Single(Block.Warnings(block))
        );

    [Theory]
    [InlineData("State -eq 'Failed'", "State", "use $_.State.")]
    [InlineData("state -eq 'Failed' -or Dataset -eq 'x'", "state", "use $_.State.")]
    [InlineData("create_time -gt 1", "create_time", "use $_.CreateTime.")]
    [InlineData("$_.UseReservation -and (State -eq 'Failed')", "State", "use $_.State.")]
    [InlineData("Stat -eq 'Failed'", "Stat", "for example $_.State.")]
    public void Finds_a_command_that_does_not_exist(string block, string command, string advice)
    {
        var problem = ScriptBlockLinter.FindMissingCommand(Block.Parse(block), Block.Scope)!;

        Assert.StartsWith(
            $"The filter runs {command} as a command, and there is no such command. ",
            problem,
            System.StringComparison.Ordinal
        );
        Assert.EndsWith(advice, problem, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$_.State -eq 'Failed'")]
    [InlineData("Test-Job $_")]
    [InlineData("& $command")]
    [InlineData("$true -or (Later $_)")]
    public void Finds_no_missing_command_where_it_may_exist_or_never_run(string block) =>
        Assert.Null(ScriptBlockLinter.FindMissingCommand(Block.Parse(block), Block.Scope));

    [Theory]
    [InlineData("$_['State'] -eq 'Failed'")]
    public void Warns_about_an_index_into_the_job(string block) =>
        Assert.Equal(
            "Jobs have no index, so $_['State'] is always $null in the filter. Use $_.State.",
            Assert.Single(Block.Warnings(block))
        );

    [Theory]
    [InlineData("$_.State = 'Failed'", "$_.State")]
    [InlineData("($_.State = 'Failed')", "$_.State")]
    [InlineData("$_.UseReservation -and ($_.TrainingConfig.Epochs = 3)", "$_.TrainingConfig.Epochs")]
    public void Warns_about_an_assignment_to_a_property(string block, string target) =>
        Assert.Equal(
            $"The filter assigns a value to {target} instead of comparing it. To compare, use -eq.",
            Assert.Single(Block.Warnings(block))
        );

    [Theory]
    [InlineData("$_.State -like 'JOB_STATE_*'", "State", "JOB_STATE_*")]
    [InlineData("$_.State -clike 'failed'", "State", "failed")]
    [InlineData("$_.State -notmatch '^JOB'", "State", "^JOB")]
    [InlineData("$_.Status.Code -like '*_FOUND'", "Status.Code", "*_FOUND")]
    public void Warns_about_a_pattern_that_matches_no_value(string block, string property, string pattern) =>
        Assert.Equal(
            $"The filter compares {property} with the pattern '{pattern}', which matches no {property}. "
                + $"To compare the spelling of the service, use {property}Text.",
            Assert.Single(Block.Warnings(block))
        );

    [Theory]
    [InlineData("$_.StateText -eq 'Failed'")]
    [InlineData("$_.StateText -notin 'JOB_STATE_EXPIRED', 'Failed'")]
    public void Suggests_the_spelling_of_the_service_for_StateText(string block) =>
        Assert.Equal(
            "The filter compares StateText with 'Failed', which equals no StateText. Use 'JOB_STATE_FAILED'.",
            Assert.Single(Block.Warnings(block))
        );

    [Theory]
    [InlineData("$_.Nope -and $_.State -eq 'Faild' -and $_.No")]
    public void Warns_about_each_of_several_mistakes(string block) => Assert.Equal(3, Block.Warnings(block).Count);

    [Theory]
    [InlineData(60, false)]
    [InlineData(61, true)]
    public void Truncates_long_text_in_a_warning(int length, bool isTruncated)
    {
        var text = new string('x', length);
        var shown = isTruncated ? text.Remove(60) + "…" : text;

        Assert.Contains(
            $"property {shown},",
            Assert.Single(Block.Warnings($"$_.{text}")),
            System.StringComparison.Ordinal
        );
        Assert.Contains(
            $"with '{shown}',",
            Assert.Single(Block.Warnings($"$_.State -eq '{text}'")),
            System.StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("$_.State -eq 'failed'")]
    [InlineData("$_.State -eq 'Fail'")]
    [InlineData("$_.State -eq 4")]
    [InlineData("$_.State -eq '4'")]
    [InlineData("$_.State -in 'Failed', 'Expired'")]
    [InlineData("$_.State -eq $unknown")]
    [InlineData("$_.State -like 'F*'")]
    [InlineData("$_.State -notmatch 'Failed'")]
    [InlineData("$_.State -match '('")]
    [InlineData("$_.StateText -like 'JOB_STATE_*'")]
    [InlineData("$_.StateText -eq 'JOB_STATE_NEW'")]
    [InlineData("$_.StateText -ne 'job_state_failed'")]
    [InlineData("$_.State -eq 'Failed' -or $true")]
    [InlineData("$_.State -eq 'Failed' -or $verbose")]
    [InlineData("$_.DisplayName = 'x'; $_.DisplayName -eq 'x'")]
    [InlineData("$x = 1")]
    [InlineData("$job.State = 'Failed'")]
    [InlineData("$_.State -gt 'Nope'")]
    [InlineData("$_.StateText -eq 'JOB_STATE_FAILED'")]
    [InlineData("$_.Dataset -eq 'nope'")]
    [InlineData("$_.Dataset -eq 'a', 'b'")]
    [InlineData("$_.Dataset.Length -gt 2")]
    [InlineData("$_.Count -eq 1")]
    [InlineData("$_.TrainingConfig.Length -eq 1")]
    [InlineData("$_.CreateTime.Nope.Nope")]
    [InlineData("$_.AdditionalData.Nope")]
    [InlineData("$_.ToString()")]
    [InlineData("$_.ToString")]
    [InlineData("$_.PSObject.Properties.Name")]
    [InlineData("$_.PSTypeNames")]
    [InlineData("$_.$name")]
    [InlineData("$job.Nope")]
    [InlineData("($_.Dataset | Where-Object { $_.Nope })")]
    [InlineData("$_.Dataset -like $(switch (1) { 1 { $_.Nope } })")]
    [InlineData("$_.Dataset -like $(try { 1 } catch { $_.Exception })")]
    [InlineData("$_.Dataset -like $(foreach ($_ in 1, 2) { $_.Nope })")]
    [InlineData("($_ = $_.TrainingConfig) -and $_.Epochs")]
    [InlineData("$_ = $_.TrainingConfig; $_.Epochs -ge 1")]
    [InlineData("$_ | Add-Member Zed 1; $_.Zed -eq 1")]
    [InlineData("switch ($_.Dataset) { { $_.Nope } { 1 } }")]
    [InlineData("trap { $_.Exception } $_.Dataset")]
    public void Does_not_warn_about_a_block_that_may_be_intended(string block) => Assert.Empty(Block.Warnings(block));
}
