using System.Globalization;

namespace Fireworks.DpoJobs;

/// <summary>The section of a report with the curves of loss and accuracy.</summary>
/// <param name="html">Writes the page.</param>
/// <param name="plot">Writes the charts.</param>
/// <param name="labels">Names the jobs.</param>
/// <param name="smoothing">The weight of the previous value, as in <see cref="Curve.Smooth"/>.</param>
internal sealed class CurveSection(HtmlWriter html, PlotWriter plot, JobLabels labels, double smoothing)
{
    // More curves in one chart cannot be told apart.
    private const int MaxCurves = 24;

    /// <summary>Writes the section.</summary>
    /// <param name="newestFirst">The jobs, newest first.</param>
    /// <param name="metrics">Supplies their metrics.</param>
    public void Write(List<DpoJob> newestFirst, IMetricSource metrics)
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
            foreach (var metric in metrics.Read(job))
            {
                collector.Add(metric, job.AccountId, job.Id!);
            }
            if (collector.Count > before)
            {
                names.Add(labels.Format(job));
            }
        }
        using (html.OpenSection("curves", "Training"))
        {
            html.Write("p", Describe(names.Count, unread), ("class", "muted"));
            foreach (var property in collector.Properties)
            {
                var curves = collector
                    .CreateCurves(property, labels)
                    .Select(curve => (Curve: curve, Job: names.IndexOf(curve.Name)))
                    .Where(item => item.Job >= 0)
                    .ToList();
                if (curves.Count > 0)
                {
                    Write(property.Name, curves);
                }
            }
        }
    }

    private string Describe(int shown, int unread) =>
        shown == 0
            ? "No job has metrics."
            : (
                unread > 0
                    ? $"The {MaxCurves} newest jobs with metrics are shown; {ReportText.Number(unread)} older jobs are left out. "
                    : ""
            )
                + (
                    smoothing > 0
                        ? $"The curves are smoothed by {smoothing.ToString(CultureInfo.InvariantCulture)}. "
                        : ""
                )
                + "Select a job to hide or show its curves.";

    private void Write(string property, List<(Curve Curve, int Job)> curves)
    {
        using (html.Open("figure"))
        {
            html.Write("figcaption", $"{property} by step");
            using (html.Open("div", ("class", "legend"), ("role", "group"), ("aria-label", "Jobs in the chart")))
            {
                foreach (var (curve, job) in curves)
                {
                    using (
                        html.Open(
                            "button",
                            ("type", "button"),
                            ("aria-pressed", "true"),
                            ("data-job", job.ToString(CultureInfo.InvariantCulture))
                        )
                    )
                    {
                        plot.WriteSwatch(job);
                        html.Write("span", curve.Name);
                    }
                }
            }
            plot.WriteCurves(
                $"{property} by step: {curves.Count} curves. Use the arrow keys.",
                [.. curves.Select(item => (item.Curve.Smooth(smoothing), item.Job))]
            );
            using (html.OpenTable($"{property} by job"))
            {
                html.WriteHead("Job", "#Values", "#First", "#Last", "#Lowest", "#at step", "#Highest", "#at step");
                using (html.Open("tbody"))
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
        using (html.Open("tr"))
        {
            html.Write("th", curve.Name, ("scope", "row"), ("class", "id"));
            foreach (
                var text in new[]
                {
                    ReportText.Number(values.Count),
                    ReportText.Value(values[0].Y),
                    ReportText.Value(values[values.Count - 1].Y),
                    ReportText.Value(lowest.Y),
                    ReportText.Number((long)lowest.X),
                    ReportText.Value(highest.Y),
                    ReportText.Number((long)highest.X),
                }
            )
            {
                html.Write("td", text, ("class", "number"));
            }
        }
    }
}
