using System;
using Fireworks.DpoJobs.Emulator.Filters;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Filters;

public sealed class StringComparisonTests
{
    private const string HelpdeskDataset = "accounts/acme/datasets/prefs-helpdesk-v2";

    [Theory]
    [InlineData("dataset < " + HelpdeskDataset, -1, -1)]
    [InlineData("dataset <= " + HelpdeskDataset, -1, 0)]
    [InlineData("dataset = " + HelpdeskDataset, 0, 0)]
    [InlineData("dataset >= '" + HelpdeskDataset + "'", 0, 1)]
    [InlineData("dataset > \"" + HelpdeskDataset + "\"", 1, 1)]
    public void Orders_strings_by_their_characters(string filter, int from, int to) =>
        FilterAssert.Selects(
            job =>
                Math.Sign(string.CompareOrdinal(job.Dataset, HelpdeskDataset)) is var order
                && order >= from
                && order <= to,
            filter
        );

    [Fact]
    public void Orders_upper_case_before_lower_case()
    {
        FilterAssert.Selects(job => string.CompareOrdinal(job.DisplayName, "a") >= 0, "display_name >= a");
        FilterAssert.Selects(job => string.CompareOrdinal(job.DisplayName, "a") < 0, "display_name < a");
    }

    [Fact]
    public void Strings_are_equal_only_if_all_characters_are_equal()
    {
        FilterAssert.Selects(job => job.DisplayName == "Do not delete!", "display_name = \"Do not delete!\"");
        FilterAssert.Selects(job => job.DisplayName != "Do not delete!", "display_name != 'Do not delete!'");
        FilterAssert.Selects(job => job.DisplayName == "丁寧な返答の学習", "display_name = 丁寧な返答の学習");
        FilterAssert.Selects(job => job.DisplayName.Length == 0, "display_name = \"\"");
        FilterAssert.Selects(job => job.CreatedBy == "ana.silva@example.com", "created_by = ana.silva@example.com");
        Assert.Empty(FilterAssert.Selected("display_name = \"do not delete!\""));
    }

    [Fact]
    public void A_wildcard_matches_any_number_of_characters()
    {
        FilterAssert.Selects(job => Starts(job.CreatedBy, "ops-"), "created_by = ops-*");
        FilterAssert.Selects(job => job.DisplayName.EndsWith('!'), "display_name = \"*!\"");
        FilterAssert.Selects(job => job.Dataset.Contains("-helpdesk-"), "dataset = *-helpdesk-*");
        FilterAssert.Selects(
            job =>
                Starts(job.Dataset, "accounts/acme/datasets/prefs-")
                && job.Dataset.EndsWith("-v3", StringComparison.Ordinal),
            "dataset = \"accounts/acme/datasets/prefs-*-v3\""
        );
        FilterAssert.Selects(job => !Starts(job.CreatedBy, "ops-"), "created_by != \"ops-*\"");
    }

    [Fact]
    public void A_wildcard_alone_matches_any_set_value()
    {
        FilterAssert.Selects(job => job.HasWandb, "wandb_config.project = *");
        FilterAssert.Selects(job => job.HasWandb, "wandb_config.project = \"*\"");
        Assert.Empty(FilterAssert.Selected("display_name != *"));
    }

    [Fact]
    public void Less_and_greater_compare_a_wildcard_as_a_character() =>
        FilterAssert.Selects(job => string.CompareOrdinal(job.DisplayName, "N*") > 0, "display_name > \"N*\"");

    [Fact]
    public void A_field_name_on_the_right_is_a_string() => Assert.Empty(FilterAssert.Selected("name = name"));

    [Theory]
    [InlineData("", "", true)]
    [InlineData("a", "a", true)]
    [InlineData("a", "A", false)]
    [InlineData("a", "ab", false)]
    [InlineData("*", "", true)]
    [InlineData("**", "a", true)]
    [InlineData("a*", "a", true)]
    [InlineData("a*", "ba", false)]
    [InlineData("*a", "ba", true)]
    [InlineData("*a", "ab", false)]
    [InlineData("ab*ba", "aba", false)]
    [InlineData("ab*ba", "abba", true)]
    [InlineData("a*b*c", "a-b-c", true)]
    [InlineData("a*b*c", "a-c-b", false)]
    [InlineData("*ab*ab*", "xabx", false)]
    [InlineData("*ab*ab*", "ababx", true)]
    [InlineData("*b*b", "ab", false)]
    public void A_pattern_matches_the_whole_string(string pattern, string text, bool expected) =>
        Assert.Equal(expected, new TextPattern(pattern, StringComparison.Ordinal).Matches(text));

    [Theory]
    [InlineData("display_name = timestamp(\"2026-10-01T00:00:00Z\")", 16, "is a string")]
    [InlineData("display_name = duration(\"2s\")", 16, "is a string")]
    [InlineData("display_name = lower(\"x\")", 16, "no function lower()")]
    [InlineData("display_name = \"a\".b", 16, "quoted as a whole")]
    public void Rejects_a_value_that_is_not_a_string(string filter, int position, string why) =>
        FilterAssert.Rejects(filter, position, why);

    private static bool Starts(string text, string start) => text.StartsWith(start, StringComparison.Ordinal);
}
