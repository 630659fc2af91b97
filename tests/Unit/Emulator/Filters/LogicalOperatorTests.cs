using System.Linq;
using Fireworks.DpoJobs.Emulator.Account;
using Fireworks.DpoJobs.Emulator.Filters;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Filters;

public sealed class LogicalOperatorTests
{
    private const string Failed = "state = JOB_STATE_FAILED";
    private const string Completed = "state = JOB_STATE_COMPLETED";
    private const string Ops = "created_by = \"ops-bot@example.com\"";

    [Fact]
    public void OR_binds_tighter_than_AND()
    {
        FilterAssert.Selects(
            job => (IsFailed(job) || IsCompleted(job)) && IsOps(job),
            $"{Failed} OR {Completed} AND {Ops}"
        );
        FilterAssert.Selects(
            job => IsOps(job) && (IsFailed(job) || IsCompleted(job)),
            $"{Ops} AND {Failed} OR {Completed}"
        );
        Assert.NotEqual(
            FilterAssert.Jobs.Count(job => (IsFailed(job) || IsCompleted(job)) && IsOps(job)),
            FilterAssert.Jobs.Count(job => IsFailed(job) || (IsCompleted(job) && IsOps(job)))
        );
    }

    [Fact]
    public void Parentheses_change_the_precedence() =>
        FilterAssert.Selects(
            job => IsFailed(job) || (IsCompleted(job) && IsOps(job)),
            $"{Failed} OR ({Completed} AND {Ops})"
        );

    [Theory]
    [InlineData($"{Failed} AND {Ops}")]
    [InlineData($"{Failed} {Ops}")]
    [InlineData($"{Failed}  ( {Ops} )")]
    [InlineData($"({Failed}) ({Ops})")]
    public void Adjacent_conditions_are_combined_with_AND(string filter) =>
        FilterAssert.Selects(job => IsFailed(job) && IsOps(job), filter);

    [Fact]
    public void OR_binds_tighter_than_adjacent_conditions() =>
        FilterAssert.Selects(
            job => IsOps(job) && (IsFailed(job) || IsCompleted(job)),
            $"{Ops} {Failed} OR {Completed}"
        );

    [Fact]
    public void AND_and_OR_combine_more_than_two_conditions()
    {
        FilterAssert.Selects(
            job => job.State is "JOB_STATE_FAILED" or "JOB_STATE_COMPLETED" or "JOB_STATE_PAUSED",
            $"{Failed} OR {Completed} OR state = JOB_STATE_PAUSED"
        );
        FilterAssert.Selects(
            job => IsFailed(job) && IsOps(job) && job.Epochs == 2,
            $"{Failed} AND {Ops} AND training_config.epochs = 2"
        );
    }

    [Theory]
    [InlineData($"NOT {Failed}")]
    [InlineData($"-{Failed}")]
    [InlineData($"NOT ({Failed})")]
    [InlineData($"-({Failed})")]
    [InlineData($"NOT (NOT (-{Failed}))")]
    public void NOT_and_minus_negate_a_condition(string filter) => FilterAssert.Selects(job => !IsFailed(job), filter);

    [Fact]
    public void NOT_binds_tighter_than_AND_and_OR()
    {
        FilterAssert.Selects(job => !IsFailed(job) && !IsCompleted(job), $"NOT {Failed} AND -{Completed}");
        FilterAssert.Selects(job => !IsFailed(job) || IsOps(job), $"NOT {Failed} OR {Ops}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void An_empty_filter_compiles_to_no_condition(string filter) => Assert.Null(FilterCompiler.Compile(filter));

    [Theory]
    [InlineData("(state = JOB_STATE_FAILED", 26, "')'")]
    [InlineData("state = JOB_STATE_FAILED)", 25, "')'")]
    [InlineData("state = \"FAILED", 9, "an unterminated string")]
    [InlineData("state = JOB_STATE_FAILED AND", 29, "found the end")]
    [InlineData("AND state = JOB_STATE_FAILED", 1, "found the keyword AND")]
    [InlineData("state =", 8, "expected a value")]
    [InlineData("state = = JOB_STATE_FAILED", 9, "expected a value")]
    [InlineData("-5 = training_config.epochs", 2, "no field \"5\"")]
    [InlineData("state=JOB_STATE_FAILED;state=JOB_STATE_RUNNING", 29, "found '='")]
    public void A_syntax_error_in_a_filter_has_a_position(string filter, int position, string why) =>
        FilterAssert.Rejects(filter, position, why);

    [Theory]
    [InlineData("NOT(nightly)", 1, "NOT needs a space")]
    [InlineData("weekly AND(nightly)", 8, "AND needs a space")]
    [InlineData("weekly OR(nightly)", 8, "OR needs a space")]
    public void Rejects_AND_OR_and_NOT_directly_before_a_parenthesis(string filter, int position, string why) =>
        FilterAssert.Rejects(filter, position, why);

    [Fact]
    public void Rejects_a_very_deeply_nested_filter() =>
        Assert.Throws<ApiException>(() => FilterCompiler.Compile(new string('(', 100_000) + Failed));

    [Fact]
    public void Finds_an_error_in_a_nested_condition() =>
        FilterAssert.Rejects($"{Failed} OR ({Completed} AND NOT nonsense = 1)", 66, "no field \"nonsense\"");

    private static bool IsFailed(Job job) => job.State == "JOB_STATE_FAILED";

    private static bool IsCompleted(Job job) => job.State == "JOB_STATE_COMPLETED";

    private static bool IsOps(Job job) => job.CreatedBy == "ops-bot@example.com";
}
