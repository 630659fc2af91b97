using System.Globalization;
using System.Reflection;

namespace Fireworks.DpoJobs;

/// <summary>A report about jobs as an HTML page.</summary>
internal sealed class JobReport
{
    // More curves in one chart cannot be told apart.
    private const int MaxCurves = 24;

    // Keeps the page small enough for a mail.
    private const int MaxListed = 1000;

    private const int MaxReasons = 12;

    private HtmlWriter _html = null!;
    private PlotWriter _plot = null!;

    /// <summary>The jobs, in any order.</summary>
    public IReadOnlyList<DpoJob> Jobs { get; init; } = [];

    /// <summary>The heading of the page.</summary>
    public string Title { get; init; } = "DPO jobs";

    /// <summary>When the report was made.</summary>
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
                WriteFailures();
                if (Metrics is not null)
                {
                    WriteCurves(newestFirst);
                }
                WriteJobs(newestFirst);
            }
        }
        using (_html.Open("footer", ("class", "muted")))
        {
            _html.Write(
                "p",
                "Made by the PowerShell module Fireworks.DpoJobs. This page is one file and loads nothing."
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
                $"report of {Time(Now)} ({zone})",
            }.Where(part => part is not null)
        );
    }

    private void WriteTiles()
    {
        var durations = FinishedDurations();
        using (_html.Open("dl", ("class", "tiles")))
        {
            WriteTile("Jobs", Number(Jobs.Count), "");
            foreach (var outcome in JobOutcomes.All)
            {
                var count = Jobs.Count(job => JobOutcomes.Of(job) == outcome);
                WriteTile(
                    JobOutcomes.Label(outcome),
                    Number(count),
                    Jobs.Count == 0 ? "" : Percent((double)count / Jobs.Count),
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
        var states = Jobs.GroupBy(job => (State: State(job), Css: JobOutcomes.CssClass(JobOutcomes.Of(job))))
            .Select(group => (group.Key.State, group.Key.Css, Count: group.Count()))
            .OrderByDescending(item => item.Count)
            .ToList();
        var largest = states.Max(item => item.Count);
        using (OpenSection("states", "Jobs by state"))
        using (_html.Open("table", ("class", "bars")))
        {
            WriteHead("State", "", "#Jobs", "#Share");
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
                        _html.Write("td", Number(count), ("class", "number"));
                        _html.Write("td", Percent((double)count / Jobs.Count), ("class", "number muted"));
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
        using (OpenSection(id, heading))
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
            using (OpenTable(heading))
            {
                WriteHead([header, .. outcomes.Select(outcome => "#" + JobOutcomes.Label(outcome)), "#All"]);
                using (_html.Open("tbody"))
                {
                    foreach (var column in columns.Where(column => column.Total > 0))
                    {
                        using (_html.Open("tr"))
                        {
                            _html.Write("th", column.Description, ("scope", "row"));
                            foreach (var outcome in outcomes)
                            {
                                _html.Write("td", Number(column[outcome]), ("class", "number"));
                            }
                            _html.Write("td", Number(column.Total), ("class", "number"));
                        }
                    }
                }
            }
        }
    }

    private void WriteFailures()
    {
        var groups = FailureGroup.Create(Jobs);
        var total = groups.Sum(group => group.Jobs.Count);
        using (OpenSection("failures", "Failures by reason"))
        {
            if (total == 0)
            {
                _html.Write("p", "No job failed.", ("class", "muted"));
                return;
            }
            using (OpenScroll("Failures by reason"))
            using (_html.Open("table", ("class", "failures")))
            {
                WriteHead("Reason", "#Jobs", "Last", "Messages", "Newest jobs");
                using (_html.Open("tbody"))
                {
                    foreach (var group in groups.Take(MaxReasons))
                    {
                        WriteFailureGroup(group, total);
                    }
                }
            }
            if (groups.Count > MaxReasons)
            {
                var rest = groups.Skip(MaxReasons).Sum(group => group.Jobs.Count);
                _html.Write(
                    "p",
                    $"{Number(rest)} more failed jobs have {groups.Count - MaxReasons} other reasons.",
                    ("class", "muted")
                );
            }
        }
    }

    private void WriteFailureGroup(FailureGroup group, int total)
    {
        using (_html.Open("tr"))
        {
            _html.Write(
                "th",
                group.Reason.Length == 0 ? "No reason" : ReportText.Clean(group.Reason, 60),
                ("scope", "row")
            );
            using (_html.Open("td", ("class", "number")))
            {
                _html.Write(Number(group.Jobs.Count));
                _html.Write("small", Percent((double)group.Jobs.Count / total), ("class", "muted"));
            }
            WriteTimeCell(group.Jobs[0].CreateTime);
            using (_html.Open("td", ("class", "text")))
            {
                var messages = group.Messages.ToList();
                foreach (var (message, count) in messages.Take(3))
                {
                    _html.Write("p", (count > 1 ? $"{Number(count)} × " : "") + ReportText.Clean(message));
                }
                if (messages.Count > 3)
                {
                    _html.Write("p", $"and {Number(messages.Count - 3)} other messages", ("class", "muted"));
                }
            }
            using (_html.Open("td", ("class", "text")))
            {
                foreach (var job in group.Jobs.Take(3))
                {
                    _html.Write("p", job.Id ?? "", ("class", "id"));
                }
                if (group.Jobs.Count > 3)
                {
                    _html.Write("p", $"and {Number(group.Jobs.Count - 3)} more", ("class", "muted"));
                }
            }
        }
    }

    private void WriteCurves(List<DpoJob> newestFirst)
    {
        var collector = new CurveCollector([
            MetricProperty.Find(nameof(DpoJobMetric.Loss)),
            MetricProperty.Find(nameof(DpoJobMetric.Accuracy)),
        ]);
        var names = new List<string>();
        var unread = 0;
        foreach (var job in newestFirst.Where(job => job.Id is not null))
        {
            if (names.Count == MaxCurves)
            {
                unread++;
                continue;
            }
            var before = collector.Count;
            foreach (var metric in Metrics!.Read(job))
            {
                collector.Add(metric);
            }
            if (collector.Count > before)
            {
                names.Add(job.Id!);
            }
        }
        var note =
            names.Count == 0
                ? "No job has metrics."
                : (
                    unread > 0
                        ? $"The {MaxCurves} newest jobs with metrics are shown; {Number(unread)} older jobs are left out. "
                        : ""
                )
                    + (
                        Smoothing > 0
                            ? $"The curves are smoothed by {Smoothing.ToString(CultureInfo.InvariantCulture)}. "
                            : ""
                    )
                    + "Select a job to hide or show its curves.";
        using (OpenSection("curves", "Training"))
        {
            _html.Write("p", note, ("class", "muted"));
            foreach (var property in collector.Properties)
            {
                var curves = collector
                    .CreateCurves(property)
                    .Select(curve => (Curve: curve, Job: names.IndexOf(curve.Name)))
                    .Where(item => item.Job >= 0)
                    .ToList();
                if (curves.Count > 0)
                {
                    WriteCurves(property.Name, curves);
                }
            }
        }
    }

    private void WriteCurves(string property, List<(Curve Curve, int Job)> curves)
    {
        using (_html.Open("figure"))
        {
            _html.Write("figcaption", $"{property} by step");
            using (_html.Open("div", ("class", "legend"), ("role", "group"), ("aria-label", "Jobs in the chart")))
            {
                foreach (var (curve, job) in curves)
                {
                    using (
                        _html.Open(
                            "button",
                            ("type", "button"),
                            ("aria-pressed", "true"),
                            ("data-job", job.ToString(CultureInfo.InvariantCulture))
                        )
                    )
                    {
                        _plot.WriteSwatch(job);
                        _html.Write("span", curve.Name);
                    }
                }
            }
            _plot.WriteCurves(
                $"{property} by step: {curves.Count} curves. Use the arrow keys.",
                [.. curves.Select(item => (item.Curve.Smooth(Smoothing), item.Job))]
            );
            using (OpenTable($"{property} by job"))
            {
                WriteHead("Job", "#Values", "#First", "#Last", "#Lowest", "#at step", "#Highest", "#at step");
                using (_html.Open("tbody"))
                {
                    foreach (var (curve, _) in curves)
                    {
                        WriteSummary(curve);
                    }
                }
            }
        }
    }

    private void WriteSummary(Curve curve)
    {
        var values = curve.Values.ToList();
        var lowest = values.OrderBy(point => point.Y).First();
        var highest = values.OrderByDescending(point => point.Y).First();
        using (_html.Open("tr"))
        {
            _html.Write("th", curve.Name, ("scope", "row"), ("class", "id"));
            foreach (
                var text in new[]
                {
                    Number(values.Count),
                    Value(values[0].Y),
                    Value(values[values.Count - 1].Y),
                    Value(lowest.Y),
                    Number((long)lowest.X),
                    Value(highest.Y),
                    Number((long)highest.X),
                }
            )
            {
                _html.Write("td", text, ("class", "number"));
            }
        }
    }

    private void WriteJobs(List<DpoJob> newestFirst)
    {
        using (OpenSection("jobs", "All jobs"))
        {
            if (newestFirst.Count > MaxListed)
            {
                _html.Write(
                    "p",
                    $"The {Number(MaxListed)} newest of {Number(newestFirst.Count)} jobs.",
                    ("class", "muted")
                );
            }
            using (_html.Open("label", ("class", "find")))
            {
                _html.Write("span", "Find");
                _html.WriteEmpty("input", ("type", "search"), ("autocomplete", "off"), ("aria-describedby", "found"));
                _html.Write("output", "", ("id", "found"), ("class", "muted"));
            }
            using (OpenScroll("All jobs"))
            using (_html.Open("table", ("class", "jobs")))
            {
                WriteHead("Job", "State", "Created", "#Duration", "Base model", "#Epochs", "#Learning rate");
                using (_html.Open("tbody"))
                {
                    foreach (var job in newestFirst.Take(MaxListed))
                    {
                        WriteJob(job);
                    }
                }
            }
        }
    }

    private void WriteJob(DpoJob job)
    {
        using (_html.Open("tr"))
        {
            using (_html.Open("th", ("scope", "row"), ("class", "text")))
            {
                var name = ReportText.Clean(job.DisplayName, 80);
                _html.Write("span", job.Id ?? "", ("class", "id"));
                if (name.Length > 0 && name != job.Id)
                {
                    _html.Write("small", name, ("class", "muted"));
                }
            }
            using (_html.Open("td", ("class", "state")))
            {
                _html.Write("span", "", ("class", $"dot {JobOutcomes.CssClass(JobOutcomes.Of(job))}"));
                _html.Write(State(job));
            }
            WriteTimeCell(job.CreateTime);
            _html.Write(
                "td",
                ViewFormatter.FormatElapsed(job.Duration, job.IsFinished, job.CreateTime, Now) ?? "",
                ("class", "number")
            );
            var model = job.TrainingConfig?.BaseModel ?? job.TrainingConfig?.WarmStartFrom;
            _html.Write(
                "td",
                model is null ? "" : ReportText.Clean(ResourceName.LastPart(model), 60),
                ("class", "model")
            );
            _html.Write(
                "td",
                job.TrainingConfig?.Epochs?.ToString(CultureInfo.InvariantCulture) ?? "",
                ("class", "number")
            );
            _html.Write("td", job.TrainingConfig?.LearningRate is { } rate ? Value(rate) : "", ("class", "number"));
        }
    }

    private void WriteTimeCell(DateTimeOffset? time)
    {
        using (_html.Open("td", ("class", "time")))
        {
            if (time is { } value)
            {
                _html.Write(
                    "time",
                    Time(value),
                    ("datetime", value.UtcDateTime.ToString("s", CultureInfo.InvariantCulture) + "Z")
                );
            }
        }
    }

    private HtmlWriter.Element OpenSection(string id, string heading)
    {
        var section = _html.Open("section", ("id", id));
        _html.Write("h2", heading);
        return section;
    }

    // A table behind a chart, for screen readers and for those who want the numbers.
    private Closing OpenTable(string name)
    {
        var details = _html.Open("details");
        _html.Write("summary", "Show the numbers");
        var scroll = OpenScroll(name);
        return new Closing(details, scroll, _html.Open("table"));
    }

    // On a phone, a wide table is scrolled, also by keyboard.
    private HtmlWriter.Element OpenScroll(string name) =>
        _html.Open("div", ("class", "scroll"), ("role", "region"), ("tabindex", "0"), ("aria-label", name));

    /// <param name="columns">The names of the columns; those of numbers begin with <c>#</c>.</param>
    private void WriteHead(params string[] columns)
    {
        using (_html.Open("thead"))
        using (_html.Open("tr"))
        {
            foreach (var column in columns)
            {
                if (column.Length == 0)
                {
                    _html.Write("td", "");
                }
                else
                {
                    _html.Write(
                        "th",
                        column.TrimStart('#'),
                        ("scope", "col"),
                        ("class", column[0] == '#' ? "number" : null)
                    );
                }
            }
        }
    }

    private List<TimeSpan> FinishedDurations() =>
        [.. Jobs.Select(job => job.Duration).OfType<TimeSpan>().OrderBy(duration => duration)];

    private static string State(DpoJob job) =>
        job.State switch
        {
            null => "Unknown",
            JobState.Unrecognized => ReportText.Clean(JobStates.RemovePrefix(job.StateText ?? ""), 40),
            var state => state.Value.ToString(),
        };

    private string Time(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private string Date(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, TimeZone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Value(double value) => ChartNumber.Format(value, CultureInfo.InvariantCulture);

    private static string Percent(double share) =>
        (share * 100).ToString(share < 0.1 ? "0.#" : "0", CultureInfo.InvariantCulture) + " %";

    // HTML treats CR LF as LF, and the hash of the Content-Security-Policy is of that.
    private static string ReadResource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }

    private readonly struct Closing(HtmlWriter.Element outer, HtmlWriter.Element middle, HtmlWriter.Element inner)
        : IDisposable
    {
        public void Dispose()
        {
            inner.Dispose();
            middle.Dispose();
            outer.Dispose();
        }
    }
}
