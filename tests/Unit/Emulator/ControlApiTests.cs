using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator;

public sealed class ControlApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_the_received_requests_without_secrets()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);
        await emulator.GetAsync(RunningEmulator.Jobs + "?pageSize=7&filter=state%3DJOB_STATE_FAILED", Stop);

        var text = await emulator.Client.GetStringAsync(new Uri("/_emulator/requests", UriKind.Relative), Stop);

        var request = Assert.Single(JsonNode.Parse(text)!.AsArray())!;
        Assert.Equal("GET", (string)request["method"]!);
        Assert.Equal(RunningEmulator.Jobs, (string)request["path"]!);
        Assert.Equal(
            """[{"name":"pageSize","value":"7"},{"name":"filter","value":"state=JOB_STATE_FAILED"}]""",
            request["query"]!.ToJsonString()
        );
        Assert.Equal(200, (int)request["status"]!);
        Assert.False((bool)request["aborted"]!);
        Assert.True((double)request["endMs"]! >= (double)request["startMs"]!);
        Assert.Contains("Authorization", request["headers"]!.AsArray().Select(name => (string)name!));
        Assert.DoesNotContain("fw_test", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_clears_the_requests_and_the_fault_plan()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);
        await emulator.GetAsync(RunningEmulator.Jobs, Stop);
        await emulator.PostAsync("/_emulator/faults", """{"rules":[{"status":500}]}""", Stop);

        var (status, _) = await emulator.PostAsync("/_emulator/reset", "", Stop);

        Assert.Equal(200, status);
        Assert.Empty((await emulator.GetAsync("/_emulator/requests", Stop)).AsArray());
        await emulator.GetAsync(RunningEmulator.Jobs, Stop);
    }

    [Fact]
    public async Task An_unknown_control_call_lists_the_known_ones()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);

        var (status, body) = await emulator.TryGetAsync("/_emulator/nonsense", Stop);

        Assert.Equal(404, status);
        Assert.Contains("POST /reset", (string)body["error"]!, StringComparison.Ordinal);
    }
}
