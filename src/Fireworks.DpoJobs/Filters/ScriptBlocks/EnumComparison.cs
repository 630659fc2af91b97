using System;
using System.Linq;

namespace Fireworks.DpoJobs;

/// <summary>
/// Comparisons of properties that have few values: the engine is asked about each, so there is no doubt what
/// <c>-eq 'failed'</c> or <c>-gt 'Running'</c> means.
/// </summary>
internal static class EnumComparison
{
    /// <summary>A comparison of the state, or of what is computed from it. The service sets the state of every job.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="read">The property of a job in a state; null for what the property is in an unknown state.</param>
    public static (FilterNode? Filter, string Reason) OfState(Comparison comparison, Func<JobState, object?> read)
    {
        var matching = JobStates.All.Where(state => comparison.Holds(read(state))).ToArray();
        if (!matching.Contains(JobState.Unrecognized))
        {
            return matching.Contains(JobState.Unspecified)
                ? (null, UnsetField.Reason(comparison.Property))
                : (StateFilter.AnyOf(matching.Select(JobStates.ToWire)), "it holds in no state that is known here");
        }
        // States to come count as well, so those that do not match are named; what is not set may match, to be safe.
        var others = JobStates.Named.Except(matching);
        return (StateFilter.NoneOf(others.Select(JobStates.ToWire)), "it holds in every state");
    }

    /// <summary>A comparison of the status code, which is not set where there is no status.</summary>
    public static (FilterNode? Filter, string Reason) OfCode(Comparison comparison)
    {
        if (comparison.Holds(null) || comparison.Holds(RpcCode.Unrecognized) || comparison.Holds(RpcCode.Ok))
        {
            return (null, UnsetField.Reason(comparison.Property));
        }
        var codes = RpcCodes.All.Where(code => comparison.Holds(code));
        return (
            FilterBuilder.Any(
                codes.Select(code =>
                    FilterBuilder.Compare(
                        "status.code",
                        FilterComparator.Equal,
                        FilterBuilder.Name(RpcCodes.ToWire(code))
                    )
                )
            ),
            "no code that the service names is asked for"
        );
    }
}
