using System.Globalization;
using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>
/// Writes charts as inline SVG. The drawing area is stretched to the width of the page, and the labels are outside of it, so that
/// text and lines keep their size on a phone.
/// </summary>
internal sealed class PlotWriter(HtmlWriter html)
{
    private const double Width = 1000;
    private const double Height = 220;
    private const double MaxBarWidth = 70;
    private const int MaxPoints = 200;
    private const int Colors = 8;
    private const int Dashes = 3;
    private const int LabelWidth = 52;

    /// <summary>Writes columns of jobs by outcome.</summary>
    /// <param name="description">The contents of the chart, for screen readers.</param>
    /// <param name="columns">The columns. At least one has jobs.</param>
    /// <param name="maxLabels">The number of columns whose labels fit the width of a phone.</param>
    public void WriteColumns(string description, IReadOnlyList<JobColumn> columns, int maxLabels)
    {
        var vertical = Axis.ForCounts(columns.Max(column => column.Total), 4);
        var slot = Width / columns.Count;
        var bar = Math.Min(MaxBarWidth, slot * 0.76);
        var every = (columns.Count + maxLabels - 1) / maxLabels;
        var labels = columns
            .Select((column, i) => (Position: (i + 0.5) / columns.Count, column.Label, Index: i))
            .Where(label => label.Index % every == 0)
            .Select(label => (label.Position, label.Label));
        using (html.Open("div", ("class", "plot")))
        {
            WriteValueLabels(vertical);
            using (OpenArea(description, "columns"))
            {
                WriteGrid(vertical);
                for (var i = 0; i < columns.Count; i++)
                {
                    WriteColumn(columns[i], ((i + 0.5) * slot) - (bar / 2), bar, vertical);
                }
            }
            WriteLabels(labels);
        }
    }

    /// <summary>Writes curves.</summary>
    /// <param name="description">The contents of the chart, for screen readers.</param>
    /// <param name="curves">The curves, each with at least one value, and the numbers of their jobs in the report.</param>
    public void WriteCurves(string description, IReadOnlyList<(Curve Curve, int Job)> curves)
    {
        var values = curves.SelectMany(item => item.Curve.Values).ToList();
        var horizontal = Axis.ForSteps(values.Min(point => point.X), values.Max(point => point.X), 5);
        var vertical = Axis.ForValues(values.Min(point => point.Y), values.Max(point => point.Y), 4);
        using (html.Open("div", ("class", "plot")))
        {
            WriteValueLabels(vertical);
            using (OpenArea(description, "curves"))
            {
                WriteGrid(vertical);
                foreach (var (curve, job) in curves)
                {
                    var points = curve.Reduce(MaxPoints).Points;
                    html.Write(
                        "path",
                        "",
                        ("class", $"curve {CssClass(job)}"),
                        ("d", CreatePath(points, horizontal, vertical)),
                        ("data-job", Text(job)),
                        ("data-name", ReportText.Clean(curve.Name)),
                        ("data-x", string.Join(",", points.Select(point => Text(horizontal.Scale(point.X), "0.####")))),
                        ("data-steps", string.Join(",", points.Select(point => Text(point.X, "0.##")))),
                        ("data-y", string.Join(",", points.Select(point => point.HasValue ? Text(point.Y, "G4") : "")))
                    );
                }
                html.Write("line", "", ("class", "cursor"), ("y1", "0"), ("y2", Text(Height)));
            }
            WriteLabels(
                horizontal.Ticks.Select(tick =>
                    (horizontal.Scale(tick), horizontal.Format(tick, CultureInfo.InvariantCulture))
                )
            );
        }
    }

    /// <summary>Writes the short line that shows the color and the dashes of a job in a legend.</summary>
    public void WriteSwatch(int job)
    {
        using (html.Open("svg", ("class", "swatch"), ("width", "22"), ("height", "10"), ("aria-hidden", "true")))
        {
            html.Write("path", "", ("class", $"curve {CssClass(job)}"), ("d", "M1 5H21"));
        }
    }

    /// <summary>Writes a horizontal bar for a cell of a table. The number is in another cell.</summary>
    /// <param name="share">The length, 0 to 1.</param>
    /// <param name="cssClass">The class of its color.</param>
    public void WriteBar(double share, string cssClass)
    {
        using (
            html.Open(
                "svg",
                ("class", "bar"),
                ("viewBox", "0 0 100 10"),
                ("preserveAspectRatio", "none"),
                ("aria-hidden", "true")
            )
        )
        {
            html.Write("rect", "", ("class", cssClass), ("width", Text(Math.Max(0.5, share * 100))), ("height", "10"));
        }
    }

    private static string CssClass(int job) =>
        $"c{(job % Colors).ToString(CultureInfo.InvariantCulture)} d{(job / Colors % Dashes).ToString(CultureInfo.InvariantCulture)}";

    private void WriteColumn(JobColumn column, double left, double width, Axis vertical)
    {
        var parts = JobOutcomes.All.Where(outcome => column[outcome] > 0).ToList();
        var tip = string.Join(
            "\n",
            parts.Select(outcome =>
                $"{JobOutcomes.Label(outcome)}: {column[outcome].ToString("N0", CultureInfo.InvariantCulture)}"
            )
        );
        using (html.Open("g", ("data-tip", $"{column.Description}\n{(parts.Count == 0 ? "No jobs" : tip)}")))
        {
            var bottom = 0;
            foreach (var outcome in parts)
            {
                var top = bottom + column[outcome];
                html.Write(
                    "rect",
                    "",
                    ("class", JobOutcomes.CssClass(outcome)),
                    ("x", Text(left)),
                    ("y", Text(ToY(vertical, top))),
                    ("width", Text(width)),
                    ("height", Text(ToY(vertical, bottom) - ToY(vertical, top)))
                );
                bottom = top;
            }
        }
    }

    private HtmlWriter.Element OpenArea(string description, string kind) =>
        html.Open(
            "svg",
            ("class", "area " + kind),
            ("viewBox", $"0 0 {Text(Width)} {Text(Height)}"),
            ("preserveAspectRatio", "none"),
            ("role", "img"),
            ("aria-label", description),
            ("tabindex", "0")
        );

    private void WriteGrid(Axis vertical)
    {
        foreach (var tick in vertical.Ticks)
        {
            var y = Text(ToY(vertical, tick));
            html.Write("line", "", ("class", "grid"), ("x2", Text(Width)), ("y1", y), ("y2", y));
        }
    }

    private void WriteValueLabels(Axis vertical)
    {
        using (html.Open("svg", ("class", "values"), ("aria-hidden", "true")))
        {
            foreach (var tick in vertical.Ticks)
            {
                html.Write(
                    "text",
                    vertical.Format(tick, CultureInfo.InvariantCulture),
                    ("x", Text(LabelWidth - 8)),
                    ("y", Text(ToY(vertical, tick) + 4)),
                    ("text-anchor", "end")
                );
            }
        }
    }

    private void WriteLabels(IEnumerable<(double Position, string Label)> labels)
    {
        using (html.Open("svg", ("class", "labels"), ("aria-hidden", "true")))
        {
            foreach (var (position, label) in labels)
            {
                html.Write(
                    "text",
                    label,
                    ("x", Text(position * 100) + "%"),
                    ("y", "14"),
                    (
                        "text-anchor",
                        position > 0.97 ? "end"
                        : position < 0.02 ? "start"
                        : "middle"
                    )
                );
            }
        }
    }

    private static string CreatePath(IReadOnlyList<CurvePoint> points, Axis horizontal, Axis vertical)
    {
        var path = new StringBuilder();
        var isDrawing = false;
        for (var i = 0; i < points.Count; i++)
        {
            if (!points[i].HasValue)
            {
                isDrawing = false;
                continue;
            }
            var position = $"{Text(horizontal.Scale(points[i].X) * Width)} {Text(ToY(vertical, points[i].Y))}";
            path.Append(isDrawing ? 'L' : 'M').Append(position);
            // A line without length is a dot.
            if (!isDrawing && (i + 1 == points.Count || !points[i + 1].HasValue))
            {
                path.Append('L').Append(position);
            }
            isDrawing = true;
        }
        return path.ToString();
    }

    private static double ToY(Axis vertical, double value) => (1 - vertical.Scale(value)) * Height;

    private static string Text(double value, string format = "0.#") =>
        value.ToString(format, CultureInfo.InvariantCulture);
}
