namespace Fireworks.DpoJobs;

/// <summary>Filters by state. An enum value has no quotes in AIP-160: <c>state = JOB_STATE_FAILED</c>.</summary>
internal static class StateFilter
{
    /// <summary>Jobs in any of the states. Null when the list is empty.</summary>
    /// <param name="wireNames">The states as the service spells them.</param>
    public static FilterNode? AnyOf(IEnumerable<string> wireNames) =>
        FilterBuilder.Any(wireNames.Select(name => Compare(FilterComparator.Equal, name)));

    /// <summary>Jobs in none of the states, including states unknown to this version. Null when the list is empty.</summary>
    /// <param name="wireNames">The states as the service spells them.</param>
    public static FilterNode? NoneOf(IEnumerable<string> wireNames) =>
        FilterBuilder.All(wireNames.Select(name => Compare(FilterComparator.NotEqual, name)));

    private static FilterNode Compare(FilterComparator comparator, string name) =>
        FilterBuilder.Compare("state", comparator, FilterBuilder.Name(name));
}
