using System.Linq;
using System.Threading;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>The limit on nesting, which protects the stack.</summary>
public sealed class FilterNestingTests
{
    private const int SmallStack = 256 * 1024;

    [Theory]
    [InlineData("(", "a", ")")]
    [InlineData("( ", "a", " )")]
    [InlineData("NOT (", "a", ")")]
    [InlineData("-(", "a", ")")]
    [InlineData("a AND (", "b", ")")]
    [InlineData("(a) OR (", "b", ")")]
    [InlineData("f() (", "a", ") g()")]
    [InlineData("f(", "a", ")")]
    [InlineData("f(", "", ")")]
    [InlineData("f(a, ", "b", ", c)")]
    [InlineData("(b) AND (", "a", ") AND (c)")]
    [InlineData("a = (", "b", ")")]
    [InlineData("a:f(b) OR a:(", "c", ")")]
    public void Accepts_100_levels_and_rejects_101(string open, string inner, string close)
    {
        var deepest = Nested(open, inner, close, FilterParser.MaxNesting);
        var tooDeep = Nested(open, inner, close, FilterParser.MaxNesting + 1);

        Assert.Equal(100, FilterParser.MaxNesting);
        Assert.NotNull(FilterParser.Parse(deepest));
        var error = Assert.Throws<FilterSyntaxException>(() => FilterParser.Parse(tooDeep));
        Assert.Equal("found '(', expected at most 100 nested parentheses", error.Message);
        Assert.Equal('(', tooDeep[error.Position]);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("NOT (", ")")]
    [InlineData("a AND (", ")")]
    [InlineData("f(", ")")]
    [InlineData("f(a, ", ")")]
    [InlineData("a = (", ")")]
    [InlineData("a = f((", "))")]
    public void Rejects_any_greater_depth(string open, string close)
    {
        foreach (var levels in (int[])[10_000, 1_000_000])
        {
            Assert.Throws<FilterSyntaxException>(() => FilterParser.Parse(Nested(open, "a", close, levels)));
        }
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("a = (", ")")]
    [InlineData("f(", ")")]
    public void Parses_and_prints_the_deepest_filter_on_a_small_stack(string open, string close)
    {
        var text = Nested(open, "a", close, FilterParser.MaxNesting);
        string? printed = null;
        var thread = new Thread(() => printed = FilterPrinter.Print(FilterParser.Parse(text)!), SmallStack);

        thread.Start();
        thread.Join();

        Assert.Equal(text, printed);
    }

    [Fact]
    public void Does_not_limit_the_number_of_parts()
    {
        var groups = string.Join(" OR ", Enumerable.Repeat("(f((a)) = (b))", 10_000));

        var alternative = Assert.IsType<FilterAlternative>(FilterParser.Parse(groups));

        Assert.Equal(10_000, alternative.Parts.Count);
    }

    private static string Nested(string open, string inner, string close, int levels) =>
        string.Concat(Enumerable.Repeat(open, levels)) + inner + string.Concat(Enumerable.Repeat(close, levels));
}
