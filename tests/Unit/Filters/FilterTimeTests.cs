using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>Other tests would be measured too, so these run alone.</summary>
[CollectionDefinition(nameof(FilterTimeTests), DisableParallelization = true)]
public sealed class MeasuredAlone;

/// <summary>How long it takes to parse a text grows no faster than the text.</summary>
[Collection(nameof(FilterTimeTests))]
public sealed class FilterTimeTests
{
    private const int FewParts = 32 * 1024;
    private const int ManyParts = 4 * 1024;

    // A long text is compared with as many short ones: then memory and its collector cost both the same. Linear is 1 with
    // noise on top, quadratic is 32.
    private const int Growth = 32;
    private const int HighestRatio = 8;

    private const int Rounds = 3;

    // Below this a time tells more of the machine than of the parser.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    [Theory]
    [InlineData("", "a", "")]
    [InlineData("", "(", "")]
    [InlineData("", ")", "")]
    [InlineData("", "NOT ", "")]
    [InlineData("", "-", "")]
    [InlineData("", "\"", "")]
    [InlineData("\"", "a", "")]
    [InlineData("\"", "\\\"", "")]
    [InlineData("\"", "\\\"", "\"")]
    [InlineData("", " ", "")]
    [InlineData("a", " ", "b")]
    [InlineData("a", " ", "= b")]
    [InlineData("a =", " ", "b")]
    [InlineData("f(", " ", ")")]
    [InlineData("", "AND ", "")]
    [InlineData("a", ":", "")]
    [InlineData("a = b", ":c", "")]
    [InlineData("", "f(", "")]
    [InlineData("", "a = (", "")]
    [InlineData("(a)", "b", "")]
    public void Few_long_parts_take_linear_time(string start, string repeated, string end)
    {
        AssertLinear(length => Repeated(start, repeated, end, length), FewParts);
    }

    [Theory]
    [InlineData("", "(a) ", "")]
    [InlineData("", "((((((((a)))))))) ", "")]
    [InlineData("", "NOT a ", "")]
    [InlineData("", "-a ", "")]
    [InlineData("", "\"\" ", "")]
    [InlineData("", "'a' ", "")]
    [InlineData("", "a          ", "")]
    [InlineData("", "(   (   a   )   )   ", "")]
    [InlineData("", "a OR ", "a")]
    [InlineData("", "a AND ", "a")]
    [InlineData("", "a AND b OR ", "a")]
    [InlineData("", "a = b ", "")]
    [InlineData("", "a.", "a")]
    [InlineData("", "a.", "")]
    [InlineData("", "f(a) ", "")]
    [InlineData("f(", "a, ", "b)")]
    [InlineData("f(", "a, ", "")]
    [InlineData("", "a = (b) ", "")]
    public void Many_parts_take_linear_time(string start, string repeated, string end)
    {
        AssertLinear(length => Repeated(start, repeated, end, length), ManyParts);
    }

    [Theory]
    [InlineData("(", "a", ")")]
    [InlineData("f(", "", ")")]
    [InlineData("a = (", "b", ")")]
    public void Long_runs_of_blanks_at_every_level_take_linear_time(string open, string inner, string close)
    {
        AssertLinear(
            length =>
            {
                var blanks = new string(' ', length / FilterParser.MaxNesting / 2);
                return string.Concat(Enumerable.Repeat(open + blanks, FilterParser.MaxNesting))
                    + inner
                    + string.Concat(Enumerable.Repeat(blanks + close, FilterParser.MaxNesting));
            },
            FewParts
        );
    }

    private static string Repeated(string start, string repeated, string end, int length) =>
        start + string.Concat(Enumerable.Repeat(repeated, length / repeated.Length)) + end;

    private static void AssertLinear(Func<int, string> create, int length)
    {
        var shortTexts = Enumerable.Repeat(create(length), Growth).ToList();
        var longText = new List<string> { create(length * Growth) };

        var times = Enumerable.Range(0, Rounds).Select(_ => (Short: Time(shortTexts), Long: Time(longText))).ToList();

        var allShort = times.Min(time => time.Short);
        allShort = allShort < Shortest ? Shortest : allShort;
        Assert.InRange(times.Min(time => time.Long) / allShort, 0, HighestRatio);
    }

    // The processor's time in this process: a clock on the wall would tell of others on the machine too.
    private static TimeSpan Time(List<string> texts)
    {
        var before = Environment.CpuUsage.TotalTime;
        var trees = texts.ConvertAll(ParseAndPrint);
        var time = Environment.CpuUsage.TotalTime - before;
        GC.KeepAlive(trees);
        return time;
    }

    private static FilterNode? ParseAndPrint(string text)
    {
        try
        {
            var tree = FilterParser.Parse(text);
            if (tree is not null)
            {
                FilterPrinter.Print(tree);
            }
            return tree;
        }
        catch (FilterSyntaxException)
        {
            // An error is to be as quick.
            return null;
        }
    }
}
