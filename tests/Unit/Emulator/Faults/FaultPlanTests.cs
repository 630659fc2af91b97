using System;
using Fireworks.DpoJobs.Emulator.Faults;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Faults;

public sealed class FaultPlanTests
{
    [Fact]
    public void A_rule_says_when_where_and_what()
    {
        var plan = FaultPlan.Parse(
            """
            {"seed":7,"rules":[
              {"path":"/v1/*","requests":[2,3],"status":503,"headers":{"retry-after":"+1s"},"body":{"code":14}},
              {"probability":0.25,"reset":"midBody"}, // a comment
            ]}
            """
        );

        Assert.Equal(7UL, plan.Seed);
        Assert.Equal(("/v1/*", 503), (plan.Rules[0].Path, plan.Rules[0].Status));
        Assert.Equal([2, 3], plan.Rules[0].Requests);
        Assert.Equal("""{"code":14}""", plan.Rules[0].Body?.GetRawText());
        Assert.Equal((0.25, AbortPoint.MidBody), (plan.Rules[1].Probability, plan.Rules[1].Reset));
    }

    [Theory]
    [InlineData("status", "503")]
    [InlineData("reset", "\"beforeHeaders\"")]
    [InlineData("refuse", "300")]
    [InlineData("stall", "\"body\"")]
    [InlineData("truncate", "true")]
    [InlineData("wrongContentLength", "\"larger\"")]
    [InlineData("truncatedGzip", "true")]
    [InlineData("contentType", "\"none\"")]
    [InlineData("emptyBody", "true")]
    [InlineData("invalidUtf8", "true")]
    [InlineData("tokenLoop", "3")]
    [InlineData("emptyPage", "true")]
    [InlineData("duplicateJob", "true")]
    [InlineData("moveJobs", "true")]
    [InlineData("unknownFields", "true")]
    [InlineData("unknownState", "true")]
    [InlineData("bigString", "10000000")]
    [InlineData("nesting", "100")]
    [InlineData("escapeSequences", "true")]
    public void Every_fault_is_one_of_its_own(string name, string value)
    {
        Assert.Single(FaultPlan.Parse($$"""{"rules":[{"every":1,"{{name}}":{{value}}}]}""").Rules);
        var second = name == "truncate" ? "\"emptyBody\":true" : "\"truncate\":true";
        var error = Assert.Throws<FaultPlanException>(() =>
            FaultPlan.Parse($$"""{"rules":[{"every":1,{{second}},"{{name}}":{{value}}}]}""")
        );
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", "$ (line 1, byte 2)")]
    [InlineData("null", "$")]
    [InlineData("{}", "$")]
    [InlineData("""{"rules":[null]}""", "$.rules[0]")]
    [InlineData("""{"rules":[{"every":1,"truncate":true},{"every":1,"trunkate":true}]}""", "$.rules[1].trunkate")]
    [InlineData("""{"rules":[{"every":1,"status":"503"}]}""", "$.rules[0].status")]
    [InlineData("""{"rules":[{"every":1,"reset":"sometimes"}]}""", "$.rules[0].reset")]
    [InlineData("""{"rules":[{"every":1,"reset":"none"}]}""", "$.rules[0]: 'none' is no place")]
    [InlineData("""{"rules":[{"every":1,"stall":"none"}]}""", "$.rules[0]: 'none' is no place")]
    [InlineData("""{"rules":[{"truncate":true}]}""", "$.rules[0]: one of requests, every and probability")]
    [InlineData("""{"rules":[{"every":1,"probability":1,"truncate":true}]}""", "$.rules[0]: one of requests")]
    [InlineData("""{"rules":[{"every":1,"truncate":true},{"every":1}]}""", "$.rules[1]: exactly one fault")]
    [InlineData("""{"rules":[{"every":1,"truncate":true,"emptyBody":true}]}""", "are truncate, emptyBody")]
    [InlineData("""{"rules":[{"every":0,"truncate":true}]}""", "$.rules[0]: every")]
    [InlineData("""{"rules":[{"requests":[],"truncate":true}]}""", "$.rules[0]: requests")]
    [InlineData("""{"rules":[{"requests":[1,0],"truncate":true}]}""", "$.rules[0]: requests")]
    [InlineData("""{"rules":[{"probability":1.5,"truncate":true}]}""", "$.rules[0]: probability")]
    [InlineData("""{"rules":[{"every":1,"path":"v1","truncate":true}]}""", "$.rules[0]: path")]
    [InlineData("""{"rules":[{"every":1,"status":99}]}""", "$.rules[0]: status")]
    [InlineData("""{"rules":[{"every":1,"truncate":true,"body":"x"}]}""", "$.rules[0]: headers and body")]
    [InlineData("""{"rules":[{"every":1,"refuse":0}]}""", "$.rules[0]: refuse")]
    [InlineData("""{"rules":[{"every":1,"refuse":10001}]}""", "$.rules[0]: refuse")]
    [InlineData("""{"rules":[{"every":1,"tokenLoop":0}]}""", "$.rules[0]: tokenLoop")]
    [InlineData("""{"rules":[{"every":1,"bigString":0}]}""", "$.rules[0]: bigString")]
    [InlineData("""{"rules":[{"every":1,"nesting":0}]}""", "$.rules[0]: nesting")]
    public void A_mistake_is_named_with_its_place(string json, string place)
    {
        var error = Assert.Throws<FaultPlanException>(() => FaultPlan.Parse(json));

        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+1s", "Sat, 21 Nov 2026 22:59:00 GMT")]
    [InlineData("-30s", "Sat, 21 Nov 2026 22:58:29 GMT")]
    [InlineData("0.3", "0.3")]
    [InlineData("-5", "-5")]
    [InlineData("soon", "soon")]
    [InlineData("99999999999999999999", "99999999999999999999")]
    public void A_retry_after_is_sent_as_it_is_but_for_a_time_from_now(string value, string sent) =>
        Assert.Equal(sent, StatusFault.RetryAfter(value, new DateTimeOffset(2026, 11, 21, 22, 58, 59, TimeSpan.Zero)));
}
