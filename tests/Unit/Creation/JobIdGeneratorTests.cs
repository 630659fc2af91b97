using System;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Creation;

/// <summary>A generated ID is readable, valid and unique.</summary>
public sealed class JobIdGeneratorTests
{
    [Theory]
    [InlineData("a-b-shorter-summaries", "A/B: shorter summaries", "qwen3-8b")]
    [InlineData("praferenzen-fur-gro-e", "Präferenzen für Größe", null)]
    [InlineData("qwen3-8b", null, "qwen3-8b")]
    [InlineData("qwen3-8b", "丁寧な返答", "qwen3-8b")]
    [InlineData("do-not-delete", "  Do not delete!  ", null)]
    [InlineData("dpo", "", null)]
    public void A_generated_ID_starts_with_the_display_name_or_the_model(
        string expected,
        string? displayName,
        string? model
    )
    {
        var id = JobIdGenerator.Generate(displayName, model);

        Assert.Equal(expected, id[..^9]);
        Assert.Equal('-', id[^9]);
        Assert.True(ResourceName.IsId(id), id);
    }

    [Fact]
    public void A_generated_ID_is_valid_for_a_long_name_and_differs_each_time()
    {
        var ids = Enumerable
            .Range(0, 200)
            .Select(_ => JobIdGenerator.Generate(new string('a', 53) + " " + new string('b', 99)))
            .ToList();

        Assert.All(ids, id => Assert.True(ResourceName.IsId(id), id));
        Assert.Equal(200, ids.Distinct(StringComparer.Ordinal).Count());
    }
}
