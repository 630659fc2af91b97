using System;
using System.Collections.Generic;
using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>Writes filters as text: one blank where the grammar wants white space, strings in double quotes.</summary>
internal static class FilterPrinter
{
    /// <summary>The text of a filter.</summary>
    /// <param name="node">The filter.</param>
    /// <param name="showPrecedence">
    /// Whether to put parentheses around what binds tighter than what stands beside it, for a reader who may not know that
    /// OR binds tighter than AND.
    /// </param>
    public static string Print(FilterNode node, bool showPrecedence = false)
    {
        var text = new StringBuilder();
        Print(node, text, showPrecedence);
        return text.ToString();
    }

    /// <summary>A comparator as it is written.</summary>
    public static string Text(FilterComparator comparator) =>
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

    private static void Print(FilterNode node, StringBuilder text, bool showPrecedence)
    {
        switch (node)
        {
            case FilterConjunction all:
                PrintParts(all.Parts, " AND ", text, showPrecedence);
                break;
            case FilterSequence words:
                PrintParts(words.Parts, " ", text, showPrecedence);
                break;
            case FilterAlternative any:
                PrintParts(any.Parts, " OR ", text, showPrecedence);
                break;
            case FilterNegation not:
                text.Append(not.IsMinus ? "-" : "NOT ");
                Print(not.Operand, text, showPrecedence);
                break;
            case FilterGroup group:
                text.Append('(');
                Print(group.Inner, text, showPrecedence);
                text.Append(')');
                break;
            case FilterRestriction restriction:
                Print(restriction.Subject, text, showPrecedence);
                if (restriction is { Comparator: { } comparator, Argument: { } argument })
                {
                    text.Append(' ').Append(Text(comparator)).Append(' ');
                    Print(argument, text, showPrecedence);
                }
                break;
            case FilterMember member:
                PrintWords(member.Parts, text);
                break;
            case FilterFunction function:
                PrintWords(function.Name, text);
                text.Append('(');
                PrintParts(function.Arguments, ", ", text, showPrecedence);
                text.Append(')');
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(node));
        }
    }

    private static void PrintParts(
        IReadOnlyList<FilterNode> parts,
        string separator,
        StringBuilder text,
        bool showPrecedence
    )
    {
        for (var i = 0; i < parts.Count; i++)
        {
            text.Append(i == 0 ? "" : separator);
            var isInner = showPrecedence && parts[i] is (FilterAlternative or FilterSequence);
            text.Append(isInner ? "(" : "");
            Print(parts[i], text, showPrecedence);
            text.Append(isInner ? ")" : "");
        }
    }

    private static void PrintWords(IReadOnlyList<FilterWord> words, StringBuilder text)
    {
        for (var i = 0; i < words.Count; i++)
        {
            text.Append(i == 0 ? "" : ".");
            if (words[i].IsQuoted)
            {
                text.Append('"').Append(words[i].Text.Replace("\\", "\\\\").Replace("\"", "\\\"")).Append('"');
            }
            else
            {
                text.Append(words[i].Text);
            }
        }
    }
}
