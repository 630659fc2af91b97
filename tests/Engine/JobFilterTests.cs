using System.Management.Automation;
using Xunit;

namespace Fireworks.DpoJobs.Engine;

/// <summary>The two kinds of job filters.</summary>
public sealed class JobFilterTests
{
    [EngineTheory]
    [InlineData("state = JOB_STATE_FAILED", "state = JOB_STATE_FAILED")]
    [InlineData(" a ", " a ")]
    [InlineData(" ", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Keeps_a_string_unchanged_and_treats_a_blank_one_as_no_filter(string? given, string? text)
    {
        var filter = new JobFilter(given);

        Assert.Equal(text, filter.Text);
        Assert.Null(filter.ScriptBlock);
        Assert.Equal(text ?? "", filter.ToString());
    }

    [EngineTheory]
    [InlineData(" $_.State ")]
    public void Shows_a_script_block_as_the_text_between_its_braces(string text)
    {
        var filter = new JobFilter(ScriptBlock.Create(text));

        Assert.Null(filter.Text);
        Assert.Equal(text, filter.ToString());
    }
}
