namespace Fireworks.DpoJobs;

/// <summary>The base of all cmdlets that work on individual jobs.</summary>
public abstract class FwDpoJobCmdlet : FwConnectedCmdlet
{
    private const int MaxConnectionFailures = 5;

    private int _connectionFailures;
    private bool _isIdFromPipeline;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // Values from the pipeline are bound later.
        _isIdFromPipeline = !MyInvocation.BoundParameters.ContainsKey("Id");
    }

    /// <summary>
    /// The values of -Id. From the pipeline, without blank ones: blank lines are common in a file, but an empty argument is a
    /// mistake.
    /// </summary>
    private protected IEnumerable<DpoJobReference> SkipBlankLines(IEnumerable<DpoJobReference> ids) =>
        _isIdFromPipeline ? ids.Where(job => !job.IsBlankLine) : ids;

    /// <summary>
    /// Sends a request for each job, and writes the results in order. A failure is a non-terminating error of its job, but a
    /// rejected key, an unusable configuration or a run of connection failures ends the command, because the request would fail
    /// for all other jobs too.
    /// </summary>
    /// <param name="jobs">The jobs of one pipeline input.</param>
    /// <param name="requests">
    /// The requests that are running. Some may remain if more input is likely: <see cref="WriteResults"/> writes their results.
    /// </param>
    /// <param name="send">Sends the request for a job.</param>
    private protected void ForEachJob<T>(
        IEnumerable<DpoJobReference> jobs,
        OrderedRequests<T> requests,
        Func<ResourceName, Task<T>> send
    )
        where T : class
    {
        requests.BeginInput();
        foreach (var job in jobs)
        {
            var target = Client.RedactKey(job.ToString());
            Func<Task<T>> request;
            try
            {
                var name = FindName(job);
                target = name.ToString();
                request = () => send(name);
            }
            catch (FwException failure)
            {
                // The error comes after the results of earlier requests.
                request = () => Task.FromException<T>(failure);
            }
            requests.Start(request, target);
            while (requests.IsResultDue)
            {
                WriteResult(requests);
            }
        }
        // While the next input takes longer than a response, a result must not wait for it.
        if (!requests.IsInputFaster)
        {
            WriteResults(requests);
        }
        requests.EndInput();
    }

    /// <summary>Waits for the requests that are running, and writes their results.</summary>
    private protected void WriteResults<T>(OrderedRequests<T> requests)
        where T : class
    {
        while (!requests.IsEmpty)
        {
            WriteResult(requests);
        }
    }

    /// <summary>
    /// Waits for the result of the request for one job. Reports a failure as in <see cref="ForEachJob"/>, and returns null.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="target">The job or file that an error refers to.</param>
    /// <param name="limit">The number of requests that may run in parallel.</param>
    /// <param name="update">Called on the pipeline thread at least once a second. Null for nothing.</param>
    private protected T? TryWait<T>(Task<T> request, string target, int limit = 1, Action? update = null)
        where T : class?
    {
        try
        {
            var result = Wait(request, update);
            _connectionFailures = 0;
            return result;
        }
        // A 403 concerns only one account.
        catch (FwException failure) when (failure.AffectsEveryRequest)
        {
            Throw(failure, target);
            throw;
        }
        catch (FwException failure)
        {
            _connectionFailures = failure is FwConnectionException or FwTimeoutException ? _connectionFailures + 1 : 0;
            // One interruption can affect all requests that run in parallel.
            if (_connectionFailures >= MaxConnectionFailures + limit - 1)
            {
                var note = $"{_connectionFailures} requests in a row failed, so no more jobs are requested.";
                Throw(failure.Append(note), target);
            }
            Report(failure, target);
            return null;
        }
    }

    /// <summary>The full name of a job. Null after an error, which is reported as that of a request for it.</summary>
    private protected ResourceName? TryFindName(DpoJobReference job)
    {
        try
        {
            return FindName(job);
        }
        catch (FwException failure)
        {
            return TryWait(Task.FromException<ResourceName>(failure), Client.RedactKey(job.ToString()));
        }
    }

    private void WriteResult<T>(OrderedRequests<T> requests)
        where T : class
    {
        var (result, target) = requests.Take();
        if (TryWait(result, target, requests.Limit) is { } job)
        {
            WriteObject(job);
        }
    }
}
