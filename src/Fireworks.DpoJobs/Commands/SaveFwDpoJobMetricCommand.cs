using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Saves the metrics files of DPO jobs.</summary>
[Cmdlet(
    VerbsData.Save,
    "FwDpoJobMetric",
    SupportsShouldProcess = true,
    HelpUri = "https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/src/Fireworks.DpoJobs/Help/Save-FwDpoJobMetric.md"
)]
[OutputType(typeof(FileInfo))]
public sealed class SaveFwDpoJobMetricCommand : FwSavingCmdlet
{
    private protected override string Extension => ".jsonl";

    private protected override JobFile FindFile(ResourceName name, DpoJob? job) => JobFile.Metrics(Client, name);

    private protected override bool IsConfirmed(string path, string id) =>
        ShouldProcess(path, $"Save the metrics file of {id}");

    private protected override void ReportMissing(IReadOnlyCollection<string> ids) =>
        WriteWarning(MissingFiles.DescribeMetrics(ids));
}
