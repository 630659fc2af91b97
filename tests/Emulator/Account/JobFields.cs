namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>
/// The schema of a DPO job, once for writing, masking, ordering and filtering: every field of the two reference pages
/// and of the newer documents.
/// </summary>
internal static class JobFields
{
    /// <summary>A job in a list: the URL of the logs is empty there.</summary>
    public static readonly Field InList = Build(withLogs: false);

    /// <summary>A job asked for by its id.</summary>
    public static readonly Field Alone = Build(withLogs: true);

    private static Field Build(bool withLogs) =>
        Field.Message(
            "",
            _ => true,
            Field.Text("name", job => job.Name),
            Field.Text("displayName", job => job.DisplayName),
            Field.Time("createTime", job => job.CreateTime),
            Field.Time("completedTime", job => job.CompletedTime),
            Field.Text("createdBy", job => job.CreatedBy),
            Field.Text("dataset", job => job.Dataset),
            Field.Enum("state", EnumNames.JobState, "JOB_STATE_", job => job.State),
            Field.Secret("trainerLogsSignedUrl", job => withLogs ? job.TrainerLogsSignedUrl : ""),
            Field.Enum(
                "purpose",
                EnumNames.JobPurpose,
                "PURPOSE_",
                job => job.IsPilot ? "PURPOSE_PILOT" : "PURPOSE_UNSPECIFIED"
            ),
            Field.Boolean("useReservation", job => job.UsesReservation),
            Status(),
            Training(),
            Wandb(),
            Loss(),
            Field.Message(
                "awsS3Config",
                job => job.Parts.HasAws,
                Field.Text("credentialsSecret", job => job.Parts.AwsCredentials),
                Field.Text("iamRoleArn", _ => "")
            ),
            Field.Message(
                "azureBlobStorageConfig",
                job => job.Parts.HasAzure,
                Field.Text("credentialsSecret", job => job.Parts.AzureCredentials),
                Field.Text("managedIdentityClientId", _ => ""),
                Field.Text("tenantId", job => job.Parts.AzureTenant)
            )
        );

    private static Field Status() =>
        Field.Message(
            "status",
            _ => true,
            Field.Enum("code", EnumNames.Code, "", job => job.StatusCode),
            Field.Text("message", job => job.StatusMessage)
        );

    private static Field Training() =>
        Field.Message(
            "trainingConfig",
            _ => true,
            Field.Text("outputModel", job => job.Training.OutputModel),
            Field.Text("baseModel", job => job.Training.BaseModel),
            Field.Text("warmStartFrom", job => job.Training.WarmStartFrom),
            Field.Text("jinjaTemplate", job => job.Training.JinjaTemplate),
            Field.Float("learningRate", job => job.Training.LearningRate),
            Field.Float("optimizerWeightDecay", job => job.Training.OptimizerWeightDecay),
            Field.Integer("maxContextLength", job => job.Training.MaxContextLength),
            Field.Integer("loraRank", job => job.Training.LoraRank),
            Field.Integer("epochs", job => job.Training.Epochs),
            Field.Integer("batchSize", job => job.Training.BatchSize),
            Field.Integer("batchSizeSamples", job => job.Training.BatchSizeSamples),
            Field.Integer("gradientAccumulationSteps", job => job.Training.GradientAccumulationSteps),
            Field.Integer("learningRateWarmupSteps", job => job.Training.LearningRateWarmupSteps),
            Field.Enum("region", EnumNames.Region, "", job => job.Training.Region),
            Field.Integer("loraAlpha", job => job.Training.LoraAlpha),
            Field.Float("loraDropout", job => job.Training.LoraDropout),
            Field.TextList("loraTargetModules", job => job.Training.LoraTargetModules),
            Field.Integer("acceleratorCount", job => job.Training.AcceleratorCount),
            Sharding(),
            Scheduler()
        );

    private static Field Sharding() =>
        Field.Message(
            "trainerShardingScheme",
            job => job.Training.HasSharding,
            Field.Integer("tensorParallelism", job => job.Training.TensorParallelism),
            Field.Integer("pipelineParallelism", _ => 1),
            Field.Integer("contextParallelism", _ => 1),
            Field.Integer("expertParallelism", _ => 1),
            Field.Boolean("sequenceParallelism", job => job.Training.SequenceParallelism)
        );

    private static Field Scheduler() =>
        Field.Message(
            "lrScheduler",
            job => job.Training.Scheduler is not null,
            Field.OneofMessage("constant", job => job.Training.Scheduler == "constant"),
            Field.OneofMessage(
                "cosine",
                job => job.Training.Scheduler == "cosine",
                Field.Float("minLrRatio", _ => 0.1m),
                Field.Float("decayRatio", _ => 1)
            ),
            Field.OneofMessage(
                "linear",
                job => job.Training.Scheduler == "linear",
                Field.Float("minLrRatio", _ => 0),
                Field.Float("decayRatio", _ => 0.5m)
            )
        );

    private static Field Wandb() =>
        Field.Message(
            "wandbConfig",
            job => job.Parts.HasWandb,
            Field.Boolean("enabled", job => job.Parts.WandbEnabled),
            Field.Secret("apiKey", job => job.Parts.WandbApiKey),
            Field.Text("project", job => job.Parts.WandbProject),
            Field.Text("entity", job => job.Parts.WandbEntity),
            Field.Text("runId", job => job.Parts.WandbRunId),
            Field.Text("url", job => job.Parts.WandbUrl)
        );

    private static Field Loss() =>
        Field.Message(
            "lossConfig",
            job => job.Parts.HasLoss,
            Field.Enum("method", EnumNames.LossMethod, "", job => job.Parts.LossMethod),
            Field.Float("klBeta", job => job.Parts.KlBeta),
            Field.Message(
                "dpo",
                job => job.Parts.IsDpo,
                Field.Float("beta", job => job.Parts.Beta),
                Field.Integer("refCacheConcurrency", _ => 4),
                Field.Integer("refCacheBatchSize", _ => 16)
            ),
            Field.Message("orpo", job => job.Parts.IsOrpo, Field.Float("lambda", job => job.Parts.Beta))
        );
}
