using System;
using System.Collections.Generic;
using System.Linq;
using Fireworks.DpoJobs.Emulator;
using Fireworks.DpoJobs.Emulator.Faults;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Faults;

public sealed class FaultScheduleTests
{
    private const string Jobs = "/v1/accounts/acme/dpoJobs";

    [Fact]
    public void Numbers_requests_from_one()
    {
        var schedule = Schedule("""{"requests":[1,3],"status":500}""");

        Assert.Equal([500, null, 500, null], Play(schedule, Jobs, 4));
    }

    [Fact]
    public void Applies_a_rule_to_every_nth_request()
    {
        var schedule = Schedule("""{"every":2,"status":500}""");

        Assert.Equal([null, 500, null, 500], Play(schedule, Jobs, 4));
    }

    [Theory]
    [InlineData("/v1/accounts/acme/dpoJobs", true, false)]
    [InlineData("/v1/accounts/acme/dpoJobs*", true, true)]
    [InlineData("/v1/accounts/acme/dpoJobs/*", false, true)]
    [InlineData("/v2*", false, false)]
    public void Matches_a_path_exactly_or_by_its_prefix(string path, bool isForList, bool isForJob)
    {
        var schedule = Schedule($$"""{"path":"{{path}}","every":1,"status":500}""");

        Assert.Equal(isForList, schedule.Next(Jobs) is not null);
        Assert.Equal(isForJob, schedule.Next(Jobs + "/a") is not null);
    }

    [Fact]
    public void Counts_only_requests_with_the_path_of_the_rule()
    {
        var schedule = Schedule($$"""{"path":"{{Jobs}}","requests":[2],"status":500}""");

        Assert.Equal([null, null], Play(schedule, "/v1/accounts", 2));
        Assert.Equal([null, 500], Play(schedule, Jobs, 2));
    }

    [Fact]
    public void Plays_the_first_matching_rule_and_counts_the_request_for_all_rules()
    {
        var schedule = Schedule(
            """{"requests":[1],"status":500}""",
            """{"requests":[1,2],"status":501}""",
            """{"every":1,"status":502}"""
        );

        Assert.Equal([500, 501, 502], Play(schedule, Jobs, 3));
        Assert.Equal([new(3, 1), new(3, 1), new(3, 1)], schedule.Counts);
    }

    [Fact]
    public void The_seed_determines_the_faults()
    {
        var first = Play(Random(seed: 5), Jobs, 200);

        Assert.Equal(first, Play(Random(seed: 5), Jobs, 200));
        Assert.NotEqual(first, Play(Random(seed: 6), Jobs, 200));
    }

    [Fact]
    public void Plays_a_rule_as_often_as_its_probability()
    {
        Assert.InRange(Play(Random(seed: 1), Jobs, 10_000).Count(status => status is not null), 900, 1_100);
        Assert.All(Play(Schedule("""{"probability":0,"status":500}"""), Jobs, 1_000), status => Assert.Null(status));
        Assert.All(Play(Schedule("""{"probability":1,"status":500}"""), Jobs, 1_000), status => Assert.NotNull(status));
    }

    [Fact]
    public void Probabilities_of_two_rules_are_independent()
    {
        var schedule = Schedule("""{"probability":0.5,"status":500}""", """{"probability":0.5,"status":501}""");

        Assert.Equal([null, 500, 501], Play(schedule, Jobs, 100).Distinct().OrderBy(status => status ?? 0));
    }

    [Fact]
    public void A_rule_ends_after_its_number_of_repetitions()
    {
        var schedule = Schedule("""{"repeat":2,"status":500}""", """{"repeat":1,"status":501}""", """{"status":502}""");

        Assert.Equal([500, 500, 501, 502], Play(schedule, Jobs, 4));
    }

    [Theory]
    [InlineData("not json", "$ (line 1, byte 2)")]
    [InlineData("null", "$")]
    [InlineData("{}", "$")]
    [InlineData("""{"rules":[null]}""", "$.rules[0]")]
    [InlineData("""{"rules":[{"truncate":true},{"trunkate":true}]}""", "$.rules[1].trunkate")]
    [InlineData("""{"rules":[{"status":"503"}]}""", "$.rules[0].status")]
    [InlineData("""{"rules":[{"reset":"sometimes"}]}""", "$.rules[0].reset")]
    [InlineData("""{"rules":[{"every":0}]}""", "$.rules[0]: every")]
    [InlineData("""{"rules":[{"requests":[1,0]}]}""", "$.rules[0]: requests")]
    [InlineData("""{"rules":[{"path":"v1"}]}""", "$.rules[0]: path")]
    [InlineData("""{"rules":[{"status":99}]}""", "$.rules[0]: status")]
    [InlineData("""{"rules":[{"truncate":true,"headers":{"a":"b"}}]}""", "$.rules[0]: headers")]
    public void An_error_in_a_fault_plan_names_its_position(string json, string position)
    {
        var error = Assert.Throws<InvalidInputException>(() => FaultPlan.Parse(json));

        Assert.Contains(position, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+1s", "Sat, 21 Nov 2026 22:59:00 GMT")]
    [InlineData("-30s", "Sat, 21 Nov 2026 22:58:29 GMT")]
    [InlineData("0.3", "0.3")]
    [InlineData("-5", "-5")]
    [InlineData("soon", "soon")]
    [InlineData("99999999999999999999", "99999999999999999999")]
    public void Sends_a_relative_retry_after_as_an_HTTP_date(string value, string sent) =>
        Assert.Equal(
            sent,
            FaultRule.FormatRetryAfter(value, new DateTimeOffset(2026, 11, 21, 22, 58, 59, TimeSpan.Zero))
        );

    private static FaultSchedule Schedule(params string[] rules) =>
        new(FaultPlan.Parse($$"""{"rules":[{{string.Join(',', rules)}}]}"""));

    private static FaultSchedule Random(int seed) =>
        new(FaultPlan.Parse($$"""{"seed":{{seed}},"rules":[{"probability":0.1,"status":500}]}"""));

    private static List<int?> Play(FaultSchedule schedule, string path, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => schedule.Next(path)?.Status)];
}
