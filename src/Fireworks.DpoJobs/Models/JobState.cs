namespace Fireworks.DpoJobs;

/// <summary>
/// The state of a job (reference page "Get Dpo Job", <c>gatewayJobState</c>), without the prefix <c>JOB_STATE_</c>.
/// The set grows without notice: a state that is not here is <see cref="Unrecognized"/>.
/// </summary>
/// <remarks>
/// Its underlying type is <see cref="long"/> because ConvertTo-Json prints the name of such an enum, and the number of
/// any other. The numbers mean nothing to the service.
/// </remarks>
public enum JobState : long
{
    /// <summary>The service sent a state that this version of the module does not know; StateText has it.</summary>
    Unrecognized = -1,

    /// <summary>The service says that no state is set.</summary>
    Unspecified = 0,

    /// <summary>The job is being set up.</summary>
    Creating,

    /// <summary>Training is under way.</summary>
    Running,

    /// <summary>Ended well. Final.</summary>
    Completed,

    /// <summary>Ended with an error, told by Status. Final.</summary>
    Failed,

    /// <summary>Ended because somebody asked for it. Final.</summary>
    Cancelled,

    /// <summary>The job is being deleted.</summary>
    Deleting,

    /// <summary>Training is over; the results are being written.</summary>
    WritingResults,

    /// <summary>The job's input is being checked.</summary>
    Validating,

    /// <summary>The job is being deleted, and what belongs to it is being cleaned up.</summary>
    DeletingCleaningUp,

    /// <summary>The job waits for capacity.</summary>
    Pending,

    /// <summary>The job ran out of the time it was given. Final.</summary>
    Expired,

    /// <summary>The job goes back to the queue.</summary>
    ReQueueing,

    /// <summary>The data set that the job reads is being made.</summary>
    CreatingInputDataset,

    /// <summary>The job is there, and does nothing.</summary>
    Idle,

    /// <summary>Somebody asked for the job's end; it has not ended yet.</summary>
    Cancelling,

    /// <summary>Ended before its last epoch since it no longer got better. Final.</summary>
    EarlyStopped,

    /// <summary>Paused, typically due to account suspension or manual intervention. Not final, yet may never move by itself.</summary>
    Paused,

    /// <summary>The job has been deleted. Final. (OpenAPI of the service; not on the reference pages.)</summary>
    Deleted,

    /// <summary>The job has been archived. Final. (Later OpenAPI of the service; not on the reference pages.)</summary>
    Archived,
}
