using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Filters;

/// <summary>Comparisons with enums and booleans, whose values are a fixed set of names.</summary>
public sealed class EnumAndBooleanComparisonTests
{
    [Theory]
    [InlineData("state=JOB_STATE_FAILED")]
    [InlineData("state = JOB_STATE_FAILED")]
    [InlineData("state = \"JOB_STATE_FAILED\"")]
    [InlineData("  state='JOB_STATE_FAILED' ")]
    [InlineData("state:JOB_STATE_FAILED")]
    [InlineData("( ( state=JOB_STATE_FAILED ) )")]
    [InlineData("-state!=JOB_STATE_FAILED")]
    [InlineData("NOT state != JOB_STATE_FAILED")]
    public void Compares_an_enum_with_the_full_name_of_a_value(string filter) =>
        FilterAssert.Selects(job => job.State == "JOB_STATE_FAILED", filter);

    [Fact]
    public void Compares_enums_for_equality()
    {
        FilterAssert.Selects(job => job.State != "JOB_STATE_FAILED", "state != JOB_STATE_FAILED");
        FilterAssert.Selects(job => job.StatusCode == "INTERNAL", "status.code = INTERNAL");
        FilterAssert.Selects(job => job.Region == "US_IOWA_1", "training_config.region = US_IOWA_1");
        FilterAssert.Selects(job => job.IsPilot, "purpose = PURPOSE_PILOT");
        FilterAssert.Selects(job => job.HasLoss && job.LossMethod != "DPO", "loss_config.method != DPO");
    }

    [Theory]
    [InlineData("FAILED", "FAILED is not a value of \"state\"; write JOB_STATE_FAILED")]
    [InlineData("\"RE_QUEUEING\"", "write JOB_STATE_RE_QUEUEING")]
    [InlineData("Failed", "write JOB_STATE_FAILED")]
    [InlineData("job_state_failed", "write JOB_STATE_FAILED")]
    [InlineData("DONE", "its values are JOB_STATE_UNSPECIFIED, JOB_STATE_CREATING, ")]
    [InlineData("JOB_STATE_*", "its values are ")]
    [InlineData("\"\"", "its values are ")]
    [InlineData("4", "its values are ")]
    [InlineData(
        "timestamp(\"2026-10-01T00:00:00Z\")",
        "\"state\" is an enum, the time \"2026-10-01T00:00:00Z\" is not"
    )]
    public void Rejects_an_unknown_enum_value_and_suggests_a_known_one(string value, string why) =>
        FilterAssert.Rejects($"state = {value}", 9, why);

    [Fact]
    public void Compares_booleans_with_true_and_false()
    {
        FilterAssert.Selects(job => job.UsesReservation, "use_reservation = true");
        FilterAssert.Selects(job => job.UsesReservation, "use_reservation != false");
        FilterAssert.Selects(job => job.UsesReservation, "useReservation:true");
        FilterAssert.Selects(job => !job.UsesReservation, "use_reservation=false");
        FilterAssert.Selects(job => !job.UsesReservation, "use_reservation != true");
    }

    [Theory]
    [InlineData("1")]
    [InlineData("\"true\"")]
    [InlineData("True")]
    [InlineData("yes")]
    [InlineData("*")]
    public void Rejects_a_value_that_is_not_a_boolean(string value) =>
        FilterAssert.Rejects($"use_reservation = {value}", 19, "is a boolean (true or false)");

    [Theory]
    [InlineData("state > JOB_STATE_FAILED", 7)]
    [InlineData("state<=JOB_STATE_FAILED", 6)]
    [InlineData("use_reservation < true", 17)]
    [InlineData("wandb_config.enabled\t>= true", 22)]
    public void Rejects_less_and_greater_for_enums_and_booleans(string filter, int position) =>
        FilterAssert.Rejects(filter, position, "can only be compared with = and !=");
}
