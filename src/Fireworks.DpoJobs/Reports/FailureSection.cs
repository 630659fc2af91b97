namespace Fireworks.DpoJobs;

/// <summary>The section of a report with the failed jobs, grouped by reason.</summary>
/// <param name="html">Writes the page.</param>
/// <param name="labels">Names the jobs.</param>
/// <param name="zone">The time zone of the times.</param>
internal sealed class FailureSection(HtmlWriter html, JobLabels labels, TimeZoneInfo zone)
{
    private const int MaxReasons = 12;

    /// <summary>Writes the section.</summary>
    /// <param name="jobs">All jobs of the report.</param>
    public void Write(IReadOnlyList<DpoJob> jobs)
    {
        var groups = FailureGroup.Create(jobs);
        var total = groups.Sum(group => group.Jobs.Count);
        using (html.OpenSection("failures", "Failures by reason"))
        {
            if (total == 0)
            {
                html.Write("p", "No job failed.", ("class", "muted"));
                return;
            }
            using (html.OpenScroll("Failures by reason"))
            using (html.Open("table", ("class", "failures")))
            {
                html.WriteHead("Reason", "#Jobs", "Last", "Messages", "Newest jobs");
                using (html.Open("tbody"))
                {
                    foreach (var group in groups.Take(MaxReasons))
                    {
                        WriteGroup(group, total);
                    }
                }
            }
            if (groups.Count > MaxReasons)
            {
                var rest = groups.Skip(MaxReasons).Sum(group => group.Jobs.Count);
                html.Write(
                    "p",
                    $"{ReportText.Number(rest)} more failed jobs have {groups.Count - MaxReasons} other reasons.",
                    ("class", "muted")
                );
            }
        }
    }

    private void WriteGroup(FailureGroup group, int total)
    {
        using (html.Open("tr"))
        {
            html.Write(
                "th",
                group.Reason.Length == 0 ? "No reason" : ReportText.Clean(group.Reason, 60),
                ("scope", "row")
            );
            using (html.Open("td", ("class", "number")))
            {
                html.Write(ReportText.Number(group.Jobs.Count));
                html.Write("small", ReportText.Percent((double)group.Jobs.Count / total), ("class", "muted"));
            }
            html.WriteTimeCell(group.Jobs[0].CreateTime, zone);
            using (html.Open("td", ("class", "text")))
            {
                var messages = group.Messages.ToList();
                foreach (var (message, count) in messages.Take(3))
                {
                    html.Write("p", (count > 1 ? $"{ReportText.Number(count)} × " : "") + ReportText.Clean(message));
                }
                if (messages.Count > 3)
                {
                    html.Write("p", $"and {ReportText.Number(messages.Count - 3)} other messages", ("class", "muted"));
                }
            }
            using (html.Open("td", ("class", "text")))
            {
                foreach (var job in group.Jobs.Take(3))
                {
                    html.Write("p", labels.Format(job), ("class", "id"));
                }
                if (group.Jobs.Count > 3)
                {
                    html.Write("p", $"and {ReportText.Number(group.Jobs.Count - 3)} more", ("class", "muted"));
                }
            }
        }
    }
}
