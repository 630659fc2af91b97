using System.Globalization;
using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Writes a report about jobs as an HTML page in one file.</summary>
[Cmdlet(
    VerbsData.Export,
    "FwDpoJobReport",
    SupportsShouldProcess = true,
    HelpUri = "https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/src/Fireworks.DpoJobs/Help/Export-FwDpoJobReport.md"
)]
[OutputType(typeof(FileInfo))]
public sealed class ExportFwDpoJobReportCommand : FwDpoJobCmdlet
{
    private readonly List<DpoJob> _jobs = [];
    private readonly HashSet<string> _names = [];
    private string _path = "";

    /// <summary>The jobs of the report.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public DpoJob[] InputObject { get; set; } = [];

    /// <summary>The file to write, for example <c>report.html</c>. Its folder must exist.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The heading of the report. Default: DPO jobs.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "DPO jobs";

    /// <summary>
    /// Metrics of the jobs, for curves of their loss and accuracy. Each metric belongs to the job with its JobId and, if it has one,
    /// its AccountId. Default: a report without curves.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [DpoJobMetric]
    public DpoJobMetric[]? Metric { get; set; }

    /// <summary>
    /// Gets the metrics of the jobs from the service, for curves of their loss and accuracy. If those of a job cannot be
    /// retrieved, that is an error, and the report is written without them. Jobs with metrics in -Metric are not requested.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeMetric { get; set; }

    /// <summary>
    /// Smooths the curves with an exponential moving average: the weight of the previous value, from 0 (the default, no
    /// smoothing) to less than 1.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 0.9999)]
    public double Smooth { get; set; }

    /// <summary>Overwrites an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the file as an object. Default: no output.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Checks the path before jobs are listed.</summary>
    protected override void BeginProcessing()
    {
        try
        {
            _path = this.ResolveFile(Path);
            AtomicFile.Check(_path, Force);
        }
        catch (FwFileException failure)
        {
            Throw(failure, Path);
        }
        // A report without metrics needs no API key.
        if (IncludeMetric)
        {
            base.BeginProcessing();
        }
    }

    /// <summary>Collects jobs, each of them once.</summary>
    protected override void ProcessRecord() =>
        _jobs.AddRange(InputObject.Where(job => job.Name is null || _names.Add(job.Name)));

    /// <summary>Writes the report.</summary>
    protected override void EndProcessing()
    {
        if (
            !ShouldProcess(
                _path,
                _jobs.Count == 1 ? "Write a report of 1 job" : $"Write a report of {_jobs.Count:N0} jobs"
            )
        )
        {
            return;
        }
        var report = new JobReport
        {
            Jobs = _jobs,
            Title = Title,
            Now = SystemClock.Instance.UtcNow,
            TimeZone = TimeZoneInfo.Local,
            Metrics = CreateMetricSource(),
            Smoothing = Smooth,
        };
        try
        {
            AtomicFile.Write(_path, Force, report.Write);
        }
        catch (FwFileException failure)
        {
            Throw(failure, Path);
        }
        if (PassThru)
        {
            WriteObject(new FileInfo(_path));
        }
    }

    private IMetricSource? CreateMetricSource()
    {
        var given = Metric is null ? null : CreateMetricList(Metric);
        return IncludeMetric ? new JobMetricSource(given, ReadMetrics) : given;
    }

    private IEnumerable<DpoJobMetric> ReadMetrics(DpoJob job)
    {
        if (TryFindName(new DpoJobReference(job)) is not { } name)
        {
            yield break;
        }
        using var lines = new LineReader(Client, JobFile.Metrics(Client, name), dividesLongLines: false, Stopped);
        using var reader = new JobReader(lines, new MetricLineConverter(name, Log), last: null) { IsFinalRead = true };
        while (TryWait(reader.ReadAsync(), name.ToString()) is { } metrics)
        {
            foreach (var metric in metrics.Cast<DpoJobMetric>())
            {
                yield return metric;
            }
        }
    }

    private MetricList CreateMetricList(DpoJobMetric[] given)
    {
        var metrics = new MetricList(_jobs);
        foreach (var metric in given)
        {
            metrics.Add(metric);
        }
        WarnOfOmitted(
            metrics.UnknownJobs,
            "The metrics of 1 job are left out, because the job is not in the report: ",
            "The metrics of {0:N0} jobs are left out, because the jobs are not in the report: "
        );
        WarnOfOmitted(
            metrics.AmbiguousJobs,
            "The metrics of 1 job are left out, because jobs of several accounts have its ID, and the metrics have no AccountId: ",
            "The metrics of {0:N0} jobs are left out, because jobs of several accounts have their IDs, and the metrics have no AccountId: "
        );
        return metrics;
    }

    private void WarnOfOmitted(IReadOnlyCollection<string> jobs, string one, string several)
    {
        if (jobs.Count > 0)
        {
            WriteWarning(
                (jobs.Count == 1 ? one : string.Format(CultureInfo.CurrentCulture, several, jobs.Count))
                    + ControlCharacters.MakeVisible(
                        string.Join(", ", jobs.Take(5).Select(id => id.Length == 0 ? "(no JobId)" : id))
                    )
                    + (jobs.Count > 5 ? ", …" : ".")
            );
        }
    }
}
