using System;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>Any text is a filter or has a syntax error; nothing else can happen.</summary>
public sealed class FilterRobustnessTests
{
    private const int Mutations = 50_000;
    private const int Seed = 160;
    private const string SyntaxCharacters = "() \"'\\.,:=<>!-\0\ud800";

    private static readonly string[] Filters =
    [
        "state = FAILED AND create_time > 2026-11-01T11:30:00-04:00",
        "create_time > timestamp(\"2026-11-01T00:00:00Z\") AND (state = FAILED OR state = RUNNING)",
        "NOT (training_config.epochs >= 2.5 OR -display_name:\"say \\\"a\\\"\")",
        "New York Giants OR Yankees",
        "f(g(h(a, 'b'), (c d)), -1).x",
        "a.\"b c\".AND = 'it\\'s' OR NOT.OR(x) < (((y)))",
        "-a -\"b\" -(c) NOT d",
        "m:foo m.foo:* r.foo:42 e != \"\" AND x<=y",
    ];

    [Fact]
    public void Parses_any_tokens_or_reports_a_syntax_error_with_a_position()
    {
        Prop.ForAll(AnyText.Any.ToArbitrary(), text => IsFilterOrError(text))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void Parses_any_characters_or_reports_a_syntax_error_with_a_position()
    {
        var texts = Gen.Choose(0, char.MaxValue)
            .Select(number => (char)number)
            .ArrayOf()
            .Select(all => new string(all));

        Prop.ForAll(texts.ToArbitrary(), text => IsFilterOrError(text)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Parses_damaged_filters_or_reports_a_syntax_error_with_a_position()
    {
        var random = new Random(Seed);
        var text = "";
        for (var i = 0; i < Mutations; i++)
        {
            // Accumulates damage over ten rounds, then restarts, so that no text grows forever.
            text = i % 10 == 0 ? Filters[random.Next(Filters.Length)] : Mutate(text, random);

            Assert.True(IsFilterOrError(text), $"Mutation {i}: {text}");
        }
    }

    private static string Mutate(string text, Random random)
    {
        var start = random.Next(text.Length + 1);
        var slice = text.Substring(start, random.Next(Math.Min(text.Length - start, 8) + 1));
        return random.Next(4) switch
        {
            0 => text.Remove(start, slice.Length),
            1 => text.Insert(start, slice),
            2 => text.Insert(random.Next(text.Length + 1), slice),
            _ => text.Insert(start, SyntaxCharacters[random.Next(SyntaxCharacters.Length)].ToString()),
        };
    }

    // A filter must also print to text that parses to the same tree.
    private static bool IsFilterOrError(string text)
    {
        try
        {
            return FilterParser.Parse(text) is not { } tree
                || FilterShape.Of(FilterParser.Parse(FilterPrinter.Print(tree))) == FilterShape.Of(tree);
        }
        catch (FilterSyntaxException error)
        {
            return error.Position >= 0
                && error.Position <= text.Length
                && Regex.IsMatch(error.Message, "^found .+, expected .+$");
        }
    }
}
