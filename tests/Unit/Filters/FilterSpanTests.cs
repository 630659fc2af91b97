using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>The positions of nodes in the text of a filter.</summary>
public sealed class FilterSpanTests
{
    // Nodes in pre-order, each followed by its words.
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
    public void Gives_the_position_of_every_node(string text, params string[] parts)
    {
        Assert.Equal(parts, FilterNodes.All(FilterParser.Parse(text)!).SelectMany(node => Describe(text, node)));
    }

    [Fact]
    public void Gives_the_position_of_every_node_of_a_printed_filter()
    {
        Prop.ForAll(
                FilterTrees.Any.ToArbitrary(),
                tree =>
                {
                    var text = FilterPrinter.Print(tree);
                    return FilterNodes
                        .All(FilterParser.Parse(text)!)
                        .All(node => TextAt(text, node.Span) == FilterPrinter.Print(node));
                }
            )
            .QuickCheckThrowOnFailure();
    }

    private static IEnumerable<string> Describe(string text, FilterNode node) =>
        FilterNodes
            .Words(node)
            .Select(word => $"Word {TextAt(text, word.Span)}")
            .Prepend($"{node.GetType().Name["Filter".Length..]} {TextAt(text, node.Span)}");

    private static string TextAt(string text, FilterSpan span) => text[span.Start..span.End];
}
