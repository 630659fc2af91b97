using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>A text, or the name of an enum, is compared character by character.</summary>
internal sealed class TextComparison(FilterComparator comparator, string text) : Condition<FieldValue>
{
    public override bool Matches(FieldValue subject) =>
        Comparators.Holds(comparator, string.CompareOrdinal(subject.Text, text));
}
