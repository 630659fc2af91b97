namespace Fireworks.DpoJobs;

/// <summary>The result of stopping, resuming or removing a job.</summary>
/// <param name="Name">The full name of the job.</param>
/// <param name="Job">The job as it is now. Null when it was not retrieved, or no longer exists.</param>
/// <param name="Warning">Why the job was not changed, or seems unchanged. Null when the service changed it.</param>
internal sealed record JobChange(ResourceName Name, DpoJob? Job = null, string? Warning = null);

/// <summary>
/// Stops, resumes and removes jobs. When it is unknown whether the service executed a request, the state of the job shows
/// it. If that is unknown too, the error describes both.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="log">Receives a message before a request is repeated.</param>
/// <param name="cancellationToken">Cancelled by the user.</param>
/// <param name="clock">The clock. Null for the system's.</param>
internal sealed class JobChanger(
    FireworksClient client,
    IClientLog log,
    CancellationToken cancellationToken,
    IClock? clock = null
)
{
    private readonly IClock _clock = clock ?? SystemClock.Instance;

    /// <summary>Cancels a job.</summary>
    /// <exception cref="FwException">The job was not cancelled, or it is unknown whether it was.</exception>
    public async Task<JobChange> StopAsync(ResourceName name)
    {
        try
        {
            await client.CancelDpoJobAsync(name, cancellationToken).ConfigureAwait(false);
            return new JobChange(name);
        }
        catch (FwException failure) when (IsPrecondition(failure) || failure.MayHaveTakenEffect)
        {
            var job = await CheckAsync(name, failure).ConfigureAwait(false);
            return job is null || !IsStopped(job) ? throw Unsettled(failure, name, job)
                : failure.MayHaveTakenEffect && job.State is JobState.Cancelling or JobState.Cancelled
                    ? new JobChange(name, job)
                : AlreadyDone(name, job, "stopped");
        }
    }

    /// <summary>Deletes a job.</summary>
    /// <exception cref="FwException">The job was not deleted, or it is unknown whether it was.</exception>
    public async Task<JobChange> RemoveAsync(ResourceName name)
    {
        try
        {
            await client.DeleteDpoJobAsync(name, cancellationToken).ConfigureAwait(false);
            return new JobChange(name);
        }
        catch (FwApiException missing) when (missing.IsNotFound)
        {
            return missing.MayHaveTakenEffect ? new JobChange(name) : NotFound(name);
        }
        catch (FwException failure) when (IsPrecondition(failure) || failure.MayHaveTakenEffect)
        {
            var job = await CheckAsync(name, failure).ConfigureAwait(false);
            return job is not null && !JobStates.IsRemoved(job.State) ? throw Unsettled(failure, name, job)
                : failure.MayHaveTakenEffect ? new JobChange(name, job)
                : AlreadyDone(name, job, "removed");
        }
    }

    /// <summary>Resumes a job. Repeats the request only if the job is still as it was before.</summary>
    /// <param name="name">The full name of the job.</param>
    /// <param name="before">The job before, with its state.</param>
    /// <exception cref="FwException">The job was not resumed, or it is unknown whether it was.</exception>
    public async Task<JobChange> ResumeAsync(ResourceName name, DpoJob before)
    {
        for (var repeats = 0; ; repeats++)
        {
            DpoJob resumed;
            try
            {
                resumed = await client.ResumeDpoJobAsync(name, cancellationToken).ConfigureAwait(false);
            }
            catch (FwException failure) when (IsPrecondition(failure))
            {
                var job = await CheckAsync(name, failure).ConfigureAwait(false);
                return job is null || !IsActive(job) ? throw Unsettled(failure, name, job)
                    : repeats > 0 ? new JobChange(name, job)
                    : AlreadyDone(name, job, "resumed");
            }
            catch (FwException failure) when (failure.MayHaveTakenEffect)
            {
                // The service may still be executing the request.
                await _clock.DelayAsync(RetryPolicy.Backoff(repeats), cancellationToken).ConfigureAwait(false);
                var job = await CheckAsync(name, failure).ConfigureAwait(false);
                if (job is not null && (IsActive(job) || job.CompletedTime > before.CompletedTime))
                {
                    return new JobChange(name, job);
                }
                if (job is null || job.StateText != before.StateText || repeats == client.MaximumRetryCount)
                {
                    throw Unsettled(failure, name, job);
                }
                log.Verbose(
                    $"The response was lost. {name.Id} is still {JobStates.NameOf(job)}, so the request is repeated."
                );
                continue;
            }
            return await ConfirmAsync(name, before, resumed).ConfigureAwait(false);
        }
    }

    // The response may show the job as it was before the request, and -Wait must not mistake the old state for the new one.
    private async Task<JobChange> ConfirmAsync(ResourceName name, DpoJob before, DpoJob resumed)
    {
        if (HasContinued(before, resumed))
        {
            return new JobChange(name, resumed);
        }
        await _clock.DelayAsync(RetryPolicy.Backoff(1), cancellationToken).ConfigureAwait(false);
        DpoJob job;
        try
        {
            job = await client.GetDpoJobAsync(name, null, cancellationToken).ConfigureAwait(false);
        }
        catch (FwException failure)
        {
            throw failure.Append("The job was resumed as requested, but could not be retrieved afterwards.");
        }
        var warning = HasContinued(before, job)
            ? null
            : $"The service accepted the request to resume {name.Id}, but the job is still {JobStates.NameOf(job)}.";
        return new JobChange(name, job, warning);
    }

    private static bool HasContinued(DpoJob before, DpoJob job) =>
        IsActive(job) || job.CompletedTime > before.CompletedTime || job.StateText != before.StateText;

    /// <summary>The result for a job that does not exist.</summary>
    public static JobChange NotFound(ResourceName name) =>
        new(
            name,
            Warning: $"There is no job {name}, so nothing was removed. It may have been removed before, or the API key has no access to it."
        );

    /// <summary>The result for a job that is already in the wanted state.</summary>
    /// <param name="name">The full name of the job.</param>
    /// <param name="job">The job. Null when it does not exist.</param>
    /// <param name="verb">The past participle of the action, such as "stopped".</param>
    public static JobChange AlreadyDone(ResourceName name, DpoJob? job, string verb) =>
        job is null
            ? NotFound(name)
            : new(name, job, $"{name.Id} was not {verb}, because it is already {JobStates.NameOf(job)}.");

    /// <summary>Whether a job has ended, or is about to.</summary>
    public static bool IsStopped(DpoJob job) =>
        job.IsFinished == true || job.State == JobState.Cancelling || JobStates.IsRemoved(job.State);

    /// <summary>Whether a job continues by itself, so that it need not be resumed.</summary>
    public static bool IsActive(DpoJob job) =>
        job.IsFinished == false
        && !JobStates.IsRemoved(job.State)
        && job.State is not (JobState.Paused or JobState.Cancelling or JobState.Unspecified);

    private static bool IsPrecondition(FwException failure) =>
        failure is FwApiException { Code: RpcCode.FailedPrecondition };

    // The present state of a job. Null when it does not exist.
    private async Task<DpoJob?> CheckAsync(ResourceName name, FwException failure)
    {
        try
        {
            return await client.GetDpoJobAsync(name, null, cancellationToken).ConfigureAwait(false);
        }
        catch (FwApiException missing) when (missing.IsNotFound)
        {
            return null;
        }
        catch (FwException check)
        {
            throw failure.MayHaveTakenEffect
                ? failure.Append(
                    $"The request may have been carried out, and the state of the job could not be retrieved: {check.Message} "
                        + Advice(name)
                )
                : failure;
        }
    }

    private static FwException Unsettled(FwException failure, ResourceName name, DpoJob? job) =>
        !failure.MayHaveTakenEffect ? failure
        : job is null ? failure.Append($"The job {name.Id} does not exist.")
        : failure.Append(
            $"The request may have been carried out nevertheless. A moment later, the job was {JobStates.NameOf(job)}. {Advice(name)}"
        );

    private static string Advice(ResourceName name) => $"To check, run: Get-FwDpoJob -Id {name}";
}
