using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Files;

public sealed class MetricsFileTests
{
    private const string Nested = "/dialects/nested-metrics";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", FileClient.Completed)]
    [InlineData(Nested, FileClient.Completed)]
    [InlineData("", FileClient.CompletedOrpo)]
    [InlineData(Nested, FileClient.CompletedOrpo)]
    public async Task Metrics_have_plausible_curves(string dialect, string id)
    {
        await using var files = await FileClient.StartAsync();

        var metrics = Parse(await files.MetricsAsync(id, dialect));

        Assert.Equal(Enumerable.Range(1, 1000).Select(step => (long?)step), metrics.Select(metric => metric.Step));
        Assert.All(metrics, metric => Assert.InRange(metric.Accuracy!.Value, 0, 1));
        Assert.All(metrics, metric => Assert.InRange(metric.TokensPerSecond!.Value, 5_000, 20_000));
        Assert.True(Mean(metrics[..100], metric => metric.Loss) - Mean(metrics[^100..], metric => metric.Loss) > 0.15);
        Assert.True(
            Mean(metrics[^100..], metric => metric.Accuracy) - Mean(metrics[..100], metric => metric.Accuracy) > 0.1
        );
        // The warm-up.
        Assert.True(metrics[0].LearningRate < metrics.Max(metric => metric.LearningRate));
        Assert.InRange(metrics.Count(metric => metric.Loss is null), 1, 50);
        Assert.Equal(metrics.Sum(metric => metric.StepTokens), metrics[^1].TotalTokens);
        Assert.All(metrics, metric => Assert.Equal(dialect.Length > 0, metric.Time is not null));
    }

    [Fact]
    public async Task Metrics_have_the_keys_of_the_method_in_both_forms()
    {
        await using var files = await FileClient.StartAsync();
        string[] common = ["accuracy", "epoch", "tokens_per_sec", "step_time_sec", "step_tokens"];
        string[] dpo = ["dpo_loss", "loss", "margin", .. common, "ref_tokens", "total_tokens", "lr"];
        string[] orpo = ["orpo_loss", "sft_loss", "or_loss", "log_odds_ratio", .. common, "total_tokens", "lr"];

        Assert.Equal(
            ["step", "train/step", .. dpo.Select(key => "train/" + key)],
            Keys(FirstLine(await files.MetricsAsync(FileClient.Completed)))
        );
        var nested = FirstLine(await files.MetricsAsync(FileClient.CompletedOrpo, Nested));
        Assert.Equal(["timestamp", "step", "data"], Keys(nested));
        Assert.Equal(orpo.Select(key => "train/" + key), Keys(nested["data"]!.AsObject()));
    }

    [Fact]
    public async Task A_job_that_a_client_created_has_its_own_settings()
    {
        await using var files = await FileClient.StartAsync();
        await files.Emulator.PostAsync(
            RunningEmulator.Jobs + "?dpoJobId=mine",
            """
            {"dataset":"accounts/acme/datasets/x","lossConfig":{"method":"ORPO"},
            "trainingConfig":{"baseModel":"accounts/fireworks/models/m","learningRate":0.001,"epochs":4}}
            """,
            Stop
        );
        await files.AdvanceAsync(24 * 3600);

        var metrics = Parse(await files.MetricsAsync("mine"));

        Assert.Contains("train/orpo_loss", metrics[0].Values.Keys);
        Assert.Equal((4, 0.001), (metrics[^1].Epoch, metrics.Max(metric => metric.LearningRate)));
    }

    [Fact]
    public async Task The_same_job_has_the_same_metrics_and_another_one_has_others()
    {
        await using var files = await FileClient.StartAsync();
        await using var same = await FileClient.StartAsync();

        var metrics = await files.MetricsAsync(FileClient.Completed);

        Assert.Equal(metrics, await same.MetricsAsync(FileClient.Completed));
        Assert.NotEqual(metrics, await files.MetricsAsync("weekly-deepseek-000001"));
    }

    [Fact]
    public async Task Metrics_grow_on_the_clock_while_the_job_runs()
    {
        await using var files = await FileClient.StartAsync();
        await files.SetStateAsync(FileClient.Pending, "JOB_STATE_PENDING");
        var before = await files.MetricsAddressAsync(FileClient.Pending);
        await files.AdvanceAsync(180);
        var empty = await files.StatusAsync(await files.MetricsAddressAsync(FileClient.Pending));
        await files.AdvanceAsync(300);
        var half = await files.MetricsAsync(FileClient.Pending);
        await files.AdvanceAsync(300);
        var whole = await files.MetricsAsync(FileClient.Pending);

        Assert.Equal(("", 404), (before, empty));
        Assert.Equal((500, 1000), (Parse(half).Count, Parse(whole).Count));
        Assert.StartsWith(half, whole, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_can_end_with_an_incomplete_line_while_the_job_runs()
    {
        await using var files = await FileClient.StartAsync();
        await files.ControlAsync("files", """{"metricSteps":300}""");
        await files.SetStateAsync(FileClient.Pending, "JOB_STATE_RUNNING");
        await files.AdvanceAsync(9);

        var lines = (await files.MetricsAsync(FileClient.Pending)).Split('\n');

        // A step takes two seconds.
        Assert.Equal(5, lines.Length);
        Assert.Null(MetricLine.Parse(lines[3]).Problem);
        Assert.NotNull(MetricLine.Parse(lines[4]).Problem);
        await files.SetStateAsync(FileClient.Pending, "JOB_STATE_CANCELLED");
        Assert.Equal(4, Parse(await files.MetricsAsync(FileClient.Pending)).Count);
    }

    [Fact]
    public async Task A_failed_job_ends_at_the_step_of_its_message()
    {
        await using var files = await FileClient.StartAsync();

        var job = await files.Emulator.GetAsync($"{RunningEmulator.Jobs}/{FileClient.FailedAtStep703}", Stop);

        Assert.Contains("at step 703", (string)job["status"]!["message"]!, StringComparison.Ordinal);
        Assert.Equal(703, Parse(await files.MetricsAsync(FileClient.FailedAtStep703)).Count);
    }

    [Theory]
    [InlineData(FileClient.Pending)]
    [InlineData(FileClient.FailedBeforeTraining)]
    public async Task A_job_that_was_never_trained_has_no_address(string id)
    {
        await using var files = await FileClient.StartAsync();

        Assert.Equal("", await files.MetricsAddressAsync(id));
    }

    [Fact]
    public async Task A_job_that_will_fail_never_loses_lines()
    {
        const string Failing = "ablation-gemma-000007";
        await using var files = await FileClient.StartAsync();
        var before = await files.MetricsAsync(Failing);

        await files.AdvanceAsync(300);
        var half = await files.MetricsAsync(Failing);
        await files.AdvanceAsync(300);
        var failed = await files.MetricsAsync(Failing);

        var job = await files.Emulator.GetAsync($"{RunningEmulator.Jobs}/{Failing}", Stop);
        Assert.Equal("JOB_STATE_FAILED", (string?)job["state"]);
        Assert.StartsWith(before[..before.LastIndexOf('\n')], half, StringComparison.Ordinal);
        Assert.StartsWith(half[..half.LastIndexOf('\n')], failed, StringComparison.Ordinal);
        Assert.InRange(Parse(failed).Count, Parse(half).Count, 999);
    }

    [Fact]
    public async Task A_resumed_job_continues_and_one_that_is_put_back_begins_again()
    {
        await using var files = await FileClient.StartAsync();
        await files.SetStateAsync(FileClient.Completed, "JOB_STATE_RUNNING");
        await files.AdvanceAsync(300);
        await files.SetStateAsync(FileClient.Completed, "JOB_STATE_PAUSED");
        await files.AdvanceAsync(300);
        var paused = await files.MetricsAsync(FileClient.Completed);
        await files.Emulator.PostAsync($"{RunningEmulator.Jobs}/{FileClient.Completed}:resume", "{}", Stop);
        await files.AdvanceAsync(180 + 300);
        var resumed = await files.MetricsAsync(FileClient.Completed);
        await files.SetStateAsync(FileClient.Completed, "JOB_STATE_VALIDATING");

        Assert.Equal((500, 750), (Parse(paused).Count, Parse(resumed).Count));
        Assert.Equal("", await files.MetricsAddressAsync(FileClient.Completed));
    }

    [Fact]
    public async Task A_cancelled_job_keeps_its_metrics_and_a_deleted_one_has_none()
    {
        await using var files = await FileClient.StartAsync();
        await files.SetStateAsync(FileClient.Pending, "JOB_STATE_RUNNING");
        await files.AdvanceAsync(60);
        await files.Emulator.PostAsync($"{RunningEmulator.Jobs}/{FileClient.Pending}:cancel", "{}", Stop);

        Assert.Equal(100, Parse(await files.MetricsAsync(FileClient.Pending)).Count);
        var job = new Uri($"{RunningEmulator.Jobs}/{FileClient.Pending}", UriKind.Relative);
        using var deleted = await files.Emulator.Client.DeleteAsync(job, Stop);
        Assert.Equal("", await files.MetricsAddressAsync(FileClient.Pending));
    }

    [Theory]
    [InlineData(FileClient.Completed)]
    [InlineData(FileClient.Pending)]
    public async Task In_a_dialect_the_address_leads_to_a_404(string id)
    {
        await using var files = await FileClient.StartAsync();

        var address = await files.MetricsAddressAsync(id, "/dialects/missing-metrics");

        Assert.Equal(404, await files.StatusAsync(address));
    }

    [Fact]
    public async Task A_dialect_of_files_shares_the_state_of_the_account_and_another_one_does_not()
    {
        await using var files = await FileClient.StartAsync();
        await files.SetStateAsync(FileClient.Pending, "JOB_STATE_RUNNING");
        await files.AdvanceAsync(60);

        Assert.Equal(100, Parse(await files.MetricsAsync(FileClient.Pending, Nested)).Count);
        Assert.Equal("", await files.MetricsAddressAsync(FileClient.Pending, "/dialects/nested-metrics,quoted-enums"));
        var other = await files.MetricsAsync(FileClient.Completed, "/dialects/nested-metrics,quoted-enums");
        Assert.Equal(await files.MetricsAsync(FileClient.Completed, Nested), other);
    }

    [Fact]
    public async Task The_number_of_steps_can_be_set()
    {
        await using var files = await FileClient.StartAsync();
        await files.ControlAsync("files", """{"metricSteps":3}""");

        Assert.Equal(3, Parse(await files.MetricsAsync(FileClient.Completed)).Count);
    }

    private static double Mean(List<DpoJobMetric> metrics, Func<DpoJobMetric, double?> select) =>
        metrics.Average(select)!.Value;

    private static JsonObject FirstLine(string file) => JsonNode.Parse(file.Split('\n')[0])!.AsObject();

    private static IEnumerable<string> Keys(JsonObject json) => json.Select(pair => pair.Key);

    /// <summary>Parses the complete lines, which must be valid.</summary>
    private static List<DpoJobMetric> Parse(string file) =>
        file.Split('\n')[..^1]
            .Select(line =>
            {
                var parsed = MetricLine.Parse(line);
                Assert.Null(parsed.Problem);
                return parsed.Metric!;
            })
            .ToList();
}
