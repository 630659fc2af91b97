namespace Fireworks.DpoJobs;

/// <summary>How an attempt to create a job ended.</summary>
internal enum CreationOutcome
{
    /// <summary>The job was created.</summary>
    Created,

    /// <summary>The job was created, but its response was lost; the job was read afterwards.</summary>
    Recovered,

    /// <summary>A job with this ID and these settings existed before. Nothing was created.</summary>
    Existing,

    /// <summary>The job was not created.</summary>
    NotCreated,

    /// <summary>Whether the job was created could not be determined.</summary>
    Unknown,
}

/// <summary>The result of an attempt to create a job.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Job">The job. Null when it was not created or is unknown.</param>
/// <param name="Failure">The error. Null when there is a job.</param>
internal sealed record CreationResult(CreationOutcome Outcome, DpoJob? Job, FwException? Failure);

/// <summary>
/// Creates jobs, each once. After a failure that the service may have followed by executing the request, the creator reads the
/// job: if it exists with the settings that were sent, it was created; if it does not exist, the request is repeated with the
/// same ID, so that it cannot create a second job.
/// </summary>
/// <param name="client">Sends the requests.</param>
internal sealed class JobCreator(FireworksClient client)
{
    /// <summary>Creates a job.</summary>
    /// <param name="name">Its full name.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="cancellationToken">Cancelled by the user.</param>
    /// <exception cref="OperationCanceledException">The user cancelled it. The job may exist.</exception>
    public async Task<CreationResult> CreateAsync(
        ResourceName name,
        JobSettings settings,
        CancellationToken cancellationToken
    )
    {
        var body = settings.ToJob();
        var mayExist = false;
        for (var retries = 0; ; retries++)
        {
            FwException failure;
            try
            {
                var job = await client.CreateDpoJobAsync(name, body, cancellationToken).ConfigureAwait(false);
                if (job.Name == name.ToString())
                {
                    return new CreationResult(CreationOutcome.Created, job, null);
                }
                if (job.Name is not null)
                {
                    // The service chose another ID, so repeating the request could create one job more.
                    return new CreationResult(CreationOutcome.Unknown, null, Renamed(name, job.Name));
                }
                failure = new FwResponseException("The response does not name the job.").WithPossibleEffect();
            }
            catch (FwException exception)
            {
                failure = exception;
            }

            var isTransient = IsTransient(failure);
            if (!isTransient && !IsConflict(failure) && !mayExist)
            {
                return new CreationResult(CreationOutcome.NotCreated, null, failure);
            }
            var wasFirst = !mayExist && !isTransient && !failure.MayHaveTakenEffect;
            mayExist |= isTransient;

            var (exists, existing) = await FindAsync(name, cancellationToken).ConfigureAwait(false);
            if (existing is not null)
            {
                return Resolve(name, settings, existing, failure, wasFirst);
            }
            if (exists is null)
            {
                return new CreationResult(CreationOutcome.Unknown, null, failure.Append(UnknownNote(name)));
            }
            if (!isTransient)
            {
                return new CreationResult(CreationOutcome.NotCreated, null, failure);
            }
            if (
                failure is FwApiException { ShouldRetry: false }
                || !await client.WaitToRetryAsync(retries, failure, cancellationToken).ConfigureAwait(false)
            )
            {
                var note =
                    $"Afterwards, no job '{name.Id}' existed. With -Id {name.Id}, the command can be repeated safely.";
                return new CreationResult(CreationOutcome.NotCreated, null, failure.Append(note));
            }
        }
    }

    // A job that cannot be read may or may not exist: null.
    private async Task<(bool? Exists, DpoJob? Job)> FindAsync(ResourceName name, CancellationToken cancellationToken)
    {
        try
        {
            var job = await client.GetDpoJobAsync(name, readMask: null, cancellationToken).ConfigureAwait(false);
            return (true, job);
        }
        catch (FwApiException failure) when (failure.IsNotFound)
        {
            return (false, null);
        }
        catch (FwException)
        {
            return (null, null);
        }
    }

    private static CreationResult Resolve(
        ResourceName name,
        JobSettings settings,
        DpoJob existing,
        FwException failure,
        bool wasFirst
    )
    {
        if (JobStates.IsRemoved(existing.State))
        {
            return Conflict(
                $"A deleted job had the ID '{name.Id}'. The service reserves an ID for 30 days after the deletion.",
                failure
            );
        }
        var differences = SettingComparison.FindDifferences(settings, existing);
        return differences.Count == 0
            ? new CreationResult(wasFirst ? CreationOutcome.Existing : CreationOutcome.Recovered, existing, null)
            : Conflict(
                $"A job '{name.Id}' with other settings exists: {SettingComparison.Describe(differences, settings, existing)}.",
                failure
            );
    }

    private static CreationResult Conflict(string message, FwException failure) =>
        new(
            CreationOutcome.NotCreated,
            null,
            new FwApiException(409, message, failure.Request, failure.Retries)
            {
                Code = RpcCode.AlreadyExists,
                ServiceMessage = (failure as FwApiException)?.ServiceMessage,
                RequestId = (failure as FwApiException)?.RequestId,
                Operation = ApiOperation.CreateJob,
            }
        );

    private static FwResponseException Renamed(ResourceName name, string other) =>
        new(
            $"The response to the creation of the job '{name.Id}' describes another job, {ControlCharacters.MakeVisible(other)}. "
                + "The service may have created that one. The request was not repeated."
        );

    private static string UnknownNote(ResourceName name) =>
        $"Whether the job was created could not be determined: Get-FwDpoJob {name.Id} shows it if it exists. "
        + $"With -Id {name.Id}, the command can be repeated safely.";

    // The request may have been executed, or may succeed when it is repeated.
    private static bool IsTransient(FwException failure) =>
        failure switch
        {
            FwApiException { StatusCode: 409 } api => api.Code == RpcCode.Aborted,
            _ => failure.MayHaveTakenEffect,
        };

    private static bool IsConflict(FwException failure) =>
        failure is FwApiException { StatusCode: 409 } or FwApiException { Code: RpcCode.AlreadyExists };
}
