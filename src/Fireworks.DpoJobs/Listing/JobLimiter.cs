using System;
using System.Collections.Generic;
using System.Linq;

namespace Fireworks.DpoJobs;

/// <summary>Lets each job of a listing pass once, if it is wanted, up to a limit.</summary>
/// <param name="accepts">Which jobs are wanted. Called on any thread. Null for all.</param>
/// <param name="limit">How many jobs are wanted at most. Null for no limit.</param>
internal sealed class JobLimiter(Func<DpoJob, bool>? accepts = null, long? limit = null)
{
    private readonly SeenNames _names = new();

    /// <summary>How many more jobs are wanted. Null for no limit.</summary>
    public long? Wanted { get; private set; } = limit;

    /// <summary>What passes of some jobs: the same list if all do.</summary>
    public IReadOnlyList<DpoJob> Take(IReadOnlyList<DpoJob> jobs)
    {
        // A job without a name (a read mask may leave it out) cannot be recognised again.
        var fresh = jobs.Where(job =>
                job is not null && (job.Name is null || _names.Add(job.Name)) && (accepts is null || accepts(job))
            )
            .ToList();
        if (Wanted is { } wanted)
        {
            if (fresh.Count > wanted)
            {
                fresh.RemoveRange((int)wanted, fresh.Count - (int)wanted);
            }
            Wanted = wanted - fresh.Count;
        }
        return fresh.Count == jobs.Count ? jobs : fresh;
    }
}
