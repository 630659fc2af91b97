using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Deletes DPO jobs.</summary>
[Cmdlet(
    VerbsCommon.Remove,
    "FwDpoJob",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High,
    HelpUri = "https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/src/Fireworks.DpoJobs/Help/Remove-FwDpoJob.md"
)]
[OutputType(typeof(DpoJob))]
public sealed class RemoveFwDpoJobCommand : FwChangingCmdlet
{
    /// <summary>Removes the jobs without a prompt.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override JobGoal Goal => JobGoal.Removed;

    private protected override bool IsConfirmed(string target)
    {
        var isForced = Force && !IsWhatIf && !MyInvocation.BoundParameters.ContainsKey("Confirm");
        if (isForced)
        {
            WriteVerbose($"Removing {target}.");
        }
        return isForced || ShouldProcess(target, "Remove");
    }

    private protected override Task<JobChange> ChangeAsync(JobChanger changer, ResourceName name, DpoJob job) =>
        changer.RemoveAsync(name);

    private protected override JobChange? FindResultWithoutRequest(ResourceName name, DpoJob? job, bool isCurrent) =>
        job is null ? JobChanger.NotFound(name)
        : JobStates.IsDeleted(job.State) ? JobChanger.AlreadyDone(name, job, "removed")
        : null;

    private protected override DpoJob DescribeMissing(ResourceName name) =>
        new() { Name = name.ToString(), State = JobState.Deleted };
}
