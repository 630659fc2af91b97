using System;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>A text is a filter or a syntax error with a place in it; no text does anything else.</summary>
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
    public void Any_text_parses_or_is_a_syntax_error_with_a_place()
    {
        Prop.ForAll(AnyText.Any.ToArbitrary(), text => IsFilterOrError(text))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void Any_characters_parse_or_are_a_syntax_error_with_a_place()
    {
        var texts = Gen.Choose(0, char.MaxValue)
            .Select(number => (char)number)
            .ArrayOf()
            .Select(all => new string(all));

        Prop.ForAll(texts.ToArbitrary(), text => IsFilterOrError(text)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Damaged_filters_parse_or_are_a_syntax_error_with_a_place()
    {
        var random = new Random(Seed);
        var text = "";
        for (var i = 0; i < Mutations; i++)
        {
            // Damage adds up over some rounds, and no text grows without end.
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

    // What parses prints as a text with the same tree, too.
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
                && error.Found.Length > 0
                && error.Expected.Length > 0;
        }
    }
}
