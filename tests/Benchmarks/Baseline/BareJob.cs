using System;
using System.Collections.Generic;

namespace Fireworks.DpoJobs.Benchmarks.Baseline;

/// <summary>A job with all fields that a list contains, each with its JSON type.</summary>
public sealed class BareJob
{
    public string? Name { get; set; }
    public string? DisplayName { get; set; }
    public string? Dataset { get; set; }
    public string? CreatedBy { get; set; }
    public DateTimeOffset? CreateTime { get; set; }
    public DateTimeOffset? CompletedTime { get; set; }
    public string? State { get; set; }
    public BareStatus? Status { get; set; }
    public BareTrainingConfig? TrainingConfig { get; set; }
    public BareLossConfig? LossConfig { get; set; }
    public BareWandbConfig? WandbConfig { get; set; }
    public string? TrainerLogsSignedUrl { get; set; }
    public BareAwsS3Config? AwsS3Config { get; set; }
    public BareAzureBlobStorageConfig? AzureBlobStorageConfig { get; set; }
    public string? Purpose { get; set; }
    public bool? UseReservation { get; set; }
}

public sealed class BareStatus
{
    public string? Code { get; set; }
    public string? Message { get; set; }
}

public sealed class BareTrainingConfig
{
    public string? OutputModel { get; set; }
    public string? BaseModel { get; set; }
    public string? WarmStartFrom { get; set; }
    public string? JinjaTemplate { get; set; }
    public double? LearningRate { get; set; }
    public int? MaxContextLength { get; set; }
    public int? LoraRank { get; set; }
    public string? Region { get; set; }
    public int? Epochs { get; set; }
    public int? BatchSize { get; set; }
    public int? BatchSizeSamples { get; set; }
    public int? GradientAccumulationSteps { get; set; }
    public int? LearningRateWarmupSteps { get; set; }
    public double? OptimizerWeightDecay { get; set; }
    public int? LoraAlpha { get; set; }
    public double? LoraDropout { get; set; }
    public IReadOnlyList<string>? LoraTargetModules { get; set; }
    public BareShardingScheme? TrainerShardingScheme { get; set; }
    public BareLrScheduler? LrScheduler { get; set; }
    public int? AcceleratorCount { get; set; }
}

public sealed class BareShardingScheme
{
    public int? TensorParallelism { get; set; }
    public int? PipelineParallelism { get; set; }
    public int? ContextParallelism { get; set; }
    public int? ExpertParallelism { get; set; }
    public bool? SequenceParallelism { get; set; }
}

public sealed class BareLrScheduler
{
    public BareSchedule? Constant { get; set; }
    public BareSchedule? Cosine { get; set; }
    public BareSchedule? Linear { get; set; }
}

public sealed class BareSchedule
{
    public double? MinLrRatio { get; set; }
    public double? DecayRatio { get; set; }
}

public sealed class BareLossConfig
{
    public string? Method { get; set; }
    public double? KlBeta { get; set; }
    public BareDpoLoss? Dpo { get; set; }
    public BareOrpoLoss? Orpo { get; set; }
}

public sealed class BareDpoLoss
{
    public double? Beta { get; set; }
    public int? RefCacheConcurrency { get; set; }
    public int? RefCacheBatchSize { get; set; }
}

public sealed class BareOrpoLoss
{
    public double? Lambda { get; set; }
}

public sealed class BareWandbConfig
{
    public bool? Enabled { get; set; }
    public string? ApiKey { get; set; }
    public string? Project { get; set; }
    public string? Entity { get; set; }
    public string? RunId { get; set; }
    public string? Url { get; set; }
}

public sealed class BareAwsS3Config
{
    public string? CredentialsSecret { get; set; }
    public string? IamRoleArn { get; set; }
}

public sealed class BareAzureBlobStorageConfig
{
    public string? CredentialsSecret { get; set; }
    public string? ManagedIdentityClientId { get; set; }
    public string? TenantId { get; set; }
}
