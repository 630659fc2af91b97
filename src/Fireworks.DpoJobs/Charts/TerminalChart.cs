using System.Globalization;
using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>
/// A line chart for a terminal. Several curves have colors and, because colors can be missing or hard to tell apart, letters on
/// the curves and in the legend.
/// </summary>
internal sealed class TerminalChart
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int MinPlotColumns = 10;
    private const int ColumnsPerTick = 12;
    private const int RowsPerTick = 2;
    private const int MaxTicks = 6;

    // The cells from the letter of one curve to the letter of the next.
    private const int LetterDistance = 6;

    // Cyan, yellow, magenta, green, bright blue, bright red: readable on light and dark backgrounds.
    private static readonly int[] Colors = [36, 33, 35, 32, 94, 91];

    /// <summary>The line above the chart, which names its contents.</summary>
    public string Title { get; init; } = "";

    /// <summary>The curves. Each has at least one value.</summary>
    public IReadOnlyList<Curve> Curves { get; init; } = [];

    /// <summary>The width in columns. The plot has at least 10 columns even when the chart then is wider.</summary>
    public int Width { get; init; } = 80;

    /// <summary>The height of the plot in rows, without title, axis and legend.</summary>
    public int Height { get; init; } = 10;

    /// <summary>The culture of the numbers.</summary>
    public IFormatProvider Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>The lines of the chart, without spaces at their ends.</summary>
    /// <param name="usesColor">Whether curves have colors, as escape sequences. Otherwise the lines are the same.</param>
    public IEnumerable<string> Render(bool usesColor)
    {
        string Paint(int owner, string text) =>
            usesColor ? $"\u001b[{Colors[owner % Colors.Length]}m{text}\u001b[0m" : text;

        if (Curves.Count == 0)
        {
            return [Truncation.Truncate($"{Title} · no values", Math.Max(MinPlotColumns, Width - 1))];
        }
        var values = Curves.SelectMany(curve => curve.Values).ToList();
        var vertical = Axis.ForValues(
            values.Min(point => point.Y),
            values.Max(point => point.Y),
            Math.Min(MaxTicks, Math.Max(1, Height / RowsPerTick))
        );
        var labels = vertical.Ticks.Select(tick => vertical.Format(tick, Culture)).ToList();
        var gutter = Math.Max("step".Length, labels.Max(label => label.Length));
        var columns = Math.Max(MinPlotColumns, Width - gutter - 2);
        var horizontal = Axis.ForSteps(
            values.Min(point => point.X),
            values.Max(point => point.X),
            Math.Max(1, columns / ColumnsPerTick)
        );
        var canvas = new BrailleCanvas(columns, Height);
        Draw(canvas, horizontal, vertical);

        var rowLabels = new string?[Height];
        foreach (var (tick, label) in vertical.Ticks.Zip(labels, (tick, label) => (tick, label)))
        {
            rowLabels[ToDot(1 - vertical.Scale(tick), canvas.Height) / BrailleCanvas.DotsDown] = label;
        }
        return
        [
            CreateTitle(),
            .. Enumerable
                .Range(0, Height)
                .Select(row =>
                    $"{(rowLabels[row] ?? "").PadLeft(gutter)} {(rowLabels[row] is null ? '│' : '┤')}{canvas.Render(row, Paint)}"
                ),
            .. RenderSteps(horizontal, gutter, columns),
            .. RenderLegend(Paint),
        ];
    }

    private string CreateTitle()
    {
        if (Curves.Count > 1)
        {
            return Truncation.Truncate(Title, Math.Max(MinPlotColumns, Width - 1));
        }
        var name = Curves[0].Name.Length == 0 ? "" : $" · {Curves[0].Name}";
        return Truncation.Truncate(
            $"{Title}{name} · last {FormatLast(Curves[0])}",
            Math.Max(MinPlotColumns, Width - 1)
        );
    }

    private void Draw(BrailleCanvas canvas, Axis horizontal, Axis vertical)
    {
        for (var owner = 0; owner < Curves.Count; owner++)
        {
            (int X, int Y)? previous = null;
            var isJoined = true;
            foreach (var point in Curves[owner].Points.Append(new CurvePoint(double.NaN, double.NaN)))
            {
                if (!point.HasValue)
                {
                    if (previous is { } lone && !isJoined)
                    {
                        DrawMark(canvas, lone.X, lone.Y, owner);
                    }
                    previous = null;
                    continue;
                }
                var x = ToDot(horizontal.Scale(point.X), canvas.Width);
                var y = ToDot(1 - vertical.Scale(point.Y), canvas.Height);
                isJoined = previous is not null;
                var (fromX, fromY) = previous ?? (x, y);
                canvas.DrawLine(fromX, fromY, x, y, owner);
                previous = (x, y);
            }
        }
        if (Curves.Count > 1)
        {
            DrawLetters(canvas);
        }
    }

    // A point without neighbors would be a single dot, which is easily missed.
    private static void DrawMark(BrailleCanvas canvas, int x, int y, int owner)
    {
        var (left, top) = (x - (x % 2), y - (y % 2));
        canvas.DrawLine(left, top, left + 1, top, owner);
        canvas.DrawLine(left, top + 1, left + 1, top + 1, owner);
    }

    // At the right end of each curve, and at a distance along it, so that crossing curves can be told apart.
    private void DrawLetters(BrailleCanvas canvas)
    {
        for (var owner = 0; owner < Curves.Count; owner++)
        {
            for (var column = canvas.Columns - 1; column >= 0; column--)
            {
                if (canvas.FindRow(column, owner) is { } row && canvas.DrawLetter(column, row, Letter(owner), owner))
                {
                    break;
                }
            }
        }
        for (var column = LetterDistance / 2; column < canvas.Columns - (2 * LetterDistance); column += LetterDistance)
        {
            var owner = column / LetterDistance % Curves.Count;
            if (canvas.FindRow(column, owner) is { } row)
            {
                canvas.DrawLetter(column, row, Letter(owner), owner);
            }
        }
    }

    private IEnumerable<string> RenderSteps(Axis axis, int gutter, int columns)
    {
        var line = new StringBuilder(new string('─', columns));
        var labels = new StringBuilder("step".PadLeft(gutter)).Append(' ', columns + 2);
        var end = gutter + 1;
        foreach (var tick in axis.Ticks)
        {
            var column = ToDot(axis.Scale(tick), columns * BrailleCanvas.DotsAcross) / BrailleCanvas.DotsAcross;
            var label = axis.Format(tick, Culture);
            var start = Math.Min(gutter + 2 + column - (label.Length / 2), labels.Length - label.Length);
            if (start <= end)
            {
                continue;
            }
            line[column] = '┬';
            labels.Remove(start, label.Length).Insert(start, label);
            end = start + label.Length;
        }
        return [$"{new string(' ', gutter)} └{line}", labels.ToString().TrimEnd()];
    }

    private IEnumerable<string> RenderLegend(Func<int, string, string> paint)
    {
        if (Curves.Count == 1)
        {
            yield break;
        }
        var line = new StringBuilder();
        var length = 0;
        for (var owner = 0; owner < Curves.Count; owner++)
        {
            var last = FormatLast(Curves[owner]);
            var name = Curves[owner].Name.Length == 0 ? "(no job)" : Curves[owner].Name;
            var room = Math.Max(MinPlotColumns, Width - last.Length - 4);
            name = name.Length <= room ? name : Truncation.Truncate(name, room - 1);
            var item = $"{Letter(owner)} {name} {last}";
            if (length > 0 && length + 3 + item.Length > Width)
            {
                yield return line.ToString();
                line.Clear();
                length = 0;
            }
            line.Append(length > 0 ? "   " : "")
                .Append(paint(owner, $"{Letter(owner)} {name}"))
                .Append(' ')
                .Append(last);
            length += (length > 0 ? 3 : 0) + item.Length;
        }
        yield return line.ToString();
    }

    private string FormatLast(Curve curve) => ChartNumber.Format(curve.Values.Last().Y, Culture);

    private static char Letter(int owner) => Letters[owner % Letters.Length];

    private static int ToDot(double position, int dots) =>
        Math.Min(dots - 1, Math.Max(0, (int)Math.Round(position * (dots - 1))));
}
