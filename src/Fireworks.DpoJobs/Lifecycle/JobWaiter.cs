namespace Fireworks.DpoJobs;

/// <summary>The goal, the time limit and the polling interval of a wait.</summary>
/// <param name="Goal">The states that are waited for.</param>
internal sealed record WaitOptions(JobGoal Goal)
{
    /// <summary>The time limit. Null for none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The delay between polls. Null for one that grows.</summary>
    public TimeSpan? PollingInterval { get; init; }
}

/// <summary>A job that is waited for.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Job">The job as it was last seen. Null when it has not been seen.</param>
/// <param name="Since">When its present state was first seen.</param>
internal sealed record WaitingJob(ResourceName Name, DpoJob? Job, DateTimeOffset Since);

/// <summary>The end of waiting for one job.</summary>
/// <param name="Name">The full name of the job.</param>
/// <param name="Job">The job, when it reached the goal. Null after a failure, and when the job was removed as wanted.</param>
/// <param name="Failure">Why waiting ended before that. Null when the goal was reached.</param>
internal sealed record WaitResult(ResourceName Name, DpoJob? Job, FwException? Failure);

/// <summary>
/// Waits until jobs reach a goal. A round of polling gets up to five jobs by name; for more it lists the jobs that are still in
/// progress, and gets only those that left the listing. Continues after outages of the service.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="options">The options of the wait.</param>
/// <param name="log">Receives one warning per outage.</param>
/// <param name="cancellationToken">Cancelled by the user.</param>
/// <param name="clock">The clock. Null for the system's.</param>
/// <param name="random">Returns a number from 0 up to 1. Null for the machine's.</param>
internal sealed class JobWaiter(
    FireworksClient client,
    WaitOptions options,
    IClientLog log,
    CancellationToken cancellationToken,
    IClock? clock = null,
    Func<double>? random = null
)
{
    private const int MaxGets = 5;
    private const string ListedFields = "name,state,create_time,display_name";

    // How long the last poll may take when the time limit is reached.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly IClock _clock = clock ?? SystemClock.Instance;
    private readonly PollingSchedule _schedule = new(options.PollingInterval, random);
    private readonly Dictionary<string, WaitingJob> _waiting = [];
    private readonly List<WaitResult> _results = [];

    private DateTimeOffset? _start;
    private DateTimeOffset? _outage;
    private int _polls;

    /// <summary>The number of jobs that were added.</summary>
    public int Total { get; private set; }

    /// <summary>The jobs that are still waited for, in the order in which they were added. On any thread.</summary>
    public IReadOnlyList<WaitingJob> Waiting
    {
        get
        {
            lock (_waiting)
            {
                return [.. _waiting.Values];
            }
        }
    }

    /// <summary>Adds a job. One that was added before is ignored.</summary>
    /// <param name="name">Its full name.</param>
    /// <param name="job">The job as it is known. Null when only its name is.</param>
    public void Add(ResourceName name, DpoJob? job)
    {
        lock (_waiting)
        {
            if (_waiting.ContainsKey(name.ToString()))
            {
                return;
            }
            Total++;
            _waiting.Add(name.ToString(), new WaitingJob(name, job, _clock.UtcNow));
        }
    }

    /// <summary>Waits until waiting has ended for at least one job. Empty when it has ended for all.</summary>
    /// <exception cref="FwException">The API key, the account or the network of this machine is rejected.</exception>
    /// <exception cref="OperationCanceledException">The user cancelled it.</exception>
    public async Task<IReadOnlyList<WaitResult>> ReadAsync()
    {
        if (_start is null)
        {
            _start = _clock.UtcNow;
            // Final states of jobs from the pipeline need no request.
            foreach (var job in Waiting.Where(job => job.Job is not null))
            {
                if (options.Goal.Judge(job.Job) == JobVerdict.Reached)
                {
                    End(job, job.Job, null);
                }
            }
        }
        while (_results.Count == 0 && Waiting.Count > 0)
        {
            if (_polls > 0)
            {
                var delay = _schedule.Delay(_polls, _clock.UtcNow - _start.Value);
                await _clock.DelayAsync(Shorten(delay), cancellationToken).ConfigureAwait(false);
            }
            await PollAsync().ConfigureAwait(false);
            _polls++;
            if (Remaining <= TimeSpan.Zero)
            {
                TimeOut();
            }
        }
        // Jobs that were found in the same round, in the order in which they finished.
        var results = _results.OrderBy(result => result.Job?.CompletedTime ?? DateTimeOffset.MaxValue).ToList();
        _results.Clear();
        return results;
    }

    // Null without a time limit.
    private TimeSpan? Remaining => options.Timeout - (_clock.UtcNow - _start!.Value);

    private TimeSpan Shorten(TimeSpan delay) =>
        Remaining is not { } remaining || remaining >= delay ? delay
        : remaining > TimeSpan.Zero ? remaining
        : TimeSpan.Zero;

    private async Task PollAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (Remaining is { } remaining && remaining < PollingSchedule.MaxDelay)
        {
            limit.CancelAfter(remaining > Grace ? remaining : Grace);
        }
        FwException? outage = null;
        try
        {
            foreach (var account in Waiting.GroupBy(job => job.Name.AccountId))
            {
                var jobs = account.ToList();
                var failure = await CheckAsync(account.Key, jobs, limit.Token).ConfigureAwait(false);
                outage ??= failure;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time limit was reached.
            return;
        }
        ReportOutage(outage);
    }

    // Returns the failure of an outage.
    private async Task<FwException?> CheckAsync(string account, List<WaitingJob> jobs, CancellationToken limit)
    {
        if (jobs.Count > MaxGets && options.Goal.ListedStates.Count > 0)
        {
            try
            {
                jobs = await FindMissingAsync(account, jobs, limit).ConfigureAwait(false);
            }
            catch (FwException failure) when (failure is not FwResponseException && failure.IsOutage)
            {
                return failure;
            }
            catch (FwException failure) when (failure is FwResponseException or FwApiException { IsKeyRejected: false })
            {
                // Each job may be readable although the listing is not.
                log.Verbose($"The jobs cannot be listed, so each is retrieved. {failure.Message}");
            }
        }
        for (var i = 0; i < jobs.Count; i += MaxGets)
        {
            var checks = jobs.Skip(i).Take(MaxGets).Select(job => CheckAsync(job, limit)).ToList();
            var failures = await Task.WhenAll(checks).ConfigureAwait(false);
            if (failures.FirstOrDefault(failure => failure is not null) is { } outage)
            {
                return outage;
            }
        }
        return null;
    }

    // Lists the jobs that are in progress. Returns the jobs that are not among them.
    private async Task<List<WaitingJob>> FindMissingAsync(
        string account,
        List<WaitingJob> jobs,
        CancellationToken limit
    )
    {
        var missing = jobs.ToDictionary(job => job.Name.ToString());
        var selection = new JobSelection(new JobCriteria(options.Goal.ListedStates, null, null));
        var plan = ListingPlan.Create(new ListingOptions(selection) { All = true, ReadMask = ListedFields });
        var listing = new DpoJobListing(client, account, plan, FilterSupport.Of(client.BaseUri, account), log, limit);
        var pager = listing.CreatePager();
        while (pager.HasMore && missing.Count > 0)
        {
            var page = await pager.ReadPageAsync().ConfigureAwait(false);
            foreach (var job in page.Jobs)
            {
                if (job.Name is { } name && missing.TryGetValue(name, out var waiting))
                {
                    missing.Remove(name);
                    Update(waiting, job);
                }
            }
        }
        return [.. missing.Values];
    }

    // Gets one job. Returns the failure of an outage.
    private async Task<FwException?> CheckAsync(WaitingJob waiting, CancellationToken limit)
    {
        DpoJob? job;
        try
        {
            job = await client.GetDpoJobAsync(waiting.Name, null, limit).ConfigureAwait(false);
        }
        catch (FwApiException failure)
            when (failure.IsNotFound && (waiting.Job is not null || options.Goal.Judge(null) == JobVerdict.Reached))
        {
            job = null;
        }
        catch (FwException failure) when (failure.IsOutage)
        {
            return failure;
        }
        catch (FwException failure) when (!failure.AffectsEveryRequest)
        {
            End(waiting, null, failure);
            return null;
        }
        Decide(waiting, job);
        return null;
    }

    private void Decide(WaitingJob waiting, DpoJob? job)
    {
        var verdict = options.Goal.Judge(job);
        if (verdict == JobVerdict.Continues)
        {
            Update(waiting, job!);
        }
        else if (verdict == JobVerdict.Reached)
        {
            End(waiting, job, null);
        }
        else
        {
            End(waiting, null, JobGoal.Describe(verdict, waiting.Name.Id, job));
        }
    }

    private void Update(WaitingJob waiting, DpoJob job)
    {
        lock (_waiting)
        {
            var since = waiting.Job?.StateText == job.StateText ? waiting.Since : _clock.UtcNow;
            _waiting[waiting.Name.ToString()] = waiting with { Job = job, Since = since };
        }
    }

    private void End(WaitingJob waiting, DpoJob? job, FwException? failure)
    {
        lock (_waiting)
        {
            _waiting.Remove(waiting.Name.ToString());
            _results.Add(new WaitResult(waiting.Name, job, failure));
        }
    }

    private void TimeOut()
    {
        foreach (var waiting in Waiting)
        {
            var state = waiting.Job is null ? "its state is unknown" : $"it is {JobStates.NameOf(waiting.Job)}";
            End(
                waiting,
                null,
                new FwWaitException(
                    WaitFailure.Timeout,
                    $"{waiting.Name.Id} did not reach the state within {options.Timeout:c}; {state}.",
                    waiting.Job
                )
            );
        }
    }

    private void ReportOutage(FwException? failure)
    {
        if (failure is not null && _outage is null)
        {
            _outage = _clock.UtcNow;
            log.Warning(
                $"The state of the jobs cannot be retrieved at present, so waiting continues. {failure.Message}"
            );
        }
        else if (failure is null && _outage is { } since)
        {
            _outage = null;
            log.Verbose($"The service responds again, after {_clock.UtcNow - since:c}.");
        }
    }
}
