namespace Fireworks.DpoJobs;

/// <summary>The outcome of a job: the groups of states that a report counts.</summary>
internal enum JobOutcome
{
    Succeeded,
    Failed,
    InProgress,
    Other,
}

internal static class JobOutcomes
{
    /// <summary>Every outcome, in the order of a report.</summary>
    public static IReadOnlyList<JobOutcome> All { get; } =
    [JobOutcome.Succeeded, JobOutcome.Failed, JobOutcome.InProgress, JobOutcome.Other];

    public static JobOutcome Of(DpoJob job) =>
        job.State switch
        {
            JobState.Completed or JobState.EarlyStopped => JobOutcome.Succeeded,
            JobState.Failed or JobState.Expired => JobOutcome.Failed,
            _ when job.IsFinished == false => JobOutcome.InProgress,
            _ => JobOutcome.Other,
        };

    public static string Label(JobOutcome outcome) =>
        outcome switch
        {
            JobOutcome.Succeeded => "Succeeded",
            JobOutcome.Failed => "Failed",
            JobOutcome.InProgress => "In progress",
            _ => "Cancelled or other",
        };

    /// <summary>The CSS class of the color.</summary>
    public static string CssClass(JobOutcome outcome) =>
        outcome switch
        {
            JobOutcome.Succeeded => "good",
            JobOutcome.Failed => "bad",
            JobOutcome.InProgress => "busy",
            _ => "rest",
        };
}
