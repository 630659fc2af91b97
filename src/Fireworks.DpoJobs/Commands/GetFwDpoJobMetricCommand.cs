using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Gets the metrics of DPO jobs, one object per training step.</summary>
[Cmdlet(
    VerbsCommon.Get,
    "FwDpoJobMetric",
    HelpUri = "https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/src/Fireworks.DpoJobs/Help/Get-FwDpoJobMetric.md"
)]
[OutputType(typeof(DpoJobMetric))]
public sealed class GetFwDpoJobMetricCommand : FwReadingCmdlet
{
    /// <summary>Gets the last n metrics of each job. With -Wait, those that follow too. Default: all.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; } = -1;

    private protected override int? LastCount => Last < 0 ? null : Last;

    private protected override string Content => "metrics";

    private protected override bool ExpectsFileInTraining => false;

    private protected override JobFile FindFile(ResourceName name, DpoJob? job) => JobFile.Metrics(Client, name);

    private protected override ILineConverter CreateConverter(ResourceName name) => new MetricLineConverter(name, Log);

    private protected override void ReportMissing(ResourceName name) =>
        WriteVerbose($"{name.Id} has no metrics file. A job has none before its first step.");
}
