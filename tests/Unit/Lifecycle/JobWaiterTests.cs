using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Lifecycle;

public sealed class JobWaiterTests
{
    private const string NotFound = """{"code":5,"message":"dpo job not found"}""";

    private readonly SteppingClock _clock = new();

    [Fact]
    public async Task Polls_after_2_4_8_and_then_every_15_seconds()
    {
        using var test = new ClientUnderTest();
        Reply(test, "a", "PENDING", "PENDING", "CREATING", "RUNNING", "RUNNING", "COMPLETED");
        var waiter = Create(test, JobGoal.Finished, "a");

        var result = Assert.Single(await waiter.ReadAsync());

        Assert.Equal(JobState.Completed, result.Job!.State);
        Assert.Equal([2, 4, 8, 15, 15], _clock.Delays.Select(delay => Math.Round(delay, 6)));
        Assert.Empty(await waiter.ReadAsync());
    }

    [Fact]
    public async Task A_finished_job_from_the_pipeline_needs_no_request()
    {
        using var test = new ClientUnderTest();
        var waiter = Create(test, JobGoal.Finished);
        waiter.Add(NameOf("a"), Job("a", "FAILED"));

        var result = Assert.Single(await waiter.ReadAsync());

        Assert.Equal("a", result.Job!.Id);
        Assert.Empty(test.Transport.Requests);
    }

    [Fact]
    public async Task Jobs_are_returned_in_the_order_of_completion()
    {
        using var test = new ClientUnderTest();
        Reply(test, "a", "RUNNING").Json(Json("b", "RUNNING"));
        Reply(test, "a", "RUNNING").Json(Json("b", "FAILED"));
        Reply(test, "a", "COMPLETED");
        var waiter = Create(test, JobGoal.Finished, "a", "b", "a");

        Assert.Equal(["b", "a"], (await ReadAllAsync(waiter)).Select(result => result.Name.Id));
        Assert.Equal(2, waiter.Total);
    }

    [Fact]
    public async Task Jobs_that_finished_between_two_polls_are_ordered_by_their_completion_time()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Json("a", "PAUSED"));
        foreach (var (id, minute) in new[] { ("b", 2), ("c", 1) })
        {
            test.Transport.Json(
                Json(id, "COMPLETED")
                    .Replace("}", $",\"completedTime\":\"2026-11-01T00:0{minute}:00Z\"}}", StringComparison.Ordinal)
            );
        }
        var waiter = Create(test, JobGoal.Finished, "a", "b", "c");

        Assert.Equal(["c", "b", "a"], (await waiter.ReadAsync()).Select(result => result.Name.Id));
    }

    [Fact]
    public async Task Many_jobs_cost_one_listing_per_round_and_a_request_for_each_that_left_it()
    {
        using var test = new ClientUnderTest(baseUri: "https://many.example/");
        var ids = Enumerable.Range(10, 60).Select(number => $"j{number}").ToArray();
        test.Transport.Json(Page(ids, "RUNNING"))
            .Json(Page([.. ids.Skip(1)], "RUNNING"))
            .Json(Json("j10", "COMPLETED"));
        var waiter = Create(test, JobGoal.Finished, ids);

        var result = Assert.Single(await waiter.ReadAsync());

        Assert.Equal("j10", result.Name.Id);
        Assert.Equal(59, waiter.Waiting.Count);
        var requests = test.Transport.Requests.Select(request => Uri.UnescapeDataString(request.Uri)).ToList();
        Assert.Equal(3, requests.Count);
        Assert.Contains(
            "filter=state = JOB_STATE_CREATING OR state = JOB_STATE_RUNNING",
            requests[0],
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("JOB_STATE_PAUSED", requests[0], StringComparison.Ordinal);
        Assert.Contains("readMask=name,state,create_time,display_name", requests[0], StringComparison.Ordinal);
        Assert.EndsWith("/dpoJobs/j10", requests[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_of_several_accounts_are_requested_from_their_accounts()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Json("a", "COMPLETED")).Json(Json("b", "COMPLETED"));
        var waiter = Create(test, JobGoal.Finished, "a");
        waiter.Add(new ResourceName("other", "dpoJobs", "b"), null);

        Assert.Equal(2, (await ReadAllAsync(waiter)).Count);
        Assert.EndsWith("accounts/other/dpoJobs/b", test.Transport.Requests.Last().Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PAUSED", "Paused", "a is paused and may never continue by itself.")]
    [InlineData(
        "HIBERNATING",
        "UnknownState",
        "a is in a state that this version of the module does not know: JOB_STATE_HIBERNATING."
    )]
    [InlineData("UNSPECIFIED", "UnknownState", "The service reports no state of a.")]
    [InlineData("ARCHIVED", "Removed", "a was deleted; its state is Archived.")]
    [InlineData(
        "CANCELLED",
        "OtherState",
        "a ended in the state Cancelled, which is not one of those that were waited for."
    )]
    public async Task A_state_from_which_the_goal_cannot_be_reached_ends_the_wait_for_the_job(
        string state,
        string reason,
        string message
    )
    {
        using var test = new ClientUnderTest();
        Reply(test, "a", "PENDING", state);
        var waiter = Create(test, JobGoal.AnyOf(["JOB_STATE_RUNNING"]), "a");

        var result = Assert.Single(await waiter.ReadAsync());

        Assert.Null(result.Job);
        var failure = Assert.IsType<FwWaitException>(result.Failure);
        Assert.Equal(reason, failure.Reason.ToString());
        Assert.Equal(message, failure.Message);
        Assert.Equal("a", failure.Job!.Id);
        Assert.Empty(await waiter.ReadAsync());
    }

    [Fact]
    public async Task A_job_that_disappears_ends_the_wait_for_it()
    {
        using var test = new ClientUnderTest();
        Reply(test, "a", "RUNNING").Json(NotFound, HttpStatusCode.NotFound);
        var waiter = Create(test, JobGoal.Finished, "a");

        var failure = Assert.IsType<FwWaitException>(Assert.Single(await waiter.ReadAsync()).Failure);

        Assert.Equal((WaitFailure.Removed, "a no longer exists."), (failure.Reason, failure.Message));
    }

    [Theory]
    [InlineData("<html>404 Not Found</html>", "text/html")]
    [InlineData("""{"detail":"Not Found"}""", "application/json")]
    public async Task A_404_of_a_proxy_does_not_show_that_a_job_was_removed(string body, string mediaType)
    {
        using var test = new ClientUnderTest();
        Reply(test, "a", "RUNNING").Reply(HttpStatusCode.NotFound, body, mediaType);
        var waiter = Create(test, JobGoal.Removed, "a");

        Assert.IsType<FwApiException>(Assert.Single(await waiter.ReadAsync()).Failure);
    }

    [Fact]
    public async Task A_job_that_never_existed_is_not_found()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(NotFound, HttpStatusCode.NotFound);
        var waiter = Create(test, JobGoal.Finished, "a");

        var failure = Assert.IsType<FwApiException>(Assert.Single(await waiter.ReadAsync()).Failure);

        Assert.Equal(404, failure.StatusCode);
    }

    [Fact]
    public async Task A_removal_ends_when_the_job_is_archived_or_not_found()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Json("a", "COMPLETED")).Json(NotFound, HttpStatusCode.NotFound);
        Reply(test, "a", "DELETING_CLEANING_UP", "ARCHIVED");
        var waiter = Create(test, JobGoal.Removed, "a", "b");

        var results = await ReadAllAsync(waiter);

        Assert.All(results, result => Assert.Null(result.Failure));
        Assert.Equal(["b", "a"], results.Select(result => result.Name.Id));
        Assert.Equal(JobState.Archived, results[1].Job!.State);
    }

    [Fact]
    public async Task The_time_limit_is_an_error_per_remaining_job_that_names_its_state()
    {
        using var test = new ClientUnderTest();
        Reply(test, "a", "RUNNING").Json(Json("b", "COMPLETED"));
        Reply(test, "a", "RUNNING", "RUNNING", "RUNNING");
        var waiter = Create(
            test,
            JobGoal.Finished,
            new WaitOptions(JobGoal.Finished) { Timeout = TimeSpan.FromSeconds(10) },
            "a",
            "b"
        );

        var results = await ReadAllAsync(waiter);

        Assert.Equal("b", results[0].Job!.Id);
        var failure = Assert.IsType<FwWaitException>(results[1].Failure);
        Assert.Equal(WaitFailure.Timeout, failure.Reason);
        Assert.Equal("a did not reach the state within 00:00:10; it is Running.", failure.Message);
        // The last poll is at the limit.
        Assert.Equal(10, _clock.ElapsedSeconds, 0.001);
        Assert.Equal(5, test.Transport.Requests.Count);
    }

    [Fact]
    public async Task A_time_limit_of_zero_polls_once()
    {
        using var test = new ClientUnderTest();
        Reply(test, "a", "RUNNING");
        var waiter = Create(test, JobGoal.Finished, new WaitOptions(JobGoal.Finished) { Timeout = TimeSpan.Zero }, "a");

        Assert.IsType<FwWaitException>(Assert.Single(await waiter.ReadAsync()).Failure);
    }

    [Fact]
    public async Task Waiting_continues_after_an_outage_that_is_reported_once()
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.OK, "<html>", "text/html");
        for (var i = 0; i < 3; i++)
        {
            test.Transport.Reply(HttpStatusCode.ServiceUnavailable, "");
        }
        Reply(test, "a", "RUNNING", "COMPLETED");
        var waiter = Create(test, JobGoal.Finished, "a");

        var result = Assert.Single(await waiter.ReadAsync());

        Assert.Equal(JobState.Completed, result.Job!.State);
        Assert.StartsWith(
            "The state of the jobs cannot be retrieved at present, so waiting continues. The service returned 200 with text/html",
            Assert.Single(test.Log.Warnings),
            StringComparison.Ordinal
        );
        Assert.Contains(
            test.Log.Lines,
            line => line.StartsWith("The service responds again, after 00:00:06", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_outage_ends_with_the_time_limit()
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.OK, "<html>", "text/html").Reply(HttpStatusCode.OK, "<html>", "text/html");
        var waiter = Create(
            test,
            JobGoal.Finished,
            new WaitOptions(JobGoal.Finished) { Timeout = TimeSpan.FromSeconds(1) },
            "a"
        );

        var failure = Assert.Single(await waiter.ReadAsync()).Failure!;

        Assert.Equal("a did not reach the state within 00:00:01; its state is unknown.", failure.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public async Task A_rejected_key_ends_the_wait_for_all_jobs(int count)
    {
        using var test = new ClientUnderTest(baseUri: "https://rejected.example/");
        test.Transport.Json("""{"code":16,"message":"invalid key"}""", HttpStatusCode.Forbidden);
        var waiter = Create(test, JobGoal.Finished, [.. Enumerable.Range(1, count).Select(number => $"j{number}")]);

        var failure = await Assert.ThrowsAsync<FwApiException>(waiter.ReadAsync);

        Assert.True(failure.IsKeyRejected);
    }

    [Fact]
    public async Task A_rejected_job_ends_the_wait_only_for_it()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"code":7,"message":"not yours"}""", HttpStatusCode.Forbidden)
            .Json(Json("b", "COMPLETED"));
        var waiter = Create(test, JobGoal.Finished, "a", "b");

        var results = await waiter.ReadAsync();

        Assert.Equal(403, Assert.IsType<FwApiException>(results[0].Failure).StatusCode);
        Assert.Equal("b", results[1].Job!.Id);
    }

    [Theory]
    [InlineData(403, """{"code":7,"message":"no access to the listing"}""")]
    [InlineData(501, """{"code":12,"message":"no listing"}""")]
    [InlineData(200, """{"dpoJobs":7}""")]
    public async Task Jobs_that_cannot_be_listed_are_retrieved_one_by_one(int status, string body)
    {
        using var test = new ClientUnderTest(baseUri: $"https://unlisted-{status}.example/");
        string[] ids = ["a", "b", "c", "d", "e", "f"];
        for (var i = 0; i < (status == 501 ? 3 : 1); i++)
        {
            // The listing is attempted without its filter, too.
            test.Transport.Json(body, (HttpStatusCode)status);
        }
        foreach (var id in ids)
        {
            Reply(test, id, "COMPLETED");
        }
        var waiter = Create(test, JobGoal.Finished, ids);

        Assert.Equal(ids, (await waiter.ReadAsync()).Select(result => result.Job!.Id).Order());
    }

    [Fact]
    public async Task Many_jobs_are_retrieved_one_by_one_when_every_state_ends_the_wait()
    {
        using var test = new ClientUnderTest(baseUri: "https://every-state.example/");
        string[] ids = ["a", "b", "c", "d", "e", "f"];
        foreach (var id in ids)
        {
            Reply(test, id, "RUNNING");
        }
        var waiter = Create(test, JobGoal.AnyOf([.. JobStates.Named.Select(JobStates.ToWire)]), ids);

        Assert.Equal(6, (await waiter.ReadAsync()).Count);
    }

    [Fact]
    public async Task An_outage_of_one_account_does_not_delay_the_jobs_of_another()
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.OK, "<html>", "text/html").Json(Json("b", "COMPLETED"));
        var waiter = Create(test, JobGoal.Finished, "a");
        waiter.Add(new ResourceName("other", "dpoJobs", "b"), null);

        Assert.Equal("other", Assert.Single(await waiter.ReadAsync()).Name.AccountId);
    }

    [Fact]
    public async Task A_delay_is_not_longer_than_a_timer_accepts()
    {
        using var test = new ClientUnderTest();
        Reply(test, "a", "RUNNING", "RUNNING", "COMPLETED");
        var options = new WaitOptions(JobGoal.Finished) { PollingInterval = TimeSpan.FromDays(100) };
        var waiter = Create(test, options.Goal, options, "a");

        await waiter.ReadAsync();

        Assert.All(_clock.Delays, delay => Assert.InRange(delay, 1, int.MaxValue / 1000.0));
    }

    [Fact]
    public async Task Shows_the_jobs_with_their_states_and_since_when_they_are_in_them()
    {
        using var test = new ClientUnderTest();
        Reply(test, "a", "PENDING").Json(Json("b", "PENDING"));
        Reply(test, "a", "RUNNING").Json(Json("b", "PENDING"));
        Reply(test, "a", "RUNNING").Json(Json("b", "COMPLETED"));
        var waiter = Create(test, JobGoal.Finished, "a", "b");
        var start = _clock.UtcNow;

        await waiter.ReadAsync();

        var job = Assert.Single(waiter.Waiting);
        Assert.Equal((JobState.Running, start.AddSeconds(2)), (job.Job!.State!.Value, job.Since));
        Assert.Equal(2, waiter.Total);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait()
    {
        using var test = new ClientUnderTest();
        using var stop = new CancellationTokenSource();
        test.Transport.Stall();
        var waiter = new JobWaiter(test.Client, new WaitOptions(JobGoal.Finished), test.Log, stop.Token, _clock);
        waiter.Add(NameOf("a"), null);

        var reading = waiter.ReadAsync();
        await test.Transport.Requested;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private JobWaiter Create(ClientUnderTest test, JobGoal goal, params string[] ids) =>
        Create(test, goal, new WaitOptions(goal), ids);

    private JobWaiter Create(ClientUnderTest test, JobGoal goal, WaitOptions options, params string[] ids)
    {
        Assert.Same(goal, options.Goal);
        var waiter = new JobWaiter(
            test.Client,
            options,
            test.Log,
            TestContext.Current.CancellationToken,
            _clock,
            () => 0.5
        );
        foreach (var id in ids)
        {
            waiter.Add(NameOf(id), null);
        }
        return waiter;
    }

    private static async Task<List<WaitResult>> ReadAllAsync(JobWaiter waiter)
    {
        var all = new List<WaitResult>();
        IReadOnlyList<WaitResult> results;
        while ((results = await waiter.ReadAsync()).Count > 0)
        {
            all.AddRange(results);
        }
        return all;
    }

    private static FakeTransport Reply(ClientUnderTest test, string id, params string[] states)
    {
        foreach (var state in states)
        {
            test.Transport.Json(Json(id, state));
        }
        return test.Transport;
    }

    private static ResourceName NameOf(string id) => new("acme", "dpoJobs", id);

    private static DpoJob Job(string id, string state) =>
        new() { Name = NameOf(id).ToString(), StateText = "JOB_STATE_" + state };

    private static string Json(string id, string state) =>
        $$"""{"name":"{{NameOf(id)}}","state":"JOB_STATE_{{state}}"}""";

    private static string Page(string[] ids, string state) =>
        $$"""{"dpoJobs":[{{string.Join(",", ids.Select(id => Json(id, state)))}}],"totalSize":{{ids.Length}}}""";
}
