using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Gets the trainer logs of DPO jobs, one string per line.</summary>
[Cmdlet(
    VerbsCommon.Get,
    "FwDpoJobLog",
    HelpUri = "https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/src/Fireworks.DpoJobs/Help/Get-FwDpoJobLog.md"
)]
[OutputType(typeof(string))]
public sealed class GetFwDpoJobLogCommand : FwReadingCmdlet
{
    private readonly List<string> _missing = [];

    /// <summary>Gets the last n lines of each log. With -Wait, those that follow too. Default: all.</summary>
    [Parameter]
    [Alias("Last")]
    [ValidateRange(0, int.MaxValue)]
    public int Tail { get; set; } = -1;

    /// <summary>
    /// Leaves control characters unchanged, such as those that color a line in a terminal. Default: they are shown as visible
    /// characters.
    /// </summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    private protected override int? LastCount => Tail < 0 ? null : Tail;

    private protected override string Content => "trainer logs";

    private protected override bool ExpectsFileInTraining => true;

    /// <summary>Follows the jobs that were collected, and reports those without a log.</summary>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (_missing.Count > 0)
        {
            Report(MissingFiles.DescribeLogs(_missing), string.Join(", ", _missing));
        }
    }

    private protected override JobFile FindFile(ResourceName name, DpoJob? job) => JobFile.Log(Client, name, job);

    private protected override ILineConverter CreateConverter(ResourceName name) => new LogLineConverter(Raw);

    private protected override void ReportMissing(ResourceName name) => _missing.Add(name.Id);
}
