using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>Names of resources: checked, split and built.</summary>
public sealed class ResourceNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("nightly-1")]
    [InlineData("a--b")]
    [InlineData("123")]
    [InlineData("a12345678901234567890123456789012345678901234567890123456789012")]
    public void Accepts_ids_of_1_to_63_lower_case_letters_digits_and_inner_hyphens(string id)
    {
        Assert.True(ResourceName.IsId(id));
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
    public void Rejects_ids_that_break_the_rule(string? id)
    {
        Assert.False(ResourceName.IsId(id));
    }

    [Fact]
    public void The_rule_for_ids_holds_for_any_string()
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
                    ResourceName.IsId(text)
                    == (
                        text.Length is >= 1 and <= 63
                        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
                        && !text.StartsWith('-')
                        && !text.EndsWith('-')
                    )
            )
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("nightly-1", null, "nightly-1")]
    [InlineData("accounts/acme/dpoJobs/nightly-1", "acme", "nightly-1")]
    public void Parse_splits_an_id_and_a_full_name(string text, string? account, string id)
    {
        Assert.Equal((account, id), ResourceName.Parse(text, ResourceName.DpoJobs));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Nightly")]
    [InlineData("accounts/acme/models/a")]
    [InlineData("accounts/acme/dpoJobs/a:cancel")]
    [InlineData("accounts/ACME/dpoJobs/a")]
    [InlineData("accounts//dpoJobs/a")]
    [InlineData("accounts/acme/dpoJobs/")]
    [InlineData("accounts/acme/dpoJobs/a/b")]
    [InlineData("users/acme/dpoJobs/a")]
    [InlineData("acme/a")]
    public void Parse_rejects_text_that_is_neither_an_id_nor_a_full_name(string text)
    {
        Assert.Null(ResourceName.Parse(text, ResourceName.DpoJobs));
    }

    [Fact]
    public void A_built_name_parses_into_the_same_parts()
    {
        var name = new ResourceName("acme", ResourceName.DpoJobs, "nightly-1");

        Assert.Equal("accounts/acme/dpoJobs/nightly-1", name.ToString());
        Assert.Equal(("acme", "nightly-1"), ResourceName.Parse(name.ToString(), ResourceName.DpoJobs));
    }

    [Theory]
    [InlineData("accounts/fireworks/models/llama", "llama")]
    [InlineData("llama", "llama")]
    [InlineData("a/", "")]
    [InlineData("", "")]
    public void LastPart_is_what_follows_the_last_slash(string name, string part)
    {
        Assert.Equal(part, ResourceName.LastPart(name));
    }
}
