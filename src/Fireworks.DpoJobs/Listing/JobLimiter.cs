namespace Fireworks.DpoJobs;

/// <summary>Removes duplicate and unwanted jobs from a listing, and ends it at a limit.</summary>
/// <param name="accepts">Whether a job is wanted. Called on any thread. Null for all jobs.</param>
/// <param name="limit">The maximum number of jobs. Null for no limit.</param>
internal sealed class JobLimiter(Func<DpoJob, bool>? accepts = null, long? limit = null)
{
    private readonly SeenNames _names = new();

    /// <summary>How many more jobs can be taken. Null for no limit.</summary>
    public long? Remaining { get; private set; } = limit;

    /// <summary>Takes the wanted jobs of a list. Returns the same list when it takes all of them.</summary>
    public IReadOnlyList<DpoJob> Take(IReadOnlyList<DpoJob> jobs)
    {
        // A job without a name (a read mask may exclude it) cannot be recognized as a duplicate.
        var taken = jobs.Where(job =>
                job is not null && (job.Name is null || _names.Add(job.Name)) && (accepts is null || accepts(job))
            )
            .ToList();
        if (Remaining is { } remaining)
        {
            if (taken.Count > remaining)
            {
                taken.RemoveRange((int)remaining, taken.Count - (int)remaining);
            }
            Remaining = remaining - taken.Count;
        }
        return taken.Count == jobs.Count ? jobs : taken;
    }
}
