namespace Fireworks.DpoJobs;

/// <summary>
/// Translates comparisons of properties with few values. PowerShell evaluates the comparison for each value, so there is no
/// doubt what <c>-eq 'failed'</c> or <c>-gt 'Running'</c> matches.
/// </summary>
internal static class EnumComparison
{
    /// <summary>Translates a comparison of the state, or of a property computed from it. Every job has a state.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="read">The value of the property in a state. <see cref="JobState.Unrecognized"/> means any unknown state.</param>
    public static ComparisonTranslation TranslateState(Comparison comparison, Func<JobState, object?> read)
    {
        var matching = JobStates.All.Where(state => comparison.Matches(read(state))).ToArray();
        if (matching.Contains(JobState.Unrecognized))
        {
            // Excludes the states that do not match, so that unknown states and an unspecified one are included.
            var others = JobStates.Named.Except(matching);
            return ComparisonTranslation.PushDown(
                StateFilter.NoneOf(others.Select(JobStates.ToWire)),
                "it matches every state"
            );
        }
        return matching.Contains(JobState.Unspecified)
            ? ComparisonTranslation.MatchesUnset(comparison)
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
        var codes = RpcCodes.All.Where(code => comparison.Matches(code)).Select(RpcCodes.ToWire);
        return ComparisonTranslation.PushDown(
            FilterBuilder.Any(
                codes.Select(code =>
                    FilterBuilder.Compare("status.code", FilterComparator.Equal, FilterBuilder.Name(code))
                )
            ),
            "it matches no known status code"
        );
    }
}
