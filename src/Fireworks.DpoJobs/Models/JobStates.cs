using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>Converts between <see cref="JobState"/> and the service's spelling, and describes states.</summary>
internal static class JobStates
{
    private static readonly Regex WireForm = new("^JOB_STATE_[A-Z0-9_]+$", RegexOptions.CultureInvariant);

    private static readonly WireEnum<JobState> Names = new("JOB_STATE_", JobState.Unrecognized);

    /// <summary>Every state, including <see cref="JobState.Unrecognized"/>.</summary>
    public static IReadOnlyList<JobState> All => Names.Values;

    /// <summary>The states that users can filter by.</summary>
    public static IEnumerable<JobState> Named =>
        All.Where(state => state is not (JobState.Unrecognized or JobState.Unspecified));

    /// <summary>
    /// The service's spelling of a state that a user typed: in either spelling, in any case, or a <c>JOB_STATE_…</c> that
    /// this version does not know. Null for anything else.
    /// </summary>
    public static string? FindWireName(string text)
    {
        var upper = text.Trim().ToUpperInvariant();
        var known = Named
            .Select(ToWire)
            .FirstOrDefault(wire => wire == upper || wire.Replace("_", "") == "JOBSTATE" + upper);
        return known ?? (WireForm.IsMatch(upper) ? upper : null);
    }

    /// <inheritdoc cref="WireEnum{T}.Parse"/>
    public static JobState? Parse(string? wireName) => Names.Parse(wireName);

    /// <inheritdoc cref="WireEnum{T}.ToWire"/>
    public static string ToWire(JobState state) => Names.ToWire(state);

    /// <inheritdoc cref="WireEnum{T}.TextOf"/>
    public static string? TextOf(JobState? state, string? currentText) => Names.TextOf(state, currentText);

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
            _ => "Not known to this version of the module.",
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
