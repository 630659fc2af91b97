using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>The base of the cmdlets that stop, resume or remove jobs.</summary>
public abstract class FwChangingCmdlet : FwWaitingCmdlet
{
    // The jobs whose requests were sent and whose results are unknown.
    private readonly List<string> _running = [];

    /// <summary>The maximum number of parallel requests, 1 to 64. Default: 1.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>Writes each job as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Waits until the jobs have reached their new state.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The states that -Wait waits for.</summary>
    private protected abstract JobGoal Goal { get; }

    /// <summary>Changes the jobs that were collected.</summary>
    protected override void EndProcessing()
    {
        var changer = new JobChanger(Client, Log, Stopped);
        var requests = new OrderedRequests<JobChange>(ThrottleLimit);
        var changed = new List<(ResourceName, DpoJob?)>();
        try
        {
            foreach (var (name, job) in ReadJobs())
            {
                if (Plan(changer, name, job) is not { } change)
                {
                    continue;
                }
                requests.Start(change, name.ToString());
                while (requests.IsResultDue)
                {
                    Take(requests, changed);
                }
            }
            while (!requests.IsEmpty)
            {
                Take(requests, changed);
            }
        }
        finally
        {
            // After Ctrl-C, an error that ends the command, or Select-Object -First.
            if (_running.Count > 0)
            {
                // A stopped cmdlet can no longer write a warning itself.
                Host.UI.WriteWarningLine(
                    Client.RedactKey(
                        $"The command ended before these requests were confirmed, so they may have been carried out: {string.Join(", ", _running)}."
                    )
                );
            }
        }
        if (Wait)
        {
            WaitFor(changed, new WaitOptions(Goal), Finish);
        }
    }

    /// <summary>Whether the user confirms the change.</summary>
    /// <param name="target">The job: ID, display name, state and age.</param>
    private protected abstract bool IsConfirmed(string target);

    /// <summary>Sends the request.</summary>
    private protected abstract Task<JobChange> ChangeAsync(JobChanger changer, ResourceName name, DpoJob job);

    /// <summary>The result for a job that needs no request. Null when it needs one.</summary>
    /// <param name="name">Its full name.</param>
    /// <param name="job">The job. Null when it does not exist.</param>
    /// <param name="isCurrent">Whether the job has just been retrieved.</param>
    private protected abstract JobChange? FindResultWithoutRequest(ResourceName name, DpoJob? job, bool isCurrent);

    /// <summary>The job to write after a change that leaves none to retrieve. Null for none.</summary>
    private protected virtual DpoJob? DescribeMissing(ResourceName name) => null;

    /// <summary>Whether -WhatIf applies, by the parameter or the preference variable.</summary>
    private protected bool IsWhatIf =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var isWhatIf)
            ? LanguagePrimitives.IsTrue(isWhatIf)
            : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    // The request for a job, after the user has agreed to it. Null for none.
    private Func<Task<JobChange>>? Plan(JobChanger changer, ResourceName name, DpoJob? job)
    {
        var isCurrent = false;
        if (job?.State is null && !IsWhatIf)
        {
            if (TryWait(FindAsync(name), name.ToString()) is not { } found)
            {
                return null;
            }
            job = found.Job;
            isCurrent = true;
        }
        if ((job is not null || isCurrent) && FindResultWithoutRequest(name, job, isCurrent) is { } result)
        {
            return () => Task.FromResult(result);
        }
        if (!IsConfirmed(Client.RedactKey(Describe(name, job))))
        {
            return null;
        }
        _running.Add(name.ToString());
        return async () =>
        {
            var change = await ChangeAsync(changer, name, job!).ConfigureAwait(false);
            return PassThru && !Wait && change is { Job: null, Warning: null }
                ? await RetrieveAsync(name).ConfigureAwait(false)
                : change;
        };
    }

    // A job that does not exist is an error only where it is needed.
    private async Task<JobChange> FindAsync(ResourceName name)
    {
        try
        {
            return new JobChange(name, await Client.GetDpoJobAsync(name, null, Stopped).ConfigureAwait(false));
        }
        catch (FwApiException missing)
            when (missing.IsNotFound && FindResultWithoutRequest(name, null, isCurrent: true) is not null)
        {
            return new JobChange(name);
        }
    }

    private async Task<JobChange> RetrieveAsync(ResourceName name)
    {
        try
        {
            return new JobChange(name, await Client.GetDpoJobAsync(name, null, Stopped).ConfigureAwait(false));
        }
        catch (FwApiException missing) when (missing.IsNotFound && DescribeMissing(name) is not null)
        {
            return new JobChange(name);
        }
        catch (FwException failure)
        {
            throw failure.Append("The job was changed as requested, but could not be retrieved afterwards.");
        }
    }

    private void Take(OrderedRequests<JobChange> requests, List<(ResourceName, DpoJob?)> changed)
    {
        var (request, target) = requests.Take();
        JobChange? change;
        try
        {
            change = TryWait(request, target, requests.Limit);
        }
        finally
        {
            if (!Stopped.IsCancellationRequested)
            {
                _running.Remove(target);
            }
        }
        if (change is null)
        {
            return;
        }
        if (change.Warning is { } warning)
        {
            WriteWarning(Client.RedactKey(warning));
        }
        if (Wait && (change.Warning is null || change.Job is not null))
        {
            changed.Add((change.Name, change.Job));
        }
        else if (change.Warning is null || change.Job is not null)
        {
            Finish(change.Name, change.Job);
        }
    }

    private bool Finish(ResourceName name, DpoJob? job)
    {
        if (PassThru && (job ?? DescribeMissing(name)) is { } shown)
        {
            WriteObject(shown);
        }
        return true;
    }

    private static string Describe(ResourceName name, DpoJob? job)
    {
        if (job is null)
        {
            return name.ToString();
        }
        var parts = new List<string>();
        if (job.DisplayName is { } display)
        {
            parts.Add($"'{Truncation.Truncate(ControlCharacters.MakeVisible(display), 60)}'");
        }
        parts.Add(JobStates.NameOf(job));
        if (job.CreateTime is { } created && created <= SystemClock.Instance.UtcNow)
        {
            parts.Add($"created {ViewFormatter.FormatDuration(SystemClock.Instance.UtcNow - created)} ago");
        }
        return $"{name.Id} ({string.Join(", ", parts)})";
    }
}
