using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>Explanations of filters that have a syntax error or are easily misread.</summary>
public sealed class FilterDiagnosticsTests
{
    private const int MaxShownLength = 100;

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("state = FAILED")]
    [InlineData("a b OR -c AND NOT (d : \"x\")")]
    public void Describes_no_error_for_a_well_formed_filter(string filter)
    {
        Assert.Null(FilterDiagnostics.DescribeSyntaxError(filter));
    }

    [Fact]
    public void Describes_an_error_with_position_reason_filter_and_caret()
    {
        Assert.Equal(
            "At character 9 of the filter, state = »)«: found ')', expected a value.\n"
                + "    state = )\n"
                + "            ^",
            FilterDiagnostics.DescribeSyntaxError("state = )")
        );
    }

    [Theory]
    [InlineData("state =", 7)]
    [InlineData("(a", 2)]
    [InlineData("a AND", 5)]
    public void Puts_the_caret_after_the_last_character_for_an_error_at_the_end(string filter, int column)
    {
        var (line, mark, words) = Show(filter);

        Assert.Equal(filter, line);
        Assert.Equal(column, mark);
        Assert.StartsWith(
            $"At character {column + 1} of the filter, {filter}»«: found the end, ",
            words,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Truncates_the_end_when_the_error_is_near_the_start()
    {
        var filter = "a = )" + Words(200);

        var (line, mark, words) = Show(filter);

        Assert.Equal(filter[..MaxShownLength] + "…", line);
        Assert.Equal(4, mark);
        Assert.StartsWith(
            "At character 5 of the filter, a = »)«word word word word …: found ",
            words,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Truncates_the_start_when_the_error_is_near_the_end()
    {
        var filter = Words(200) + " AND )";

        var (line, mark, words) = Show(filter);

        Assert.Equal("…" + filter[^MaxShownLength..], line);
        Assert.Equal(MaxShownLength, mark);
        Assert.Equal(')', line[mark]);
        Assert.StartsWith(
            $"At character {filter.Length} of the filter, …word word word  AND »)«: found ",
            words,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Truncates_both_ends_when_the_error_is_in_the_middle()
    {
        var filter = Words(200) + " ) " + Words(200);

        var (line, mark, _) = Show(filter);

        var start = filter.IndexOf(')', StringComparison.Ordinal) - (MaxShownLength / 2);
        Assert.Equal($"…{filter[start..(start + MaxShownLength)]}…", line);
        Assert.Equal(')', line[mark]);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    public void Keeps_the_caret_in_place_around_the_maximum_length(int length)
    {
        var filter = "(" + Words(length - 1);

        var (line, mark, _) = Show(filter);

        Assert.Equal(length > MaxShownLength ? "…" + filter[^MaxShownLength..] : filter, line);
        Assert.Equal(line.Length, mark);
    }

    [Theory]
    [InlineData("a\t=\t)", "a\u2409=\u2409)")]
    [InlineData("a\r\n= )", "a\u240d\u240a= )")]
    [InlineData("\"\u001b[31m\u202e\" )", "\"\u241b[31m\ufffd\" )")]
    public void Shows_each_control_character_as_one_character_so_that_the_caret_keeps_its_column(
        string filter,
        string shown
    )
    {
        var (line, mark, _) = Show(filter);

        Assert.Equal(shown, line);
        Assert.Equal(filter.IndexOf(')', StringComparison.Ordinal), mark);
    }

    [Fact]
    public void Makes_control_characters_visible_in_the_reason()
    {
        var (_, _, words) = Show("a = 1 \u0085)\u2028");

        Assert.DoesNotContain(words, char.IsControl);
        Assert.DoesNotContain('\u2028', words);
    }

    [Fact]
    public void Puts_the_caret_below_any_error()
    {
        var cases =
            from before in Gen.Choose(0, 150)
            from behind in Gen.Choose(0, 150)
            select Words(before) + " = , " + Words(behind);

        Prop.ForAll(
                cases.Where(filter => FilterDiagnostics.DescribeSyntaxError(filter) is not null).ToArbitrary(),
                filter =>
                {
                    var (line, mark, words) = Show(filter);
                    var position = Position(filter);
                    return (position < filter.Length ? line[mark] == filter[position] : mark == line.Length)
                        && line.Trim('…').Length == Math.Min(filter.Length, MaxShownLength)
                        && filter.Contains(line.Trim('…'), StringComparison.Ordinal)
                        && words.StartsWith($"At character {position + 1} of the filter, ", StringComparison.Ordinal);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("state == JOB_STATE_FAILED AND x = 1", "state =»=« JOB_STATE_FAILED AN…")]
    [InlineData("(a", "(a»«")]
    [InlineData("\ud83d\ude00 = \"12345678901234567890\" )", "…345678901234567890\" »)«")]
    [InlineData("\"1234567890123456\ud83d\ude00\" )", "…1234567890123456\ud83d\ude00\" »)«")]
    [InlineData("a = \"12345678901234\ud83d\ude00\" )", "… \"12345678901234\ud83d\ude00\" »)«")]
    [InlineData("\"\ud83d\ude0012345678901234567\" )", "…\ud83d\ude0012345678901234567\" »)«")]
    [InlineData("(a)\ud83d\ude00b", "(a)»\ud83d\ude00«b")]
    [InlineData("a =\t)", "a =\u2409»)«")]
    public void Marks_the_position_in_the_text_because_a_console_may_join_its_lines(string filter, string marked)
    {
        var (_, _, words) = Show(filter);

        Assert.Contains($" of the filter, {marked}: found ", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"日本\" = )", 9)]
    [InlineData("\"ｆｕ\" = )", 9)]
    [InlineData("\"한\" = )", 7)]
    [InlineData("\"\ud83d\ude00\" = )", 7)]
    [InlineData("\"\ud840\udc00\" = )", 7)]
    [InlineData("\"e\u0301\" = )", 6)]
    [InlineData("\"\u200b\" = )", 5)]
    [InlineData("\"é\" = )", 6)]
    public void Counts_two_columns_for_a_wide_character_and_none_for_a_combining_one(string filter, int column)
    {
        Assert.Equal(column, Show(filter).Mark);
    }

    [Theory]
    [InlineData("a == b", "For equality, use =.")]
    [InlineData("a === b", "For equality, use =.")]
    [InlineData("a <> b", "For inequality, use !=.")]
    [InlineData("a !== b", "For inequality, use !=.")]
    [InlineData("a =! b", "For inequality, use !=.")]
    [InlineData("a => 1", "Use >=.")]
    [InlineData("a =< 1", "Use <=.")]
    [InlineData("!a", "For a negation, use NOT.")]
    [InlineData("a = 1 AND !(b = 2)", "For a negation, use NOT.")]
    [InlineData("state IN ('a', 'b')", "For one of several values, use (field = a OR field = b).")]
    [InlineData("state in (a, b)", "For one of several values, use (field = a OR field = b).")]
    [InlineData("x = 1 AND state In(a b)", "For one of several values, use (field = a OR field = b).")]
    [InlineData("not(a = b)", "Use NOT with a space before '('.")]
    [InlineData("a = 1 and(b = 2)", "Use AND with a space before '('.")]
    public void Names_the_right_form_of_the_syntax_of_another_language(string filter, string hint)
    {
        Assert.EndsWith(". " + hint, Show(filter).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a = )")]
    [InlineData("a ! b")]
    [InlineData("begin (a, b)")]
    [InlineData("a = 1 AND")]
    [InlineData("f(a = b)")]
    [InlineData("x = (in (a) = b")]
    public void Gives_no_hint_for_any_other_error(string filter)
    {
        Assert.Matches("expected [^.]+\\.$", Show(filter).Words);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a AND b")]
    [InlineData("a OR b")]
    [InlineData("a b")]
    [InlineData("a AND NOT b")]
    [InlineData("(a AND b) OR c")]
    [InlineData("a AND (b OR c)")]
    [InlineData("(a OR b) (c OR d)")]
    [InlineData("a = (b OR c) AND d")]
    [InlineData("NOT (a OR b) AND c")]
    [InlineData("a = \"x OR y AND z\"")]
    [InlineData("a or b and c")]
    [InlineData("")]
    [InlineData("a OR b AND")]
    public void Shows_no_precedence_for_a_filter_that_does_not_mix_OR_with_AND(string filter)
    {
        Assert.Null(FilterDiagnostics.ShowPrecedence(filter));
    }

    [Theory]
    [InlineData("a AND b OR c", "a AND (b OR c)")]
    [InlineData("a OR b AND c", "(a OR b) AND c")]
    [InlineData("a OR b AND c OR d", "(a OR b) AND (c OR d)")]
    [InlineData("a b OR c", "a (b OR c)")]
    [InlineData("x AND a b OR c", "x AND (a (b OR c))")]
    [InlineData("(a AND b OR c) OR d", "(a AND (b OR c)) OR d")]
    [InlineData("x AND (y OR (a AND b OR c))", "x AND (y OR (a AND (b OR c)))")]
    [InlineData("a = (b AND c OR d)", "a = (b AND (c OR d))")]
    [InlineData("a = f(x, (b AND c OR d))", "a = f(x, (b AND (c OR d)))")]
    [InlineData("f((b AND c OR d)) = a", "f((b AND (c OR d))) = a")]
    [InlineData("NOT (a AND b OR c)", "NOT (a AND (b OR c))")]
    [InlineData("-(a AND b OR c)", "-(a AND (b OR c))")]
    [InlineData("a AND NOT b OR c", "a AND (NOT b OR c)")]
    [InlineData("a=1 AND b=2 OR c=\"3\"", "a = 1 AND (b = 2 OR c = \"3\")")]
    [InlineData("a AND b = \"a\\tb\" OR c", "a AND (b = \"a\\tb\" OR c)")]
    [InlineData("a AND b = 'x' OR c.\"d\"", "a AND (b = 'x' OR c.\"d\")")]
    public void Shows_the_precedence_of_a_filter_that_mixes_OR_with_AND(string filter, string reading)
    {
        Assert.Equal(reading, FilterDiagnostics.ShowPrecedence(filter));
        Assert.Null(FilterDiagnostics.ShowPrecedence(reading));
    }

    private static (string Line, int Mark, string Words) Show(string filter)
    {
        var lines = FilterDiagnostics.DescribeSyntaxError(filter)!.Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("    ", lines[1], StringComparison.Ordinal);
        Assert.Matches("^ {4,}\\^$", lines[2]);
        return (lines[1][4..], lines[2].Length - 5, lines[0]);
    }

    private static int Position(string filter) =>
        Assert.Throws<FilterSyntaxException>(() => FilterParser.Parse(filter)).Position;

    private static string Words(int length) => string.Concat(Enumerable.Repeat("word ", (length / 5) + 1))[..length];
}
