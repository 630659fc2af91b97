namespace Fireworks.DpoJobs;

/// <summary>Messages about jobs without a file: one for all of them.</summary>
internal static class MissingFiles
{
    private const int MaxNames = 10;

    /// <summary>The error about trainer logs.</summary>
    /// <param name="ids">The IDs of the jobs.</param>
    public static FwLogUnavailableException DescribeLogs(IReadOnlyCollection<string> ids) =>
        new(
            $"There is no trainer log of {Join(ids)}. The service offers the log only after the trainer has started, and only to accounts for which trainer log reading is enabled."
        );

    /// <summary>The warning about metrics.</summary>
    /// <param name="ids">The IDs of the jobs.</param>
    public static string DescribeMetrics(IReadOnlyCollection<string> ids) =>
        $"There is no metrics file of {Join(ids)}, so none was saved. A job has none before its first step.";

    private static string Join(IReadOnlyCollection<string> ids) =>
        string.Join(", ", ids.Take(MaxNames))
        + (ids.Count > MaxNames ? $" and {ids.Count - MaxNames:N0} more jobs" : "");
}
