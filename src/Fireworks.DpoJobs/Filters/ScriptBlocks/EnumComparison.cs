namespace Fireworks.DpoJobs;

/// <summary>
/// Translates comparisons of properties with few values. PowerShell evaluates the comparison for each value, so that
/// <c>-eq 'failed'</c> and <c>-gt 'Running'</c> match exactly the same values on the service.
/// </summary>
internal static class EnumComparison
{
    /// <summary>
    /// Translates a comparison of the state, or of a property that is read from it. Every job has a state;
    /// <see cref="JobState.Unrecognized"/> means any unknown one.
    /// </summary>
    public static ComparisonTranslation TranslateState(Comparison comparison, Func<JobState, object?> read)
    {
        var matching = JobStates.All.Where(state => comparison.Matches(read(state))).ToArray();
        if (!matching.Contains(JobState.Unrecognized) && matching.Contains(JobState.Unspecified))
        {
            return ComparisonTranslation.MatchesUnset(comparison);
        }
        // A service may not know the newest states, so a filter does not name them: it excludes the states that do not match,
        // which also includes unknown states and an unspecified one.
        return matching.Any(state => state == JobState.Unrecognized || JobStates.IsNewerThanReference(state))
            ? ComparisonTranslation.PushDown(
                StateFilter.NoneOf(
                    JobStates
                        .Named.Except(matching)
                        .Where(state => !JobStates.IsNewerThanReference(state))
                        .Select(JobStates.ToWire)
                ),
                "it matches every state"
            )
            : ComparisonTranslation.PushDown(
                StateFilter.AnyOf(matching.Select(JobStates.ToWire)),
                "it matches no known state"
            );
    }

    /// <summary>Translates a comparison of the status code. Jobs without a status have none.</summary>
    public static ComparisonTranslation TranslateCode(Comparison comparison)
    {
        if (comparison.MayMatchUnset(RpcCode.Ok) || comparison.Matches(RpcCode.Unrecognized))
        {
            return ComparisonTranslation.MatchesUnset(comparison);
        }
        var codes = RpcCodes
            .All.Where(code => comparison.Matches(code))
            .Select(code => FilterBuilder.Name(RpcCodes.ToWire(code)))
            .Select(name => FilterBuilder.Compare("status.code", FilterComparator.Equal, name));
        return ComparisonTranslation.PushDown(FilterBuilder.Any(codes), "it matches no known status code");
    }
}
