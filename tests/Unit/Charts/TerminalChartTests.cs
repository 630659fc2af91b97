using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Charts;

/// <summary>Charts for a terminal, compared with their exact text.</summary>
public sealed class TerminalChartTests
{
    [Fact]
    public void Draws_a_curve_with_labeled_axes()
    {
        AssertChart(
            """
            Loss · nightly-1 · last 0.2249
             0.6 ┤⠙⠦⣄⡀
                 │   ⠉⠒⠤⣄⡀
             0.4 ┤       ⠈⠙⠒⠲⠤⢄⣀⣀
                 │              ⠈⠉⠉⠙⠒⠒⠒⠲⠤⠤⠤⠤⠤⠤⣄⣀⣀⣀⣀⣀
                 └───────────┬──────────┬──────────┬
            step            100        200       300
            """,
            Render(Falling("nightly-1", 300))
        );
    }

    [Fact]
    public void Overlays_curves_with_letters_and_a_legend()
    {
        AssertChart(
            """
            Loss
             0.6 ┤⠻⡶⣦⡤⣀⣀
                 │ ⠙⢦⡉⠓⠮⢭⣙⠒⠲⠤⠤⣄⣀⣀
             0.4 ┤   ⠉⠲⢤⣀⠈⠉⠑⠒⠦⠤⢤⣈C⡉⠙⠒⠒⠒⠦⠤⠤⠤⣄⣀⣀⣀⣀⣀
                 │      ⠈⠉⠑B⠲⠤⠤⠤⠤⢤⣉⣉⣉⣉⣓⣒⣒⣒⣒⣲⣤⣤B⠤⠬C⠤A
                 └───────────┬──────────┬──────────┬
            step            100        200       300
            A nightly-1 0.2249
            B sweep-beta-02 0.2012
            C sweep-beta-03 0.3116
            """,
            Render(Falling("nightly-1", 300), Falling("sweep-beta-02", 250, 2), Falling("sweep-beta-03", 280, 0.5))
        );
    }

    [Fact]
    public void Shows_a_single_point_as_a_mark()
    {
        AssertChart(
            """
            Loss · nightly-1 · last 0.2249
            0.24 ┤
                 │
            0.22 ┤                 ⠛
                 │
                 └─────────────────┬────────────────
            step                   1
            """,
            Render(Falling("nightly-1", 1))
        );
    }

    [Fact]
    public void Connects_three_points()
    {
        AssertChart(
            """
            Loss · nightly-1 · last 0.2249
            0.35 ┤⠉⠒⠢⠤⣀⡀
                 │     ⠈⠉⠒⠢⠤⢄⣀
            0.30 ┤            ⠉⠑⠒⠤⢄⣀⣀⡀
            0.25 ┤                   ⠈⠉⠉⠉⠑⠒⠒⠒⠢⠤⠤⠤⢄⣀⣀
                 └┬────────────────┬───────────────┬
            step  1                2               3
            """,
            Render(Falling("nightly-1", 3))
        );
    }

    [Fact]
    public void Leaves_gaps_where_there_is_no_value()
    {
        AssertChart(
            """
            Loss · last 0.2249
             0.6 ┤⠑⠤⣀
                 │   ⠉⠒⠤⣀⡀
             0.4 ┤       ⠈⠉⠒⠢⠄
                 │                ⠈⠉⠒⠒⠒⠒⠤⠤⠤⣤⠠⠤⢄⣀⣀⣀⣀⣀
                 └───────────┬──────────┬──────────┬
            step            20         40         60
            """,
            Render(
                new Curve(
                    "",
                    [
                        .. Falling("", 60)
                            .Points.Select(point =>
                                point.X is > 20 and < 30 or 45 or 47 ? point with { Y = double.NaN } : point
                            ),
                    ]
                )
            )
        );
    }

    [Fact]
    public void Draws_a_constant_as_a_horizontal_line()
    {
        AssertChart(
            """
            Loss · last 0.6931
            0.75 ┤
            0.70 ┤
                 │⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
            0.65 ┤
                 └────────────────┬────────────────┬
            step                 10               20
            """,
            Render(new Curve("", [.. Enumerable.Range(1, 20).Select(step => new CurvePoint(step, 0.6931))]))
        );
    }

    [Fact]
    public void Draws_a_hundred_thousand_noisy_points_as_a_band()
    {
        AssertChart(
            """
            Loss · big · last 0.1761
                 │⣿⣶⣤⣄⡀
             0.6 ┤⠛⠿⢿⣿⣿⣿⣷⣶⣤⣤⣄⣀⣀
             0.4 ┤   ⠈⠉⠛⠛⠿⠿⣿⣿⣿⣿⣿⣿⣿⣷⣶⣶⣶⣶⣶⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣀
             0.2 ┤           ⠈⠉⠉⠙⠛⠛⠛⠛⠿⠿⠿⠿⠿⠿⠿⢿⣿⣿⣿⣿⣿⣿⣿
                 └────────────────┬────────────────┬
            step               50,000        100,000
            """,
            Render(
                new Curve(
                    "big",
                    [
                        .. Falling("", 100_000)
                            .Points.Select(point => point with { Y = point.Y + (0.1 * Math.Sin(point.X * point.X)) }),
                    ]
                )
            )
        );
    }

    [Fact]
    public void Shows_a_note_when_there_is_no_value()
    {
        AssertChart(
            """
            Loss · no values
            """,
            Render()
        );
    }

    [Theory]
    [InlineData(20, 3)]
    [InlineData(80, 14)]
    [InlineData(160, 14)]
    [InlineData(1000, 200)]
    public void Fits_the_width_with_any_number_of_points(int width, int height)
    {
        foreach (var count in new[] { 1, 3, 300, 100_000 })
        {
            var lines = Render(
                width,
                height,
                usesColor: false,
                Falling("nightly-1", count),
                Falling(new string('x', 63), count, 2)
            );

            Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
            Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
            Assert.InRange(lines.Count, height + 3, height + 5);
            Assert.Contains(
                lines.Skip(1).Take(height),
                line => line.Any(character => character is 'A' or (> '\u2800' and <= '\u28ff'))
            );
        }
    }

    [Fact]
    public void Colors_a_curve_and_its_name_in_the_legend_alike()
    {
        Curve[] curves = [Falling("a", 300), Falling("b", 300, 2)];

        var colored = Render(40, 4, usesColor: true, curves);

        var legend = colored[^1];
        Assert.StartsWith("\u001b[36mA a\u001b[0m ", legend, StringComparison.Ordinal);
        Assert.Contains("\u001b[33mB b\u001b[0m ", legend, StringComparison.Ordinal);
        Assert.Contains(colored.Take(5), line => line.Contains("\u001b[33m", StringComparison.Ordinal));
        // Without its colors, the chart is the same.
        Assert.Equal(
            Render(40, 4, usesColor: false, curves),
            colored.Select(line => System.Text.RegularExpressions.Regex.Replace(line, "\u001b\\[\\d+m", ""))
        );
    }

    [Fact]
    public void More_curves_than_colors_and_letters_still_have_a_legend()
    {
        var curves = Enumerable.Range(1, 70).Select(i => Falling($"job-{i}", 20, i)).ToArray();

        var lines = Render(80, 10, usesColor: true, curves);

        Assert.All(
            curves,
            curve => Assert.Contains(lines, line => line.Contains(curve.Name, StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Uses_the_culture_of_the_user()
    {
        var chart = new TerminalChart
        {
            Title = "Loss",
            Curves = [Falling("", 300)],
            Width = 40,
            Height = 4,
            Culture = CultureInfo.GetCultureInfo("de-DE"),
        };

        Assert.Contains("0,4 ┤", string.Join("\n", chart.Render(usesColor: false)), StringComparison.Ordinal);
    }

    private static Curve Falling(string name, int count, double speed = 1) =>
        new(
            name,
            [
                .. Enumerable
                    .Range(1, count)
                    .Select(step => new CurvePoint(step, 0.2 + (0.5 * Math.Exp(-3 * speed * step / count)))),
            ]
        );

    private static List<string> Render(params Curve[] curves) => Render(40, 4, usesColor: false, curves);

    private static List<string> Render(int width, int height, bool usesColor, params Curve[] curves) =>
        [
            .. new TerminalChart
            {
                Title = "Loss",
                Curves = curves,
                Width = width,
                Height = height,
            }.Render(usesColor),
        ];

    private static void AssertChart(string expected, List<string> actual) =>
        Assert.Equal(expected, string.Join("\n", actual));
}
