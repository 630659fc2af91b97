using System;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>The published grammar of AIP-160.</summary>
public sealed class FilterParserTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" \t\r\n\u00a0\u2003 ")]
    public void Accepts_an_empty_filter(string text)
    {
        Assert.Null(FilterParser.Parse(text));
    }

    [Theory]
    [InlineData("a AND b", "(and a b)")]
    [InlineData("a AND b AND c", "(and a b c)")]
    [InlineData("a OR b", "(or a b)")]
    [InlineData("a OR b OR c", "(or a b c)")]
    [InlineData("a b", "(sequence a b)")]
    [InlineData("a b c", "(sequence a b c)")]
    public void Parses_parts_with_the_same_operator_as_one_list(string text, string shape)
    {
        AssertShape(text, shape);
    }

    [Theory]
    [InlineData("a AND b OR c", "(and a (or b c))")]
    [InlineData("a OR b AND c", "(and (or a b) c)")]
    [InlineData("a OR b AND c OR d", "(and (or a b) (or c d))")]
    [InlineData("a b AND c AND d", "(and (sequence a b) c d)")]
    [InlineData("a AND b c", "(and a (sequence b c))")]
    [InlineData("New York Giants OR Yankees", "(sequence New York (or Giants Yankees))")]
    [InlineData("a OR b c", "(sequence (or a b) c)")]
    [InlineData("a OR b c OR d AND e", "(and (sequence (or a b) (or c d)) e)")]
    [InlineData("NOT a OR b", "(or (not a) b)")]
    [InlineData("NOT a b", "(sequence (not a) b)")]
    [InlineData("-a AND NOT b", "(and (minus a) (not b))")]
    [InlineData("a NOT b -c", "(sequence a (not b) (minus c))")]
    [InlineData("NOT a = b OR -c < d", "(or (not (= a b)) (minus (< c d)))")]
    [InlineData("a = b c = d OR e = f AND g", "(and (sequence (= a b) (or (= c d) (= e f))) g)")]
    public void Binds_OR_tighter_than_a_sequence_and_a_sequence_tighter_than_AND(string text, string shape)
    {
        AssertShape(text, shape);
    }

    [Theory]
    [InlineData("(a)", "(group a)")]
    [InlineData("((a))", "(group (group a))")]
    [InlineData("( a )", "(group a)")]
    [InlineData("(a b) AND c AND d", "(and (group (sequence a b)) c d)")]
    [InlineData("(a AND b) OR c", "(or (group (and a b)) c)")]
    [InlineData("a OR (b AND c)", "(or a (group (and b c)))")]
    [InlineData("New York (Giants AND Yankees)", "(sequence New York (group (and Giants Yankees)))")]
    [InlineData("(a) (b)", "(sequence (group a) (group b))")]
    [InlineData("NOT (a OR b)", "(not (group (or a b)))")]
    [InlineData("-(a OR b)", "(minus (group (or a b)))")]
    [InlineData("(NOT a)", "(group (not a))")]
    [InlineData("(-a)", "(group (minus a))")]
    [InlineData("(a = b)", "(group (= a b))")]
    public void Groups_by_parentheses(string text, string shape)
    {
        AssertShape(text, shape);
    }

    [Theory]
    [InlineData("NOT a", "(not a)")]
    [InlineData("NOT\ta", "(not a)")]
    [InlineData("NOT  (a)", "(not (group a))")]
    [InlineData("-a", "(minus a)")]
    [InlineData("-file:\".java\"", "(minus (: file \".java\"))")]
    [InlineData("-30", "(minus 30)")]
    [InlineData("-2.5", "(minus 2.5)")]
    [InlineData("-2.5 >= -2.4", "(minus (>= 2.5 -2.4))")]
    [InlineData("-\"a b\"", "(minus \"a b\")")]
    [InlineData("-f(a)", "(minus (call f a))")]
    [InlineData("NOT f(a)", "(not (call f a))")]
    public void Negates_terms_by_NOT_or_a_minus_sign(string text, string shape)
    {
        AssertShape(text, shape);
    }

    [Theory]
    [InlineData("a-b", "a-b")]
    [InlineData("a -b", "(sequence a (minus b))")]
    [InlineData("a - b = c", null)]
    [InlineData("a = -b", "(= a -b)")]
    [InlineData("a = -1", "(= a -1)")]
    [InlineData("a=-1", "(= a -1)")]
    [InlineData("a > -1.5e-3", "(> a -1.5e-3)")]
    [InlineData("a = (-1)", "(= a (group (minus 1)))")]
    [InlineData("f(-1)", "(call f -1)")]
    [InlineData("a.-b", "a.-b")]
    [InlineData("--a", "(minus -a)")]
    [InlineData("NOT -a", "(not -a)")]
    [InlineData("-NOT.a(b)", "(minus (call NOT.a b))")]
    public void Reads_a_minus_sign_as_a_negation_only_before_a_term(string text, string? shape)
    {
        if (shape is null)
        {
            Assert.Throws<FilterSyntaxException>(() => FilterParser.Parse(text));
            return;
        }
        AssertShape(text, shape);
    }

    [Theory]
    [InlineData("a = b", "(= a b)")]
    [InlineData("a != b", "(!= a b)")]
    [InlineData("a < b", "(< a b)")]
    [InlineData("a <= b", "(<= a b)")]
    [InlineData("a > b", "(> a b)")]
    [InlineData("a >= b", "(>= a b)")]
    [InlineData("a : b", "(: a b)")]
    [InlineData("a:b", "(: a b)")]
    [InlineData("a.b:*", "(: a.b *)")]
    [InlineData("package=com.google", "(= package com.google)")]
    [InlineData("msg != 'hello'", "(!= msg \"hello\")")]
    [InlineData("1 > 0", "(> 1 0)")]
    [InlineData("yesterday < request.time", "(< yesterday request.time)")]
    [InlineData("experiment.rollout <= cohort(request.user)", "(<= experiment.rollout (call cohort request.user))")]
    [InlineData("\"a b\" = c", "(= \"a b\" c)")]
    [InlineData("f(a) = g(b)", "(= (call f a) (call g b))")]
    public void Parses_restrictions(string text, string shape)
    {
        AssertShape(text, shape);
    }

    [Theory]
    [InlineData("{0}a{0}={0}b{0}", "(= a b)")]
    [InlineData("{0}a{0}!={0}b{0}", "(!= a b)")]
    [InlineData("{0}a{0}<={0}b{0}", "(<= a b)")]
    [InlineData("{0}a{0}:{0}b{0}", "(: a b)")]
    [InlineData("{0}\"a\"{0}>'b'{0}", "(> \"a\" \"b\")")]
    [InlineData("{0}({0}a{0}={0}({0}b{0}){0}){0}", "(group (= a (group b)))")]
    [InlineData("f({0}a{0},{0}b{0}){0}={0}g({0})", "(= (call f a b) (call g))")]
    public void Accepts_optional_white_space_around_comparators_and_inside_parentheses(string text, string shape)
    {
        Assert.All(
            ["", " ", "   ", "\t", "\n", "\r\n", "\u00a0", "\u2003", "\u2028"],
            space => AssertShape(text.Replace("{0}", space), shape)
        );
    }

    [Theory]
    [InlineData("a{0}AND{0}b", "(and a b)")]
    [InlineData("a{0}OR{0}b", "(or a b)")]
    [InlineData("a{0}b", "(sequence a b)")]
    [InlineData("NOT{0}a", "(not a)")]
    [InlineData("(a){0}AND{0}(b)", "(and (group a) (group b))")]
    public void Accepts_any_white_space_between_words(string text, string shape)
    {
        var spaces = Enumerable.Range(0, char.MaxValue + 1).Select(number => (char)number).Where(char.IsWhiteSpace);

        Assert.All(spaces, space => AssertShape(text.Replace("{0}", $"{space}{space}"), shape));
    }

    [Theory]
    [InlineData("prod", "prod")]
    [InlineData("a.b.c", "a.b.c")]
    [InlineData("expr.type_map.1.type", "expr.type_map.1.type")]
    [InlineData("a.\"b c\".d", "a.\"b c\".d")]
    [InlineData("a.'b c'.d = e", "(= a.\"b c\".d e)")]
    [InlineData("\"a\".b", "\"a\".b")]
    [InlineData("\"a\".\"b\"", "\"a\".\"b\"")]
    [InlineData("a.AND", "a.AND")]
    [InlineData("a.OR.NOT = b.AND", "(= a.OR.NOT b.AND)")]
    [InlineData("a.AND AND a.OR OR b.NOT", "(and a.AND (or a.OR b.NOT))")]
    [InlineData("\"AND\" AND 'OR'", "(and \"AND\" \"OR\")")]
    [InlineData("2.5 >= 2.4", "(>= 2.5 2.4)")]
    [InlineData("a = 1.2s", "(= a 1.2s)")]
    [InlineData("a = 2.997e9", "(= a 2.997e9)")]
    public void Parses_members(string text, string shape)
    {
        AssertShape(text, shape);
    }

    [Fact]
    public void Parses_a_decimal_number_as_a_member_of_two_parts()
    {
        var restriction = Assert.IsType<FilterRestriction>(FilterParser.Parse("2.5"));

        var member = Assert.IsType<FilterMember>(restriction.Subject);
        Assert.Equal(["2", "5"], member.Parts.Select(part => part.Text));
    }

    [Theory]
    [InlineData("time.now()", "(call time.now)")]
    [InlineData("f( )", "(call f)")]
    [InlineData("regex(m.key, '^.*prod.*$')", "(call regex m.key \"^.*prod.*$\")")]
    [InlineData("math.mem('30mb')", "(call math.mem \"30mb\")")]
    [InlineData(
        "(msg.endsWith('world') AND retries < 10)",
        "(group (and (call msg.endsWith \"world\") (< retries 10)))"
    )]
    [InlineData("f(a,b,c)", "(call f a b c)")]
    [InlineData("f(g(h(a)), i())", "(call f (call g (call h a)) (call i))")]
    [InlineData("f((a OR b), (c = d))", "(call f (group (or a b)) (group (= c d)))")]
    [InlineData("f (a)", "(sequence f (group a))")]
    [InlineData("a = f (b)", "(sequence (= a f) (group b))")]
    [InlineData("AND(a)", "(call AND a)")]
    [InlineData("NOT(a)", "(call NOT a)")]
    [InlineData("a OR(b)", "(sequence a (call OR b))")]
    [InlineData("NOT.OR.AND(a)", "(call NOT.OR.AND a)")]
    [InlineData("a = OR(b)", "(= a (call OR b))")]
    public void Parses_functions_only_without_a_space_before_the_parenthesis(string text, string shape)
    {
        AssertShape(text, shape);
    }

    [Theory]
    [InlineData("a = (b)", "(= a (group b))")]
    [InlineData("a:(b OR c)", "(: a (group (or b c)))")]
    [InlineData("a = (b AND NOT c) d", "(sequence (= a (group (and b (not c)))) d)")]
    [InlineData("a = (b = (c = d))", "(= a (group (= b (group (= c d)))))")]
    public void Accepts_an_expression_in_parentheses_as_an_argument(string text, string shape)
    {
        AssertShape(text, shape);
    }

    [Theory]
    [InlineData("a > 2012-04-21T11:30:00-04:00", "(> a 2012-04-21T11:30:00-04:00)")]
    [InlineData("a>2012-04-21T11:30:00.25Z", "(> a 2012-04-21T11:30:00.25Z)")]
    [InlineData("a:b:c", "(: a b:c)")]
    [InlineData("a:b:", "(: a b:)")]
    [InlineData("f(11:30, a.b:c)", "(call f 11:30 a.b:c)")]
    [InlineData("a = (b:c)", "(= a (group (: b c)))")]
    [InlineData("a = gs://b", "(= a gs://b)")]
    public void Accepts_a_colon_inside_the_text_of_an_argument(string text, string shape)
    {
        AssertShape(text, shape);
    }

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("''", "")]
    [InlineData("\"a b\"", "a b")]
    [InlineData("'a b'", "a b")]
    [InlineData("\"it's\"", "it's")]
    [InlineData("'say \"a\"'", "say \"a\"")]
    [InlineData("\"say \\\"a\\\"\"", "say \"a\"")]
    [InlineData("'it\\'s'", "it's")]
    [InlineData("\"it\\'s\"", "it's")]
    [InlineData("\"a\\\\\"", "a\\")]
    [InlineData("\"\\\\\\\"\"", "\\\"")]
    [InlineData("\"\\n\\u0041\"", "nu0041")]
    [InlineData("\"(a AND b) = c, d.e:f\"", "(a AND b) = c, d.e:f")]
    [InlineData("\"\n\t\0\"", "\n\t\0")]
    [InlineData("\"ä日😀\"", "ä日😀")]
    public void Unescapes_characters_after_a_backslash_in_a_string(string text, string content)
    {
        var restriction = Assert.IsType<FilterRestriction>(FilterParser.Parse(text));

        var word = Assert.Single(Assert.IsType<FilterMember>(restriction.Subject).Parts);
        Assert.True(word.IsQuoted);
        Assert.Equal(content, word.Text);
    }

    [Theory]
    [InlineData("a and b", "(sequence a and b)")]
    [InlineData("a or b", "(sequence a or b)")]
    [InlineData("not a", "(sequence not a)")]
    [InlineData("And Or Not", "(sequence And Or Not)")]
    [InlineData("and = or", "(= and or)")]
    [InlineData("ANDROID ORACLE NOTHING", "(sequence ANDROID ORACLE NOTHING)")]
    [InlineData("a ANDb", "(sequence a ANDb)")]
    [InlineData("xAND yOR zNOT", "(sequence xAND yOR zNOT)")]
    public void Recognizes_keywords_only_as_whole_words_in_upper_case(string text, string shape)
    {
        AssertShape(text, shape);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("a*")]
    [InlineData("1e-5")]
    [InlineData("a_b/c@d;e#f$g%h&i+j~k^l|m?n[o]{p}`q`")]
    [InlineData("a\\b")]
    [InlineData("ä日😀")]
    [InlineData("a\0b")]
    [InlineData("&&")]
    public void Accepts_all_other_characters_in_text(string text)
    {
        AssertShape(text, text);
        AssertShape($"a = {text}", $"(= a {text})");
    }

    private static void AssertShape(string text, string shape)
    {
        Assert.Equal(shape, FilterShape.Of(FilterParser.Parse(text)), StringComparer.Ordinal);
    }
}
