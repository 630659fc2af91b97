using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters.ScriptBlocks;

/// <summary>Conditions on times.</summary>
public sealed class TimeComparisonTests
{
    private const string Since = "timestamp(\"2026-11-01T00:00:00Z\")";
    private const string Next = "timestamp(\"2026-11-01T00:00:00.0000001Z\")";

    [Theory]
    [InlineData("-gt $since", $"create_time > {Since}")]
    [InlineData("-ge $since", $"create_time >= {Since}")]
    [InlineData("-lt $since", $"create_time < {Since}")]
    [InlineData("-le $since", $"create_time < {Next}")]
    [InlineData("-eq $since", $"create_time >= {Since} AND create_time < {Next}")]
    [InlineData("-gt $nearlyEndOfTime", "create_time > timestamp(\"9999-12-31T23:59:59.9999998Z\")")]
    [InlineData("-gt $utc", $"create_time > {Since}")]
    [InlineData("-gt '2026-11-01T00:00:00Z'", $"create_time > {Since}")]
    [InlineData("-gt '2026-11-01T02:00:00+02:00'", $"create_time > {Since}")]
    public void What_is_cut_off_of_a_time_is_allowed_for(string condition, string filter) =>
        Block.IsSent($"$_.CreateTime {condition}", filter);

    [Theory]
    [InlineData("$since -lt $_.CreateTime", $"create_time > {Since}")]
    [InlineData("-not ($_.CreateTime -gt $since)", $"create_time < {Next}")]
    [InlineData("-not ($_.CreateTime -lt $since)", $"create_time >= {Since}")]
    [InlineData("-not ($_.CreateTime -ne $since)", $"create_time >= {Since} AND create_time < {Next}")]
    [InlineData("$_.CreateTime -in $since", $"create_time >= {Since} AND create_time < {Next}")]
    [InlineData("$_.CompletedTime -gt $since", $"completed_time > {Since}")]
    [InlineData("$_.CompletedTime -ge $since", $"completed_time >= {Since}")]
    public void Times_may_be_turned_and_negated(string block, string filter) => Block.IsSent(block, filter);

    [Theory]
    [InlineData("$_.CreateTime -in $since, $since", "its value is not a time")]
    [InlineData("$utc -lt $_.CreateTime", "its value is not a time")]
    [InlineData("'2026-11-01' -lt $_.CreateTime", "its value is not a time")]
    [InlineData("$_.CreateTime -gt 'nope'", "its value is not a time")]
    [InlineData("$_.CreateTime -gt $endOfTime", "its value is the end of time")]
    [InlineData("$_.CreateTime -ne $since", "it holds for nearly every job")]
    [InlineData("$_.CompletedTime -lt $since", "it holds for jobs without CompletedTime too")]
    [InlineData("$_.CompletedTime -ne $since", "it holds for jobs without CompletedTime too")]
    public void Other_conditions_stay_here(string block, string reason) => Block.Stays(block, reason);
}
