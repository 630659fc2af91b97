using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>The base of all cmdlets that collect jobs from the pipeline and may wait for them.</summary>
public abstract class FwWaitingCmdlet : FwDpoJobCmdlet
{
    private readonly List<DpoJobReference> _jobs = [];

    /// <summary>
    /// IDs or full names (<c>accounts/acme/dpoJobs/nightly-1</c>) of the jobs, or job objects. The command starts when all of
    /// them have arrived, so that a listing that is piped to it is complete first.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [DpoJobReference]
    public DpoJobReference[] Id { get; set; } = [];

    /// <summary>Collects the jobs.</summary>
    protected override void ProcessRecord() => _jobs.AddRange(SkipBlankLines(Id));

    /// <summary>The names of the jobs that were collected, each once. Reports those that are not names of jobs.</summary>
    private protected IEnumerable<(ResourceName Name, DpoJob? Job)> ReadJobs()
    {
        var seen = new HashSet<string>();
        foreach (var job in _jobs)
        {
            ResourceName name;
            try
            {
                name = FindName(job);
            }
            catch (FwInvalidJobIdException failure)
            {
                Report(failure, Client.RedactKey(job.ToString()));
                continue;
            }
            catch (FwException failure)
            {
                // The account could not be determined, which the next ID needs too.
                Throw(failure, Client.RedactKey(job.ToString()));
                throw;
            }
            if (seen.Add(name.ToString()))
            {
                yield return (name, job.Job);
            }
        }
    }

    /// <summary>Waits for jobs, and shows the progress.</summary>
    /// <param name="jobs">The jobs, as far as they are known.</param>
    /// <param name="options">The options of the wait.</param>
    /// <param name="reached">Receives each job that reaches the goal. Returns false to end the wait.</param>
    private protected void WaitFor(
        IEnumerable<(ResourceName Name, DpoJob? Job)> jobs,
        WaitOptions options,
        Func<ResourceName, DpoJob?, bool> reached
    )
    {
        var waiter = new JobWaiter(Client, options, Log, Stopped);
        foreach (var (name, job) in jobs)
        {
            waiter.Add(name, job);
        }
        var progress = new WaitProgress(this, waiter, SystemClock.Instance);
        try
        {
            IReadOnlyList<WaitResult> results;
            while ((results = Wait(waiter.ReadAsync(), progress.Update)).Count > 0)
            {
                foreach (var result in results)
                {
                    if (result.Failure is not null)
                    {
                        Report(result.Failure, result.Name.ToString());
                    }
                    else if (!reached(result.Name, result.Job))
                    {
                        progress.Clear();
                        return;
                    }
                }
            }
            progress.Clear();
        }
        catch (FwException failure)
        {
            progress.Clear();
            Throw(failure, null);
        }
    }
}
