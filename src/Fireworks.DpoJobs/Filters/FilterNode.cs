using System.Collections.Generic;

namespace Fireworks.DpoJobs;

/// <summary>
/// A part of an AIP-160 filter, in the shape of the published grammar. A tree that <see cref="FilterParser"/> made prints
/// (<see cref="FilterPrinter"/>) to a text that parses to the same tree.
/// </summary>
/// <param name="Span">Where it stands in the text.</param>
internal abstract record FilterNode(FilterSpan Span);

/// <summary>Something to compare with: a member, a function, or an expression in parentheses (grammar: arg).</summary>
internal abstract record FilterArgument(FilterSpan Span) : FilterNode(Span);

/// <summary><c>a AND b</c> (grammar: expression).</summary>
/// <param name="Parts">Two or more: sequences, alternatives, negations, restrictions or groups.</param>
/// <param name="Span">Where it stands in the text.</param>
internal sealed record FilterConjunction(IReadOnlyList<FilterNode> Parts, FilterSpan Span) : FilterNode(Span);

/// <summary><c>a b</c>: words side by side, a fuzzy AND that binds tighter than AND (grammar: sequence).</summary>
/// <param name="Parts">Two or more: alternatives, negations, restrictions or groups.</param>
/// <param name="Span">Where it stands in the text.</param>
internal sealed record FilterSequence(IReadOnlyList<FilterNode> Parts, FilterSpan Span) : FilterNode(Span);

/// <summary><c>a OR b</c>, which binds tighter than AND (grammar: factor).</summary>
/// <param name="Parts">Two or more: negations, restrictions or groups.</param>
/// <param name="Span">Where it stands in the text.</param>
internal sealed record FilterAlternative(IReadOnlyList<FilterNode> Parts, FilterSpan Span) : FilterNode(Span);

/// <summary><c>NOT a</c> or <c>-a</c> (grammar: term).</summary>
/// <param name="Operand">A restriction or a group.</param>
/// <param name="IsMinus">Whether it is written with a minus sign.</param>
/// <param name="Span">Where it stands in the text.</param>
internal sealed record FilterNegation(FilterNode Operand, bool IsMinus, FilterSpan Span) : FilterNode(Span);

/// <summary>An expression in parentheses (grammar: composite).</summary>
/// <param name="Inner">The expression.</param>
/// <param name="Span">Where it stands in the text, with its parentheses.</param>
internal sealed record FilterGroup(FilterNode Inner, FilterSpan Span) : FilterArgument(Span);

/// <summary><c>state = JOB_STATE_FAILED</c>; without a comparator, a value that may stand anywhere (grammar: restriction).</summary>
/// <param name="Subject">A member or a function.</param>
/// <param name="Comparator">Null when there is only a subject.</param>
/// <param name="Argument">What the subject is compared with. Null when there is only a subject.</param>
/// <param name="Span">Where it stands in the text.</param>
internal sealed record FilterRestriction(
    FilterArgument Subject,
    FilterComparator? Comparator,
    FilterArgument? Argument,
    FilterSpan Span
) : FilterNode(Span);

/// <summary><c>training_config.epochs</c>, and each value too: <c>2.5</c> is a member with two parts (grammar: member).</summary>
/// <param name="Parts">One or more. The first is no keyword.</param>
/// <param name="Span">Where it stands in the text.</param>
internal sealed record FilterMember(IReadOnlyList<FilterWord> Parts, FilterSpan Span) : FilterArgument(Span);

/// <summary><c>timestamp("2026-11-01T00:00:00Z")</c> (grammar: function).</summary>
/// <param name="Name">The parts of its name, one or more. None is quoted.</param>
/// <param name="Arguments">What stands between the parentheses.</param>
/// <param name="Span">Where it stands in the text.</param>
internal sealed record FilterFunction(
    IReadOnlyList<FilterWord> Name,
    IReadOnlyList<FilterArgument> Arguments,
    FilterSpan Span
) : FilterArgument(Span);

/// <summary>A text, a quoted string or a keyword (grammar: value, field, name).</summary>
/// <param name="Text">The characters it stands for: of a string, without its quotes and escapes.</param>
/// <param name="IsQuoted">Whether it is a string.</param>
/// <param name="Span">Where it stands in the text.</param>
internal sealed record FilterWord(string Text, bool IsQuoted, FilterSpan Span)
{
    /// <summary>Whether it is AND, OR or NOT, which are keywords only in upper case.</summary>
    public bool IsKeyword => !IsQuoted && Text is ("AND" or "OR" or "NOT");
}
