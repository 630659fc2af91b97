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

    /// <summary>The job is deleted. Finished. (OpenAPI 4.259.0; not on the reference pages.)</summary>
    Deleted,

    /// <summary>
    /// The job is deleted, and the service still retains its record; the state is not stored. Listings contain such jobs
    /// only with <c>includeArchived=true</c>. Finished. (OpenAPI 5.10.0; not on the reference pages.)
    /// </summary>
    Archived,
}
