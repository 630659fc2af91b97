using System.Globalization;
using System.Reflection;

namespace Fireworks.DpoJobs;

/// <summary>A report about jobs as an HTML page.</summary>
internal sealed class JobReport
{
    private HtmlWriter _html = null!;
    private PlotWriter _plot = null!;

    /// <summary>The jobs, in any order.</summary>
    public IReadOnlyList<DpoJob> Jobs { get; init; } = [];

    /// <summary>The heading of the page.</summary>
    public string Title { get; init; } = "DPO jobs";

    /// <summary>When the report is created.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>The time zone of all times and days.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The metrics of the jobs. Null for a report without curves.</summary>
    public IMetricSource? Metrics { get; init; }

    /// <summary>The weight of the previous value in smoothed curves, as in <see cref="Curve.Smooth"/>.</summary>
    public double Smoothing { get; init; }

    /// <summary>Writes the page.</summary>
    public void Write(Stream stream)
    {
        using var html = new HtmlWriter(stream);
        _html = html;
        _plot = new PlotWriter(html);
        html.WritePage(ReportText.Clean(Title), ReadResource("report.css"), ReadResource("report.js"), WriteBody);
    }

    private void WriteBody()
    {
        var labels = new JobLabels(Jobs.Where(job => job.Id is not null).Select(job => job.AccountId));
        var newestFirst = Jobs.OrderByDescending(job => job.CreateTime)
            .ThenBy(job => job.Name, StringComparer.Ordinal)
            .ToList();
        using (_html.Open("header"))
        {
            _html.Write("h1", ReportText.Clean(Title));
            _html.Write("p", Describe(), ("class", "muted"));
        }
        using (_html.Open("main"))
        {
            WriteTiles();
            if (Jobs.Count > 0)
            {
                WriteStates();
                WriteTimes();
                WriteDurations();
                new FailureSection(_html, labels, TimeZone).Write(Jobs);
                if (Metrics is not null)
                {
                    new CurveSection(_html, _plot, labels, Smoothing).Write(newestFirst, Metrics);
                }
                new JobSection(_html, labels, TimeZone, Now).Write(newestFirst);
            }
        }
        using (_html.Open("footer", ("class", "muted")))
        {
            _html.Write(
                "p",
                "Created by the PowerShell module Fireworks.DpoJobs. This page is one file and loads nothing."
            );
        }
    }

    private string Describe()
    {
        var accounts = Jobs.Select(job => job.AccountId)
            .OfType<string>()
            .Distinct()
            .OrderBy(id => id, StringComparer.Ordinal)
            .ToList();
        var times = Jobs.Select(job => job.CreateTime).OfType<DateTimeOffset>().ToList();
        var offset = TimeZone.GetUtcOffset(Now);
        var zone = offset == TimeSpan.Zero ? "UTC" : $"UTC{(offset < TimeSpan.Zero ? "−" : "+")}{offset:hh\\:mm}";
        return string.Join(
            " · ",
            new[]
            {
                accounts.Count == 0 ? null
                : accounts.Count > 3 ? $"{accounts.Count} accounts"
                : "Account " + string.Join(", ", accounts),
                times.Count == 0 ? null : $"created {Date(times.Min())} to {Date(times.Max())}",
                $"report of {ReportText.Time(Now, TimeZone)} ({zone})",
            }.Where(part => part is not null)
        );
    }

    private void WriteTiles()
    {
        var durations = FinishedDurations();
        using (_html.Open("dl", ("class", "tiles")))
        {
            WriteTile("Jobs", ReportText.Number(Jobs.Count), "");
            foreach (var outcome in JobOutcomes.All)
            {
                var count = Jobs.Count(job => JobOutcomes.Of(job) == outcome);
                WriteTile(
                    JobOutcomes.Label(outcome),
                    ReportText.Number(count),
                    Jobs.Count == 0 ? "" : ReportText.Percent((double)count / Jobs.Count),
                    JobOutcomes.CssClass(outcome)
                );
            }
            if (durations.Count > 0)
            {
                WriteTile("Median duration", ViewFormatter.FormatDuration(durations[durations.Count / 2])!, "");
            }
        }
    }

    private void WriteTile(string label, string value, string note, string? cssClass = null)
    {
        using (_html.Open("div", ("class", cssClass is null ? "tile" : $"tile edge-{cssClass}")))
        {
            _html.Write("dt", label);
            using (_html.Open("dd"))
            {
                _html.Write("strong", value);
                if (note.Length > 0)
                {
                    _html.Write("span", note, ("class", "muted"));
                }
            }
        }
    }

    private void WriteStates()
    {
        var states = Jobs.GroupBy(job => (State: ReportText.State(job), Css: JobOutcomes.CssClass(JobOutcomes.Of(job))))
            .Select(group => (group.Key.State, group.Key.Css, Count: group.Count()))
            .OrderByDescending(item => item.Count)
            .ToList();
        var largest = states.Max(item => item.Count);
        using (_html.OpenSection("states", "Jobs by state"))
        using (_html.Open("table", ("class", "bars")))
        {
            _html.WriteHead("State", "", "#Jobs", "#Share");
            using (_html.Open("tbody"))
            {
                foreach (var (state, cssClass, count) in states)
                {
                    using (_html.Open("tr"))
                    {
                        _html.Write("th", state, ("scope", "row"));
                        using (_html.Open("td", ("class", "wide")))
                        {
                            _plot.WriteBar((double)count / largest, cssClass);
                        }
                        _html.Write("td", ReportText.Number(count), ("class", "number"));
                        _html.Write("td", ReportText.Percent((double)count / Jobs.Count), ("class", "number muted"));
                    }
                }
            }
        }
    }

    private void WriteTimes()
    {
        var (unit, columns) = JobHistogram.ByTime(Jobs, TimeZone);
        if (columns.Count > 0)
        {
            WriteColumns(
                "times",
                $"Jobs created per {unit}",
                unit == "week" ? "Week" : "Created",
                columns,
                maxLabels: 6,
                note: null
            );
        }
    }

    private void WriteDurations()
    {
        var columns = JobHistogram.ByDuration(Jobs);
        var durations = FinishedDurations();
        if (columns.Count == 0)
        {
            return;
        }
        var note =
            $"From creation to the end. Half of the jobs took {ViewFormatter.FormatDuration(durations[durations.Count / 2])} or less, "
            + $"nine of ten {ViewFormatter.FormatDuration(durations[durations.Count * 9 / 10])} or less, "
            + $"the longest {ViewFormatter.FormatDuration(durations[durations.Count - 1])}.";
        WriteColumns("durations", "Durations of finished jobs", "Duration", columns, maxLabels: 10, note);
    }

    private void WriteColumns(
        string id,
        string heading,
        string header,
        IReadOnlyList<JobColumn> columns,
        int maxLabels,
        string? note
    )
    {
        var outcomes = JobOutcomes.All.Where(outcome => columns.Any(column => column[outcome] > 0)).ToList();
        using (_html.OpenSection(id, heading))
        {
            if (note is not null)
            {
                _html.Write("p", note, ("class", "muted"));
            }
            using (_html.Open("ul", ("class", "legend")))
            {
                foreach (var outcome in outcomes)
                {
                    using (_html.Open("li"))
                    {
                        _html.Write("span", "", ("class", $"dot {JobOutcomes.CssClass(outcome)}"));
                        _html.Write(JobOutcomes.Label(outcome));
                    }
                }
            }
            _plot.WriteColumns(
                $"{heading}: {columns.Count} columns, highest {columns.Max(column => column.Total)}. Use the arrow keys.",
                columns,
                maxLabels
            );
            using (_html.OpenTable(heading))
            {
                _html.WriteHead([header, .. outcomes.Select(outcome => "#" + JobOutcomes.Label(outcome)), "#All"]);
                using (_html.Open("tbody"))
                {
                    foreach (var column in columns.Where(column => column.Total > 0))
                    {
                        using (_html.Open("tr"))
                        {
                            _html.Write("th", column.Description, ("scope", "row"));
                            foreach (var outcome in outcomes)
                            {
                                _html.Write("td", ReportText.Number(column[outcome]), ("class", "number"));
                            }
                            _html.Write("td", ReportText.Number(column.Total), ("class", "number"));
                        }
                    }
                }
            }
        }
    }

    private List<TimeSpan> FinishedDurations() =>
        [.. Jobs.Select(job => job.Duration).OfType<TimeSpan>().OrderBy(duration => duration)];

    private string Date(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, TimeZone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // HTML treats CR LF as LF, and the hash of the Content-Security-Policy is of that.
    private static string ReadResource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
