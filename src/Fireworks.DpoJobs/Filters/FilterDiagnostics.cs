namespace Fireworks.DpoJobs;

/// <summary>Explains filters that have a syntax error or are easily misread.</summary>
internal static class FilterDiagnostics
{
    private const int MaxShownLength = 100;
    private const string Margin = "\n    ";

    /// <summary>
    /// The position and reason of a syntax error, and the filter with a caret below that position. Null when the filter is
    /// well-formed.
    /// </summary>
    public static string? DescribeSyntaxError(string filter)
    {
        try
        {
            FilterParser.Parse(filter);
            return null;
        }
        catch (FilterSyntaxException error)
        {
            // Shows each character as one character, so that the caret is at the right column.
            var line = ControlCharacters.MakeVisible(filter);
            var start = Math.Max(0, Math.Min(error.Position - (MaxShownLength / 2), line.Length - MaxShownLength));
            var head = start > 0 ? "…" : "";
            var tail = start + MaxShownLength < line.Length ? "…" : "";
            var shown = line.Substring(start, Math.Min(MaxShownLength, line.Length));
            var indent = new string(' ', head.Length + error.Position - start);
            var reason = ControlCharacters.MakeVisible(error.Message);
            // The position is also a number, because a shell that shows errors on one line makes the caret useless.
            return $"At character {error.Position + 1} of the filter: {reason}.{Margin}{head}{shown}{tail}{Margin}{indent}^";
        }
    }

    /// <summary>
    /// The filter with parentheses that show that OR binds tighter than AND. Null when the filter does not mix the two, or
    /// has a syntax error.
    /// </summary>
    public static string? ShowPrecedence(string filter)
    {
        try
        {
            return FilterParser.Parse(filter) is { } tree && MixesOrWithAnd(tree)
                ? FilterPrinter.Print(tree, showPrecedence: true)
                : null;
        }
        catch (FilterSyntaxException)
        {
            return null;
        }
    }

    private static bool MixesOrWithAnd(FilterNode node) =>
        node switch
        {
            FilterConjunction all => all.Parts.Any(part => part is FilterAlternative || MixesOrWithAnd(part)),
            FilterSequence sequence => sequence.Parts.Any(part => part is FilterAlternative || MixesOrWithAnd(part)),
            FilterAlternative any => any.Parts.Any(MixesOrWithAnd),
            FilterNegation not => MixesOrWithAnd(not.Operand),
            FilterGroup group => MixesOrWithAnd(group.Inner),
            FilterRestriction restriction => MixesOrWithAnd(restriction.Subject)
                || (restriction.Argument is { } argument && MixesOrWithAnd(argument)),
            FilterFunction function => function.Arguments.Any(MixesOrWithAnd),
            _ => false,
        };
}
