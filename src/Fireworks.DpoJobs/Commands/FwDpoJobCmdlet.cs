namespace Fireworks.DpoJobs;

/// <summary>The base of all cmdlets that work on individual jobs.</summary>
public abstract class FwDpoJobCmdlet : FwConnectedCmdlet
{
    /// <summary>
    /// Performs an operation on each job. A failure is a non-terminating error of its job, but a rejected key or an unusable
    /// configuration ends the command, because the operation would fail for all other jobs too.
    /// </summary>
    private protected void ForEachJob(IEnumerable<DpoJobReference> jobs, Action<ResourceName> operation)
    {
        foreach (var job in jobs)
        {
            object target = Client.RedactKey(job.ToString());
            try
            {
                if (Client.IsKey(ResourceName.LastPart(job.ToString())))
                {
                    throw new FwInvalidJobIdException("The job ID is the API key, so it was neither sent nor shown.");
                }
                var name = job.Resolve(FindAccount);
                target = name.ToString();
                operation(name);
            }
            // A 403 concerns only one account.
            catch (FwException failure)
                when (failure is FwConfigurationException or FwApiException { IsKeyRejected: true })
            {
                Throw(failure, target);
            }
            catch (FwException failure)
            {
                Report(failure, target);
            }
        }
    }
}
