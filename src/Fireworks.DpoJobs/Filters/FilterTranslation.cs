namespace Fireworks.DpoJobs;

/// <summary>A script block as a filter for the service, and what remains to be checked locally.</summary>
/// <param name="Filter">A filter that every job passes for which the block is true. Null when all jobs must be retrieved.</param>
/// <param name="LocalConditions">The parts of the block that <paramref name="Filter"/> does not cover. Empty when it covers the whole block.</param>
/// <param name="Properties">Paths of the job properties that the block reads.</param>
/// <param name="ReadsAnyField">Whether the block may read properties other than <paramref name="Properties"/>.</param>
/// <param name="Warnings">Likely mistakes in the block. Empty when none were found.</param>
internal sealed record FilterTranslation(
    FilterNode? Filter,
    IReadOnlyList<LocalCondition> LocalConditions,
    IReadOnlyList<string> Properties,
    bool ReadsAnyField,
    IReadOnlyList<string> Warnings
);

/// <summary>A part of a script block that only the script block itself checks.</summary>
/// <param name="Text">The part as written.</param>
/// <param name="Reason">Why it is not part of the filter.</param>
internal sealed record LocalCondition(string Text, string Reason);
