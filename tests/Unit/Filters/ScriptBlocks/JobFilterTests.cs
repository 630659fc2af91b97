using System;
using System.Management.Automation;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters.ScriptBlocks;

/// <summary>The two kinds of job filters.</summary>
public sealed class JobFilterTests
{
    [Theory]
    [InlineData("state = JOB_STATE_FAILED")]
    [InlineData(" a ")]
    public void Keeps_a_string_unchanged(string text)
    {
        var filter = new JobFilter(text);

        Assert.Equal(text, filter.Text);
        Assert.Null(filter.ScriptBlock);
        Assert.Equal(text, filter.ToString());
    }

    [Theory]
    [InlineData(" \t\r\n")]
    [InlineData("")]
    [InlineData(null)]
    public void Rejects_a_blank_string_because_it_would_select_all_jobs(string? text)
    {
        var exception = Assert.Throws<ArgumentException>(() => new JobFilter(text!));

        Assert.Equal("The filter is empty. To select all jobs, omit it.", exception.Message);
    }

    [Fact]
    public void Rejects_a_missing_script_block()
    {
        Assert.Throws<ArgumentNullException>(() => new JobFilter((ScriptBlock)null!));
    }

    [Theory]
    [InlineData(" $_.State ")]
    public void Shows_a_script_block_as_the_text_between_its_braces(string text)
    {
        var filter = new JobFilter(ScriptBlock.Create(text));

        Assert.Null(filter.Text);
        Assert.Equal(text, filter.ToString());
    }
}
