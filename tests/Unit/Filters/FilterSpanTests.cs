using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>Where the parts of a filter stand in its text.</summary>
public sealed class FilterSpanTests
{
    // Each node before its parts, and its words behind it.
    [Theory]
    [InlineData("  a  ", "Restriction a", "Member a", "Word a")]
    [InlineData(" a  =\t'b c' ", "Restriction a  =\t'b c'", "Member a", "Word a", "Member 'b c'", "Word 'b c'")]
    [InlineData("a:b", "Restriction a:b", "Member a", "Word a", "Member b", "Word b")]
    [InlineData("\"\\\"\".AND ", "Restriction \"\\\"\".AND", "Member \"\\\"\".AND", "Word \"\\\"\"", "Word AND")]
    [InlineData(
        " a OR  NOT b c  AND d ",
        "Conjunction a OR  NOT b c  AND d",
        "Sequence a OR  NOT b c",
        "Alternative a OR  NOT b",
        "Restriction a",
        "Member a",
        "Word a",
        "Negation NOT b",
        "Restriction b",
        "Member b",
        "Word b",
        "Restriction c",
        "Member c",
        "Word c",
        "Restriction d",
        "Member d",
        "Word d"
    )]
    [InlineData(
        " -(  a )  (b) ",
        "Sequence -(  a )  (b)",
        "Negation -(  a )",
        "Group (  a )",
        "Restriction a",
        "Member a",
        "Word a",
        "Group (b)",
        "Restriction b",
        "Member b",
        "Word b"
    )]
    [InlineData(
        " f.g( a ,( b ) )<h( ) ",
        "Restriction f.g( a ,( b ) )<h( )",
        "Function f.g( a ,( b ) )",
        "Word f",
        "Word g",
        "Member a",
        "Word a",
        "Group ( b )",
        "Restriction b",
        "Member b",
        "Word b",
        "Function h( )",
        "Word h"
    )]
    [InlineData(
        "a=( b.c:d ) ",
        "Restriction a=( b.c:d )",
        "Member a",
        "Word a",
        "Group ( b.c:d )",
        "Restriction b.c:d",
        "Member b.c",
        "Word b",
        "Word c",
        "Member d",
        "Word d"
    )]
    public void Every_part_is_found_in_the_text(string text, params string[] parts)
    {
        Assert.Equal(parts, FilterNodes.All(FilterParser.Parse(text)!).SelectMany(node => Cut(text, node)));
    }

    [Fact]
    public void Every_part_of_a_printed_filter_stands_for_itself()
    {
        Prop.ForAll(
                FilterTrees.Any.ToArbitrary(),
                tree =>
                {
                    var text = FilterPrinter.Print(tree);
                    return FilterNodes
                        .All(FilterParser.Parse(text)!)
                        .All(node => Cut(text, node.Span) == FilterPrinter.Print(node));
                }
            )
            .QuickCheckThrowOnFailure();
    }

    private static IEnumerable<string> Cut(string text, FilterNode node) =>
        FilterNodes
            .Words(node)
            .Select(word => $"Word {Cut(text, word.Span)}")
            .Prepend($"{node.GetType().Name["Filter".Length..]} {Cut(text, node.Span)}");

    private static string Cut(string text, FilterSpan span) => text[span.Start..span.End];
}
