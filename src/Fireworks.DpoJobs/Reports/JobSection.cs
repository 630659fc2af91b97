using System.Globalization;

namespace Fireworks.DpoJobs;

/// <summary>The section of a report with a table of the jobs, which the reader can search.</summary>
/// <param name="html">Writes the page.</param>
/// <param name="labels">Names the jobs.</param>
/// <param name="zone">The time zone of the times.</param>
/// <param name="now">When the report is created, for the duration of unfinished jobs.</param>
internal sealed class JobSection(HtmlWriter html, JobLabels labels, TimeZoneInfo zone, DateTimeOffset now)
{
    // Keeps the page small enough for a mail.
    private const int MaxListed = 1000;

    /// <summary>Writes the section.</summary>
    /// <param name="newestFirst">The jobs, newest first.</param>
    public void Write(List<DpoJob> newestFirst)
    {
        using (html.OpenSection("jobs", "All jobs"))
        {
            if (newestFirst.Count > MaxListed)
            {
                html.Write(
                    "p",
                    $"The {ReportText.Number(MaxListed)} newest of {ReportText.Number(newestFirst.Count)} jobs.",
                    ("class", "muted")
                );
            }
            using (html.Open("label", ("class", "find")))
            {
                html.Write("span", "Find");
                html.WriteEmpty("input", ("type", "search"), ("autocomplete", "off"), ("aria-describedby", "found"));
                html.Write("output", "", ("id", "found"), ("class", "muted"));
            }
            using (html.OpenScroll("All jobs"))
            using (html.Open("table", ("class", "jobs")))
            {
                html.WriteHead("Job", "State", "Created", "#Duration", "Base model", "#Epochs", "#Learning rate");
                using (html.Open("tbody"))
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
        using (html.Open("tr"))
        {
            using (html.Open("th", ("scope", "row"), ("class", "text")))
            {
                var name = ReportText.Clean(job.DisplayName, 80);
                html.Write("span", labels.Format(job), ("class", "id"));
                if (name.Length > 0 && name != job.Id)
                {
                    html.Write("small", name, ("class", "muted"));
                }
            }
            using (html.Open("td", ("class", "state")))
            {
                html.Write("span", "", ("class", $"dot {JobOutcomes.CssClass(JobOutcomes.Of(job))}"));
                html.Write(ReportText.State(job));
            }
            html.WriteTimeCell(job.CreateTime, zone);
            html.Write(
                "td",
                ViewFormatter.FormatElapsed(job.Duration, job.IsFinished, job.CreateTime, now) ?? "",
                ("class", "number")
            );
            var model = job.TrainingConfig?.BaseModel ?? job.TrainingConfig?.WarmStartFrom;
            html.Write(
                "td",
                model is null ? "" : ReportText.Clean(ResourceName.LastPart(model), 60),
                ("class", "model")
            );
            html.Write(
                "td",
                job.TrainingConfig?.Epochs?.ToString(CultureInfo.InvariantCulture) ?? "",
                ("class", "number")
            );
            html.Write(
                "td",
                job.TrainingConfig?.LearningRate is { } rate ? ReportText.Value(rate) : "",
                ("class", "number")
            );
        }
    }
}
