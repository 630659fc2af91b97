using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Waits until DPO jobs finish.</summary>
[Cmdlet(
    VerbsLifecycle.Wait,
    "FwDpoJob",
    HelpUri = "https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/src/Fireworks.DpoJobs/Help/Wait-FwDpoJob.md"
)]
[OutputType(typeof(DpoJob))]
public sealed class WaitFwDpoJobCommand : FwWaitingCmdlet
{
    /// <summary>
    /// The states to wait for, for example <c>Running</c>. The service's names (<c>JOB_STATE_RUNNING</c>) are accepted too.
    /// Default: Completed, Failed, Cancelled, EarlyStopped and Expired.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [JobState]
    [ArgumentCompleter(typeof(JobStateCompleter))]
    public string[] State { get; set; } = [];

    /// <summary>Ends with the first job that reaches the state.</summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    /// <summary>
    /// The time limit: a TimeSpan, a number of seconds, or a string such as <c>2:00:00</c>, <c>30m</c> or <c>2h</c>. Each job
    /// that remains is an error. Default: no limit.
    /// </summary>
    [Parameter]
    [Duration(0)]
    public TimeSpan? Timeout { get; set; }

    /// <summary>
    /// The time between two polls, in the forms of -Timeout, at least 0.1 s. Default: 2, 4 and 8 s, then 15 s, and 60 s after an
    /// hour.
    /// </summary>
    [Parameter]
    [Duration(0.1)]
    public TimeSpan? PollingInterval { get; set; }

    /// <summary>Waits, and writes each job when it reaches the state.</summary>
    protected override void EndProcessing() =>
        WaitFor(
            ReadJobs(),
            new WaitOptions(State.Length > 0 ? JobGoal.AnyOf(State) : JobGoal.Finished)
            {
                Timeout = Timeout,
                PollingInterval = PollingInterval,
            },
            (_, job) =>
            {
                WriteObject(job);
                return !Any;
            }
        );
}
