using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Account;

public sealed class LifecycleTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_moves_through_its_states_on_the_clock_of_the_account()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 8);
        var name = await SetStateAsync(emulator, 1, "JOB_STATE_VALIDATING");

        var states = new List<string>();
        foreach (var seconds in new[] { 0, 60, 120, 60, 599, 1 })
        {
            await AdvanceAsync(emulator, seconds);
            states.Add(await StateAsync(emulator, name));
        }

        Assert.Equal(["VALIDATING", "PENDING", "CREATING", "RUNNING", "RUNNING", "COMPLETED"], states);
        Assert.Equal("2026-11-01T00:14:00Z", (string?)(await emulator.GetAsync($"/v1/{name}", Stop))["completedTime"]);
        Assert.Contains(name, await emulator.NamesAsync("filter=state=JOB_STATE_COMPLETED", Stop));
    }

    [Fact]
    public async Task Every_eighth_job_fails()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 8);
        var names = await emulator.NamesAsync("", Stop);
        foreach (var name in names)
        {
            await SetStateAsync(emulator, name, "JOB_STATE_RUNNING");
        }

        await AdvanceAsync(emulator, 600);

        var failed = Assert.Single(await emulator.NamesAsync("filter=state=JOB_STATE_FAILED", Stop));
        Assert.EndsWith("7", failed, StringComparison.Ordinal);
        var job = await emulator.GetAsync($"/v1/{failed}", Stop);
        Assert.NotEqual("OK", (string?)job["status"]!["code"]);
    }

    [Fact]
    public async Task The_clock_can_move_with_each_request_until_a_reset()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 8);
        var name = await SetStateAsync(emulator, 1, "JOB_STATE_RUNNING");
        await emulator.PostAsync("/_emulator/clock", """{"perRequest":300}""", Stop);

        Assert.Equal("RUNNING", await StateAsync(emulator, name));
        Assert.Equal("COMPLETED", await StateAsync(emulator, name));

        await SetStateAsync(emulator, name, "JOB_STATE_RUNNING");
        await emulator.PostAsync("/_emulator/reset", "", Stop);
        Assert.Equal("RUNNING", await StateAsync(emulator, name));
        Assert.Equal("RUNNING", await StateAsync(emulator, name));
    }

    [Fact]
    public async Task Finished_and_paused_jobs_do_not_move()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 400);
        var before = await NamesByStateAsync(emulator, "JOB_STATE_FAILED", "JOB_STATE_PAUSED", "JOB_STATE_EXPIRED");

        await AdvanceAsync(emulator, 1);

        Assert.NotEmpty(before);
        Assert.Equal(
            before,
            await NamesByStateAsync(emulator, "JOB_STATE_FAILED", "JOB_STATE_PAUSED", "JOB_STATE_EXPIRED")
        );
    }

    [Fact]
    public async Task A_cancelled_job_is_being_cancelled_first()
    {
        await using var emulator = await StartWithTransitionAsync();
        var name = await SetStateAsync(emulator, 1, "JOB_STATE_RUNNING");

        Assert.Equal((200, "{}"), await PostAsync(emulator, $"/v1/{name}:cancel"));
        Assert.Equal("CANCELLING", await StateAsync(emulator, name));
        Assert.Equal((200, "{}"), await PostAsync(emulator, $"/v1/{name}:cancel"));
        await AdvanceAsync(emulator, 10);

        Assert.Equal("CANCELLED", await StateAsync(emulator, name));
        var (status, body) = await PostAsync(emulator, $"/v1/{name}:cancel");
        Assert.Equal(400, status);
        Assert.Equal(9, (int)JsonNode.Parse(body)!["code"]!);
        Assert.Equal("cannot cancel job in state: JOB_STATE_CANCELLED", (string?)JsonNode.Parse(body)!["message"]);
    }

    [Fact]
    public async Task A_deleted_job_is_being_deleted_and_then_kept_for_30_days()
    {
        await using var emulator = await StartWithTransitionAsync();
        var name = await SetStateAsync(emulator, 1, "JOB_STATE_RUNNING");

        await DeleteAsync(emulator, name);
        Assert.Equal("DELETING_CLEANING_UP", await StateAsync(emulator, name));
        Assert.Contains(name, await emulator.NamesAsync("", Stop));
        await AdvanceAsync(emulator, 10);

        Assert.Equal("ARCHIVED", await StateAsync(emulator, name));
        Assert.DoesNotContain(name, await emulator.NamesAsync("", Stop));
        Assert.Contains(name, await emulator.NamesAsync("includeArchived=true", Stop));
        Assert.Contains(
            "JOB_STATE_DELETED",
            (await PostAsync(emulator, $"/v1/{name}:cancel")).Body,
            StringComparison.Ordinal
        );
        Assert.Equal(400, (await PostAsync(emulator, $"/v1/{name}:resume")).Status);

        // Deleting it again does not extend the time.
        await AdvanceAsync(emulator, 29 * 24 * 3600);
        await DeleteAsync(emulator, name);
        await AdvanceAsync(emulator, 24 * 3600);

        Assert.Equal(404, (await emulator.TryGetAsync($"/v1/{name}", Stop)).Status);
        Assert.DoesNotContain(name, await emulator.NamesAsync("includeArchived=true", Stop));
    }

    [Theory]
    [InlineData("JOB_STATE_FAILED", 200)]
    [InlineData("JOB_STATE_CANCELLED", 200)]
    [InlineData("JOB_STATE_PAUSED", 200)]
    [InlineData("JOB_STATE_COMPLETED", 400)]
    [InlineData("JOB_STATE_RUNNING", 400)]
    public async Task Resumes_failed_cancelled_and_paused_jobs(string state, int expected)
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 8);
        var name = await SetStateAsync(emulator, 1, state);

        var (status, body) = await PostAsync(emulator, $"/v1/{name}:resume");

        Assert.Equal(expected, status);
        if (expected == 200)
        {
            var job = JsonNode.Parse(body)!;
            Assert.Equal("JOB_STATE_PENDING", (string?)job["state"]);
            Assert.Null(job["completedTime"]);
        }
        else
        {
            Assert.Contains($"cannot resume job in state: {state}", body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"force":true}""")]
    public async Task Custom_methods_require_an_empty_object_as_body(string body)
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 8);
        var name = await SetStateAsync(emulator, 1, "JOB_STATE_RUNNING");

        Assert.Equal(400, (await emulator.PostAsync($"/v1/{name}:cancel", body, Stop)).Status);
        Assert.Equal(400, (await emulator.PostAsync($"/v1/{name}:resume", body, Stop)).Status);
        Assert.Equal("RUNNING", await StateAsync(emulator, name));
    }

    [Fact]
    public async Task All_changes_can_be_undone()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 100);
        var before = await emulator.GetAsync(RunningEmulator.Jobs, Stop);
        var name = await SetStateAsync(emulator, 1, "JOB_STATE_RUNNING");
        await DeleteAsync(emulator, (await emulator.NamesAsync("", Stop))[2]);
        await AdvanceAsync(emulator, 1000);
        await emulator.NamesAsync("", Stop);

        await emulator.PostAsync("/_emulator/restore", "", Stop);

        Assert.Equal(before.ToJsonString(), (await emulator.GetAsync(RunningEmulator.Jobs, Stop)).ToJsonString());
        await SetStateAsync(emulator, name, "JOB_STATE_PAUSED");
        Assert.Contains(name, await emulator.NamesAsync("filter=state=JOB_STATE_PAUSED", Stop));
    }

    [Theory]
    [InlineData("/_emulator/clock", """{"advance":-1}""", "$.advance")]
    [InlineData("/_emulator/clock", """{"speed":1}""", "$.speed")]
    [InlineData("/_emulator/clock", "null", "$")]
    [InlineData("/_emulator/state", """{"job":"x"}""", "$")]
    [InlineData("/_emulator/state", """{"job":"x","state":"JOB_STATE_PAUSED"}""", "$.job")]
    public async Task Rejects_invalid_control_calls(string call, string body, string position)
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);

        var (status, response) = await emulator.PostAsync(call, body, Stop);

        Assert.Equal(400, status);
        Assert.StartsWith(position, (string)response["error"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"status":503,"body":{"code":14,"message":"unavailable"}}""", false)]
    [InlineData("""{"status":503,"afterEffect":true,"body":{"code":14,"message":"unavailable"}}""", true)]
    [InlineData("""{"reset":"beforeHeaders"}""", false)]
    [InlineData("""{"reset":"beforeHeaders","afterEffect":true}""", true)]
    public async Task A_fault_is_played_before_or_after_the_effect(string rule, bool isDeleted)
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 8);
        var name = (await emulator.NamesAsync("", Stop))[0];
        var faulty = JsonNode.Parse(rule)!;
        faulty["method"] = "DELETE";
        await emulator.PostAsync("/_emulator/faults", $$"""{"rules":[{{faulty.ToJsonString()}}]}""", Stop);

        try
        {
            using var response = await emulator.Client.DeleteAsync(new Uri($"/v1/{name}", UriKind.Relative), Stop);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Contains("unavailable", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }
        catch (HttpRequestException) when (faulty["reset"] is not null)
        {
            // As planned.
        }

        Assert.Equal(isDeleted, await StateAsync(emulator, name) == "ARCHIVED");
    }

    private static Task<RunningEmulator> StartWithTransitionAsync() =>
        RunningEmulator.StartAsync(
            new EmulatorOptions
            {
                Jobs = 8,
                Now = RunningEmulator.Now,
                TransitionSeconds = 10,
            }
        );

    private static async Task<string> SetStateAsync(RunningEmulator emulator, int index, string state) =>
        await SetStateAsync(emulator, (await emulator.NamesAsync("", Stop))[index], state);

    private static async Task<string> SetStateAsync(RunningEmulator emulator, string name, string state)
    {
        var id = name.Split('/')[^1];
        var (status, _) = await emulator.PostAsync(
            "/_emulator/state",
            $$"""{"job":"{{id}}","state":"{{state}}"}""",
            Stop
        );
        Assert.Equal(200, status);
        return name;
    }

    private static async Task AdvanceAsync(RunningEmulator emulator, int seconds)
    {
        var (status, _) = await emulator.PostAsync("/_emulator/clock", $$"""{"advance":{{seconds}}}""", Stop);
        Assert.Equal(200, status);
    }

    private static async Task<string> StateAsync(RunningEmulator emulator, string name) =>
        ((string)(await emulator.GetAsync($"/v1/{name}", Stop))["state"]!)["JOB_STATE_".Length..];

    private static async Task<List<string>> NamesByStateAsync(RunningEmulator emulator, params string[] states)
    {
        var names = new List<string>();
        foreach (var state in states)
        {
            names.AddRange(await emulator.NamesAsync("filter=state=" + state, Stop));
        }

        return names;
    }

    private static async Task<(int Status, string Body)> PostAsync(RunningEmulator emulator, string address)
    {
        var (status, body) = await emulator.PostAsync(address, "{}", Stop);
        return (status, body.ToJsonString());
    }

    private static async Task DeleteAsync(RunningEmulator emulator, string name)
    {
        using var response = await emulator.Client.DeleteAsync(new Uri($"/v1/{name}", UriKind.Relative), Stop);
        Assert.Equal("{}", await response.Content.ReadAsStringAsync(Stop));
    }
}
