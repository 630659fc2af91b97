using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Resumes DPO jobs that failed, were cancelled or are paused.</summary>
[Cmdlet(
    VerbsLifecycle.Resume,
    "FwDpoJob",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = "https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/src/Fireworks.DpoJobs/Help/Resume-FwDpoJob.md"
)]
[OutputType(typeof(DpoJob))]
public sealed class ResumeFwDpoJobCommand : FwChangingCmdlet
{
    private protected override JobGoal Goal => JobGoal.Finished;

    private protected override bool IsConfirmed(string target) => ShouldProcess(target, "Resume");

    private protected override Task<JobChange> ChangeAsync(JobChanger changer, ResourceName name, DpoJob job) =>
        changer.ResumeAsync(name, job);

    private protected override JobChange? FindResultWithoutRequest(ResourceName name, DpoJob? job, bool isCurrent) =>
        job is not null && isCurrent && JobChanger.IsActive(job) ? JobChanger.AlreadyDone(name, job, "resumed") : null;
}
