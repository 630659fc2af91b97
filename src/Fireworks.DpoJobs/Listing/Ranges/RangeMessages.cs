namespace Fireworks.DpoJobs;

/// <summary>Messages about ranges, and why they would not yield the same listing.</summary>
internal static class RangeMessages
{
    /// <summary>Where most jobs have the same creation time, there is no border.</summary>
    public const string SameSecond = "most jobs were created in the same second";

    public const string NoTimes = "the service does not report when the jobs were created";

    public const string Counts = "the numbers of jobs in the ranges do not add up to the total";

    /// <summary>Describes why the first page of a range could not be retrieved.</summary>
    public static string Describe(FwException failure) =>
        failure is FwApiException { IsInvalidArgument: true } rejection
            ? "the service rejected the filter by creation time"
                + (rejection.ServiceMessage is { } message ? $" (service message: {message})" : "")
            // If the failure persists, the next page fails too, with an error that shows how to continue.
            : $"the number of jobs per range could not be retrieved ({failure.Message})";

    public const string Order = "the service orders names unexpectedly";

    public static string Parallel(long? jobs) => $"Reading {jobs:N0} jobs in parallel, in ranges of creation time.";

    public static string Warn(string problem) => $"Reading pages sequentially despite -ThrottleLimit: {problem}.";
}
