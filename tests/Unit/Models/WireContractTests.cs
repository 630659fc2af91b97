using System;
using System.Linq;
using Fireworks.DpoJobs.Models;
using Fireworks.DpoJobs.Models.Json;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>The models hold exactly the fields of the reference pages and of the newer sources in facts.md.</summary>
public sealed class WireContractTests
{
    private static readonly string[] ListPage =
    [
        "name",
        "displayName",
        "createTime",
        "completedTime",
        "dataset",
        "state",
        "status",
        "status.code",
        "status.message",
        "createdBy",
        "trainingConfig",
        "trainingConfig.outputModel",
        "trainingConfig.baseModel",
        "trainingConfig.warmStartFrom",
        "trainingConfig.jinjaTemplate",
        "trainingConfig.learningRate",
        "trainingConfig.maxContextLength",
        "trainingConfig.loraRank",
        "trainingConfig.region",
        "trainingConfig.epochs",
        "trainingConfig.batchSize",
        "trainingConfig.gradientAccumulationSteps",
        "trainingConfig.learningRateWarmupSteps",
        "wandbConfig",
        "wandbConfig.enabled",
        "wandbConfig.apiKey",
        "wandbConfig.project",
        "wandbConfig.entity",
        "wandbConfig.runId",
        "wandbConfig.url",
    ];

    private static readonly string[] GetPageAdds =
    [
        "trainingConfig.batchSizeSamples",
        "trainingConfig.optimizerWeightDecay",
        "trainerLogsSignedUrl",
        "lossConfig",
        "lossConfig.method",
        "lossConfig.klBeta",
    ];

    private static readonly string[] NewerSourcesAdd =
    [
        "awsS3Config",
        "awsS3Config.credentialsSecret",
        "awsS3Config.iamRoleArn",
        "azureBlobStorageConfig",
        "azureBlobStorageConfig.credentialsSecret",
        "azureBlobStorageConfig.managedIdentityClientId",
        "azureBlobStorageConfig.tenantId",
        "purpose",
        "useReservation",
        "trainingConfig.loraAlpha",
        "trainingConfig.loraDropout",
        "trainingConfig.loraTargetModules",
        "trainingConfig.trainerShardingScheme",
        "trainingConfig.trainerShardingScheme.tensorParallelism",
        "trainingConfig.trainerShardingScheme.pipelineParallelism",
        "trainingConfig.trainerShardingScheme.contextParallelism",
        "trainingConfig.trainerShardingScheme.expertParallelism",
        "trainingConfig.trainerShardingScheme.sequenceParallelism",
        "trainingConfig.lrScheduler",
        "trainingConfig.lrScheduler.constant",
        "trainingConfig.lrScheduler.cosine",
        "trainingConfig.lrScheduler.cosine.minLrRatio",
        "trainingConfig.lrScheduler.cosine.decayRatio",
        "trainingConfig.lrScheduler.linear",
        "trainingConfig.lrScheduler.linear.minLrRatio",
        "trainingConfig.lrScheduler.linear.decayRatio",
        "trainingConfig.acceleratorCount",
        "lossConfig.dpo",
        "lossConfig.dpo.beta",
        "lossConfig.dpo.refCacheConcurrency",
        "lossConfig.dpo.refCacheBatchSize",
        "lossConfig.orpo",
        "lossConfig.orpo.lambda",
    ];

    [Fact]
    public void A_job_reads_exactly_the_fields_of_the_reference_pages_and_the_newer_sources()
    {
        var documented = ListPage.Concat(GetPageAdds).Concat(NewerSourcesAdd).Order(StringComparer.Ordinal);

        var read = ModelTypes.JsonPaths(FireworksJsonContext.Default.DpoJob).Order(StringComparer.Ordinal);

        Assert.Equal(documented, read);
    }

    [Fact]
    public void A_page_reads_exactly_the_fields_of_the_reference_page()
    {
        var read = ModelTypes
            .JsonPaths(FireworksJsonContext.Default.DpoJobPage)
            .Where(path => !path.StartsWith("dpoJobs[].", StringComparison.Ordinal));

        Assert.Equal(["dpoJobs", "nextPageToken", "totalSize"], read);
    }

    [Fact]
    public void The_accounts_of_a_key_are_read_by_name()
    {
        Assert.Equal(
            ["accounts", "accounts[].name", "nextPageToken"],
            ModelTypes.JsonPaths(FireworksJsonContext.Default.AccountPage)
        );
    }

    [Fact]
    public void Every_model_type_is_reached_from_a_page()
    {
        // A type that nothing refers to would be read by nobody.
        var reached = ModelTypes.All.Where(type => FireworksJsonContext.Default.GetTypeInfo(type) is not null);

        Assert.Equal(ModelTypes.All, reached);
        Assert.Contains(typeof(DecaySchedule), ModelTypes.All);
    }
}
