namespace Fireworks.DpoJobs;

/// <summary>
/// A node of an AIP-160 filter, as in the published grammar. A tree from <see cref="FilterParser"/>, printed by
/// <see cref="FilterPrinter"/>, parses to the same tree.
/// </summary>
/// <param name="Span">The position in the text.</param>
internal abstract record FilterNode(FilterSpan Span);

/// <summary>A member, a function, or an expression in parentheses (grammar: arg).</summary>
internal abstract record FilterArgument(FilterSpan Span) : FilterNode(Span);

/// <summary><c>a AND b</c> (grammar: expression).</summary>
/// <param name="Parts">Two or more sequences, alternatives, negations, restrictions or groups.</param>
/// <param name="Span">The position in the text.</param>
internal sealed record FilterConjunction(IReadOnlyList<FilterNode> Parts, FilterSpan Span) : FilterNode(Span);

/// <summary><c>a b</c>: an AND for fuzzy matching, which binds tighter than AND (grammar: sequence).</summary>
/// <param name="Parts">Two or more alternatives, negations, restrictions or groups.</param>
/// <param name="Span">The position in the text.</param>
internal sealed record FilterSequence(IReadOnlyList<FilterNode> Parts, FilterSpan Span) : FilterNode(Span);

/// <summary><c>a OR b</c>, which binds tighter than AND (grammar: factor).</summary>
/// <param name="Parts">Two or more negations, restrictions or groups.</param>
/// <param name="Span">The position in the text.</param>
internal sealed record FilterAlternative(IReadOnlyList<FilterNode> Parts, FilterSpan Span) : FilterNode(Span);

/// <summary><c>NOT a</c> or <c>-a</c> (grammar: term).</summary>
/// <param name="Operand">A restriction or a group.</param>
/// <param name="IsMinus">Whether the negation is written as a minus sign.</param>
/// <param name="Span">The position in the text.</param>
internal sealed record FilterNegation(FilterNode Operand, bool IsMinus, FilterSpan Span) : FilterNode(Span);

/// <summary>An expression in parentheses (grammar: composite).</summary>
/// <param name="Inner">The expression.</param>
/// <param name="Span">The position in the text, including the parentheses.</param>
internal sealed record FilterGroup(FilterNode Inner, FilterSpan Span) : FilterArgument(Span);

/// <summary><c>state = JOB_STATE_FAILED</c>, or a value to search for in all fields (grammar: restriction).</summary>
/// <param name="Subject">A member or a function.</param>
/// <param name="Comparator">The comparator. Null for a value alone.</param>
/// <param name="Argument">The right-hand side. Null for a value alone.</param>
/// <param name="Span">The position in the text.</param>
internal sealed record FilterRestriction(
    FilterArgument Subject,
    FilterComparator? Comparator,
    FilterArgument? Argument,
    FilterSpan Span
) : FilterNode(Span);

/// <summary><c>training_config.epochs</c>, or a value: <c>2.5</c> is a member with two parts (grammar: member).</summary>
/// <param name="Parts">One or more words. The first is not a keyword.</param>
/// <param name="Span">The position in the text.</param>
internal sealed record FilterMember(IReadOnlyList<FilterWord> Parts, FilterSpan Span) : FilterArgument(Span);

/// <summary><c>timestamp("2026-11-01T00:00:00Z")</c> (grammar: function).</summary>
/// <param name="Name">The parts of the name: one or more words without quotes.</param>
/// <param name="Arguments">The arguments.</param>
/// <param name="Span">The position in the text.</param>
internal sealed record FilterFunction(
    IReadOnlyList<FilterWord> Name,
    IReadOnlyList<FilterArgument> Arguments,
    FilterSpan Span
) : FilterArgument(Span);

/// <summary>A text, a quoted string or a keyword (grammar: value, field, name).</summary>
/// <param name="Text">The characters; of a string, without quotes and escapes.</param>
/// <param name="IsQuoted">Whether it is a string.</param>
/// <param name="Span">The position in the text, including the quotes.</param>
internal sealed record FilterWord(string Text, bool IsQuoted, FilterSpan Span)
{
    /// <summary>Whether it is AND, OR or NOT. In lower case, these are not keywords.</summary>
    public bool IsKeyword => !IsQuoted && Text is ("AND" or "OR" or "NOT");
}

/// <summary>A range of a filter's text, in UTF-16 characters from 0.</summary>
/// <param name="Start">The first character.</param>
/// <param name="End">The character after the last.</param>
internal readonly record struct FilterSpan(int Start, int End)
{
    /// <summary>The span of a generated node, which has no text.</summary>
    public static readonly FilterSpan None;
}

/// <summary>The comparators of AIP-160.</summary>
internal enum FilterComparator
{
    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>:</c></summary>
    Has,
}
