namespace Fireworks.DpoJobs;

/// <summary>
/// Finds words of other languages in filters. AIP-160 accepts them as text to search for, so the service returns other jobs, or
/// none.
/// </summary>
internal static class FilterLinter
{
    // Operators of SQL, OData and PowerShell.
    private static readonly Dictionary<string, string> Operators = new(StringComparer.OrdinalIgnoreCase)
    {
        ["and"] = "AND",
        ["&&"] = "AND",
        ["&"] = "AND",
        ["or"] = "OR",
        ["||"] = "OR",
        ["|"] = "OR",
        ["not"] = "NOT",
        ["eq"] = "=",
        ["is"] = "=",
        ["ne"] = "!=",
        ["gt"] = ">",
        ["ge"] = ">=",
        ["lt"] = "<",
        ["le"] = "<=",
        ["like"] = "= with * in a quoted value",
        ["contains"] = ":",
        ["match"] = ":",
        ["in"] = "field = a OR field = b",
        ["between"] = "field >= a AND field <= b",
    };

    /// <summary>The AIP-160 equivalent of an operator of another language. Null for any other word.</summary>
    public static string? FindOperator(string word) => Operators.TryGetValue(word, out var symbol) ? symbol : null;

    /// <summary>At most one warning about operators and one about names. None for a filter with a syntax error.</summary>
    public static IEnumerable<string> Check(string filter)
    {
        FilterNode? tree;
        try
        {
            tree = FilterParser.Parse(filter);
        }
        catch (FilterSyntaxException)
        {
            yield break;
        }
        // A filter of one word is a search.
        if (tree is null or FilterRestriction { Subject: FilterMember, Comparator: null })
        {
            yield break;
        }
        var nodes = Flatten(tree).ToArray();
        var operators = Join(nodes.Select(node => DescribeOperator(filter, node)));
        if (operators.Length > 0)
        {
            yield return $"The filter contains words that AIP-160 does not read as operators but as text to search for: {operators}.";
        }
        var names = Join(nodes.OfType<FilterRestriction>().SelectMany(DescribeNames));
        if (names.Length > 0)
        {
            yield return $"The filter contains names that the service spells differently: {names}.";
        }
    }

    private static string? DescribeOperator(string filter, FilterNode node) =>
        node switch
        {
            FilterRestriction { Subject: FilterMember { Parts: { Count: 1 } parts }, Comparator: null } => Describe(
                parts[0],
                node.Span
            ),
            FilterNegation
            {
                IsMinus: true,
                Operand: FilterRestriction { Subject: FilterMember { Parts: { Count: 1 } parts }, Comparator: null },
            } => Describe(parts[0], node.Span),
            FilterFunction { Name: { Count: 1 } name } => Describe(name[0], name[0].Span),
            _ => null,
        }
            is var (word, span)
            ? $"'{filter.Substring(span.Start, span.End - span.Start)}' (use {word})"
            : null;

    private static (string, FilterSpan)? Describe(FilterWord word, FilterSpan span) =>
        !word.IsQuoted && FindOperator(word.Text) is { } symbol ? (symbol, span) : null;

    private static IEnumerable<string?> DescribeNames(FilterRestriction restriction)
    {
        if (
            restriction is not { Comparator: not null, Subject: FilterMember member }
            || member.Parts.Any(part => part.IsQuoted)
        )
        {
            yield break;
        }
        var path = string.Join(".", member.Parts.Select(part => part.Text));
        if (JobFields.Find(path) is not { } field)
        {
            yield break;
        }
        if (field.IsComputed)
        {
            yield return $"'{path}' (known only to the module; use a script block)";
        }
        else if (field.WirePaths[0] != path)
        {
            yield return $"'{path}' (use {field.WirePaths[0]})";
        }
        if (
            !field.IsComputed
            && field.WirePaths[0] == "state"
            && restriction.Argument is FilterMember { Parts: { Count: 1 } values }
            && JobStates.FindWireName(values[0].Text) is { } state
            && state != values[0].Text
        )
        {
            yield return $"'{values[0].Text}' (use {state})";
        }
    }

    private static string Join(IEnumerable<string?> descriptions) =>
        string.Join(", ", descriptions.OfType<string>().Distinct());

    // A negation comes with its operand, which is reported once.
    private static IEnumerable<FilterNode> Flatten(FilterNode node)
    {
        IEnumerable<FilterNode> children = node switch
        {
            FilterConjunction all => all.Parts,
            FilterSequence sequence => sequence.Parts,
            FilterAlternative any => any.Parts,
            FilterNegation { IsMinus: true, Operand: FilterRestriction { Comparator: null } } => [],
            FilterNegation not => [not.Operand],
            FilterGroup group => [group.Inner],
            FilterRestriction { Argument: { } argument } restriction => [restriction.Subject, argument],
            FilterRestriction restriction => [restriction.Subject],
            FilterFunction function => function.Arguments,
            _ => [],
        };
        return new[] { node }.Concat(children.SelectMany(Flatten));
    }
}
