using System;
using System.Linq;
using System.Management.Automation.Language;
using Xunit;

namespace Fireworks.DpoJobs.Engine;

/// <summary>Which job fields a script block reads.</summary>
public sealed class JobPropertyTests
{
    [EngineTheory]
    [InlineData("$_.State -eq 'Failed'", "State")]
    [InlineData("$_.TrainingConfig.Epochs -gt 2 -and $_.STATE", "TrainingConfig.Epochs;State")]
    [InlineData("$_.Dataset.Length -gt 2", "Dataset")]
    [InlineData("$_.Dataset.StartsWith('x')", "Dataset")]
    [InlineData("$_.TrainingConfig", "TrainingConfig")]
    [InlineData("$_.Nope", "")]
    [InlineData("$job.State", "")]
    [InlineData("$true", "")]
    [InlineData("& { $_.State }", "State")]
    public void Finds_the_fields_that_a_block_names(string block, string fields) =>
        Assert.Equal(
            fields,
            string.Join(";", JobProperty.FindFields(Block.Parse(block)).Select(field => field.PropertyPath))
        );

    [EngineTheory]
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
    public void Knows_whether_a_block_may_read_any_field(string block, bool readsAny) =>
        Assert.Equal(readsAny, JobProperty.ReadsAnyField(Block.Parse(block)));

    [EngineTheory]
    [InlineData("State")]
    [InlineData("TrainingConfig.Epochs")]
    [InlineData("Status.Code")]
    public void Knows_that_properties_are_not_redefined(string path) => Assert.False(JobProperty.IsRedefined(path));

    [EngineTheory]
    [InlineData("state", typeof(JobState?))]
    [InlineData("TrainingConfig.Epochs", typeof(int?))]
    [InlineData("TrainingConfig", typeof(TrainingConfig))]
    [InlineData("Nope", null)]
    [InlineData("Nope.Epochs", null)]
    [InlineData("Dataset.Length", null)]
    [InlineData("ToString", null)]
    public void Finds_the_type_of_a_property(string path, Type? type) => Assert.Equal(type, JobProperty.TypeOf(path));

    [EngineTheory]
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
    public void Finds_the_property_path_after_the_job_variable(string expression, string? path)
    {
        var statement = (PipelineAst)Block.Parse(expression).EndBlock.Statements[0];

        Assert.Equal(path, JobProperty.FindPath(((CommandExpressionAst)statement.PipelineElements[0]).Expression));
    }
}
