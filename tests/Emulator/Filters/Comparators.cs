using System.Diagnostics;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>What the comparators mean.</summary>
internal static class Comparators
{
    /// <param name="comparator">The comparator; <c>:</c> between a single value and another is <c>=</c>.</param>
    /// <param name="order">Less than, equal to or greater than zero, as the left value is to the right one.</param>
    public static bool Holds(FilterComparator comparator, int order) =>
        comparator switch
        {
            FilterComparator.Equal or FilterComparator.Has => order == 0,
            FilterComparator.NotEqual => order != 0,
            FilterComparator.Less => order < 0,
            FilterComparator.LessOrEqual => order <= 0,
            FilterComparator.Greater => order > 0,
            FilterComparator.GreaterOrEqual => order >= 0,
            _ => throw new UnreachableException(),
        };
}
