using System;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>Every JSON field is read into its property.</summary>
public sealed class JsonFieldTests
{
    private static readonly DpoJob Full = Parse.Job(Samples.FullJob);

    [Fact]
    public void The_sample_contains_every_field_of_the_models()
    {
        var paths = ModelTypes.JsonPaths(ModelTypes.Metadata(typeof(DpoJob)));

        Assert.All(
            paths,
            path => Assert.Contains($"\"{path.Split('.')[^1]}\":", Samples.FullJob, StringComparison.Ordinal)
        );
        Assert.Empty(Full.AdditionalData);
    }

    [Fact]
    public void Reads_the_fields_of_the_job()
    {
        Assert.Equal("accounts/acme/dpoJobs/nightly-1", Full.Name);
        Assert.Equal("Nightly", Full.DisplayName);
        Assert.Equal("accounts/acme/datasets/pairs", Full.Dataset);
        Assert.Equal("ada@example.com", Full.CreatedBy);
        Assert.Equal(new DateTimeOffset(2026, 8, 30, 3, 48, 42, TimeSpan.Zero).AddTicks(6457232), Full.CreateTime);
        Assert.Equal(new DateTimeOffset(2026, 8, 30, 6, 2, 3, 500, TimeSpan.Zero), Full.CompletedTime);
        Assert.Equal(JobState.Completed, Full.State);
        Assert.Equal("JOB_STATE_COMPLETED", Full.StateText);
        Assert.Equal("PURPOSE_PILOT", Full.Purpose);
        Assert.True(Full.UseReservation);
        Assert.Equal("accounts/acme/reservations/r-1", Full.ReservationTarget);
        Assert.Equal("acme/renderer", Full.RendererHuggingFaceRepoId);
        Assert.Equal(Samples.SignedUrl, Full.TrainerLogsSignedUrl!.Reveal());
    }

    [Fact]
    public void Reads_the_fields_of_the_status()
    {
        Assert.Equal(RpcCode.Ok, Full.Status!.Code);
        Assert.Equal("OK", Full.Status.CodeText);
        Assert.Equal("done", Full.Status.Message);
        Assert.Equal("DATASET_INVALID", Full.Status.Reason);
        Assert.Equal("training.fireworks.ai", Full.Status.Domain);
        var detail = Assert.Single(Full.Status.Details!);
        Assert.Equal("type.googleapis.com/google.rpc.ErrorInfo", detail.Type);
        Assert.Equal("DATASET_INVALID", detail.ToString());
    }

    [Theory]
    [InlineData("""{"details":[]}""")]
    [InlineData("""{"details":null}""")]
    [InlineData("""{"details":[null,{},{"reason":""},{"@type":"x/google.rpc.Help","links":[{"url":"u"}]}]}""")]
    public void A_status_without_ErrorInfo_has_no_reason(string status)
    {
        var read = Parse.Job($$"""{"status":{{status}}}""").Status!;

        Assert.Null(read.Reason);
        Assert.Null(read.Domain);
    }

    [Fact]
    public void The_reason_is_that_of_the_first_detail_that_has_one()
    {
        var status = Parse
            .Job(
                """{"status":{"details":[{"domain":"other"},{"reason":"A","domain":"d","metadata":{"line":"7"}},{"reason":"B"}]}}"""
            )
            .Status!;

        Assert.Equal(("A", "d"), (status.Reason, status.Domain));
        Assert.Contains("metadata", status.Details![1].AdditionalData.Keys);
    }

    [Fact]
    public void Reads_the_fields_of_the_training()
    {
        var training = Full.TrainingConfig!;

        Assert.Equal("accounts/acme/models/nightly", training.OutputModel);
        Assert.Equal("accounts/fireworks/models/llama-v3p1-8b-instruct", training.BaseModel);
        Assert.Equal("accounts/acme/models/addon", training.WarmStartFrom);
        Assert.Equal("{% for m in messages %}", training.JinjaTemplate);
        Assert.Equal(0.0001, training.LearningRate);
        Assert.Equal(8192, training.MaxContextLength);
        Assert.Equal(8, training.LoraRank);
        Assert.Equal("US_IOWA_1", training.Region);
        Assert.Equal(3, training.Epochs);
        Assert.Equal(65536, training.BatchSize);
        Assert.Equal(32, training.BatchSizeSamples);
        Assert.Equal(2, training.GradientAccumulationSteps);
        Assert.Equal(10, training.LearningRateWarmupSteps);
        Assert.Equal(0.01, training.OptimizerWeightDecay);
        Assert.Equal(64, training.LoraAlpha);
        Assert.Equal(0.05, training.LoraDropout);
        Assert.Equal(["q_proj", "v_proj"], training.LoraTargetModules);
        Assert.Equal(16, training.AcceleratorCount);
    }

    [Fact]
    public void Reads_the_fields_of_the_sharding_scheme()
    {
        var scheme = Full.TrainingConfig!.TrainerShardingScheme!;

        Assert.Equal(7, scheme.TensorParallelism);
        Assert.Equal(2, scheme.PipelineParallelism);
        Assert.Equal(3, scheme.ContextParallelism);
        Assert.Equal(5, scheme.ExpertParallelism);
        Assert.True(scheme.SequenceParallelism);
    }

    [Fact]
    public void Reads_the_fields_of_the_learning_rate_scheduler()
    {
        var scheduler = Full.TrainingConfig!.LrScheduler!;

        Assert.NotNull(scheduler.Constant);
        Assert.Equal((0.1, 0.9), (scheduler.Cosine!.MinLrRatio!.Value, scheduler.Cosine.DecayRatio!.Value));
        Assert.Equal((0.2, 0.8), (scheduler.Linear!.MinLrRatio!.Value, scheduler.Linear.DecayRatio!.Value));
    }

    [Fact]
    public void Reads_the_fields_of_the_loss()
    {
        var loss = Full.LossConfig!;

        Assert.Equal("DPO", loss.Method);
        Assert.Equal(0.02, loss.KlBeta);
        Assert.Equal(0.1, loss.Dpo!.Beta);
        Assert.Equal(4, loss.Dpo.RefCacheConcurrency);
        Assert.Equal(8, loss.Dpo.RefCacheBatchSize);
        Assert.Equal(0.3, loss.Orpo!.Lambda);
    }

    [Fact]
    public void Reads_the_fields_of_wandb()
    {
        var wandb = Full.WandbConfig!;

        Assert.True(wandb.Enabled);
        Assert.Equal(Samples.WandbKey, wandb.ApiKey!.Reveal());
        Assert.Equal("dpo", wandb.Project);
        Assert.Equal("team", wandb.Entity);
        Assert.Equal("run-1", wandb.RunId);
        Assert.Equal("https://wandb.ai/team/dpo/runs/run-1", wandb.Url);
    }

    [Fact]
    public void Reads_the_fields_of_both_storages()
    {
        Assert.Equal("accounts/acme/secrets/s3", Full.AwsS3Config!.CredentialsSecret);
        Assert.Equal("arn:aws:iam::1:role/r", Full.AwsS3Config.IamRoleArn);
        Assert.Equal("accounts/acme/secrets/azure", Full.AzureBlobStorageConfig!.CredentialsSecret);
        Assert.Equal("client-1", Full.AzureBlobStorageConfig.ManagedIdentityClientId);
        Assert.Equal("tenant-1", Full.AzureBlobStorageConfig.TenantId);
    }

    [Fact]
    public void Reads_the_example_of_the_reference_page_Get_Dpo_Job()
    {
        var job = Parse.Job(Samples.ReferenceJob);

        Assert.Equal("<string>", job.Name);
        Assert.Null(job.Id);
        Assert.Equal(JobState.Unspecified, job.State);
        Assert.Equal(RpcCode.Ok, job.Status!.Code);
        Assert.Equal(TimeSpan.Zero, job.Duration);
        Assert.Equal(new DateTimeOffset(2023, 11, 7, 5, 31, 56, TimeSpan.Zero), job.CreateTime);
        Assert.Equal(123, job.TrainingConfig!.BatchSizeSamples);
        Assert.Equal(123, job.TrainingConfig.OptimizerWeightDecay);
        Assert.Equal("REGION_UNSPECIFIED", job.TrainingConfig.Region);
        Assert.Equal("METHOD_UNSPECIFIED", job.LossConfig!.Method);
        Assert.Equal("<string>", job.TrainerLogsSignedUrl!.Reveal());
        Assert.Empty(job.AdditionalData);
    }

    [Fact]
    public void Reads_the_example_of_the_reference_page_List_Dpo_Jobs()
    {
        var page = Parse.Page(Samples.ReferencePage);

        var job = Assert.Single(page.Jobs);
        Assert.Equal("<string>", job.DisplayName);
        Assert.Equal(123, job.TrainingConfig!.Epochs);
        Assert.True(job.WandbConfig!.Enabled);
        Assert.Null(job.LossConfig);
        Assert.Equal("<string>", page.NextPageToken);
        Assert.Equal(123, page.TotalSize);
        Assert.Empty(page.AdditionalData);
    }

    [Fact]
    public void Reads_the_accounts_of_a_key()
    {
        var page = Parse.Accounts("""{"accounts":[{"name":"accounts/acme","email":"x"},{"name":""}],"totalSize":2}""");

        Assert.Equal(["accounts/acme", null], page.Accounts.Select(account => account.Name));
    }
}
