using System.Collections.Generic;
using System.Linq;
using Fireworks.DpoJobs.Models;
using Fireworks.DpoJobs.Query.Filters;

namespace Fireworks.DpoJobs.Query;

/// <summary>Filters by state. AIP-160 names an enum's value as the API does, without quotes: <c>state = JOB_STATE_FAILED</c>.</summary>
internal static class StateFilter
{
    private const string Field = "state";

    /// <summary>
    /// Jobs in any of the states. Null when there are none, or one that has no name on the wire or may stand for a state
    /// that is not set.
    /// </summary>
    public static FilterNode? AnyOf(IReadOnlyCollection<JobState> states) =>
        AreAllSent(states) ? FilterBuilder.Any(states.Select(state => Compare(state, FilterComparator.Equal))) : null;

    /// <summary>Jobs in none of the states, so also in those that this version does not know. Null as with <see cref="AnyOf"/>.</summary>
    public static FilterNode? NoneOf(IReadOnlyCollection<JobState> states) =>
        AreAllSent(states)
            ? FilterBuilder.All(states.Select(state => Compare(state, FilterComparator.NotEqual)))
            : null;

    private static bool AreAllSent(IReadOnlyCollection<JobState> states) =>
        states.All(state => state is not (JobState.Unrecognized or JobState.Unspecified));

    private static FilterNode Compare(JobState state, FilterComparator comparator) =>
        FilterBuilder.Compare(Field, comparator, FilterBuilder.Name(JobStates.ToWire(state)));
}
