using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Text;

/// <summary>Shortening of text for display.</summary>
public sealed class TruncationTests
{
    private const string Rocket = "🚀";

    [Theory]
    [InlineData("", 3, "")]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc…")]
    [InlineData("ab🚀", 4, "ab🚀")]
    [InlineData("ab🚀c", 4, "ab🚀…")]
    [InlineData("ab🚀c", 3, "ab…")]
    public void Truncate_keeps_whole_characters_up_to_the_limit_and_adds_an_ellipsis(
        string text,
        int maxLength,
        string expected
    )
    {
        Assert.Equal(expected, Truncation.Truncate(text, maxLength));
    }

    [Fact]
    public void Start_truncates_without_an_ellipsis() => Assert.Equal("ab", Truncation.Start("ab🚀", 3));

    [Fact]
    public void Truncate_keeps_a_lone_surrogate_of_the_input() =>
        Assert.Equal("a\ud83d…", Truncation.Truncate("a\ud83dbc", 2));

    [Fact]
    public void Truncate_never_creates_a_lone_surrogate()
    {
        var texts =
            from parts in Gen.Elements("a", Rocket, "é", "日").ArrayOf()
            from maxLength in Gen.Choose(1, 12)
            select (Text: string.Concat(parts), MaxLength: maxLength);

        Prop.ForAll(
                texts.ToArbitrary(),
                given =>
                {
                    var shown = Truncation.Truncate(given.Text, given.MaxLength);
                    return !HasLoneSurrogate(shown) && shown.Length <= Math.Max(given.Text.Length, given.MaxLength + 1);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    private static bool HasLoneSurrogate(string text) =>
        text.Where(
                (character, i) =>
                    char.IsHighSurrogate(character)
                        ? !char.IsSurrogatePair(text, i)
                        : char.IsLowSurrogate(character) && (i == 0 || !char.IsSurrogatePair(text, i - 1))
            )
            .Any();
}
