using System;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Filters;

/// <summary>Filters that are a value without a field.</summary>
public sealed class TextSearchTests
{
    [Fact]
    public void Searches_each_descriptive_field_for_a_bare_value()
    {
        FilterAssert.Selects(job => Contains(job.Name, "dpoJobs/weekly-gemma"), "dpoJobs/weekly-gemma");
        FilterAssert.Selects(job => Contains(job.DisplayName, "Größe"), "Größe");
        FilterAssert.Selects(job => Contains(job.Dataset, "ultrafeedback"), "ultrafeedback");
        FilterAssert.Selects(job => Contains(job.CreatedBy, "priya.raman"), "priya.raman");
        FilterAssert.Selects(job => Contains(job.StatusMessage, "NaN at step"), "\"NaN at step\"");
        FilterAssert.Selects(job => Contains(job.State, "EARLY_STOPPED"), "EARLY_STOPPED");
        FilterAssert.Selects(job => Contains(job.BaseModel, "models/qwen3-8b"), "models/qwen3-8b");
        FilterAssert.Selects(job => Contains(job.OutputModel, "models/weekly-gemma"), "models/weekly-gemma");
        FilterAssert.Selects(job => Contains(job.WarmStartFrom, "models/sft-"), "models/sft-");
    }

    [Fact]
    public void Finds_a_bare_value_in_any_descriptive_field() =>
        FilterAssert.Selects(job => Contains(job.Name, "nightly") || Contains(job.DisplayName, "Nightly"), "nightly");

    [Theory]
    [InlineData("wandb-secret")]
    [InlineData("storage.example.com")]
    [InlineData("acme-research")]
    [InlineData("\"for m in messages\"")]
    [InlineData("use_reservation")]
    [InlineData("true")]
    public void Does_not_search_other_fields_for_a_bare_value(string word) => Assert.Empty(FilterAssert.Selected(word));

    [Theory]
    [InlineData("\"do NOT delete\"")]
    [InlineData("DELETE")]
    [InlineData("'Do not delete!'")]
    public void Ignores_case_in_a_text_search(string word) =>
        FilterAssert.Selects(job => job.DisplayName == "Do not delete!", word);

    [Fact]
    public void Ignores_case_of_non_ASCII_letters_in_a_text_search() =>
        FilterAssert.Selects(job => Contains(job.DisplayName, "Réponses"), "RÉPONSES");

    [Fact]
    public void Searches_for_a_value_with_a_dot_as_a_whole() =>
        FilterAssert.Selects(job => Contains(job.DisplayName, "0.1"), "0.1");

    [Fact]
    public void A_search_with_a_wildcard_matches_the_whole_field()
    {
        FilterAssert.Selects(job => job.DisplayName == "Nightly preference run", "nightly*");
        FilterAssert.Selects(job => job.DisplayName == "Do not delete!", "\"*delete!\"");
        FilterAssert.Selects(job => Contains(job.Name, "-qwen-"), "*dpoJobs/*-qwen-*");
        Assert.Equal(FilterAssert.Jobs.Length, FilterAssert.Selected("*").Length);
    }

    [Fact]
    public void Combines_text_searches_with_AND_OR_and_NOT()
    {
        FilterAssert.Selects(job => Contains(job.Name, "summary") && job.IsPilot, "dpoJobs/summary purpose:*");
        FilterAssert.Selects(
            job => Contains(job.CreatedBy, "ops-bot") && job.State == "JOB_STATE_FAILED",
            "ops-bot AND JOB_STATE_FAILED"
        );
        FilterAssert.Selects(job => !Contains(job.CreatedBy, "ops-bot"), "-ops-bot");
        FilterAssert.Selects(
            job => Contains(job.CreatedBy, "ops-bot") || Contains(job.CreatedBy, "chen.wei"),
            "ops-bot OR (chen.wei)"
        );
    }

    [Theory]
    [InlineData("timestamp(\"2026-10-01T00:00:00Z\")", 1, "the time \"2026-10-01T00:00:00Z\" must be compared")]
    [InlineData("nightly duration(\"1s\")", 9, "the duration \"1s\" must be compared")]
    [InlineData("nonsense(nightly)", 1, "no function nonsense()")]
    public void Rejects_a_function_without_a_field(string filter, int position, string why) =>
        FilterAssert.Rejects(filter, position, why);

    private static bool Contains(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
