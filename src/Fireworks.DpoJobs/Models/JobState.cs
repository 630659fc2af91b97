using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>
/// The state of a job (reference pages "List Dpo Jobs" and "Get Dpo Job", <c>gatewayJobState</c>), without the prefix
/// <c>JOB_STATE_</c>. The service adds states without notice: one that is missing here is <see cref="Unrecognized"/>.
/// </summary>
/// <remarks>
/// The underlying type is <see cref="long"/> because ConvertTo-Json prints the names of such an enum, and the numbers of any
/// other. The service does not use the numbers.
/// </remarks>
public enum JobState : long
{
    /// <summary>The service sent a state that this version of the module does not know; StateText has its name.</summary>
    Unrecognized = -1,

    /// <summary>The service reports no state.</summary>
    Unspecified = 0,

    /// <summary>The job is being created.</summary>
    Creating,

    /// <summary>
    /// The job is training. The service may report this state before the trainer starts, and indefinitely after a crash of
    /// the trainer.
    /// </summary>
    Running,

    /// <summary>The job completed successfully. Finished.</summary>
    Completed,

    /// <summary>The job failed; Status has the reason. Finished, but the job can be resumed.</summary>
    Failed,

    /// <summary>A user cancelled the job. Finished, but the job can be resumed.</summary>
    Cancelled,

    /// <summary>The job is being deleted.</summary>
    Deleting,

    /// <summary>Training is complete; the results are being written.</summary>
    WritingResults,

    /// <summary>The job's input is being validated.</summary>
    Validating,

    /// <summary>The job is being deleted and its resources are being cleaned up.</summary>
    DeletingCleaningUp,

    /// <summary>The job is waiting for capacity.</summary>
    Pending,

    /// <summary>The job exceeded its time limit. Finished.</summary>
    Expired,

    /// <summary>The job is returning to the queue.</summary>
    ReQueueing,

    /// <summary>The job's input dataset is being created.</summary>
    CreatingInputDataset,

    /// <summary>The job is idle.</summary>
    Idle,

    /// <summary>The job is being cancelled.</summary>
    Cancelling,

    /// <summary>The job stopped before its last epoch because it no longer improved. Finished.</summary>
    EarlyStopped,

    /// <summary>
    /// The job is paused, typically due to account suspension or manual intervention. Not finished, but it may never
    /// continue by itself.
    /// </summary>
    Paused,

    /// <summary>
    /// The job is deleted. Listings contain such jobs only with -IncludeArchived. Finished. (OpenAPI 4.259.0; not on the
    /// reference pages.)
    /// </summary>
    Deleted,

    /// <summary>
    /// The job is deleted, and the service still retains its record; the state is not stored. Listings contain such jobs
    /// only with -IncludeArchived. Finished. (OpenAPI 5.10.0; not on the reference pages.)
    /// </summary>
    Archived,
}

/// <summary>Describes states, and converts between <see cref="JobState"/> and the service's spelling like <see cref="WireEnum{T}"/>.</summary>
internal static class JobStates
{
    private static readonly Regex WireForm = new("^JOB_STATE_[A-Z0-9_]+$", RegexOptions.CultureInvariant);

    private const string Prefix = "JOB_STATE_";

    private static readonly WireEnum<JobState> Names = new(Prefix, JobState.Unrecognized, Parse);

    /// <summary>Every state, including <see cref="JobState.Unrecognized"/>.</summary>
    public static IReadOnlyList<JobState> All => Names.Values;

    /// <summary>The states that users can filter by.</summary>
    public static IEnumerable<JobState> Named =>
        All.Where(state => state is not (JobState.Unrecognized or JobState.Unspecified));

    /// <summary>Whether only newer documents than the reference pages have the state, so that a service may not know it.</summary>
    public static bool IsNewerThanReference(JobState state) => state is JobState.Deleted or JobState.Archived;

    /// <summary>
    /// The service's spelling of a state that a user typed: in either spelling, the service's also without its prefix, in
    /// any case, or a <c>JOB_STATE_…</c> that this version does not know. Null for anything else.
    /// </summary>
    public static string? FindWireName(string text)
    {
        var upper = text.Trim().ToUpperInvariant();
        return Named
                .Select(ToWire)
                .FirstOrDefault(wire =>
                    RemovePrefix(wire) is var name && (name == upper || name.Replace("_", "") == upper)
                )
            ?? (IsWireName(upper) ? upper : null);
    }

    /// <summary>Whether a string has the form of the service's names: <c>JOB_STATE_</c> and upper case.</summary>
    public static bool IsWireName(string text) => WireForm.IsMatch(text);

    /// <summary>
    /// Whether a job in this state, in wire form, is deleted. Listings contain such jobs only on request, and the service does
    /// not store which of the two states it shows, so it cannot filter by it.
    /// </summary>
    public static bool IsDeleted(string wireName) => IsDeleted(Parse(wireName));

    /// <summary>Whether a job in this state is deleted. Null is not.</summary>
    public static bool IsDeleted(JobState? state) => state is JobState.Deleted or JobState.Archived;

    /// <summary>Whether a job in this state is deleted, or is being deleted. Null is not.</summary>
    public static bool IsRemoved(JobState? state) =>
        IsDeleted(state) || state is JobState.Deleting or JobState.DeletingCleaningUp;

    /// <summary>The service's spelling without its prefix, for states that are unknown to this version.</summary>
    public static string RemovePrefix(string wireName) =>
        wireName.StartsWith(Prefix, StringComparison.Ordinal) ? wireName.Substring(Prefix.Length) : wireName;

    /// <summary>The state of a name. Null without a name.</summary>
    public static JobState? Parse(string? wireName) =>
        // Not a dictionary, because a new process reads its first job faster without one.
        wireName switch
        {
            null or "" => null,
            "JOB_STATE_UNSPECIFIED" => JobState.Unspecified,
            "JOB_STATE_CREATING" => JobState.Creating,
            "JOB_STATE_RUNNING" => JobState.Running,
            "JOB_STATE_COMPLETED" => JobState.Completed,
            "JOB_STATE_FAILED" => JobState.Failed,
            "JOB_STATE_CANCELLED" => JobState.Cancelled,
            "JOB_STATE_DELETING" => JobState.Deleting,
            "JOB_STATE_WRITING_RESULTS" => JobState.WritingResults,
            "JOB_STATE_VALIDATING" => JobState.Validating,
            "JOB_STATE_DELETING_CLEANING_UP" => JobState.DeletingCleaningUp,
            "JOB_STATE_PENDING" => JobState.Pending,
            "JOB_STATE_EXPIRED" => JobState.Expired,
            "JOB_STATE_RE_QUEUEING" => JobState.ReQueueing,
            "JOB_STATE_CREATING_INPUT_DATASET" => JobState.CreatingInputDataset,
            "JOB_STATE_IDLE" => JobState.Idle,
            "JOB_STATE_CANCELLING" => JobState.Cancelling,
            "JOB_STATE_EARLY_STOPPED" => JobState.EarlyStopped,
            "JOB_STATE_PAUSED" => JobState.Paused,
            "JOB_STATE_DELETED" => JobState.Deleted,
            "JOB_STATE_ARCHIVED" => JobState.Archived,
            _ => JobState.Unrecognized,
        };

    public static string ToWire(JobState state) => Names.ToWire(state);

    public static string? TextOf(JobState? state, string? currentText) => Names.TextOf(state, currentText);

    /// <summary>The state of a job for messages: its name, or for an unknown state the service's spelling.</summary>
    /// <param name="job">The job. Null when it is unknown.</param>
    public static string NameOf(DpoJob? job) =>
        job?.State switch
        {
            null => "unknown",
            JobState.Unrecognized => ControlCharacters.MakeVisible(job.StateText!),
            { } state => state.ToString(),
        };

    /// <summary>A short description for tooltips.</summary>
    public static string Describe(JobState state) =>
        state switch
        {
            JobState.Creating => "Being created.",
            JobState.Running => "Training.",
            JobState.Completed => "Completed successfully. Finished.",
            JobState.Failed => "Failed; Status has the reason. Can be resumed. Finished.",
            JobState.Cancelled => "Cancelled by a user. Can be resumed. Finished.",
            JobState.Deleting => "Being deleted.",
            JobState.WritingResults => "Training is complete; writing the results.",
            JobState.Validating => "Validating the input.",
            JobState.DeletingCleaningUp => "Being deleted; cleaning up its resources.",
            JobState.Pending => "Waiting for capacity.",
            JobState.Expired => "Exceeded its time limit. Finished.",
            JobState.ReQueueing => "Returning to the queue.",
            JobState.CreatingInputDataset => "Creating the input dataset.",
            JobState.Idle => "Idle.",
            JobState.Cancelling => "Being cancelled.",
            JobState.EarlyStopped => "Stopped early because it no longer improved. Finished.",
            JobState.Paused => "Paused; may not continue by itself.",
            JobState.Deleted => "Deleted. Finished.",
            JobState.Archived => "Deleted; the service still retains its record. Finished.",
            _ => "Unknown to this version of the module.",
        };

    /// <summary>
    /// Whether a job ends in this state. Failed and Cancelled jobs can be resumed. Null when the state is null or
    /// <see cref="JobState.Unrecognized"/>.
    /// </summary>
    public static bool? IsFinished(JobState? state) =>
        state switch
        {
            null or JobState.Unrecognized => null,
            JobState.Completed
            or JobState.Failed
            or JobState.Cancelled
            or JobState.EarlyStopped
            or JobState.Expired
            or JobState.Deleted
            or JobState.Archived => true,
            _ => false,
        };
}
