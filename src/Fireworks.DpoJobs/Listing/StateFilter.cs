using System.Collections.Generic;
using System.Linq;

namespace Fireworks.DpoJobs;

/// <summary>Filters by state. AIP-160 names an enum's value as the API does, without quotes: <c>state = JOB_STATE_FAILED</c>.</summary>
internal static class StateFilter
{
    private const string Field = "state";

    /// <summary>Jobs in any of the states. Null when there are none.</summary>
    /// <param name="wireNames">The states, in the wire's spelling.</param>
    public static FilterNode? AnyOf(IEnumerable<string> wireNames) =>
        FilterBuilder.Any(wireNames.Select(name => Compare(name, FilterComparator.Equal)));

    /// <summary>Jobs in none of the states, so also in those that this version does not know. Null when there are none.</summary>
    /// <param name="wireNames">The states, in the wire's spelling.</param>
    public static FilterNode? NoneOf(IEnumerable<string> wireNames) =>
        FilterBuilder.All(wireNames.Select(name => Compare(name, FilterComparator.NotEqual)));

    private static FilterNode Compare(string name, FilterComparator comparator) =>
        FilterBuilder.Compare(Field, comparator, FilterBuilder.Name(name));
}
