using System;
using System.Linq;

namespace Fireworks.DpoJobs;

/// <summary>What is wrong with a filter, or easily misread, in words and with its place underlined.</summary>
internal static class FilterDiagnostics
{
    private const int LongestShown = 100;
    private const string Margin = "    ";
    private const string Ellipsis = "…";

    /// <summary>
    /// The filter with a mark under the place where it is not one by the grammar of AIP-160, and why. Null when nothing is
    /// wrong with its form.
    /// </summary>
    public static string? Underline(string filter)
    {
        try
        {
            FilterParser.Parse(filter);
            return null;
        }
        catch (FilterSyntaxException problem)
        {
            // Each character is shown as one, so that the mark stands under the right one.
            var line = ControlCharacters.MakeVisible(filter);
            var start = Math.Max(0, Math.Min(problem.Position - (LongestShown / 2), line.Length - LongestShown));
            var head = start > 0 ? Ellipsis : "";
            var tail = start + LongestShown < line.Length ? Ellipsis : "";
            var shown = line.Substring(start, Math.Min(LongestShown, line.Length));
            var mark = new string(' ', head.Length + problem.Position - start);
            var reason = ControlCharacters.MakeVisible(problem.Message);
            // In words too: a shell that shows errors on one line leaves nothing of the mark's place.
            return $"At character {problem.Position + 1} of the filter: {reason}.\n{Margin}{head}{shown}{tail}\n{Margin}{mark}^";
        }
    }

    /// <summary>
    /// The filter with parentheses where OR, which binds tighter than AND, is read otherwise by most people. Null when it does not mix
    /// the two, or is not a filter.
    /// </summary>
    public static string? PrecedenceReading(string filter)
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
            FilterSequence words => words.Parts.Any(part => part is FilterAlternative || MixesOrWithAnd(part)),
            FilterAlternative any => any.Parts.Any(MixesOrWithAnd),
            FilterNegation not => MixesOrWithAnd(not.Operand),
            FilterGroup group => MixesOrWithAnd(group.Inner),
            FilterRestriction restriction => MixesOrWithAnd(restriction.Subject)
                || (restriction.Argument is { } argument && MixesOrWithAnd(argument)),
            FilterFunction function => function.Arguments.Any(MixesOrWithAnd),
            _ => false,
        };
}
