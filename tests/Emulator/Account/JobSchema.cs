namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>
/// The schema of a DPO job, for writing, masking, ordering and filtering: every field of the two reference pages and of the
/// newer documents.
/// </summary>
internal static class JobSchema
{
    /// <summary>A job in a list, where the URL of the logs is empty.</summary>
    public static readonly Field InList = Build(withLogs: false);

    /// <summary>A job requested by its id.</summary>
    public static readonly Field Single = Build(withLogs: true);

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
            Field.Enum("state", EnumNames.JobState, job => job.State, job => job.ShownState),
            Field.Secret("trainerLogsSignedUrl", job => withLogs ? job.TrainerLogsSignedUrl : ""),
            Field.Enum("purpose", EnumNames.JobPurpose, job => job.IsPilot ? "PURPOSE_PILOT" : "PURPOSE_UNSPECIFIED"),
            Field.Boolean("useReservation", job => job.UsesReservation),
            Field.Text("reservationTarget", job => job.ReservationTarget),
            Field.Text("rendererHuggingFaceRepoId", job => job.RendererRepoId),
            Status(),
            Training(),
            Wandb(),
            Loss(),
            Field.Message(
                "awsS3Config",
                job => job.HasAws,
                Field.Text("credentialsSecret", _ => MadeUpAccount.Name + "/secrets/aws-datasets"),
                Field.Text("iamRoleArn", _ => "")
            ),
            Field.Message(
                "azureBlobStorageConfig",
                job => job.HasAzure,
                Field.Text("credentialsSecret", _ => MadeUpAccount.Name + "/secrets/azure-datasets"),
                Field.Text("managedIdentityClientId", _ => ""),
                Field.Text("tenantId", job => job.AzureTenant)
            )
        );

    private static Field Status() =>
        Field.Message(
            "status",
            _ => true,
            Field.Enum("code", EnumNames.Code, job => job.StatusCode),
            Field.Text("message", job => job.StatusMessage),
            Field.RepeatedMessage(
                "details",
                job => job.StatusReason.Length > 0,
                Field.Text("@type", _ => "type.googleapis.com/google.rpc.ErrorInfo"),
                Field.Text("domain", _ => "training.fireworks.ai"),
                Field.Message("metadata", _ => true),
                Field.Text("reason", job => job.StatusReason)
            )
        );

    private static Field Training() =>
        Field.Message(
            "trainingConfig",
            _ => true,
            Field.Text("outputModel", job => job.OutputModel),
            Field.Text("baseModel", job => job.BaseModel),
            Field.Text("warmStartFrom", job => job.WarmStartFrom),
            Field.Text("jinjaTemplate", job => job.JinjaTemplate),
            Field.Float("learningRate", job => job.LearningRate),
            Field.Float("optimizerWeightDecay", job => job.OptimizerWeightDecay),
            Field.Integer("maxContextLength", job => job.MaxContextLength),
            Field.Integer("loraRank", job => job.LoraRank),
            Field.Integer("epochs", job => job.Epochs),
            Field.Integer("batchSize", job => job.BatchSize),
            Field.Integer("batchSizeSamples", job => job.BatchSizeSamples),
            Field.Integer("gradientAccumulationSteps", job => job.GradientAccumulationSteps),
            Field.Integer("learningRateWarmupSteps", job => job.LearningRateWarmupSteps),
            Field.Enum("region", EnumNames.Region, job => job.Region),
            Field.Integer("loraAlpha", job => job.LoraAlpha),
            Field.Float("loraDropout", job => job.LoraDropout),
            Field.TextList("loraTargetModules", job => job.LoraTargetModules),
            Field.Integer("acceleratorCount", job => job.AcceleratorCount),
            Sharding(),
            Scheduler()
        );

    private static Field Sharding() =>
        Field.Message(
            "trainerShardingScheme",
            job => job.HasSharding,
            Field.Integer("tensorParallelism", job => job.TensorParallelism),
            Field.Integer("pipelineParallelism", _ => 1),
            Field.Integer("contextParallelism", _ => 1),
            Field.Integer("expertParallelism", _ => 1),
            Field.Boolean("sequenceParallelism", job => job.SequenceParallelism)
        );

    private static Field Scheduler() =>
        Field.Message(
            "lrScheduler",
            job => job.Scheduler is not null,
            Field.OneofMessage("constant", job => job.Scheduler == "constant"),
            Field.OneofMessage(
                "cosine",
                job => job.Scheduler == "cosine",
                Field.Float("minLrRatio", _ => 0.1m),
                Field.Float("decayRatio", _ => 1)
            ),
            Field.OneofMessage(
                "linear",
                job => job.Scheduler == "linear",
                Field.Float("minLrRatio", _ => 0),
                Field.Float("decayRatio", _ => 0.5m)
            )
        );

    private static Field Wandb() =>
        Field.Message(
            "wandbConfig",
            job => job.HasWandb,
            Field.Boolean("enabled", job => job.WandbEnabled),
            Field.Secret("apiKey", job => job.WandbApiKey),
            Field.Text("project", job => job.WandbProject),
            Field.Text("entity", job => job.WandbEntity),
            Field.Text("runId", job => job.WandbRunId),
            Field.Text("url", job => job.WandbUrl)
        );

    private static Field Loss() =>
        Field.Message(
            "lossConfig",
            job => job.HasLoss,
            Field.Enum("method", EnumNames.LossMethod, job => job.LossMethod),
            Field.Float("klBeta", job => job.KlBeta),
            Field.Message(
                "dpo",
                job => job.IsDpo,
                Field.Float("beta", job => job.Beta),
                Field.Integer("refCacheConcurrency", _ => 4),
                Field.Integer("refCacheBatchSize", _ => 16)
            ),
            Field.Message("orpo", job => job.IsOrpo, Field.Float("lambda", job => job.Beta))
        );
}
