using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>Runs these tests alone, because CPU time is measured for the whole process.</summary>
[CollectionDefinition(nameof(FilterParsingSpeedTests), DisableParallelization = true)]
public sealed class MeasuredAlone;

/// <summary>Parsing takes linear time.</summary>
[Collection(nameof(FilterParsingSpeedTests))]
public sealed class FilterParsingSpeedTests
{
    private const int FewParts = 8 * 1024;
    private const int ManyParts = 1024;

    // Compares one long text with many short ones of the same total length, so that memory costs the same. The ratio is about
    // 1 for linear time, and 32 for quadratic time.
    private const int Growth = 32;
    private const int MaxRatio = 8;

    private const int Rounds = 3;

    // Shorter times are mostly noise.
    private static readonly TimeSpan MinTime = TimeSpan.FromMilliseconds(1);

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
    public void Parses_few_long_parts_in_linear_time(string start, string repeated, string end)
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
    public void Parses_many_parts_in_linear_time(string start, string repeated, string end)
    {
        AssertLinear(length => Repeated(start, repeated, end, length), ManyParts);
    }

    [Theory]
    [InlineData("(", "a", ")")]
    [InlineData("f(", "", ")")]
    [InlineData("a = (", "b", ")")]
    public void Parses_white_space_on_every_level_in_linear_time(string open, string inner, string close)
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
        allShort = allShort < MinTime ? MinTime : allShort;
        Assert.InRange(times.Min(time => time.Long) / allShort, 0, MaxRatio);
    }

    // CPU time of this process, because wall-clock time depends on other processes.
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
            // Errors must be as fast.
            return null;
        }
    }
}
