using System.Globalization;

namespace Fireworks.DpoJobs;

/// <summary>The elements that the sections of a report share.</summary>
internal static class ReportElements
{
    /// <summary>Starts a section with a heading.</summary>
    public static HtmlWriter.Element OpenSection(this HtmlWriter html, string id, string heading)
    {
        var section = html.Open("section", ("id", id));
        html.Write("h2", heading);
        return section;
    }

    /// <summary>
    /// Starts the table of a chart, for screen readers and for readers who need the numbers. It is hidden until it is opened.
    /// </summary>
    public static Closing OpenTable(this HtmlWriter html, string name)
    {
        var details = html.Open("details");
        html.Write("summary", "Show the numbers");
        var scroll = html.OpenScroll(name);
        return new Closing(details, scroll, html.Open("table"));
    }

    /// <summary>Starts an area that scrolls, also by keyboard, when its table is wider than the screen.</summary>
    public static HtmlWriter.Element OpenScroll(this HtmlWriter html, string name) =>
        html.Open("div", ("class", "scroll"), ("role", "region"), ("tabindex", "0"), ("aria-label", name));

    /// <summary>Writes the head of a table.</summary>
    /// <param name="html">Writes the page.</param>
    /// <param name="columns">The names of the columns; those of numbers begin with <c>#</c>.</param>
    public static void WriteHead(this HtmlWriter html, params string[] columns)
    {
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            foreach (var column in columns)
            {
                if (column.Length == 0)
                {
                    html.Write("td", "");
                }
                else
                {
                    html.Write(
                        "th",
                        column.TrimStart('#'),
                        ("scope", "col"),
                        ("class", column[0] == '#' ? "number" : null)
                    );
                }
            }
        }
    }

    /// <summary>Writes the cell of a table with a time.</summary>
    /// <param name="html">Writes the page.</param>
    /// <param name="time">The time. Null for an empty cell.</param>
    /// <param name="zone">The time zone in which it is shown.</param>
    public static void WriteTimeCell(this HtmlWriter html, DateTimeOffset? time, TimeZoneInfo zone)
    {
        using (html.Open("td", ("class", "time")))
        {
            if (time is { } value)
            {
                html.Write(
                    "time",
                    ReportText.Time(value, zone),
                    ("datetime", value.UtcDateTime.ToString("s", CultureInfo.InvariantCulture) + "Z")
                );
            }
        }
    }

    /// <summary>Elements that were started, from the outermost. They end when it is disposed.</summary>
    public readonly struct Closing(HtmlWriter.Element outer, HtmlWriter.Element middle, HtmlWriter.Element inner)
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
