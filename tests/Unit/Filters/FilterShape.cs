using System;
using System.Collections.Generic;
using System.Linq;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>
/// A tree as an S-expression without spans: trees that differ only in their spans have the same shape. A restriction without
/// a comparator is shown as its subject.
/// </summary>
internal static class FilterShape
{
    public static string Of(FilterNode? node) =>
        node switch
        {
            null => "nothing",
            FilterConjunction all => List("and", all.Parts.Select(Of)),
            FilterSequence words => List("sequence", words.Parts.Select(Of)),
            FilterAlternative any => List("or", any.Parts.Select(Of)),
            FilterNegation { IsMinus: true } minus => List("minus", [Of(minus.Operand)]),
            FilterNegation not => List("not", [Of(not.Operand)]),
            FilterGroup group => List("group", [Of(group.Inner)]),
            FilterRestriction { Comparator: null, Argument: null } bare => Of(bare.Subject),
            FilterRestriction { Comparator: { } comparator, Argument: { } argument } restriction => List(
                FilterPrinter.Print(comparator),
                [Of(restriction.Subject), Of(argument)]
            ),
            FilterMember member => Of(member.Parts),
            FilterFunction function => List("call", [Of(function.Name), .. function.Arguments.Select(Of)]),
            _ => throw new ArgumentOutOfRangeException(nameof(node)),
        };

    private static string Of(IReadOnlyList<FilterWord> words) => string.Join('.', words.Select(Of));

    private static string Of(FilterWord word) =>
        word.IsQuoted ? '"' + word.Text.Replace("\\", "\\\\").Replace("\"", "\\\"") + '"' : word.Text;

    private static string List(string name, IEnumerable<string> parts) => $"({name} {string.Join(' ', parts)})";
}
