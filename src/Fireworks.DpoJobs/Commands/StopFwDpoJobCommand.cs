using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Cancels DPO jobs.</summary>
[Cmdlet(
    VerbsLifecycle.Stop,
    "FwDpoJob",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = "https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/src/Fireworks.DpoJobs/Help/Stop-FwDpoJob.md"
)]
[OutputType(typeof(DpoJob))]
public sealed class StopFwDpoJobCommand : FwChangingCmdlet
{
    private protected override JobGoal Goal => JobGoal.Finished;

    private protected override bool IsConfirmed(string target) => ShouldProcess(target, "Stop");

    private protected override Task<JobChange> ChangeAsync(JobChanger changer, ResourceName name, DpoJob job) =>
        changer.StopAsync(name);

    // A finished job of a listing may have been resumed since.
    private protected override JobChange? FindResultWithoutRequest(ResourceName name, DpoJob? job, bool isCurrent) =>
        job is not null && (isCurrent ? JobChanger.IsStopped(job) : JobStates.IsRemoved(job.State))
            ? JobChanger.AlreadyDone(name, job, "stopped")
            : null;
}
