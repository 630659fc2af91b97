using System.Management.Automation;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters.ScriptBlocks;

/// <summary>The two forms of a filter.</summary>
public sealed class JobFilterTests
{
    [Theory]
    [InlineData("state = JOB_STATE_FAILED", "state = JOB_STATE_FAILED")]
    [InlineData(" a ", " a ")]
    [InlineData(" ", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_text_is_kept_as_it_is_and_an_empty_one_is_none(string? given, string? text)
    {
        var filter = new JobFilter(given);

        Assert.Equal(text, filter.Text);
        Assert.Null(filter.ScriptBlock);
        Assert.Equal(text ?? "", filter.ToString());
    }

    [Theory]
    [InlineData(" $_.State ")]
    public void A_block_is_shown_by_what_stands_between_its_braces(string text)
    {
        var filter = new JobFilter(ScriptBlock.Create(text));

        Assert.Null(filter.Text);
        Assert.Equal(text, filter.ToString());
    }
}
