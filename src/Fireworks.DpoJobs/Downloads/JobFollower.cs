namespace Fireworks.DpoJobs;

/// <summary>A job whose file is followed.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Job">The job as it was last seen. Null when it has not been seen.</param>
/// <param name="Reader">Reads its file.</param>
internal sealed record FollowedJob(ResourceName Name, DpoJob? Job, JobReader Reader)
{
    /// <summary>The number of consecutive rounds in which the file or the job could not be read.</summary>
    public int Failures { get; init; }
}

/// <summary>An addition to a file that is followed, or its end.</summary>
/// <param name="Name">The full name of the job.</param>
/// <param name="Items">The objects that were added. Empty when following has ended.</param>
/// <param name="Failure">Why following ended too early. Null while it continues, and when the job has ended.</param>
/// <param name="HasNoFile">Whether following ended because the job has no such file.</param>
internal sealed record FollowResult(
    ResourceName Name,
    IReadOnlyList<object> Items,
    FwException? Failure = null,
    bool HasNoFile = false
);

/// <summary>
/// Reads what jobs add to their files, until the jobs end. Each round reads the files one after another and gets the jobs that
/// have not ended. Continues after outages of the service.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="jobs">The jobs.</param>
/// <param name="pollingInterval">The delay between rounds. Null for one that grows.</param>
/// <param name="log">Receives one warning per outage.</param>
/// <param name="cancellationToken">Cancelled by the user.</param>
/// <param name="clock">The clock. Null for the system's.</param>
/// <param name="random">Returns a number from 0 up to 1. Null for the machine's.</param>
internal sealed class JobFollower(
    FireworksClient client,
    IEnumerable<FollowedJob> jobs,
    TimeSpan? pollingInterval,
    IClientLog log,
    CancellationToken cancellationToken,
    IClock? clock = null,
    Func<double>? random = null
) : IDisposable
{
    // After the end of a job, only this limit ends the attempts.
    private const int MaxFailuresAtEnd = 5;

    private readonly IClock _clock = clock ?? SystemClock.Instance;
    private readonly PollingSchedule _schedule = new(pollingInterval, random);
    private readonly LinkedList<FollowedJob> _jobs = new(jobs);
    private LinkedListNode<FollowedJob>? _current;
    private DateTimeOffset? _start;
    private int _rounds;
    private bool _isOutageReported;
    private FwException? _outage;

    /// <summary>Whether a job without a file after the start of its training never gets one.</summary>
    public bool ExpectsFileInTraining { get; init; }

    /// <summary>How many jobs have not ended. On any thread.</summary>
    public int Count { get; private set; }

    /// <summary>Waits until something was added to a file, or following a file has ended.</summary>
    /// <returns>The addition or the end; null when following has ended for all jobs.</returns>
    /// <exception cref="FwException">The API key, the account or the network of this machine is rejected.</exception>
    /// <exception cref="OperationCanceledException">The user cancelled it.</exception>
    public async Task<FollowResult?> ReadAsync()
    {
        _start ??= _clock.UtcNow;
        while (true)
        {
            if (_current is null)
            {
                Count = _jobs.Count;
                if (_jobs.Count == 0)
                {
                    return null;
                }
                if (_rounds++ > 0)
                {
                    ReportOutage();
                    var delay = _schedule.Delay(_rounds - 1, _clock.UtcNow - _start.Value);
                    await _clock.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
                }
                _current = _jobs.First;
            }
            if (await ReadAsync(_current!).ConfigureAwait(false) is { } result)
            {
                return result;
            }
        }
    }

    public void Dispose()
    {
        foreach (var job in _jobs)
        {
            job.Reader.Dispose();
        }
    }

    private async Task<FollowResult?> ReadAsync(LinkedListNode<FollowedJob> node)
    {
        var (name, job, reader) = node.Value;
        if (job?.IsFinished == true)
        {
            reader.IsFinalRead = reader.IsJobFinished = true;
        }
        FwException? outage = null;
        try
        {
            if (await reader.ReadAsync().ConfigureAwait(false) is { } items)
            {
                return items.Count > 0 ? new FollowResult(name, items) : null;
            }
        }
        catch (FwException failure) when (!failure.AffectsEveryRequest)
        {
            if (!IsOutage(failure) || (reader.IsFinalRead && node.Value.Failures >= MaxFailuresAtEnd - 1))
            {
                return End(node, failure, hasNoFile: false);
            }
            outage = failure;
        }
        if (reader.IsFinalRead && outage is null)
        {
            return End(node, Describe(node.Value), reader.IsMissing);
        }
        if (!reader.IsFinalRead)
        {
            // Even if the file cannot be read, because the end of the job ends the attempts.
            try
            {
                job = await client.GetDpoJobAsync(name, null, cancellationToken).ConfigureAwait(false);
            }
            catch (FwException failure) when (!failure.AffectsEveryRequest)
            {
                if (!IsOutage(failure))
                {
                    return End(node, failure, hasNoFile: false);
                }
                outage ??= failure;
            }
        }
        node.Value = node.Value with { Job = job, Failures = outage is null ? 0 : node.Value.Failures + 1 };
        if (job is not null && JobGoal.Finished.Judge(job) != JobVerdict.Continues)
        {
            reader.IsFinalRead = reader.IsJobFinished = true;
        }
        if (outage is null)
        {
            if (reader.IsFinalRead)
            {
                // Reads the lines that were added before the end without a delay.
                return null;
            }
            if (reader.IsMissing && IsFileExpected(job!))
            {
                return End(node, null, hasNoFile: true);
            }
        }
        _outage ??= outage;
        _current = node.Next;
        return null;
    }

    private bool IsFileExpected(DpoJob job) =>
        ExpectsFileInTraining && job.State is (JobState.Running or JobState.WritingResults);

    private static bool IsOutage(FwException failure) =>
        failure.IsOutage && failure is not FwResponseException { IsTooLarge: true };

    private FollowResult End(LinkedListNode<FollowedJob> node, FwException? failure, bool hasNoFile)
    {
        _current = node.Next;
        _jobs.Remove(node);
        Count = _jobs.Count;
        node.Value.Reader.Dispose();
        return new FollowResult(node.Value.Name, [], failure, hasNoFile && failure is null);
    }

    // A job that ends normally needs no error; for another one, it is not certain that the file is complete.
    private static FwWaitException? Describe(FollowedJob job) =>
        JobGoal.Finished.Judge(job.Job) is var verdict && verdict != JobVerdict.Reached
            ? JobGoal.Describe(verdict, job.Name.Id, job.Job)
            : null;

    private void ReportOutage()
    {
        if (_outage is not null && !_isOutageReported)
        {
            log.Warning($"The files of the jobs cannot be read at present, so waiting continues. {_outage.Message}");
        }
        else if (_outage is null && _isOutageReported)
        {
            log.Verbose("The service responds again.");
        }
        _isOutageReported = _outage is not null;
        _outage = null;
    }
}
