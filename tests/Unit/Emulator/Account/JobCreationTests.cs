using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Account;

/// <summary>Jobs that clients create in the made-up account, over HTTP.</summary>
public sealed class JobCreationTests
{
    private const string Body =
        """{"dataset":"accounts/acme/datasets/d","trainingConfig":{"baseModel":"accounts/fireworks/models/m"}}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Creates_a_job_with_the_fields_of_the_request_and_defaults()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 3);

        var (status, job) = await emulator.PostAsync(
            RunningEmulator.Jobs + "?dpoJobId=tone-1",
            """
            {
              "displayName": "Größe", "dataset": "accounts/acme/datasets/d", "useReservation": true, "purpose": "PURPOSE_PILOT",
              "trainingConfig": { "base_model": "accounts/fireworks/models/m", "learningRate": 0.00012345678901, "epochs": 3,
                "loraTargetModules": ["q_proj"], "lrScheduler": { "cosine": { "minLrRatio": 0.1 } } },
              "lossConfig": { "method": "ORPO", "orpo": { "lambda": 0.2 } }, "wandbConfig": null
            }
            """,
            Stop
        );

        Assert.Equal(200, status);
        Assert.Equal("accounts/acme/dpoJobs/tone-1", (string?)job["name"]);
        Assert.Equal("JOB_STATE_VALIDATING", (string?)job["state"]);
        Assert.Equal("2026-11-01T00:00:00Z", (string?)job["createTime"]);
        Assert.Null(job["completedTime"]);
        Assert.Equal("Größe", (string?)job["displayName"]);
        Assert.True((bool)job["useReservation"]!);
        Assert.Equal("PURPOSE_PILOT", (string?)job["purpose"]);
        Assert.Null(job["wandbConfig"]);
        var training = job["trainingConfig"]!;
        Assert.Equal("accounts/fireworks/models/m", (string?)training["baseModel"]);
        Assert.Equal("", (string?)training["warmStartFrom"]);
        Assert.Equal(0.00012345679, (double)training["learningRate"]!);
        Assert.Equal("accounts/acme/models/tone-1", (string?)training["outputModel"]);
        Assert.Equal(8, (int)training["loraRank"]!);
        Assert.Equal("""["q_proj"]""", training["loraTargetModules"]!.ToJsonString());
        Assert.Equal("""{"cosine":{"decayRatio":0,"minLrRatio":0.1}}""", training["lrScheduler"]!.ToJsonString());
        Assert.Equal(
            """{"dpo":null,"klBeta":0,"method":"ORPO","orpo":{"lambda":0.2}}""",
            job["lossConfig"]!.ToJsonString()
        );
        var again = await emulator.GetAsync(RunningEmulator.Jobs + "/tone-1", Stop);
        Assert.Equal(job.ToJsonString(), again.ToJsonString());
    }

    [Fact]
    public async Task Lists_filters_and_orders_created_jobs_with_the_others()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 12);
        var before = await emulator.NamesAsync("", Stop);

        foreach (var id in new[] { "zzz", "aaa", "chat" })
        {
            await emulator.PostAsync($"{RunningEmulator.Jobs}?dpoJobId={id}", Body, Stop);
        }

        var names = new[] { "zzz", "aaa", "chat" }.Select(id => "accounts/acme/dpoJobs/" + id);
        Assert.Equal(
            [.. before.Concat(names).Order(StringComparer.Ordinal)],
            await emulator.NamesAsync("pageSize=4", Stop)
        );
        Assert.Equal(
            3,
            (await emulator.NamesAsync("filter=dataset%3D%22accounts%2Facme%2Fdatasets%2Fd%22", Stop)).Count
        );
        Assert.Equal(
            3,
            (await emulator.NamesAsync("orderBy=create_time%20desc&pageSize=4", Stop)).Count(name =>
                !before.Contains(name)
            )
        );
        Assert.Equal(15, (int)(await emulator.GetAsync(RunningEmulator.Jobs, Stop))["totalSize"]!);
    }

    [Fact]
    public async Task Generates_an_ID_when_the_request_has_none()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 0);

        var (_, job) = await emulator.PostAsync(RunningEmulator.Jobs, Body, Stop);

        Assert.Matches("^accounts/acme/dpoJobs/[a-z0-9]{16}$", (string)job["name"]!);
    }

    [Fact]
    public async Task Rejects_an_ID_that_exists_also_that_of_a_deleted_job()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);
        var made = (await emulator.NamesAsync("", Stop))[0].Split('/')[^1];
        await emulator.PostAsync(RunningEmulator.Jobs + "?dpoJobId=tone-1", Body, Stop);

        var again = await emulator.PostAsync(RunningEmulator.Jobs + "?dpoJobId=tone-1", Body, Stop);
        var other = await emulator.PostAsync($"{RunningEmulator.Jobs}?dpoJobId={made}", Body, Stop);
        using var deleted = await emulator.Client.DeleteAsync(
            new Uri(RunningEmulator.Jobs + "/tone-1", UriKind.Relative),
            Stop
        );
        var afterDeletion = await emulator.PostAsync(RunningEmulator.Jobs + "?dpoJobId=tone-1", Body, Stop);

        Assert.All(
            [again, other, afterDeletion],
            response => Assert.Equal((409, 6), (response.Status, (int)response.Body["code"]!))
        );
        Assert.True(deleted.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Rejects_jobs_beyond_the_quota_until_one_has_ended()
    {
        await using var emulator = await RunningEmulator.StartAsync(
            new EmulatorOptions
            {
                Jobs = 0,
                Now = RunningEmulator.Now,
                TrainingQuota = 1,
            }
        );
        await emulator.PostAsync(RunningEmulator.Jobs + "?dpoJobId=a", Body, Stop);

        var rejected = await emulator.PostAsync(RunningEmulator.Jobs + "?dpoJobId=b", Body, Stop);
        await emulator.PostAsync(RunningEmulator.Jobs + "/a:cancel", "{}", Stop);
        var accepted = await emulator.PostAsync(RunningEmulator.Jobs + "?dpoJobId=b", Body, Stop);

        Assert.Equal((403, 8), (rejected.Status, (int)rejected.Body["code"]!));
        Assert.Equal(200, accepted.Status);
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("[]", "wrong type")]
    [InlineData("""{"trainingConfig":{"baseModel":"m"}}""", "dataset is required")]
    [InlineData("""{"dataset":"d","trainingConfig":{"baseModel":"m"}}""", "dataset is required")]
    [InlineData("""{"dataset":"D"}""", "exactly one of base_model and warm_start_from")]
    [InlineData(
        """{"dataset":"D","trainingConfig":{"baseModel":"m","warmStartFrom":"w"}}""",
        "exactly one of base_model"
    )]
    [InlineData("""{"dataset":"D","colour":"red"}""", "unknown field \"colour\"")]
    [InlineData("""{"dataset":"D","baseModel":"m"}""", "unknown field \"baseModel\"")]
    [InlineData(
        """{"dataset":"D","trainingConfig":{"baseModel":"m","region":"US_IOWA_1"}}""",
        "unknown field \"region\""
    )]
    [InlineData("""{"dataset":"D","dataset":"D"}""", "duplicate field \"dataset\"")]
    [InlineData("""{"dataset":"D","state":"JOB_STATE_RUNNING"}""", "\"state\" is output only")]
    [InlineData("""{"dataset":"D","name":"n"}""", "\"name\" is output only")]
    [InlineData("""{"dataset":"D","wandbConfig":{"url":"u"}}""", "\"wandbConfig.url\" is output only")]
    [InlineData(
        """{"dataset":"D","trainingConfig":{"baseModel":"m","batchSize":1}}""",
        "Training V2 does not support batchSize"
    )]
    [InlineData(
        """{"dataset":"D","trainingConfig":{"baseModel":"m","gradientAccumulationSteps":1}}""",
        "Training V2 does not support"
    )]
    [InlineData(
        """{"dataset":"D","trainingConfig":{"baseModel":"m","jinjaTemplate":"t"}}""",
        "Training V2 does not support"
    )]
    [InlineData("""{"dataset":"D","trainingConfig":{"baseModel":"m","lrScheduler":{}}}""", "exactly one schedule")]
    [InlineData(
        """{"dataset":"D","trainingConfig":{"baseModel":"m","lrScheduler":{"constant":{},"linear":{}}}}""",
        "exactly one schedule"
    )]
    [InlineData("""{"dataset":"D","trainingConfig":{"baseModel":"m","maxContextLength":100}}""", "multiple of 16")]
    [InlineData(
        """{"dataset":"D","trainingConfig":{"baseModel":"m","epochs":1.5}}""",
        "int32 field \"trainingConfig.epochs\""
    )]
    [InlineData(
        """{"dataset":"D","trainingConfig":{"baseModel":"m","epochs":"1"}}""",
        "\"trainingConfig.epochs\" has the wrong type"
    )]
    [InlineData("""{"dataset":"D","trainingConfig":{"baseModel":"m","epochs":-1}}""", "must not be negative")]
    [InlineData("""{"dataset":"D","lossConfig":{"method":"NPO"}}""", "invalid value for enum field")]
    public async Task Rejects_an_invalid_body(string body, string message)
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 0);

        var (status, error) = await emulator.PostAsync(
            RunningEmulator.Jobs + "?dpoJobId=tone-1",
            body.Replace("\"D\"", "\"accounts/acme/datasets/d\"", StringComparison.Ordinal),
            Stop
        );

        Assert.Equal(400, status);
        Assert.Contains(message, (string)error["message"]!, StringComparison.Ordinal);
        Assert.Empty(await emulator.NamesAsync("", Stop));
    }

    [Theory]
    [InlineData("dpoJobId=Tone")]
    [InlineData("dpoJobId=-a")]
    [InlineData("validateOnly=true")]
    public async Task Rejects_an_invalid_query(string query)
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 0);

        Assert.Equal(400, (await emulator.PostAsync($"{RunningEmulator.Jobs}?{query}", Body, Stop)).Status);
    }

    [Fact]
    public async Task Accepts_zeros_of_settings_that_Training_V2_rejects()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 0);
        const string Zeros =
            """{"dataset":"accounts/acme/datasets/d","trainingConfig":{"warmStartFrom":"m","batchSize":0,"gradientAccumulationSteps":0,"jinjaTemplate":""}}""";

        Assert.Equal(200, (await emulator.PostAsync(RunningEmulator.Jobs, Zeros, Stop)).Status);
    }

    [Fact]
    public async Task Restoring_the_account_removes_the_created_jobs_and_frees_their_IDs()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 2);
        await emulator.PostAsync(RunningEmulator.Jobs + "?dpoJobId=tone-1", Body, Stop);

        var restored = await emulator.PostAsync("/_emulator/restore", "{}", Stop);

        Assert.Equal(200, restored.Status);
        Assert.Equal(2, (await emulator.NamesAsync("", Stop)).Count);
        Assert.Equal(200, (await emulator.PostAsync(RunningEmulator.Jobs + "?dpoJobId=tone-1", Body, Stop)).Status);
        Assert.Equal(3, (await emulator.NamesAsync("", Stop)).Count);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Loses_a_response_before_or_after_the_job_is_created(bool afterEffect, int created)
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 0);
        var plan = new JsonObject
        {
            ["rules"] = new JsonArray(
                new JsonObject
                {
                    ["method"] = "POST",
                    ["reset"] = "beforeHeaders",
                    ["afterEffect"] = afterEffect,
                    ["repeat"] = 1,
                }
            ),
        };
        await emulator.PostAsync("/_emulator/faults", plan.ToJsonString(), Stop);

        await Assert.ThrowsAsync<HttpRequestException>(() => emulator.PostAsync(RunningEmulator.Jobs, Body, Stop));

        Assert.Equal(created, (await emulator.NamesAsync("", Stop)).Count);
    }
}
