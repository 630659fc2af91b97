using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>The service's rule for ids. What breaks it never reaches a path.</summary>
public sealed class ResourceIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("nightly-1")]
    [InlineData("a--b")]
    [InlineData("123")]
    [InlineData("a12345678901234567890123456789012345678901234567890123456789012")]
    public void An_id_has_1_to_63_lower_case_letters_digits_and_inner_hyphens(string id)
    {
        Assert.True(ResourceId.IsValid(id));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("a:cancel")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData(".")]
    [InlineData("A")]
    [InlineData("Nightly")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("-")]
    [InlineData("a b")]
    [InlineData(" a")]
    [InlineData("a\n")]
    [InlineData("a?b")]
    [InlineData("a#b")]
    [InlineData("a%2fb")]
    [InlineData("a_b")]
    [InlineData("ä")]
    [InlineData("а")] // Cyrillic
    [InlineData("١")] // an Arabic-Indic digit
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123")]
    public void Anything_else_is_not_an_id(string? id)
    {
        Assert.False(ResourceId.IsValid(id));
    }

    [Fact]
    public void The_rule_holds_for_any_text()
    {
        var texts =
            from length in Gen.OneOf(Gen.Choose(0, 5), Gen.Choose(61, 66))
            from characters in Gen.OneOf(
                    Gen.Elements("abcxyz0189-".ToCharArray()),
                    Gen.Frequency((30, Gen.Elements("abz09-".ToCharArray())), (1, ArbMap.Default.GeneratorFor<char>()))
                )
                .ArrayOf(length)
            select new string(characters);

        Prop.ForAll(
                texts.ToArbitrary(),
                text =>
                    ResourceId.IsValid(text)
                    == (
                        text.Length is >= 1 and <= 63
                        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
                        && !text.StartsWith('-')
                        && !text.EndsWith('-')
                    )
            )
            .QuickCheckThrowOnFailure();
    }
}
