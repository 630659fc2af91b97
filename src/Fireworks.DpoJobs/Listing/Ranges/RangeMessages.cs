namespace Fireworks.DpoJobs;

/// <summary>Messages about reading in ranges. Reasons are clauses, for <see cref="Warn"/>.</summary>
internal static class RangeMessages
{
    /// <summary>The reason when no border divides the jobs: creation times are compared in whole seconds.</summary>
    public const string SameSecond = "most jobs were created in the same second";

    public const string NoTimes = "the service does not report when the jobs were created";

    public const string Counts = "the numbers of jobs in the ranges do not add up to the total";

    public const string Order = "the service orders names unexpectedly";

    /// <summary>The reason when the first page of a range could not be retrieved.</summary>
    public static string Describe(FwException failure) =>
        failure is FwApiException { IsInvalidArgument: true } rejection
            ? "the service rejected the filter by creation time"
                + (rejection.ServiceMessage is { } message ? $" (service message: {message})" : "")
            // If the failure persists, the next page fails too, with an error that shows how to continue.
            : $"the number of jobs per range could not be retrieved ({failure.Message})";

    /// <summary>The message when reading in ranges begins.</summary>
    public static string Parallel(long? jobs) => $"Reading {jobs:N0} jobs in parallel, in ranges of creation time.";

    /// <summary>The warning when ranges would not yield the same listing.</summary>
    public static string Warn(string reason) => $"Reading pages sequentially despite -ThrottleLimit: {reason}.";
}
