using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>Position and reason of syntax errors.</summary>
public sealed class FilterSyntaxErrorTests
{
    private const string Condition = "a field or a value";
    private const string More = "AND, OR, another condition or the end";
    private const string MoreInside = "')', AND, OR or another condition";

    [Theory]
    [InlineData("a AND", 5, "the end", Condition)]
    [InlineData("a AND ", 6, "the end", Condition)]
    [InlineData("a OR", 4, "the end", Condition)]
    [InlineData("AND", 0, "the keyword AND", Condition)]
    [InlineData("AND a", 0, "the keyword AND", Condition)]
    [InlineData("OR a", 0, "the keyword OR", Condition)]
    [InlineData("a AND AND b", 6, "the keyword AND", Condition)]
    [InlineData("a OR OR b", 5, "the keyword OR", Condition)]
    [InlineData("a AND OR b", 6, "the keyword OR", Condition)]
    [InlineData("a AND )", 6, "')'", Condition)]
    [InlineData("(a AND)", 6, "')'", Condition)]
    [InlineData("(a OR)", 5, "')'", Condition)]
    [InlineData("(AND a)", 1, "the keyword AND", Condition)]
    [InlineData("a AND\"b\"", 5, "a string", "white space")]
    [InlineData("a OR'b'", 4, "a string", "white space")]
    [InlineData("(a)AND b", 3, "the keyword AND", "white space")]
    [InlineData("\"a\"OR b", 3, "the keyword OR", "white space")]
    [InlineData("a AND, b", 5, "','", Condition)]
    [InlineData("AND = b", 0, "the keyword AND", Condition)]
    [InlineData("OR.a = b", 0, "the keyword OR", Condition)]
    public void Rejects_a_connective_that_is_not_between_two_conditions(
        string text,
        int position,
        string found,
        string expected
    )
    {
        AssertError(text, position, found, expected);
    }

    [Theory]
    [InlineData("NOT", 3, "the end", Condition)]
    [InlineData("NOT ", 4, "the end", Condition)]
    [InlineData("NOT NOT a", 4, "the keyword NOT", Condition)]
    [InlineData("NOT AND a", 4, "the keyword AND", Condition)]
    [InlineData("NOT = a", 4, "'='", Condition)]
    [InlineData("NOT=a", 3, "'='", Condition)]
    [InlineData("NOT\"a\"", 3, "a string", "white space")]
    [InlineData("(NOT)", 4, "')'", Condition)]
    [InlineData("-", 1, "the end", Condition)]
    [InlineData("- a", 1, "white space", Condition)]
    [InlineData("a - b", 3, "white space", Condition)]
    [InlineData("-NOT a", 1, "the keyword NOT", Condition)]
    [InlineData("-)", 1, "')'", Condition)]
    [InlineData("!a", 0, "'!'", Condition)]
    [InlineData("a AND !b", 6, "'!'", Condition)]
    public void Rejects_a_negation_without_a_condition(string text, int position, string found, string expected)
    {
        AssertError(text, position, found, expected);
    }

    [Theory]
    [InlineData("a =", 3, "the end", "a value")]
    [InlineData("a = ", 4, "the end", "a value")]
    [InlineData("a <", 3, "the end", "a value")]
    [InlineData("a:", 2, "the end", "a value")]
    [InlineData("= a", 0, "'='", Condition)]
    [InlineData(":a", 0, "':'", Condition)]
    [InlineData("a AND = b", 6, "'='", Condition)]
    [InlineData("a = b = c", 6, "'='", More)]
    [InlineData("a:b < c", 4, "'<'", More)]
    [InlineData("(a = b = c)", 7, "'='", MoreInside)]
    [InlineData("a == b", 3, "'='", "a value")]
    [InlineData("a <> b", 3, "'>'", "a value")]
    [InlineData("a =! b", 3, "'!'", "a value")]
    [InlineData("a :: b", 3, "':'", "a value")]
    [InlineData("a = :b", 4, "':'", "a value")]
    [InlineData("a < = b", 4, "'='", "a value")]
    [InlineData("a ! b", 2, "'!'", "!=")]
    [InlineData("a !b", 2, "'!'", "!=")]
    [InlineData("a ! = b", 2, "'!'", "!=")]
    [InlineData("a!", 1, "'!'", "!=")]
    [InlineData("a = b ! c", 6, "'!'", More)]
    [InlineData("a = AND", 4, "the keyword AND", "a value")]
    [InlineData("a = NOT b", 4, "the keyword NOT", "a value")]
    [InlineData("a = AND.b", 4, "the keyword AND", "a value")]
    [InlineData("a = )", 4, "')'", "a value")]
    [InlineData("(a) = b", 4, "'='", More)]
    [InlineData("a = \"b\":c", 7, "':'", More)]
    public void Rejects_a_comparator_that_is_not_between_a_field_and_a_value(
        string text,
        int position,
        string found,
        string expected
    )
    {
        AssertError(text, position, found, expected);
    }

    [Theory]
    [InlineData("a.", 2, "the end", "a field name")]
    [InlineData(".a", 0, "'.'", Condition)]
    [InlineData("a..b", 2, "'.'", "a field name")]
    [InlineData("a. b", 2, "white space", "a field name")]
    [InlineData("a .b", 2, "'.'", More)]
    [InlineData("a.(b)", 2, "'('", "a field name")]
    [InlineData("a. = b", 2, "white space", "a field name")]
    [InlineData("a = b.", 6, "the end", "a name or digits")]
    [InlineData("a = 1..2", 6, "'.'", "a name or digits")]
    [InlineData("a = .5", 4, "'.'", "a value")]
    [InlineData("a = 1.:2", 6, "':'", "a name or digits")]
    public void Rejects_a_dot_that_is_not_between_two_names(string text, int position, string found, string expected)
    {
        AssertError(text, position, found, expected);
    }

    [Theory]
    [InlineData("(", 1, "the end", Condition)]
    [InlineData("(a", 2, "the end", MoreInside)]
    [InlineData("(a ", 3, "the end", MoreInside)]
    [InlineData("((a)", 4, "the end", MoreInside)]
    [InlineData("a = (b", 6, "the end", MoreInside)]
    [InlineData("(a, b)", 2, "','", MoreInside)]
    [InlineData(")", 0, "')'", Condition)]
    [InlineData("a)", 1, "')'", More)]
    [InlineData("(a))", 3, "')'", More)]
    [InlineData("()", 1, "')'", Condition)]
    [InlineData("( )", 2, "')'", Condition)]
    [InlineData("a = ()", 5, "')'", Condition)]
    [InlineData("(a)b", 3, "'b'", "white space")]
    [InlineData("(a)(b)", 3, "'('", "white space")]
    [InlineData("(a)-b", 3, "'-b'", "white space")]
    [InlineData("((a)b)", 4, "'b'", "white space")]
    [InlineData("a, b", 1, "','", More)]
    public void Rejects_parentheses_that_are_unbalanced_or_empty(
        string text,
        int position,
        string found,
        string expected
    )
    {
        AssertError(text, position, found, expected);
    }

    [Theory]
    [InlineData("f(a", 3, "the end", "',' or ')'")]
    [InlineData("f(", 2, "the end", "a value")]
    [InlineData("f(a,", 4, "the end", "a value")]
    [InlineData("f(a,)", 4, "')'", "a value")]
    [InlineData("f(,)", 2, "','", "a value")]
    [InlineData("f(,a)", 2, "','", "a value")]
    [InlineData("f(a b)", 4, "'b'", "',' or ')'")]
    [InlineData("f(a\"b\")", 3, "a string", "',' or ')'")]
    [InlineData("f(a = b)", 4, "'='", "',' or ')'")]
    [InlineData("f(a OR b)", 4, "the keyword OR", "',' or ')'")]
    [InlineData("f(NOT a)", 2, "the keyword NOT", "a value")]
    [InlineData("f()a", 3, "'a'", "white space")]
    [InlineData("f().a", 3, "'.'", More)]
    [InlineData("f()()", 3, "'('", "white space")]
    [InlineData("a.\"f\"(b)", 5, "'('", "white space")]
    [InlineData("NOT(a OR b)", 6, "the keyword OR", "',' or ')', or white space between NOT and '('")]
    [InlineData("a AND(b = c)", 8, "'='", "',' or ')', or white space between AND and '('")]
    [InlineData("a OR(b", 6, "the end", "',' or ')', or white space between OR and '('")]
    [InlineData("a.NOT(b c)", 8, "'c'", "',' or ')'")]
    public void Rejects_function_arguments_that_are_not_values_between_commas(
        string text,
        int position,
        string found,
        string expected
    )
    {
        AssertError(text, position, found, expected);
    }

    [Theory]
    [InlineData("\"", 0, "an unterminated string", "a closing \"")]
    [InlineData("'", 0, "an unterminated string", "a closing '")]
    [InlineData("a = \"b", 4, "an unterminated string", "a closing \"")]
    [InlineData("a = 'b\"", 4, "an unterminated string", "a closing '")]
    [InlineData("a = \"b\\\"", 4, "an unterminated string", "a closing \"")]
    [InlineData("a = \"b\\", 4, "an unterminated string", "a closing \"")]
    [InlineData("f(a, 'b)", 5, "an unterminated string", "a closing '")]
    [InlineData("a.\"b", 2, "an unterminated string", "a closing \"")]
    [InlineData("\"a\"\"b\"", 3, "a string", "white space")]
    [InlineData("\"a\"'b'", 3, "a string", "white space")]
    [InlineData("\"a\"b", 3, "'b'", "white space")]
    [InlineData("a\"b\"", 1, "a string", "white space")]
    [InlineData("a = b\"c\"", 5, "a string", "white space")]
    [InlineData("a = -\"b\"", 5, "a string", "white space")]
    [InlineData("(\"a\"\"b\")", 4, "a string", "white space")]
    public void Rejects_a_string_that_is_unterminated_or_not_separated(
        string text,
        int position,
        string found,
        string expected
    )
    {
        AssertError(text, position, found, expected);
    }

    [Theory]
    [InlineData("abcdefghijklmnopqrst", "'abcdefghijklmnopqrst'")]
    [InlineData("abcdefghijklmnopqrstu", "'abcdefghijklmnopqrst…'")]
    [InlineData("abcdefghijklmnopqrs😀", "'abcdefghijklmnopqrs…'")]
    [InlineData("abcdefghijklmnopqr😀", "'abcdefghijklmnopqr😀'")]
    [InlineData("a\u001b[31m\0", "'a␛[31m␀'")]
    [InlineData("ANDROID", "'ANDROID'")]
    [InlineData("and", "'and'")]
    public void Truncates_the_found_text_and_makes_control_characters_visible(string text, string found)
    {
        AssertError($"(a){text}", 3, found, "white space");
    }

    [Fact]
    public void Message_contains_what_was_found_and_expected()
    {
        var error = Assert.Throws<FilterSyntaxException>(() => FilterParser.Parse("a = AND"));

        Assert.Equal("found the keyword AND, expected a value", error.Message);
    }

    private static void AssertError(string text, int position, string found, string expected)
    {
        var error = Assert.Throws<FilterSyntaxException>(() => FilterParser.Parse(text));

        Assert.Equal((position, $"found {found}, expected {expected}"), (error.Position, error.Message));
    }
}
