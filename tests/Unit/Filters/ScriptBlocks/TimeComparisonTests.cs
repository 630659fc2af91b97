using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters.ScriptBlocks;

/// <summary>Conditions on times.</summary>
public sealed class TimeComparisonTests
{
    private const string Since = "timestamp(\"2026-11-01T00:00:00Z\")";
    private const string Next = "timestamp(\"2026-11-01T00:00:01Z\")";

    [Theory]
    [InlineData("-gt $since", $"create_time > {Since}")]
    [InlineData("-ge $since", $"create_time >= {Since}")]
    [InlineData("-lt $since", $"create_time < {Since}")]
    [InlineData("-le $since", $"create_time < {Next}")]
    [InlineData("-eq $since", $"create_time >= {Since} AND create_time < {Next}")]
    [InlineData("-gt $nearlyEndOfTime", "create_time > timestamp(\"9999-12-31T23:59:59Z\")")]
    [InlineData("-gt $utc", $"create_time > {Since}")]
    [InlineData("-gt '2026-11-01T00:00:00Z'", $"create_time > {Since}")]
    [InlineData("-gt '2026-11-01T02:00:00+02:00'", $"create_time > {Since}")]
    [InlineData("-gt $fraction", $"create_time > {Since}")]
    [InlineData("-ge $fraction", $"create_time >= {Since}")]
    [InlineData("-lt $fraction", $"create_time < {Next}")]
    [InlineData("-le $fraction", $"create_time < {Next}")]
    [InlineData("-eq $fraction", $"create_time >= {Since} AND create_time < {Next}")]
    [InlineData("-gt $endOfTime", "create_time > timestamp(\"9999-12-31T23:59:59Z\")")]
    public void Widens_bounds_to_whole_seconds(string condition, string filter) =>
        Block.AssertPushedDown($"$_.CreateTime {condition}", filter);

    [Theory]
    [InlineData("$since -lt $_.CreateTime", $"create_time > {Since}")]
    [InlineData("-not ($_.CreateTime -gt $since)", $"create_time < {Next}")]
    [InlineData("-not ($_.CreateTime -lt $since)", $"create_time >= {Since}")]
    [InlineData("-not ($_.CreateTime -ne $since)", $"create_time >= {Since} AND create_time < {Next}")]
    [InlineData("$_.CreateTime -in $since", $"create_time >= {Since} AND create_time < {Next}")]
    [InlineData("$_.CompletedTime -gt $since", $"completed_time > {Since}")]
    [InlineData("$_.CompletedTime -ge $since", $"completed_time >= {Since}")]
    public void Mirrors_and_negates_comparisons_of_times(string block, string filter) =>
        Block.AssertPushedDown(block, filter);

    [Theory]
    [InlineData("$_.CreateTime -in $since, $since", "the value is not a single time")]
    [InlineData("$utc -lt $_.CreateTime", "the value on the left is not a DateTimeOffset")]
    [InlineData("'2026-11-01' -lt $_.CreateTime", "the value on the left is not a DateTimeOffset")]
    [InlineData("$_.CreateTime -gt 'nope'", "the value is not a single time")]
    [InlineData("$_.CreateTime -le $endOfTime", "it matches nearly every job")]
    [InlineData("$_.CreateTime -ne $since", "it matches nearly every job")]
    [InlineData("$_.CompletedTime -lt $since", "it also matches jobs without CompletedTime")]
    [InlineData("$_.CompletedTime -ne $since", "it also matches jobs without CompletedTime")]
    public void Keeps_a_time_comparison_local_without_an_exact_equivalent(string block, string reason) =>
        Block.AssertLocal(block, reason);
}
