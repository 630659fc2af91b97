using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>The text of filters.</summary>
public sealed class FilterPrinterTests
{
    private static readonly Config ManyTrees = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Theory]
    [InlineData("  a\tAND\n b   c OR(d) ", "a AND b c OR(d)")]
    [InlineData("a=b OR c:d", "a = b OR c : d")]
    [InlineData("( a<=b )", "(a <= b)")]
    [InlineData("NOT   a -b", "NOT a -b")]
    [InlineData("f( a,b ,\t(c) )", "f(a, b, (c))")]
    [InlineData("'a'.\"b\".c", "\"a\".\"b\".c")]
    [InlineData("'say \"it\\'s\\\\\"'", "\"say \\\"it's\\\\\\\"\"")]
    public void Prints_single_spaces_and_double_quotes(string text, string printed)
    {
        Assert.Equal(printed, FilterPrinter.Print(FilterParser.Parse(text)!));
    }

    [Theory]
    [InlineData("a OR b AND c", "(a OR b) AND c")]
    [InlineData("a b AND c d", "(a b) AND (c d)")]
    [InlineData("New York Giants OR Yankees", "New York (Giants OR Yankees)")]
    [InlineData("a b OR c AND d", "(a (b OR c)) AND d")]
    [InlineData("(a OR b) AND c", "(a OR b) AND c")]
    [InlineData("a AND NOT b", "a AND NOT b")]
    [InlineData("a OR b", "a OR b")]
    [InlineData("(a OR b AND c) d", "((a OR b) AND c) d")]
    [InlineData("a = (b OR c AND d)", "a = ((b OR c) AND d)")]
    [InlineData("f((a b AND c))", "f(((a b) AND c))")]
    [InlineData("NOT (a AND b OR c)", "NOT (a AND (b OR c))")]
    public void Shows_precedence_with_parentheses(string text, string printed)
    {
        Assert.Equal(printed, FilterPrinter.Print(FilterParser.Parse(text)!, showPrecedence: true));
    }

    [Fact]
    public void Prints_text_that_parses_to_the_same_tree()
    {
        Prop.ForAll(
                FilterTrees.Any.ToArbitrary(),
                tree => FilterShape.Of(FilterParser.Parse(FilterPrinter.Print(tree))) == FilterShape.Of(tree)
            )
            .Check(ManyTrees);
    }

    [Fact]
    public void Prints_its_own_output_unchanged()
    {
        Prop.ForAll(
                FilterTrees.Any.ToArbitrary(),
                tree =>
                {
                    var text = FilterPrinter.Print(tree);
                    return FilterPrinter.Print(FilterParser.Parse(text)!) == text;
                }
            )
            .Check(ManyTrees);
    }

    [Fact]
    public void Shows_precedence_without_changing_the_meaning()
    {
        Prop.ForAll(
                FilterTrees.Any.ToArbitrary(),
                tree =>
                {
                    var shown = FilterParser.Parse(FilterPrinter.Print(tree, showPrecedence: true))!;
                    return FilterShape.Of(WithoutRedundantGroups(shown))
                        == FilterShape.Of(WithoutRedundantGroups(tree));
                }
            )
            .Check(ManyTrees);
    }

    [Fact]
    public void Adds_no_parentheses_when_precedence_is_already_shown()
    {
        Prop.ForAll(
                FilterTrees.Any.ToArbitrary(),
                tree =>
                {
                    var text = FilterPrinter.Print(tree, showPrecedence: true);
                    return FilterPrinter.Print(FilterParser.Parse(text)!, showPrecedence: true) == text
                        && FilterPrinter.Print(FilterParser.Parse(text)!) == text;
                }
            )
            .Check(ManyTrees);
    }

    // Removes redundant parentheses, as in (a OR b) AND c, (a b) AND c and a (b OR c).
    private static FilterNode WithoutRedundantGroups(FilterNode node) =>
        node switch
        {
            FilterConjunction all => all with { Parts = Parts(all.Parts, part => part is not FilterConjunction) },
            FilterSequence words => words with { Parts = Parts(words.Parts, part => part is FilterAlternative) },
            FilterAlternative any => any with { Parts = Parts(any.Parts, _ => false) },
            FilterNegation not => not with { Operand = WithoutRedundantGroups(not.Operand) },
            FilterRestriction restriction => restriction with
            {
                Subject = (FilterArgument)WithoutRedundantGroups(restriction.Subject),
                Argument = restriction.Argument is { } argument
                    ? (FilterArgument)WithoutRedundantGroups(argument)
                    : null,
            },
            FilterGroup group => group with { Inner = WithoutRedundantGroups(group.Inner) },
            FilterFunction function => function with
            {
                Arguments = [.. function.Arguments.Select(WithoutRedundantGroups).Cast<FilterArgument>()],
            },
            FilterMember => node,
            _ => throw new ArgumentOutOfRangeException(nameof(node)),
        };

    private static List<FilterNode> Parts(IReadOnlyList<FilterNode> parts, Func<FilterNode, bool> bindsTighter) =>
        [
            .. parts
                .Select(WithoutRedundantGroups)
                .Select(part =>
                    part is FilterGroup { Inner: FilterSequence or FilterAlternative } group
                    && bindsTighter(group.Inner)
                        ? group.Inner
                        : part
                ),
        ];
}
