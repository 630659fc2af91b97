using System;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Account;
using Fireworks.DpoJobs.Emulator.Filters;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Account;

public sealed class FilterTests
{
    private static readonly MadeUpAccount Account = new("acme", 2000, seed: 3, RunningEmulator.Now);

    private static readonly Job[] Jobs = Enumerable.Range(0, Account.Count).Select(i => Account[i]).ToArray();

    [Theory]
    [InlineData("state=FAILED")]
    [InlineData("state = JOB_STATE_FAILED")]
    [InlineData("state = \"FAILED\"")]
    [InlineData("  state='JOB_STATE_FAILED' ")]
    [InlineData("(state=FAILED)")]
    [InlineData("( ( state=FAILED ) )")]
    [InlineData("-state!=FAILED")]
    [InlineData("NOT state != FAILED")]
    [InlineData("NOT (state != FAILED)")]
    public void Enums_are_named_with_or_without_their_prefix(string filter) =>
        AssertMatches(job => job.State == "JOB_STATE_FAILED", filter);

    [Fact]
    public void OR_binds_tighter_than_AND()
    {
        AssertMatches(
            job => (IsFailed(job) || IsCompleted(job)) && IsOps(job),
            "state=FAILED OR state=COMPLETED AND created_by=\"ops-bot@example.com\""
        );
        AssertMatches(
            job => IsOps(job) && (IsFailed(job) || IsCompleted(job)),
            "created_by=\"ops-bot@example.com\" AND state=FAILED OR state=COMPLETED"
        );
        Assert.NotEqual(
            Jobs.Count(job => (IsFailed(job) || IsCompleted(job)) && IsOps(job)),
            Jobs.Count(job => IsFailed(job) || (IsCompleted(job) && IsOps(job)))
        );
    }

    [Fact]
    public void Parentheses_change_what_binds() =>
        AssertMatches(
            job => IsFailed(job) || (IsCompleted(job) && IsOps(job)),
            "state=FAILED OR (state=COMPLETED AND created_by=ops-bot@example.com)"
        );

    [Fact]
    public void NOT_binds_tightest() =>
        AssertMatches(job => !IsFailed(job) && !IsCompleted(job), "NOT state=FAILED AND -state=COMPLETED");

    [Theory]
    [InlineData("create_time > timestamp(\"2026-10-01T00:00:00Z\")")]
    [InlineData("createTime>\"2026-10-01T02:00:00+02:00\"")]
    [InlineData("create_time > 2026-10-01T00:00:00.000Z")]
    public void Times_are_written_in_three_ways(string filter)
    {
        var since = Timestamp.From(new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero));

        AssertMatches(job => job.CreateTime > since, filter);
    }

    [Fact]
    public void Numbers_are_compared_as_numbers()
    {
        AssertMatches(job => job.Training.LoraRank >= 16, "training_config.lora_rank >= 16");
        AssertMatches(job => job.Training.LoraRank < 16, "training_config.lora_rank<16.0");
        AssertMatches(job => job.Training.LearningRate <= 0.00005m, "trainingConfig.learningRate <= 5e-5");
        AssertMatches(job => job.Training.Epochs != 2, "training_config.epochs != 2");
    }

    [Fact]
    public void Strings_are_compared_by_their_characters()
    {
        AssertMatches(
            job => string.CompareOrdinal(job.Dataset, "accounts/acme/datasets/prefs-h") > 0,
            "dataset > accounts/acme/datasets/prefs-h"
        );
        AssertMatches(job => job.DisplayName == "Do not delete!", "display_name = \"Do not delete!\"");
        AssertMatches(job => job.DisplayName.Length == 0, "display_name = \"\"");
    }

    [Fact]
    public void What_is_not_set_never_matches()
    {
        AssertMatches(job => job.Parts.WandbEnabled, "wandb_config.enabled = true");
        AssertMatches(job => job.Parts.HasWandb && !job.Parts.WandbEnabled, "wandb_config.enabled != true");
        AssertMatches(job => job.IsFinished, "completed_time != \"1990-01-01T00:00:00Z\"");
    }

    [Theory]
    [InlineData("state:FAILED", 6, "has operator")]
    [InlineData("status.message = \"*x\"", 18, "wildcards")]
    [InlineData("state=FAILED state=RUNNING", 14, "side by side")]
    [InlineData("state=FAILED and state=RUNNING", 14, "side by side")]
    [InlineData("nonsense = 1", 1, "no field")]
    [InlineData("state = DONE", 9, "not a value")]
    [InlineData("state > FAILED", 7, "= and !=")]
    [InlineData("training_config = 1", 1, "scalar")]
    [InlineData("training_config.epochs = two", 26, "not a number")]
    [InlineData("use_reservation = 1", 19, "neither true nor false")]
    [InlineData("create_time > yesterday", 15, "RFC 3339")]
    [InlineData("create_time > duration(\"1s\")", 15, "duration()")]
    [InlineData("state = (FAILED OR RUNNING)", 9, "group of values")]
    [InlineData("(state = FAILED", 16, "')'")]
    [InlineData("state = FAILED)", 15, "')'")]
    [InlineData("state = \"FAILED", 9, "no end")]
    [InlineData("state = FAILED AND", 19, "ends where a field")]
    [InlineData("AND state = FAILED", 1, "found AND")]
    [InlineData("NOT(state = FAILED)", 4, "space")]
    [InlineData("state", 6, "expected one of")]
    [InlineData("state =", 8, "expected a value")]
    public void What_is_not_supported_is_refused_with_its_place(string filter, int position, string why)
    {
        var error = Assert.Throws<ApiException>(() => FilterParser.Parse(filter));

        Assert.Equal((400, 3), (error.Status, error.Code));
        Assert.Contains($"at position {position}:", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Very_deep_nesting_is_refused() =>
        Assert.Throws<ApiException>(() => FilterParser.Parse(new string('(', 100_000) + "state=FAILED"));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void An_empty_filter_is_none(string filter) => Assert.Null(FilterParser.Parse(filter));

    private static bool IsFailed(Job job) => job.State == "JOB_STATE_FAILED";

    private static bool IsCompleted(Job job) => job.State == "JOB_STATE_COMPLETED";

    private static bool IsOps(Job job) => job.CreatedBy == "ops-bot@example.com";

    private static void AssertMatches(Func<Job, bool> expected, string filter)
    {
        var condition = FilterParser.Parse(filter)!;
        var matching = Jobs.Where(expected).Select(job => job.Index).ToArray();

        Assert.InRange(matching.Length, 1, Jobs.Length - 1);
        Assert.Equal(matching, Jobs.Where(condition.Matches).Select(job => job.Index));
    }
}
