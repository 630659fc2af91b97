using Fireworks.DpoJobs.Models.Json;

namespace Fireworks.DpoJobs.Models;

/// <summary>Between <see cref="JobState"/> and its spelling on the wire.</summary>
internal static class JobStates
{
    private static readonly WireEnum<JobState> Names = new("JOB_STATE_", JobState.Unrecognized);

    /// <summary>The state of a wire name. Null for none; <see cref="JobState.Unrecognized"/> for one not known here.</summary>
    public static JobState? Parse(string? wireName) => Names.Parse(wireName);

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
