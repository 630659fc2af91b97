namespace Fireworks.DpoJobs;

/// <summary>The use of a field of a job when another job is created from it.</summary>
internal enum FieldUse
{
    /// <summary>A setting: the new job gets the same value.</summary>
    Copied,

    /// <summary>A setting that two jobs must not share, because one would overwrite the other's results.</summary>
    Unique,

    /// <summary>A secret. The service may return it, but the module sends only those that the user passes.</summary>
    Secret,

    /// <summary>A setting that older jobs have, and that the service no longer accepts for new ones (Training V2).</summary>
    Retired,

    /// <summary>Set by the service.</summary>
    ReadOnly,
}

/// <summary>The use of every field of a job, by its JSON path.</summary>
/// <remarks>
/// Sources: the body of CreateDpoJob in the Python SDK 1.2.23 and in the OpenAPI of September 2026. Training V2 rejects
/// values other than 0 of the batch size and of the accumulation steps, and any Jinja template.
/// </remarks>
internal static class SettingTable
{
    private static readonly Dictionary<FieldUse, string[]> Paths = new()
    {
        [FieldUse.Copied] =
        [
            SettingPath.DisplayName,
            SettingPath.Dataset,
            "purpose",
            "useReservation",
            "reservationTarget",
            "rendererHuggingFaceRepoId",
            SettingPath.BaseModel,
            SettingPath.WarmStartFrom,
            "trainingConfig.epochs",
            "trainingConfig.learningRate",
            "trainingConfig.learningRateWarmupSteps",
            "trainingConfig.loraRank",
            SettingPath.LoraAlpha,
            "trainingConfig.loraDropout",
            "trainingConfig.loraTargetModules",
            "trainingConfig.maxContextLength",
            "trainingConfig.batchSizeSamples",
            "trainingConfig.optimizerWeightDecay",
            "trainingConfig.lrScheduler.constant",
            "trainingConfig.lrScheduler.cosine",
            "trainingConfig.lrScheduler.cosine.minLrRatio",
            "trainingConfig.lrScheduler.cosine.decayRatio",
            "trainingConfig.lrScheduler.linear",
            "trainingConfig.lrScheduler.linear.minLrRatio",
            "trainingConfig.lrScheduler.linear.decayRatio",
            "trainingConfig.trainerShardingScheme.tensorParallelism",
            "trainingConfig.trainerShardingScheme.pipelineParallelism",
            "trainingConfig.trainerShardingScheme.contextParallelism",
            "trainingConfig.trainerShardingScheme.expertParallelism",
            "trainingConfig.trainerShardingScheme.sequenceParallelism",
            SettingPath.LossMethod,
            "lossConfig.klBeta",
            SettingPath.Beta,
            "lossConfig.dpo.refCacheConcurrency",
            "lossConfig.dpo.refCacheBatchSize",
            SettingPath.OrpoLambda,
            SettingPath.WandbEnabled,
            "wandbConfig.project",
            "wandbConfig.entity",
            "awsS3Config.credentialsSecret",
            "awsS3Config.iamRoleArn",
            "azureBlobStorageConfig.credentialsSecret",
            "azureBlobStorageConfig.managedIdentityClientId",
            "azureBlobStorageConfig.tenantId",
        ],
        [FieldUse.Unique] = [SettingPath.OutputModel, "wandbConfig.runId"],
        [FieldUse.Secret] = [SettingPath.WandbApiKey],
        [FieldUse.Retired] =
        [
            "trainingConfig.batchSize",
            "trainingConfig.gradientAccumulationSteps",
            "trainingConfig.jinjaTemplate",
            "trainingConfig.region",
            "trainingConfig.acceleratorCount",
        ],
        [FieldUse.ReadOnly] =
        [
            "name",
            "createTime",
            "completedTime",
            "createdBy",
            "state",
            "status.code",
            "status.message",
            "status.details",
            "trainerLogsSignedUrl",
            "wandbConfig.url",
        ],
    };

    /// <summary>The use of each field, by its JSON path.</summary>
    public static IReadOnlyDictionary<string, FieldUse> All { get; } =
        Paths
            .SelectMany(pair => pair.Value.Select(path => (path, pair.Key)))
            .ToDictionary(pair => pair.path, pair => pair.Key);
}

/// <summary>The JSON paths of the settings that rules refer to.</summary>
internal static class SettingPath
{
    public const string DisplayName = "displayName";
    public const string Dataset = "dataset";
    public const string OutputModel = "trainingConfig.outputModel";
    public const string BaseModel = "trainingConfig.baseModel";
    public const string WarmStartFrom = "trainingConfig.warmStartFrom";
    public const string Scheduler = "trainingConfig.lrScheduler.";
    public const string LoraAlpha = "trainingConfig.loraAlpha";
    public const string Loss = "lossConfig.";
    public const string LossMethod = "lossConfig.method";
    public const string Dpo = "lossConfig.dpo.";
    public const string Beta = "lossConfig.dpo.beta";
    public const string Orpo = "lossConfig.orpo.";
    public const string OrpoLambda = "lossConfig.orpo.lambda";
    public const string Wandb = "wandbConfig.";
    public const string WandbEnabled = "wandbConfig.enabled";
    public const string WandbApiKey = "wandbConfig.apiKey";
}
