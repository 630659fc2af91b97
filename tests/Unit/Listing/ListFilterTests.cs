using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>Joining the user's filter with the generated one.</summary>
public sealed class ListFilterTests
{
    private static readonly FilterNode Failed = StateFilter.AnyOf(["FAILED"])!;
    private static readonly FilterNode FailedOrIdle = StateFilter.AnyOf(["FAILED", "IDLE"])!;
    private static readonly FilterNode NeitherOfTwo = StateFilter.NoneOf(["FAILED", "IDLE"])!;

    private static readonly FilterNode Recent = FilterBuilder.Compare(
        "create_time",
        FilterComparator.Greater,
        FilterBuilder.Timestamp(DateTimeOffset.UnixEpoch)
    );

    [Fact]
    public void Without_either_part_there_is_no_filter()
    {
        var filter = new ListFilter(null, null);

        Assert.Null(filter.Text);
        Assert.Null(filter.Generated);
        Assert.True(filter.IsPushedDown);
        Assert.False(filter.HasTimestamps);
    }

    [Theory]
    [InlineData("a = 1 OR b = 2")]
    [InlineData("  a=1  ")]
    [InlineData("a = (")]
    [InlineData("")]
    public void A_user_filter_alone_is_sent_unchanged(string userFilter)
    {
        var filter = new ListFilter(userFilter, null);

        Assert.Equal(userFilter, filter.Text);
        Assert.Null(filter.Generated);
        Assert.True(filter.IsPushedDown);
    }

    [Fact]
    public void A_generated_filter_alone_has_no_parentheses()
    {
        Assert.Equal("state = FAILED OR state = IDLE", new ListFilter(null, FailedOrIdle).Text);
        Assert.Equal("state != FAILED AND state != IDLE", new ListFilter(null, NeitherOfTwo).Text);
    }

    [Fact]
    public void Joins_both_parts_with_parentheses_where_needed()
    {
        Assert.Equal("(a = 1 OR b = 2) AND state = FAILED", new ListFilter("a = 1 OR b = 2", Failed).Text);
        Assert.Equal("(a b) AND (state = FAILED OR state = IDLE)", new ListFilter("a b", FailedOrIdle).Text);
        Assert.Equal("(a) AND state != FAILED AND state != IDLE", new ListFilter("a", NeitherOfTwo).Text);
        Assert.Equal("state = FAILED OR state = IDLE", new ListFilter("a", FailedOrIdle).Generated);
    }

    [Fact]
    public void A_grouped_filter_gets_no_second_parentheses()
    {
        var grouped = FilterBuilder.All([FailedOrIdle]);

        Assert.Equal("(a) AND (state = FAILED OR state = IDLE)", new ListFilter("a", grouped).Text);
    }

    [Theory]
    [InlineData("a = 1) OR (b = 2")]
    [InlineData("a = 1 OR b = 2)")]
    [InlineData("(a = 1")]
    [InlineData("a = \"x")]
    [InlineData("a = \"x\\\"")]
    [InlineData("a AND")]
    [InlineData("a OR")]
    [InlineData("NOT")]
    public void A_malformed_user_filter_is_sent_alone(string userFilter)
    {
        var filter = new ListFilter(userFilter, Recent);

        Assert.Equal(userFilter, filter.Text);
        Assert.Null(filter.Generated);
        Assert.False(filter.IsPushedDown);
        Assert.False(filter.HasTimestamps);
    }

    [Fact]
    public void A_generated_filter_that_is_too_long_is_not_sent()
    {
        const int Limit = 2000;
        const string Start = "name = ";
        var longest = Named(Limit - Start.Length - 2);
        var longer = Named(Limit - Start.Length - 1);

        Assert.Equal(Limit, new ListFilter(null, longest).Text!.Length);
        Assert.True(new ListFilter(null, longest).IsPushedDown);
        Assert.Null(new ListFilter(null, longer).Text);
        Assert.False(new ListFilter(null, longer).IsPushedDown);
        Assert.Equal("a OR b", new ListFilter("a OR b", longer).Text);
    }

    [Fact]
    public void Omits_only_the_condition_that_is_too_long()
    {
        var name = Named(1980);
        var filter = new ListFilter("a", FilterBuilder.All([FailedOrIdle, name, Recent]));

        Assert.Equal(
            "(a) AND (state = FAILED OR state = IDLE) AND create_time > timestamp(\"1970-01-01T00:00:00Z\")",
            filter.Text
        );
        Assert.Equal([name], filter.Omitted);
        Assert.False(filter.IsPushedDown);
        Assert.True(filter.HasTimestamps);
    }

    [Fact]
    public void Omits_the_conditions_that_are_not_kept()
    {
        var all = new ListFilter("a", FilterBuilder.All([FailedOrIdle, Recent]));

        Assert.Same(all, all.Keep(_ => true));
        Assert.Equal("(a) AND (state = FAILED OR state = IDLE)", all.Keep(part => part == FailedOrIdle).Text);
        Assert.Equal([Recent], all.Keep(part => part == FailedOrIdle).Omitted);
        Assert.Equal("a", all.Keep(_ => false).Text);
        Assert.False(all.Keep(_ => false).IsPushedDown);
    }

    [Fact]
    public void Adds_a_condition_to_all_parts()
    {
        Assert.Equal("state = FAILED", new ListFilter(null, null).With(Failed));
        Assert.Equal("a b", new ListFilter("a b", null).With(null));
        Assert.Equal("(a b) AND state = FAILED", new ListFilter("a b", null).With(Failed));
        Assert.Equal(
            "(a) AND (state = FAILED OR state = IDLE) AND state = FAILED",
            new ListFilter("a", FailedOrIdle).With(Failed)
        );
    }

    [Fact]
    public void Conditions_can_be_added_unless_a_part_is_malformed_or_too_long()
    {
        Assert.True(new ListFilter(null, null).CanBeJoined);
        Assert.True(new ListFilter("a b", Failed).CanBeJoined);
        Assert.False(new ListFilter("a = (", null).CanBeJoined);
        Assert.False(new ListFilter("a = (", Failed).CanBeJoined);
        Assert.False(new ListFilter(null, Named(2000)).CanBeJoined);
    }

    [Fact]
    public void A_user_filter_of_any_length_is_sent()
    {
        var userFilter = "a = \"" + new string('x', 5000) + "\"";

        Assert.Equal($"({userFilter}) AND state = FAILED", new ListFilter(userFilter, Failed).Text);
    }

    [Fact]
    public void Reports_timestamps_only_if_they_are_sent()
    {
        Assert.True(new ListFilter(null, Recent).HasTimestamps);
        Assert.True(new ListFilter("a", FilterBuilder.All([Failed, Recent])).HasTimestamps);
        Assert.False(new ListFilter(null, Failed).HasTimestamps);
        Assert.False(new ListFilter("create_time > timestamp(\"2026-11-01T00:00:00Z\")", Failed).HasTimestamps);
        Assert.False(new ListFilter("create_time > timestamp(\"2026-11-01T00:00:00Z\")", null).HasTimestamps);
    }

    [Fact]
    public void No_user_filter_changes_the_meaning_of_the_generated_one()
    {
        var texts = Gen.Elements("a", "b", " ", "=", "(", ")", "AND", "OR", "NOT", "-", "\"", "\\", "'", ".", ",", "f(")
            .ListOf()
            .Select(pieces => string.Concat(pieces))
            .Where(text => !string.IsNullOrWhiteSpace(text));

        Prop.ForAll(
                texts.ToArbitrary(),
                userFilter =>
                {
                    var filter = new ListFilter(userFilter, FailedOrIdle);
                    return !filter.IsPushedDown
                        || (
                            FilterParser.Parse(filter.Text!)
                                is FilterConjunction { Parts: [FilterGroup left, var right] }
                            && FilterPrinter.Print(left.Inner) == FilterPrinter.Print(FilterParser.Parse(userFilter)!)
                            && FilterPrinter.Print(right) == "(state = FAILED OR state = IDLE)"
                        );
                }
            )
            .QuickCheckThrowOnFailure();
    }

    private static FilterNode Named(int length) =>
        FilterBuilder.Compare("name", FilterComparator.Equal, FilterBuilder.String(new string('x', length)));
}
