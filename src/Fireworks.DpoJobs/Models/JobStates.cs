using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>Between <see cref="JobState"/> and its spelling on the wire.</summary>
internal static class JobStates
{
    private static readonly Regex WireForm = new("^JOB_STATE_[A-Z0-9_]+$", RegexOptions.CultureInvariant);

    private static readonly WireEnum<JobState> Names = new("JOB_STATE_", JobState.Unrecognized);

    /// <summary>Every state there is a word for.</summary>
    public static IReadOnlyList<JobState> All => Names.Values;

    /// <summary>The states that a job can be asked for by.</summary>
    public static IEnumerable<JobState> Named =>
        All.Where(state => state is not (JobState.Unrecognized or JobState.Unspecified));

    /// <summary>
    /// The wire's name of what a person calls a state: in either spelling and any case, or a wire name that this version does
    /// not know. Null when it is neither.
    /// </summary>
    public static string? FindWireName(string text)
    {
        var upper = text.Trim().ToUpperInvariant();
        var known = Named
            .Select(ToWire)
            .FirstOrDefault(wire => wire == upper || wire.Replace("_", "") == "JOBSTATE" + upper);
        return known ?? (WireForm.IsMatch(upper) ? upper : null);
    }

    /// <summary>The state of a wire name. Null for none; <see cref="JobState.Unrecognized"/> for one not known here.</summary>
    public static JobState? Parse(string? wireName) => Names.Parse(wireName);

    /// <summary>The wire's name of a state: <c>JOB_STATE_RE_QUEUEING</c>. Not for <see cref="JobState.Unrecognized"/>, which has none.</summary>
    public static string ToWire(JobState state) => Names.ToWire(state);

    /// <summary>What a state means, in a few words.</summary>
    public static string Describe(JobState state) =>
        state switch
        {
            JobState.Creating => "being set up",
            JobState.Running => "training is under way",
            JobState.Completed => "ended well (final)",
            JobState.Failed => "ended with an error, told by Status (final)",
            JobState.Cancelled => "ended because somebody asked for it (final)",
            JobState.Deleting => "being deleted",
            JobState.WritingResults => "training is over, results are being written",
            JobState.Validating => "the input is being checked",
            JobState.DeletingCleaningUp => "being deleted, and cleaned up behind",
            JobState.Pending => "waits for capacity",
            JobState.Expired => "ran out of the time it was given (final)",
            JobState.ReQueueing => "goes back to the queue",
            JobState.CreatingInputDataset => "the data set that it reads is being made",
            JobState.Idle => "is there, and does nothing",
            JobState.Cancelling => "its end has been asked for",
            JobState.EarlyStopped => "ended before its last epoch since it no longer got better (final)",
            JobState.Paused => "paused; may never move by itself",
            JobState.Deleted => "deleted (final)",
            JobState.Archived => "archived (final)",
            _ => "a state that this version does not know",
        };

    /// <summary>Whether a state is final. Null where that is not known.</summary>
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
