using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>A number, a boolean or a time is compared with one.</summary>
internal sealed class NumberComparison(FilterComparator comparator, decimal number) : Condition<FieldValue>
{
    public override bool Matches(FieldValue subject) => Comparators.Holds(comparator, subject.Number.CompareTo(number));
}
