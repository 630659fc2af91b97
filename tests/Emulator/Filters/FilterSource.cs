using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>The text of a filter, to say where in it something is wrong.</summary>
internal sealed class FilterSource(string text)
{
    public string Text { get; } = text;

    public ApiException Refuse(FilterNode node, string reason) => Refuse(node.Span.Start, reason);

    /// <param name="position">From 0; callers are told it from 1.</param>
    /// <param name="reason">What is wrong there.</param>
    public ApiException Refuse(int position, string reason) =>
        ApiException.Invalid($"invalid filter at position {position + 1}: {reason}; filter: {Text}");

    public ApiException RefuseComparator(FilterRestriction restriction, string reason)
    {
        var position = restriction.Subject.Span.End;
        while (char.IsWhiteSpace(Text[position]))
        {
            position++;
        }

        return Refuse(position, reason);
    }
}
