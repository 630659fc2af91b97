using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>What is sent of the filter that the user wrote and the one that was made.</summary>
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
    public void Without_either_part_nothing_is_sent()
    {
        var filter = new ListFilter(null, null);

        Assert.Null(filter.Text);
        Assert.Null(filter.MadeText);
        Assert.False(filter.IsMadePartKept);
        Assert.False(filter.HasTimes);
    }

    [Theory]
    [InlineData("a = 1 OR b = 2")]
    [InlineData("  a=1  ")]
    [InlineData("a = (")]
    [InlineData("")]
    public void What_is_written_alone_is_sent_as_it_is(string written)
    {
        var filter = new ListFilter(written, null);

        Assert.Equal(written, filter.Text);
        Assert.Null(filter.MadeText);
        Assert.False(filter.IsMadePartKept);
    }

    [Fact]
    public void What_is_made_alone_is_sent_without_parentheses_around_it()
    {
        Assert.Equal("state = FAILED OR state = IDLE", new ListFilter(null, FailedOrIdle).Text);
        Assert.Equal("state != FAILED AND state != IDLE", new ListFilter(null, NeitherOfTwo).Text);
    }

    [Fact]
    public void Both_are_joined_each_in_parentheses_where_it_needs_them()
    {
        Assert.Equal("(a = 1 OR b = 2) AND state = FAILED", new ListFilter("a = 1 OR b = 2", Failed).Text);
        Assert.Equal("(a b) AND (state = FAILED OR state = IDLE)", new ListFilter("a b", FailedOrIdle).Text);
        Assert.Equal("(a) AND state != FAILED AND state != IDLE", new ListFilter("a", NeitherOfTwo).Text);
        Assert.Equal("state = FAILED OR state = IDLE", new ListFilter("a", FailedOrIdle).MadeText);
    }

    [Fact]
    public void What_is_made_has_parentheses_only_once()
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
    public void A_written_filter_that_is_not_well_formed_is_sent_alone(string written)
    {
        var filter = new ListFilter(written, Recent);

        Assert.Equal(written, filter.Text);
        Assert.Null(filter.MadeText);
        Assert.True(filter.IsMadePartKept);
        Assert.False(filter.HasTimes);
    }

    [Fact]
    public void A_made_part_that_is_too_long_is_not_sent()
    {
        const int Limit = 2000;
        const string Start = "name = ";
        var longest = Named(Limit - Start.Length - 2);
        var longer = Named(Limit - Start.Length - 1);

        Assert.Equal(Limit, new ListFilter(null, longest).Text!.Length);
        Assert.False(new ListFilter(null, longest).IsMadePartKept);
        Assert.Null(new ListFilter(null, longer).Text);
        Assert.True(new ListFilter(null, longer).IsMadePartKept);
        Assert.Equal("a OR b", new ListFilter("a OR b", longer).Text);
    }

    [Fact]
    public void A_written_filter_of_any_length_is_sent()
    {
        var written = "a = \"" + new string('x', 5000) + "\"";

        Assert.Equal($"({written}) AND state = FAILED", new ListFilter(written, Failed).Text);
    }

    [Fact]
    public void Only_times_that_were_made_and_are_sent_go_on()
    {
        Assert.True(new ListFilter(null, Recent).HasTimes);
        Assert.True(new ListFilter("a", FilterBuilder.All([Failed, Recent])).HasTimes);
        Assert.False(new ListFilter(null, Failed).HasTimes);
        Assert.False(new ListFilter("create_time > timestamp(\"2026-11-01T00:00:00Z\")", Failed).HasTimes);
        Assert.False(new ListFilter("create_time > timestamp(\"2026-11-01T00:00:00Z\")", null).HasTimes);
    }

    [Fact]
    public void Whatever_is_written_neither_part_of_a_joined_filter_changes_the_other()
    {
        var texts = Gen.Elements("a", "b", " ", "=", "(", ")", "AND", "OR", "NOT", "-", "\"", "\\", "'", ".", ",", "f(")
            .ListOf()
            .Select(pieces => string.Concat(pieces))
            .Where(text => !string.IsNullOrWhiteSpace(text));

        Prop.ForAll(
                texts.ToArbitrary(),
                written =>
                {
                    var filter = new ListFilter(written, FailedOrIdle);
                    return filter.IsMadePartKept
                        || (
                            FilterParser.Parse(filter.Text!)
                                is FilterConjunction { Parts: [FilterGroup left, var right] }
                            && FilterPrinter.Print(left.Inner) == FilterPrinter.Print(FilterParser.Parse(written)!)
                            && FilterPrinter.Print(right) == "(state = FAILED OR state = IDLE)"
                        );
                }
            )
            .QuickCheckThrowOnFailure();
    }

    private static FilterNode Named(int length) =>
        FilterBuilder.Compare("name", FilterComparator.Equal, FilterBuilder.String(new string('x', length)));
}
