using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>Explains filters that have a syntax error or are easily misread.</summary>
internal static class FilterDiagnostics
{
    private const int MaxShownLength = 100;
    private const int MarkedContext = 20;
    private const int MaxInspectedLength = 300;
    private const string Margin = "\n    ";

    // An operator of another language before a parenthesis that is not closed.
    private static readonly Regex OpenCall = new(
        @"(^|[\s(])((?<word>in)\s*|(?<word>and|or|not))\(([^()""']|""[^""]*""|'[^']*')*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    );

    /// <summary>
    /// The position and reason of a syntax error, a correction where one is clear, and the filter with a caret below the
    /// position. Null when the filter is well-formed.
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
            // Shows each character as one character.
            var line = ControlCharacters.MakeVisible(filter);
            var start = Align(
                line,
                Math.Max(0, Math.Min(error.Position - (MaxShownLength / 2), line.Length - MaxShownLength))
            );
            var shown = Shorten(line, start, Align(line, Math.Min(start + MaxShownLength, line.Length)));
            var indent = (start > 0 ? 1 : 0) + DisplayWidth.Of(line.Substring(start, error.Position - start));
            var reason = ControlCharacters.MakeVisible(error.Message);
            var hint = FindHint(filter, error) is { } found ? $" {found}" : "";
            // A shell that shows errors on one line makes the caret useless, so the text shows the position too.
            return $"At character {error.Position + 1} of the filter, {Mark(line, error.Position)}: {reason}.{hint}{Margin}{shown}{Margin}{new string(' ', indent)}^";
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
                ? FilterPrinter.Print(tree, showPrecedence: true, source: filter)
                : null;
        }
        catch (FilterSyntaxException)
        {
            return null;
        }
    }

    /// <summary>The surroundings of a position, with its character between marks: <c>…state =»=« JOB_STATE…</c>.</summary>
    private static string Mark(string line, int position)
    {
        var end = Align(line, Math.Min(position + 1, line.Length), forward: true);
        var start = Align(line, Math.Max(0, position - MarkedContext));
        var last = Align(line, Math.Min(end + MarkedContext, line.Length));
        return $"{Shorten(line, start, position, isEnd: false)}»{line.Substring(position, end - position)}«{Shorten(line, end, last, isStart: false)}";
    }

    private static string Shorten(string line, int start, int end, bool isStart = true, bool isEnd = true) =>
        $"{(isStart && start > 0 ? "…" : "")}{line.Substring(start, end - start)}{(isEnd && end < line.Length ? "…" : "")}";

    // Moves an index out of a surrogate pair.
    private static int Align(string text, int index, bool forward = false) =>
        index <= 0 || index >= text.Length || !char.IsSurrogatePair(text, index - 1) ? index
        : forward ? index + 1
        : index - 1;

    /// <summary>The AIP-160 equivalent of syntax of another language. Null when it is not recognized.</summary>
    private static string? FindHint(string filter, FilterSyntaxException error)
    {
        var (start, next) = (
            Math.Max(0, error.Position - MaxInspectedLength),
            Math.Min(error.Position + 1, filter.Length)
        );
        var before = filter.Substring(start, error.Position - start);
        var text = filter.Substring(start, next - start);
        return text switch
        {
            _ when Ends("!==") || Ends("<>") || Ends("=!") => "For inequality, use !=.",
            _ when Ends("==") => "For equality, use =.",
            _ when Ends("=>") => "Use >=.",
            _ when Ends("=<") => "Use <=.",
            _ when Ends("!") && !error.Message.EndsWith("!=", StringComparison.Ordinal) => "For a negation, use NOT.",
            _ when OpenCall.Match(before) is { Success: true, Groups: var groups } => groups["word"]
                .Value.ToUpperInvariant()
                is var word
            && word == "IN"
                ? "For one of several values, use (field = a OR field = b)."
                : $"Use {word} with a space before '('.",
            _ => null,
        };

        bool Ends(string symbol) => text.EndsWith(symbol, StringComparison.Ordinal) && next > error.Position;
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
