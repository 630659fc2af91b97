using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Saves the trainer logs of DPO jobs.</summary>
[Cmdlet(
    VerbsData.Save,
    "FwDpoJobLog",
    SupportsShouldProcess = true,
    HelpUri = "https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/src/Fireworks.DpoJobs/Help/Save-FwDpoJobLog.md"
)]
[OutputType(typeof(FileInfo))]
public sealed class SaveFwDpoJobLogCommand : FwSavingCmdlet
{
    private protected override string Extension => ".log";

    private protected override JobFile FindFile(ResourceName name, DpoJob? job) => JobFile.Log(Client, name, job);

    private protected override bool IsConfirmed(string path, string id) =>
        ShouldProcess(path, $"Save the trainer log of {id}");

    private protected override void ReportMissing(IReadOnlyCollection<string> ids) =>
        Report(MissingFiles.DescribeLogs(ids), string.Join(", ", ids));
}
