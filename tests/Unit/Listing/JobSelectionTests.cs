using System;
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

    [Theory]
    [InlineData("JOB_STATE_ARCHIVED")]
    [InlineData("JOB_STATE_DELETED")]
    public void A_state_of_deleted_jobs_includes_them_and_is_only_checked_locally(string state)
    {
        var selection = new JobSelection(
            new JobCriteria(["JOB_STATE_FAILED", state], CreatedAfter: null, DateTimeOffset.UnixEpoch),
            "a b"
        );

        Assert.True(selection.IncludesArchived);
        Assert.False(selection.IsFullyPushedDown);
        Assert.Equal("(a b) AND create_time < timestamp(\"1970-01-01T00:00:00Z\")", selection.Filter.Text);
        Assert.Contains(
            $"Filtering locally: (state = JOB_STATE_FAILED OR state = {state}) (the service does not store the states of deleted jobs).",
            selection.Describe()
        );
        Assert.Equal(["State", "CreateTime"], selection.Properties);
        Assert.True(selection.Criteria.Matches(new DpoJob { StateText = state, CreateTime = DateTimeOffset.MinValue }));
    }

    [Theory]
    [InlineData(true, "name = \"a\"")]
    [InlineData(false, "(state = JOB_STATE_DELETED OR state = JOB_STATE_ARCHIVED) AND name = \"a\"")]
    public void Conditions_of_a_script_block_about_deleted_jobs_are_sent_only_where_they_are_not_listed(
        bool includeArchived,
        string sent
    )
    {
        var filter = FilterBuilder.All([
            StateFilter.AnyOf(["JOB_STATE_DELETED", "JOB_STATE_ARCHIVED"])!,
            FilterBuilder.Compare("name", FilterComparator.Equal, FilterBuilder.String("a")),
        ]);
        var block = new FilterTranslation(filter, [], [], ReadsAnyField: false, []);

        var selection = new JobSelection(None, null, block, includeArchived);

        Assert.Equal(sent, selection.Filter.Text);
        Assert.Equal(includeArchived, selection.IncludesArchived);
        Assert.Equal(!includeArchived, selection.IsFullyPushedDown);
    }

    [Fact]
    public void Other_states_are_filtered_on_the_service_even_if_deleted_jobs_are_included()
    {
        var selection = new JobSelection(Failed, includeArchived: true);

        Assert.Equal("state = FAILED", selection.Filter.Text);
        Assert.True(selection.IsFullyPushedDown);
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
