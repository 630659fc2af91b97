using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>What is filtered on the service and what locally.</summary>
public sealed class JobSelectionTests
{
    private static readonly JobCriteria Failed = new(["FAILED"], null, null);
    private static readonly JobCriteria None = new([], null, null);

    private static readonly FilterTranslation Block = new(
        FilterBuilder.Compare("name", FilterComparator.Equal, FilterBuilder.String("a")),
        [new LocalCondition("$_.Id\t-match 'a'", "no equivalent")],
        ["Name", "Id"],
        ReadsAnyField: false,
        ["1", "2\u001b", "3", "4", "5", "6"]
    );

    [Fact]
    public void Joins_the_criteria_with_the_user_filter_or_the_script_block()
    {
        Assert.Equal("(a b) AND state = FAILED", new JobSelection(Failed, "a b").Filter.Text);
        Assert.Equal("state = FAILED AND name = \"a\"", new JobSelection(Failed, null, Block).Filter.Text);
        Assert.Equal(["State", "Name", "Id"], new JobSelection(Failed, null, Block).Properties);
    }

    [Fact]
    public void Is_fully_pushed_down_unless_conditions_remain_or_the_filter_cannot_be_sent()
    {
        Assert.True(new JobSelection(Failed, "a b").IsFullyPushedDown);
        Assert.True(new JobSelection(None, "a = (").IsFullyPushedDown);
        Assert.False(new JobSelection(Failed, "a = (").IsFullyPushedDown);
        Assert.False(new JobSelection(None, null, Block).IsFullyPushedDown);
    }

    [Fact]
    public void Describes_where_each_part_is_filtered()
    {
        Assert.Equal(
            [
                "Filtering on the service: state = FAILED AND name = \"a\"",
                "Filtering locally: $_.Id\u2409-match 'a' (no equivalent).",
            ],
            new JobSelection(Failed, null, Block).Describe()
        );
        Assert.StartsWith(
            "Filtering locally: everything",
            Assert.Single(new JobSelection(Failed, "a = (").Describe()),
            System.StringComparison.Ordinal
        );
        Assert.Empty(new JobSelection(None, "a = (").Describe());
    }

    [Fact]
    public void Describes_a_condition_that_is_too_long_to_be_sent()
    {
        var name = FilterBuilder.String(new string('x', 2000));
        var block = Block with
        {
            Filter = FilterBuilder.Compare("name", FilterComparator.Equal, name),
            LocalConditions = [],
        };
        var selection = new JobSelection(Failed, null, block);

        Assert.False(selection.IsFullyPushedDown);
        Assert.Equal("Filtering on the service: state = FAILED", selection.Describe().First());
        Assert.Matches(
            "^Filtering locally: name = \"x{80,90}.* \\(the filter would be too long\\)\\.$",
            selection.Describe().Last()
        );
    }

    [Fact]
    public void Shows_at_most_five_warnings_of_a_script_block_without_control_characters()
    {
        Assert.Equal(["1", "2\u241b", "3", "4", "5"], new JobSelection(None, null, Block).Warnings);
    }

    [Fact]
    public void Warns_about_a_string_that_looks_like_a_script_block_or_is_easily_misread()
    {
        Assert.Contains("remove the quotes", Assert.Single(new JobSelection(None, "$_.Id").Warnings));
        Assert.Contains(
            "reads the filter as: a AND (b OR c).",
            Assert.Single(new JobSelection(None, "a AND b OR c").Warnings)
        );
        Assert.Empty(new JobSelection(Failed, "a AND b").Warnings);
    }

    [Fact]
    public void Truncates_a_long_reading_in_a_warning()
    {
        var filter = "a OR b AND " + string.Join(" AND ", Enumerable.Repeat("abc", 300));

        Assert.InRange(Assert.Single(new JobSelection(None, filter).Warnings).Length, 600, 800);
    }
}
