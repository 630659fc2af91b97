using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>Prints filters: one space wherever the grammar allows white space, strings in double quotes.</summary>
/// <param name="showPrecedence">Whether to parenthesize ORs and sequences that are part of a larger expression.</param>
/// <param name="source">The text that the tree was parsed from, to print words as written. Null to quote strings uniformly.</param>
internal sealed class FilterPrinter(bool showPrecedence, string? source)
{
    private readonly StringBuilder _text = new();

    public static string Print(FilterNode node, bool showPrecedence = false, string? source = null)
    {
        var printer = new FilterPrinter(showPrecedence, source);
        printer.Append(node);
        return printer._text.ToString();
    }

    public static string Print(FilterComparator comparator) =>
        comparator switch
        {
            FilterComparator.Equal => "=",
            FilterComparator.NotEqual => "!=",
            FilterComparator.Less => "<",
            FilterComparator.LessOrEqual => "<=",
            FilterComparator.Greater => ">",
            FilterComparator.GreaterOrEqual => ">=",
            FilterComparator.Has => ":",
            _ => throw new ArgumentOutOfRangeException(nameof(comparator)),
        };

    private void Append(FilterNode node)
    {
        switch (node)
        {
            case FilterConjunction all:
                AppendParts(all.Parts, " AND ");
                break;
            case FilterSequence sequence:
                AppendParts(sequence.Parts, " ");
                break;
            case FilterAlternative any:
                AppendParts(any.Parts, " OR ");
                break;
            case FilterNegation not:
                _text.Append(not.IsMinus ? "-" : "NOT ");
                Append(not.Operand);
                break;
            case FilterGroup group:
                AppendInParentheses(group.Inner);
                break;
            case FilterRestriction restriction:
                Append(restriction.Subject);
                if (restriction is { Comparator: { } comparator, Argument: { } argument })
                {
                    _text.Append(' ').Append(Print(comparator)).Append(' ');
                    Append(argument);
                }
                break;
            case FilterMember member:
                AppendWords(member.Parts);
                break;
            case FilterFunction function:
                AppendWords(function.Name);
                _text.Append('(');
                AppendParts(function.Arguments, ", ");
                _text.Append(')');
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(node));
        }
    }

    private void AppendParts(IReadOnlyList<FilterNode> parts, string separator)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            _text.Append(i == 0 ? "" : separator);
            if (showPrecedence && parts[i] is (FilterAlternative or FilterSequence))
            {
                AppendInParentheses(parts[i]);
            }
            else
            {
                Append(parts[i]);
            }
        }
    }

    private void AppendInParentheses(FilterNode node)
    {
        _text.Append('(');
        Append(node);
        _text.Append(')');
    }

    private void AppendWords(IReadOnlyList<FilterWord> words) => _text.Append(string.Join(".", words.Select(Print)));

    private string Print(FilterWord word) =>
        source is not null ? source.Substring(word.Span.Start, word.Span.End - word.Span.Start)
        : word.IsQuoted ? $"\"{word.Text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\""
        : word.Text;
}
