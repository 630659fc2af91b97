using System;
using System.Linq;
using System.Management.Automation.Language;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters.ScriptBlocks;

/// <summary>Which fields of a job a script block looks at.</summary>
public sealed class JobPropertyTests
{
    [Theory]
    [InlineData("$_.State -eq 'Failed'", "State")]
    [InlineData("$_.TrainingConfig.Epochs -gt 2 -and $_.STATE", "TrainingConfig.Epochs;State")]
    [InlineData("$_.Dataset.Length -gt 2", "Dataset")]
    [InlineData("$_.Dataset.StartsWith('x')", "Dataset")]
    [InlineData("$_.TrainingConfig", "TrainingConfig")]
    [InlineData("$_.Nope", "")]
    [InlineData("$job.State", "")]
    [InlineData("$true", "")]
    [InlineData("& { $_.State }", "State")]
    public void Fields_that_are_named(string block, string fields) =>
        Assert.Equal(
            fields,
            string.Join(";", JobProperty.NamedIn(Block.Parse(block)).Select(field => field.PropertyPath))
        );

    [Theory]
    [InlineData("$_.State -eq 'Failed'", false)]
    [InlineData("$PSItem.State.Length", false)]
    [InlineData("$true", false)]
    [InlineData("$job", false)]
    [InlineData("$_", true)]
    [InlineData("Test-It $PSItem", true)]
    [InlineData("$_.State -and $_", true)]
    [InlineData("$_.$name -eq 1", true)]
    [InlineData("$_.Nope -eq 1", true)]
    [InlineData("$_.ToString()", true)]
    [InlineData("& { $_ }", true)]
    public void A_job_that_is_used_as_a_whole(string block, bool isWhole) =>
        Assert.Equal(isWhole, JobProperty.IsUsedWhole(Block.Parse(block)));

    [Theory]
    [InlineData("State")]
    [InlineData("TrainingConfig.Epochs")]
    [InlineData("Status.Code")]
    public void The_properties_are_the_jobs_own(string path) => Assert.False(JobProperty.IsChanged(path));

    [Theory]
    [InlineData("state", typeof(JobState?))]
    [InlineData("TrainingConfig.Epochs", typeof(int?))]
    [InlineData("TrainingConfig", typeof(TrainingConfig))]
    [InlineData("Nope", null)]
    [InlineData("Nope.Epochs", null)]
    [InlineData("Dataset.Length", null)]
    [InlineData("ToString", null)]
    public void A_property_has_a_type(string path, Type? type) => Assert.Equal(type, JobProperty.TypeOf(path));

    [Theory]
    [InlineData("$_.A", "A")]
    [InlineData("$PSItem.A.'b c'", "A.b c")]
    [InlineData("$_.'A.B'", null)]
    [InlineData("$_.A.'B.C'", null)]
    [InlineData("$_.A.$b", null)]
    [InlineData("$_.A()", null)]
    [InlineData("$_.A().B", null)]
    [InlineData("$x.A", null)]
    [InlineData("[DateTime]::Now", null)]
    [InlineData("$_", null)]
    public void A_path_is_names_behind_the_job(string expression, string? path)
    {
        var statement = (PipelineAst)Block.Parse(expression).EndBlock.Statements[0];

        Assert.Equal(path, JobProperty.Path(((CommandExpressionAst)statement.PipelineElements[0]).Expression));
    }
}
