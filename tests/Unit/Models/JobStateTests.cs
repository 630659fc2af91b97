using System;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>States and codes and their spelling on the wire.</summary>
public sealed class JobStateTests
{
    // Reference page "List Dpo Jobs"; PAUSED from "Get Dpo Job"; DELETED from the OpenAPI, ARCHIVED from a later one.
    private static readonly (string Wire, JobState State, bool IsFinished)[] Documented =
    [
        ("JOB_STATE_UNSPECIFIED", JobState.Unspecified, false),
        ("JOB_STATE_CREATING", JobState.Creating, false),
        ("JOB_STATE_RUNNING", JobState.Running, false),
        ("JOB_STATE_COMPLETED", JobState.Completed, true),
        ("JOB_STATE_FAILED", JobState.Failed, true),
        ("JOB_STATE_CANCELLED", JobState.Cancelled, true),
        ("JOB_STATE_DELETING", JobState.Deleting, false),
        ("JOB_STATE_WRITING_RESULTS", JobState.WritingResults, false),
        ("JOB_STATE_VALIDATING", JobState.Validating, false),
        ("JOB_STATE_DELETING_CLEANING_UP", JobState.DeletingCleaningUp, false),
        ("JOB_STATE_PENDING", JobState.Pending, false),
        ("JOB_STATE_EXPIRED", JobState.Expired, true),
        ("JOB_STATE_RE_QUEUEING", JobState.ReQueueing, false),
        ("JOB_STATE_CREATING_INPUT_DATASET", JobState.CreatingInputDataset, false),
        ("JOB_STATE_IDLE", JobState.Idle, false),
        ("JOB_STATE_CANCELLING", JobState.Cancelling, false),
        ("JOB_STATE_EARLY_STOPPED", JobState.EarlyStopped, true),
        ("JOB_STATE_PAUSED", JobState.Paused, false),
        ("JOB_STATE_DELETED", JobState.Deleted, true),
        ("JOB_STATE_ARCHIVED", JobState.Archived, true),
    ];

    private static readonly string[] Codes =
    [
        "OK",
        "CANCELLED",
        "UNKNOWN",
        "INVALID_ARGUMENT",
        "DEADLINE_EXCEEDED",
        "NOT_FOUND",
        "ALREADY_EXISTS",
        "PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION",
        "ABORTED",
        "OUT_OF_RANGE",
        "UNIMPLEMENTED",
        "INTERNAL",
        "UNAVAILABLE",
        "DATA_LOSS",
        "UNAUTHENTICATED",
    ];

    [Fact]
    public void Every_documented_state_has_a_member_keeps_its_text_and_is_finished_or_not()
    {
        Assert.All(
            Documented,
            expected =>
            {
                var job = Parse.Job($$"""{"state":"{{expected.Wire}}"}""");
                Assert.Equal(expected, (job.StateText!, job.State!.Value, job.IsFinished!.Value));
            }
        );
    }

    [Fact]
    public void Every_member_except_Unrecognized_is_a_documented_state()
    {
        Assert.Equal(
            Enum.GetValues<JobState>().Except([JobState.Unrecognized]).Order(),
            Documented.Select(expected => expected.State).Order()
        );
    }

    [Theory]
    [InlineData("JOB_STATE_HIBERNATING")]
    [InlineData("JOB_STATE_UNRECOGNIZED")]
    [InlineData("COMPLETED")]
    [InlineData("job_state_completed")]
    [InlineData("JOB_STATE_")]
    [InlineData("3")]
    public void An_unknown_state_is_Unrecognized_and_keeps_its_text(string wire)
    {
        var job = Parse.Job($$"""{"state":"{{wire}}"}""");

        Assert.Equal(JobState.Unrecognized, job.State);
        Assert.Equal(wire, job.StateText);
        Assert.Null(job.IsFinished);
    }

    [Fact]
    public void IsFinished_is_null_without_a_state()
    {
        Assert.Null(Parse.Job("{}").IsFinished);
    }

    [Fact]
    public void The_codes_of_google_rpc_have_their_names_and_numbers()
    {
        var read = Codes.Select(code => Parse.Job($$$"""{"status":{"code":"{{{code}}}"}}""").Status!.Code!.Value);

        Assert.Equal(Enumerable.Range(0, 17).Select(number => (RpcCode)number), read);
        Assert.Equal(18, Enum.GetValues<RpcCode>().Length);
    }

    [Fact]
    public void An_unknown_code_is_Unrecognized_and_keeps_its_text()
    {
        var status = Parse.Job("""{"status":{"code":"TEAPOT","message":"m"}}""").Status!;

        Assert.Equal(RpcCode.Unrecognized, status.Code);
        Assert.Equal("TEAPOT", status.CodeText);
        Assert.Equal("TEAPOT: m", status.ToString());
    }

    [Theory]
    [InlineData("""{"code":"OK"}""", "OK")]
    [InlineData("""{"message":"m"}""", "m")]
    [InlineData("""{}""", "")]
    public void A_status_prints_its_code_or_its_message(string json, string printed)
    {
        Assert.Equal(printed, Parse.Job($$"""{"status":{{json}}}""").Status!.ToString());
    }

    [Fact]
    public void Every_state_and_code_except_Unrecognized_converts_to_its_wire_name_and_back()
    {
        Assert.All(Documented, expected => Assert.Equal(expected.Wire, JobStates.ToWire(expected.State)));
        Assert.All(Documented, expected => Assert.Equal(expected.State, JobStates.Parse(expected.Wire)));
        Assert.Equal(
            Codes,
            RpcCodes.All.Where(code => code != RpcCode.Unrecognized).Order().Select(code => RpcCodes.ToWire(code))
        );
        Assert.All(
            RpcCodes.All.Where(code => code != RpcCode.Unrecognized),
            code => Assert.Equal(code, RpcCodes.Parse(RpcCodes.ToWire(code)))
        );
    }

    [Fact]
    public void All_states_and_codes_are_listed_once()
    {
        Assert.Equal(Enum.GetValues<JobState>().Order(), JobStates.All.Order());
        Assert.Equal(Enum.GetValues<RpcCode>().Order(), RpcCodes.All.Order());
        Assert.Equal(
            Enum.GetValues<JobState>().Except([JobState.Unrecognized, JobState.Unspecified]).Order(),
            JobStates.Named.Order()
        );
    }

    [Theory]
    [InlineData(typeof(JobState))]
    [InlineData(typeof(RpcCode))]
    public void Enums_are_64_bit_because_ConvertTo_Json_prints_the_names_of_such_enums(Type type)
    {
        Assert.Equal(typeof(long), Enum.GetUnderlyingType(type));
    }

    [Fact]
    public void Setting_a_state_sets_its_text_and_the_other_way_round()
    {
        Assert.All(
            Documented,
            expected =>
            {
                var byState = new DpoJob { State = expected.State };
                var byText = new DpoJob { StateText = expected.Wire };
                Assert.Equal((expected.State, expected.Wire), (byState.State!.Value, byState.StateText!));
                Assert.Equal((expected.State, expected.Wire), (byText.State!.Value, byText.StateText!));
            }
        );
    }

    [Fact]
    public void Setting_a_code_sets_its_text_and_the_other_way_round()
    {
        Assert.Equal("INVALID_ARGUMENT", new RpcStatus { Code = RpcCode.InvalidArgument }.CodeText);
        Assert.Equal(RpcCode.InvalidArgument, new RpcStatus { CodeText = "INVALID_ARGUMENT" }.Code);
    }

    [Fact]
    public void Null_clears_state_and_code_with_their_texts()
    {
        var job = new DpoJob { State = JobState.Failed };
        var status = new RpcStatus { Code = RpcCode.Ok };

        job.State = null;
        status.Code = null;

        Assert.Null(job.StateText);
        Assert.Null(status.CodeText);
    }

    [Theory]
    [InlineData(JobState.Unrecognized)]
    [InlineData((JobState)99)]
    public void A_state_without_a_spelling_cannot_be_set_and_changes_nothing(JobState state)
    {
        var job = new DpoJob { State = JobState.Failed };

        Assert.Contains(
            "StateText",
            Assert.Throws<ArgumentException>(() => job.State = state).Message,
            StringComparison.Ordinal
        );

        Assert.Equal((JobState.Failed, "JOB_STATE_FAILED"), (job.State!.Value, job.StateText));
        Assert.Throws<ArgumentException>(() => new DpoJob { State = state });
        Assert.Throws<ArgumentException>(() => new RpcStatus { Code = RpcCode.Unrecognized });
    }

    [Fact]
    public void Unrecognized_can_be_set_when_the_text_is_unrecognized_and_keeps_the_text()
    {
        var job = new DpoJob { StateText = "JOB_STATE_HIBERNATING", State = JobState.Unrecognized };
        var status = new RpcStatus { CodeText = "TEAPOT", Code = RpcCode.Unrecognized };

        Assert.Equal((JobState.Unrecognized, "JOB_STATE_HIBERNATING"), (job.State!.Value, job.StateText));
        Assert.Equal((RpcCode.Unrecognized, "TEAPOT"), (status.Code!.Value, status.CodeText));
    }
}
