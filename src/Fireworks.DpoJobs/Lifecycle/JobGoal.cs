namespace Fireworks.DpoJobs;

/// <summary>The states that are waited for.</summary>
internal sealed class JobGoal
{
    private readonly Func<DpoJob, bool> _isReached;
    private readonly bool _isRemoval;

    private JobGoal(Func<DpoJob, bool> isReached, bool isRemoval = false)
    {
        _isReached = isReached;
        _isRemoval = isRemoval;
    }

    /// <summary>Any final state. A deleted job has no outcome, so it does not count.</summary>
    public static JobGoal Finished { get; } = new(job => job.IsFinished == true && !JobStates.IsDeleted(job.State));

    /// <summary>The job is deleted or does not exist. All other states are temporary.</summary>
    public static JobGoal Removed { get; } = new(job => JobStates.IsDeleted(job.State), isRemoval: true);

    /// <summary>One of these states, in wire form.</summary>
    public static JobGoal AnyOf(IReadOnlyCollection<string> states) => new(job => states.Contains(job.StateText ?? ""));

    /// <summary>The states, in wire form, of the jobs that are worth listing: waiting continues in them.</summary>
    public IReadOnlyList<string> ListedStates =>
        _isRemoval
            ? [JobStates.ToWire(JobState.Deleting), JobStates.ToWire(JobState.DeletingCleaningUp)]
            :
            [
                .. JobStates
                    .Named.Where(state => Judge(new DpoJob { State = state }) == JobVerdict.Continues)
                    .Select(JobStates.ToWire),
            ];

    /// <summary>Decides whether waiting for a job continues.</summary>
    /// <param name="job">The job. Null when it does not exist.</param>
    public JobVerdict Judge(DpoJob? job) =>
        job is null ? (_isRemoval ? JobVerdict.Reached : JobVerdict.Removed)
        : _isReached(job) ? JobVerdict.Reached
        : _isRemoval ? JobVerdict.Continues
        : job.State switch
        {
            JobState.Deleted or JobState.Archived => JobVerdict.Removed,
            JobState.Paused => JobVerdict.Paused,
            null or JobState.Unrecognized or JobState.Unspecified => JobVerdict.Unknown,
            _ => job.IsFinished == true ? JobVerdict.Missed : JobVerdict.Continues,
        };

    /// <summary>The error when waiting for a job ends before the goal is reached.</summary>
    /// <param name="verdict">Why waiting ends.</param>
    /// <param name="id">The ID of the job.</param>
    /// <param name="job">The job. Null when it does not exist.</param>
    public static FwWaitException Describe(JobVerdict verdict, string id, DpoJob? job) =>
        verdict switch
        {
            JobVerdict.Paused => new(WaitFailure.Paused, $"{id} is paused and may never continue by itself.", job),
            JobVerdict.Unknown when job?.State != JobState.Unrecognized => new(
                WaitFailure.UnknownState,
                $"The service reports no state of {id}.",
                job
            ),
            JobVerdict.Unknown => new(
                WaitFailure.UnknownState,
                $"{id} is in a state that this version of the module does not know: {JobStates.NameOf(job)}.",
                job
            ),
            JobVerdict.Removed when job is null => new(WaitFailure.Removed, $"{id} no longer exists."),
            JobVerdict.Removed => new(
                WaitFailure.Removed,
                $"{id} was deleted; its state is {JobStates.NameOf(job)}.",
                job
            ),
            _ => new(
                WaitFailure.OtherState,
                $"{id} ended in the state {JobStates.NameOf(job)}, which is not one of those that were waited for.",
                job
            ),
        };
}

/// <summary>Whether waiting for a job continues, and if not, why.</summary>
internal enum JobVerdict
{
    Continues,

    /// <summary>The job is in a state that was waited for.</summary>
    Reached,

    /// <summary>The job may never continue by itself.</summary>
    Paused,

    /// <summary>The service reports no state, or an unknown one.</summary>
    Unknown,

    /// <summary>The job is deleted or does not exist.</summary>
    Removed,

    /// <summary>The job ended in another state.</summary>
    Missed,
}
