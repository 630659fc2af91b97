using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Lifecycle;

/// <summary>What happens when a change is rejected, or its response is lost before or after the effect.</summary>
public sealed class JobChangerTests
{
    private const string NotFound = """{"code":5,"message":"dpo job not found"}""";

    private static readonly ResourceName Name = new("acme", "dpoJobs", "a");
    private static readonly DpoJob Failed = new()
    {
        Name = Name.ToString(),
        State = JobState.Failed,
        CompletedTime = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
    };

    private readonly SteppingClock _clock = new();

    [Fact]
    public async Task A_confirmed_change_needs_one_request()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("{}").Json("{}").Json(Json("PENDING"));

        Assert.Equal(new JobChange(Name), await Create(test).StopAsync(Name));
        Assert.Equal(new JobChange(Name), await Create(test).RemoveAsync(Name));
        Assert.Equal(JobState.Pending, (await Create(test).ResumeAsync(Name, Failed)).Job!.State);
        Assert.Equal(3, test.Transport.Requests.Count);
    }

    [Theory]
    [InlineData("COMPLETED", "a was not stopped, because it is already Completed.")]
    [InlineData("CANCELLED", "a was not stopped, because it is already Cancelled.")]
    [InlineData("ARCHIVED", "a was not stopped, because it is already Archived.")]
    public async Task Stopping_a_stopped_job_is_a_warning(string state, string warning)
    {
        using var test = new ClientUnderTest();
        Reject(test, $"cannot cancel job in state: JOB_STATE_{state}").Json(Json(state));

        var change = await Create(test).StopAsync(Name);

        Assert.Equal(warning, change.Warning);
        Assert.Equal("JOB_STATE_" + state, change.Job!.StateText);
    }

    [Fact]
    public async Task A_rejection_that_the_state_does_not_explain_is_an_error()
    {
        using var test = new ClientUnderTest();
        Reject(test, "billing is suspended").Json(Json("RUNNING"));
        Reject(test, "has dependents").Json(Json("RUNNING"));
        Reject(test, "cannot resume").Json(Json("COMPLETED"));

        await FailsAsync(() => Create(test).StopAsync(Name), "billing is suspended");
        await FailsAsync(() => Create(test).RemoveAsync(Name), "has dependents");
        await FailsAsync(() => Create(test).ResumeAsync(Name, Failed), "cannot resume");
    }

    [Fact]
    public async Task A_call_that_the_service_does_not_implement_had_no_effect()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"code":12,"message":"no such call"}""", HttpStatusCode.NotImplemented);

        var failure = await Assert.ThrowsAsync<FwApiException>(() => Create(test).StopAsync(Name));

        Assert.False(failure.MayHaveTakenEffect);
        Assert.Single(test.Transport.Requests);
    }

    [Fact]
    public async Task A_repeated_cancellation_that_finds_the_job_cancelled_is_no_warning()
    {
        using var test = new ClientUnderTest();
        test.Transport.Fail(new HttpRequestException("reset"));
        Reject(test, "cannot cancel job in state: JOB_STATE_CANCELLED").Json(Json("CANCELLED"));

        var change = await Create(test).StopAsync(Name);

        Assert.Null(change.Warning);
        Assert.Equal(JobState.Cancelled, change.Job!.State);
    }

    [Theory]
    [InlineData("CANCELLING", true)]
    [InlineData("CANCELLED", true)]
    [InlineData("RUNNING", false)]
    public async Task When_all_responses_are_lost_the_state_decides_whether_a_job_was_stopped(string state, bool isDone)
    {
        using var test = new ClientUnderTest();
        LoseResponses(test, 3).Json(Json(state));

        if (isDone)
        {
            Assert.Null((await Create(test).StopAsync(Name)).Warning);
        }
        else
        {
            await FailsAsync(
                () => Create(test).StopAsync(Name),
                "The request may have been carried out nevertheless. A moment later, the job was Running. To check, run: Get-FwDpoJob -Id accounts/acme/dpoJobs/a"
            );
        }
    }

    [Fact]
    public async Task An_error_reports_that_the_outcome_is_unknown()
    {
        using var test = new ClientUnderTest();
        LoseResponses(test, 6);

        await FailsAsync(
            () => Create(test).RemoveAsync(Name),
            "The request may have been carried out, and the state of the job could not be retrieved: The connection broke"
        );
    }

    [Fact]
    public async Task A_request_that_was_certainly_not_sent_is_not_checked()
    {
        using var test = new ClientUnderTest();
        for (var i = 0; i < 3; i++)
        {
            test.Transport.Fail(
                new HttpRequestException(
                    "refused",
                    new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused)
                )
            );
        }

        var failure = await Assert.ThrowsAsync<FwConnectionException>(() => Create(test).RemoveAsync(Name));

        Assert.DoesNotContain("may have been carried out", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, test.Transport.Requests.Count);
    }

    [Fact]
    public async Task Removing_a_job_that_does_not_exist_is_a_warning()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(NotFound, HttpStatusCode.NotFound);

        var change = await Create(test).RemoveAsync(Name);

        Assert.StartsWith(
            "There is no job accounts/acme/dpoJobs/a, so nothing was removed.",
            change.Warning,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_404_that_the_service_did_not_send_is_an_error()
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.NotFound, "404 page not found", "text/plain");

        Assert.Equal(404, (await Assert.ThrowsAsync<FwApiException>(() => Create(test).RemoveAsync(Name))).StatusCode);
    }

    [Theory]
    [InlineData("ARCHIVED")]
    [InlineData("DELETING_CLEANING_UP")]
    [InlineData(null)]
    public async Task When_all_responses_are_lost_the_state_decides_whether_a_job_was_removed(string? state)
    {
        using var test = new ClientUnderTest();
        LoseResponses(test, 3);
        _ = state is null ? test.Transport.Json(NotFound, HttpStatusCode.NotFound) : test.Transport.Json(Json(state));

        Assert.Null((await Create(test).RemoveAsync(Name)).Warning);
    }

    [Fact]
    public async Task A_repeated_removal_that_finds_no_job_is_no_warning()
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.BadGateway, "").Json(NotFound, HttpStatusCode.NotFound);

        Assert.Equal(new JobChange(Name), await Create(test).RemoveAsync(Name));
    }

    [Theory]
    [InlineData("PENDING")]
    [InlineData("RUNNING")]
    public async Task A_lost_response_to_resume_is_not_repeated_when_the_job_continues(string state)
    {
        using var test = new ClientUnderTest();
        LoseResponses(test, 1).Json(Json(state));

        var change = await Create(test).ResumeAsync(Name, Failed);

        Assert.Equal("JOB_STATE_" + state, change.Job!.StateText);
        Assert.Null(change.Warning);
        Assert.Equal(["POST", "GET"], test.Transport.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task A_resumed_job_that_failed_again_is_not_resumed_again()
    {
        using var test = new ClientUnderTest();
        LoseResponses(test, 1).Json("""{"state":"JOB_STATE_FAILED","completedTime":"2026-11-02T00:00:00Z"}""");

        var change = await Create(test).ResumeAsync(Name, Failed);

        Assert.Equal(JobState.Failed, change.Job!.State);
        Assert.Equal(2, test.Transport.Requests.Count);
    }

    [Fact]
    public async Task Resume_is_repeated_only_after_the_state_shows_that_it_had_no_effect()
    {
        using var test = new ClientUnderTest();
        LoseResponses(test, 1).Json(Json("FAILED")).Json(Json("PENDING"));

        var change = await Create(test).ResumeAsync(Name, Failed);

        Assert.Equal(JobState.Pending, change.Job!.State);
        Assert.Equal(["POST", "GET", "POST"], test.Transport.Requests.Select(request => request.Method));
        // The state is requested after a delay, because the service may still be executing the request.
        Assert.Single(_clock.Delays);
        Assert.Contains("The response was lost. a is still Failed, so the request is repeated.", test.Log.Lines);
    }

    [Fact]
    public async Task Resume_gives_up_after_the_maximum_number_of_retries()
    {
        using var test = new ClientUnderTest();
        for (var i = 0; i < 3; i++)
        {
            LoseResponses(test, 1).Json(Json("FAILED"));
        }

        await FailsAsync(
            () => Create(test).ResumeAsync(Name, Failed),
            "The request may have been carried out nevertheless. A moment later, the job was Failed."
        );
    }

    [Theory]
    [InlineData("CANCELLED")]
    [InlineData("HIBERNATING")]
    public async Task Resume_is_not_repeated_when_the_job_changed_in_another_way(string state)
    {
        using var test = new ClientUnderTest();
        LoseResponses(test, 1).Json(Json(state));

        await FailsAsync(() => Create(test).ResumeAsync(Name, Failed), "may have been carried out");
    }

    [Fact]
    public async Task A_resumed_job_that_the_response_shows_unchanged_is_retrieved_again()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Json("FAILED")).Json(Json("PENDING"));

        var change = await Create(test).ResumeAsync(Name, Failed);

        Assert.Equal((JobState.Pending, null), (change.Job!.State!.Value, change.Warning));
        Assert.Equal(["POST", "GET"], test.Transport.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task A_resumed_job_that_stays_as_it_was_is_a_warning()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Json("FAILED")).Json(Json("FAILED"));

        var change = await Create(test).ResumeAsync(Name, Failed);

        Assert.Equal("The service accepted the request to resume a, but the job is still Failed.", change.Warning);
        Assert.Equal(2, test.Transport.Requests.Count);
    }

    [Fact]
    public async Task Resuming_an_active_job_is_a_warning()
    {
        using var test = new ClientUnderTest();
        Reject(test, "cannot resume job in state: JOB_STATE_RUNNING").Json(Json("RUNNING"));

        var change = await Create(test).ResumeAsync(Name, Failed);

        Assert.Equal("a was not resumed, because it is already Running.", change.Warning);
    }

    private JobChanger Create(ClientUnderTest test) =>
        new(test.Client, test.Log, TestContext.Current.CancellationToken, _clock);

    private static async Task FailsAsync(Func<Task> act, string expected)
    {
        var failure = await Assert.ThrowsAnyAsync<FwException>(act);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Canary", failure.Message, StringComparison.Ordinal);
    }

    private static FakeTransport Reject(ClientUnderTest test, string message) =>
        test.Transport.Json($$"""{"code":9,"message":"{{message}}"}""", HttpStatusCode.BadRequest);

    private static FakeTransport LoseResponses(ClientUnderTest test, int count)
    {
        for (var i = 0; i < count; i++)
        {
            test.Transport.Fail(new HttpRequestException("reset"));
        }
        return test.Transport;
    }

    private static string Json(string state) => $$"""{"name":"{{Name}}","state":"JOB_STATE_{{state}}"}""";
}
