using System;
using System.Collections.Generic;
using System.Linq;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>Enumerates the nodes of a tree.</summary>
internal static class FilterNodes
{
    /// <summary>A node and its descendants, in pre-order.</summary>
    public static IEnumerable<FilterNode> All(FilterNode node) => Parts(node).SelectMany(All).Prepend(node);

    /// <summary>The words of a node, without those of its descendants.</summary>
    public static IReadOnlyList<FilterWord> Words(FilterNode node) =>
        node switch
        {
            FilterMember member => member.Parts,
            FilterFunction function => function.Name,
            _ => [],
        };

    private static IEnumerable<FilterNode> Parts(FilterNode node) =>
        node switch
        {
            FilterConjunction all => all.Parts,
            FilterSequence words => words.Parts,
            FilterAlternative any => any.Parts,
            FilterNegation not => [not.Operand],
            FilterGroup group => [group.Inner],
            FilterRestriction { Argument: { } argument } restriction => [restriction.Subject, argument],
            FilterRestriction restriction => [restriction.Subject],
            FilterMember => [],
            FilterFunction function => function.Arguments,
            _ => throw new ArgumentOutOfRangeException(nameof(node)),
        };
}
