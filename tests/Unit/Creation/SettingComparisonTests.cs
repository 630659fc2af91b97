using System;
using Fireworks.DpoJobs.Unit.Models;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Creation;

/// <summary>Whether an existing job has the settings that were sent.</summary>
public sealed class SettingComparisonTests
{
    [Theory]
    [InlineData(
        """{"trainingConfig":{"epochs":2}}""",
        """{"trainingConfig":{"epochs":2,"loraRank":8},"dataset":"d"}"""
    )]
    [InlineData(
        """{"trainingConfig":{"learningRate":0.0001}}""",
        """{"trainingConfig":{"learningRate":0.000099999997}}"""
    )]
    [InlineData("""{"trainingConfig":{"optimizerWeightDecay":0}}""", "{}")]
    [InlineData(
        """{"trainingConfig":{"learningRateWarmupSteps":0}}""",
        """{"trainingConfig":{"learningRateWarmupSteps":0}}"""
    )]
    [InlineData("""{"useReservation":false}""", "{}")]
    [InlineData("""{"trainingConfig":{"loraAlpha":0}}""", """{"trainingConfig":{"loraAlpha":16}}""")]
    [InlineData(
        """{"trainingConfig":{"loraTargetModules":["a","b"]}}""",
        """{"trainingConfig":{"loraTargetModules":["a","b"]}}"""
    )]
    [InlineData(
        """{"trainingConfig":{"lrScheduler":{"constant":{}}}}""",
        """{"trainingConfig":{"lrScheduler":{"constant":{}}}}"""
    )]
    [InlineData(
        """{"trainingConfig":{"lrScheduler":{"cosine":{}}}}""",
        """{"trainingConfig":{"lrScheduler":{"cosine":{"decayRatio":1}}}}"""
    )]
    [InlineData(
        """{"trainingConfig":{"outputModel":"m"}}""",
        """{"trainingConfig":{"outputModel":"accounts/acme/models/m"}}"""
    )]
    [InlineData("""{"wandbConfig":{"apiKey":"a"}}""", """{"wandbConfig":{"apiKey":""}}""")]
    public void An_existing_job_with_the_sent_settings_is_the_same_job(string sent, string existing) =>
        Assert.Empty(Differences(sent, existing));

    [Theory]
    [InlineData("""{"trainingConfig":{"epochs":2}}""", """{"trainingConfig":{"epochs":3}}""")]
    [InlineData("""{"trainingConfig":{"epochs":2}}""", "{}")]
    [InlineData("""{"trainingConfig":{"epochs":0}}""", """{"trainingConfig":{"epochs":3}}""")]
    [InlineData("""{"trainingConfig":{"learningRate":0.0001}}""", """{"trainingConfig":{"learningRate":0.00010001}}""")]
    [InlineData(
        """{"trainingConfig":{"optimizerWeightDecay":0}}""",
        """{"trainingConfig":{"optimizerWeightDecay":0.01}}"""
    )]
    [InlineData("""{"useReservation":true}""", """{"useReservation":false}""")]
    [InlineData("""{"useReservation":false}""", """{"useReservation":true}""")]
    [InlineData("""{"dataset":"accounts/a/datasets/d"}""", """{"dataset":"accounts/b/datasets/d"}""")]
    [InlineData(
        """{"trainingConfig":{"loraTargetModules":["a","b"]}}""",
        """{"trainingConfig":{"loraTargetModules":["a"]}}"""
    )]
    [InlineData(
        """{"trainingConfig":{"lrScheduler":{"constant":{}}}}""",
        """{"trainingConfig":{"lrScheduler":{"cosine":{}}}}"""
    )]
    [InlineData("""{"trainingConfig":{"loraAlpha":8}}""", """{"trainingConfig":{"loraAlpha":16}}""")]
    [InlineData("""{"displayName":"Tone"}""", """{"displayName":"tone"}""")]
    public void An_existing_job_with_another_setting_is_another_job(string sent, string existing) =>
        Assert.Single(Differences(sent, existing));

    [Fact]
    public void Describes_the_first_differences_without_secrets_and_control_characters()
    {
        var sent = JobSettings.Of(
            Parse.Job(
                """{"displayName":"fw_canary0123456789","dataset":"a\u001b[2J","purpose":"p","reservationTarget":"r","rendererHuggingFaceRepoId":"h","useReservation":true}"""
            )
        );
        var existing = new DpoJob();

        var text = SettingComparison.Describe(SettingComparison.FindDifferences(sent, existing), sent, existing);

        Assert.Contains("DisplayName (not set instead of (removed))", text, StringComparison.Ordinal);
        Assert.EndsWith(" and 1 more", text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, char.IsControl);
    }

    private static System.Collections.Generic.IReadOnlyList<string> Differences(string sent, string existing) =>
        SettingComparison.FindDifferences(JobSettings.Of(Parse.Job(sent)), Parse.Job(existing));
}
