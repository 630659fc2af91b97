namespace Fireworks.DpoJobs;

/// <summary>
/// A node of an AIP-160 filter, as in the published grammar. A tree from <see cref="FilterParser"/>, printed by
/// <see cref="FilterPrinter"/>, parses to the same tree.
/// </summary>
internal abstract record FilterNode
{
    /// <summary>The position in the filter. Empty for a generated node.</summary>
    public FilterSpan Span { get; init; }
}

/// <summary>A member, a function, or an expression in parentheses (grammar: arg).</summary>
internal abstract record FilterArgument : FilterNode;

/// <summary><c>a AND b</c> (grammar: expression).</summary>
/// <param name="Parts">Two or more sequences, alternatives, negations, restrictions or groups.</param>
internal sealed record FilterConjunction(IReadOnlyList<FilterNode> Parts) : FilterNode;

/// <summary><c>a b</c>: an AND for fuzzy matching, which binds tighter than AND (grammar: sequence).</summary>
/// <param name="Parts">Two or more alternatives, negations, restrictions or groups.</param>
internal sealed record FilterSequence(IReadOnlyList<FilterNode> Parts) : FilterNode;

/// <summary><c>a OR b</c>, which binds tighter than AND (grammar: factor).</summary>
/// <param name="Parts">Two or more negations, restrictions or groups.</param>
internal sealed record FilterAlternative(IReadOnlyList<FilterNode> Parts) : FilterNode;

/// <summary><c>NOT a</c> or <c>-a</c> (grammar: term).</summary>
/// <param name="Operand">A restriction or a group.</param>
/// <param name="IsMinus">Whether the negation is written as a minus sign.</param>
internal sealed record FilterNegation(FilterNode Operand, bool IsMinus) : FilterNode;

/// <summary>An expression in parentheses (grammar: composite).</summary>
internal sealed record FilterGroup(FilterNode Inner) : FilterArgument;

/// <summary><c>state = JOB_STATE_FAILED</c>, or a value to search for in all fields (grammar: restriction).</summary>
/// <param name="Subject">A member or a function.</param>
/// <param name="Comparator">The comparator. Null for a value alone.</param>
/// <param name="Argument">The right-hand side. Null for a value alone.</param>
internal sealed record FilterRestriction(FilterArgument Subject, FilterComparator? Comparator, FilterArgument? Argument)
    : FilterNode;

/// <summary><c>training_config.epochs</c>, or a value: <c>2.5</c> is a member with two parts (grammar: member).</summary>
/// <param name="Parts">One or more words. The first is not a keyword.</param>
internal sealed record FilterMember(IReadOnlyList<FilterWord> Parts) : FilterArgument;

/// <summary><c>timestamp("2026-11-01T00:00:00Z")</c> (grammar: function). The name has no quotes.</summary>
internal sealed record FilterFunction(IReadOnlyList<FilterWord> Name, IReadOnlyList<FilterArgument> Arguments)
    : FilterArgument;

/// <summary>A text, a quoted string or a keyword (grammar: value, field, name).</summary>
/// <param name="Text">The characters; of a string, without quotes and escapes.</param>
/// <param name="IsQuoted">Whether it is a string.</param>
internal sealed record FilterWord(string Text, bool IsQuoted)
{
    /// <summary>The position in the filter, including the quotes. Empty for a generated word.</summary>
    public FilterSpan Span { get; init; }

    /// <summary>Whether it is AND, OR or NOT. In lower case, these are not keywords.</summary>
    public bool IsKeyword => !IsQuoted && Text is ("AND" or "OR" or "NOT");
}

/// <summary>A range of a filter in UTF-16 characters: the index of the first, and the index after the last.</summary>
internal readonly record struct FilterSpan(int Start, int End);

/// <summary>The comparators of AIP-160. <see cref="FilterPrinter.Print(FilterComparator)"/> has their symbols.</summary>
internal enum FilterComparator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Has,
}
