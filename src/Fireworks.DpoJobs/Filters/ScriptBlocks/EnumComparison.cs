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
        // A service may not know the newest states, so a filter does not name them: it excludes the states that do not match,
        // which also includes unknown states and an unspecified one.
        return matching.Any(state => IsUnnamed(state) || JobStates.IsNewerThanReference(state))
            ? ExceptOthers(matching)
            : ComparisonTranslation.PushDown(
                StateFilter.AnyOf(matching.Select(JobStates.ToWire)),
                "it matches no known state"
            );
    }

    /// <summary>Translates a comparison of the service's spelling of the state.</summary>
    public static ComparisonTranslation TranslateStateText(Comparison comparison)
    {
        if (comparison is not { Test: null, Operator: FilterComparator.Equal, IsNegated: false })
        {
            // An unknown state may have any text.
            return comparison.Values.All(value => value is string)
                ? ExceptOthers([
                    .. JobStates.All.Where(state => IsUnnamed(state) || comparison.Matches(JobStates.ToWire(state))),
                ])
                : ComparisonTranslation.NoExactEquivalent;
        }
        var names = comparison
            .Values.OfType<string>()
            .Select(text => text.ToUpperInvariant())
            .Where(name => JobStates.IsWireName(name) && comparison.Matches(name))
            .ToArray();
        if (names.Length < comparison.Values.Count || names.Contains(JobStates.ToWire(JobState.Unspecified)))
        {
            return ComparisonTranslation.NoExactEquivalent;
        }
        return names.Any(name => JobStates.Parse(name) is { } state && JobStates.IsNewerThanReference(state))
            ? ExceptOthers([
                .. JobStates.All.Where(state => IsUnnamed(state) || names.Contains(JobStates.ToWire(state))),
            ])
            : ComparisonTranslation.PushDown(StateFilter.AnyOf(names));
    }

    private static bool IsUnnamed(JobState state) => state is JobState.Unrecognized or JobState.Unspecified;

    // Excludes the states that do not match, so that unknown states and an unspecified one are included.
    private static ComparisonTranslation ExceptOthers(JobState[] matching) =>
        ComparisonTranslation.PushDown(
            StateFilter.NoneOf(
                JobStates
                    .Named.Except(matching)
                    .Where(state => !JobStates.IsNewerThanReference(state))
                    .Select(JobStates.ToWire)
            ),
            "it matches every state"
        );

    /// <summary>Translates a comparison of the status code. Jobs without a status have none.</summary>
    public static ComparisonTranslation TranslateCode(Comparison comparison)
    {
        if (comparison.MayMatchUnset(RpcCode.Ok))
        {
            return ComparisonTranslation.MatchesUnset(comparison);
        }
        var named = RpcCodes.All.Where(code => code is not (RpcCode.Unrecognized or RpcCode.Ok)).ToArray();
        return comparison.Matches(RpcCode.Unrecognized)
            ? ComparisonTranslation.PushDown(
                FilterBuilder.All(
                    named
                        .Where(code => !comparison.Matches(code))
                        .Select(code => Compare(FilterComparator.NotEqual, code))
                ),
                "it matches every status code"
            )
            : ComparisonTranslation.PushDown(
                FilterBuilder.Any(
                    named.Where(code => comparison.Matches(code)).Select(code => Compare(FilterComparator.Equal, code))
                ),
                "it matches no known status code"
            );

        static FilterNode Compare(FilterComparator comparator, RpcCode code) =>
            FilterBuilder.Compare("status.code", comparator, FilterBuilder.Name(RpcCodes.ToWire(code)));
    }
}
