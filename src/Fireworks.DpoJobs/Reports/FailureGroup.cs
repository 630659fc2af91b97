using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>Failed jobs with the same reason.</summary>
/// <param name="Reason">The machine-readable reason, or else the code. Empty when the service sent neither.</param>
/// <param name="Jobs">The jobs, newest first.</param>
internal sealed record FailureGroup(string Reason, IReadOnlyList<DpoJob> Jobs)
{
    private static readonly Regex Digits = new("[0-9]+", RegexOptions.CultureInvariant);

    /// <summary>
    /// The messages of the jobs with their frequency, the most frequent first. Messages that differ only in numbers are one, with
    /// an ellipsis for each number.
    /// </summary>
    public IEnumerable<(string Message, int Count)> Messages =>
        Jobs.Select(job => job.Status?.Message)
            .Where(message => !string.IsNullOrEmpty(message))
            .GroupBy(message => Digits.Replace(message!, "…"))
            .OrderByDescending(group => group.Count())
            .Select(group => (group.Distinct().Count() == 1 ? group.First()! : group.Key, group.Count()));

    /// <summary>Groups the failed jobs by reason, the most frequent first.</summary>
    public static IReadOnlyList<FailureGroup> Create(IEnumerable<DpoJob> jobs) =>
        [
            .. jobs.Where(job => JobOutcomes.Of(job) == JobOutcome.Failed)
                .OrderByDescending(job => job.CreateTime)
                .GroupBy(FindReason)
                .OrderByDescending(group => group.Count())
                .Select(group => new FailureGroup(group.Key, [.. group])),
        ];

    // The service sends the code OK for a job that has no error of its own.
    private static string FindReason(DpoJob job) =>
        job.Status?.Reason
        ?? (
            job.Status?.Code is not (null or RpcCode.Ok) ? job.Status!.CodeText!
            : job.State == JobState.Expired ? "Time limit exceeded"
            : ""
        );
}
