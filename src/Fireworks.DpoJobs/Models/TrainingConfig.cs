namespace Fireworks.DpoJobs;

/// <summary>
/// The training settings of a job (reference page "List Dpo Jobs", <c>gatewayBaseTrainingConfig</c>). Properties are null
/// when they are not set. Fields that are not on the reference pages name their source.
/// </summary>
public sealed class TrainingConfig : ApiObject
{
    /// <summary>The ID or full resource name of the model that the job creates. Default: the ID of the job.</summary>
    public string? OutputModel { get; set; }

    /// <summary>The full resource name of the base model. Cannot be combined with <see cref="WarmStartFrom"/>.</summary>
    public string? BaseModel { get; set; }

    /// <summary>
    /// The full resource name of the PEFT addon model that training starts from. Cannot be combined with
    /// <see cref="BaseModel"/>.
    /// </summary>
    public string? WarmStartFrom { get; set; }

    /// <summary>
    /// The Jinja template that formats conversations. Default: that of the base model. Training V2 rejects a template.
    /// </summary>
    public string? JinjaTemplate { get; set; }

    /// <summary>
    /// The initial learning rate, a positive number without a unit such as 0.0001. The service stores it as a 32-bit float.
    /// </summary>
    public double? LearningRate { get; set; }

    /// <summary>The maximum context length, in tokens; a multiple of 16.</summary>
    public int? MaxContextLength { get; set; }

    /// <summary>The rank of the LoRA layers.</summary>
    public int? LoraRank { get; set; }

    /// <summary>
    /// The region where the job runs, as the service spells it (<c>US_IOWA_1</c>). Regions are added and removed without
    /// notice; later versions of the API don't have the field.
    /// </summary>
    public string? Region { get; set; }

    /// <summary>The number of passes over the dataset.</summary>
    public int? Epochs { get; set; }

    /// <summary>The maximum number of tokens that are packed into a batch. Training V2 rejects values other than 0.</summary>
    public int? BatchSize { get; set; }

    /// <summary>The number of preference pairs per optimizer step (reference page "Get Dpo Job").</summary>
    public int? BatchSizeSamples { get; set; }

    /// <summary>The number of batches per optimizer step. Training V2 rejects values other than 0.</summary>
    public int? GradientAccumulationSteps { get; set; }

    /// <summary>The number of training steps during which the learning rate rises to <see cref="LearningRate"/>.</summary>
    public int? LearningRateWarmupSteps { get; set; }

    /// <summary>
    /// The weight decay of the optimizer, a non-negative number without a unit such as 0.01 (reference page "Get Dpo Job").
    /// </summary>
    public double? OptimizerWeightDecay { get; set; }

    /// <summary>The scaling of the LoRA layers; 0 means the service's default (OpenAPI 4.259.0).</summary>
    public int? LoraAlpha { get; set; }

    /// <summary>The dropout probability of the LoRA layers, 0 to 1 (OpenAPI 4.259.0).</summary>
    public double? LoraDropout { get; set; }

    /// <summary>The modules of the model that get LoRA layers (OpenAPI 4.259.0).</summary>
    public IReadOnlyList<string?>? LoraTargetModules { get; set; }

    /// <summary>The distribution of the trainer over accelerators (OpenAPI 4.259.0).</summary>
    public TrainerShardingScheme? TrainerShardingScheme { get; set; }

    /// <summary>The schedule of the learning rate (OpenAPI of September 2026).</summary>
    public LrScheduler? LrScheduler { get; set; }

    /// <summary>The number of accelerators (Python SDK of November 2025 only).</summary>
    public int? AcceleratorCount { get; set; }
}

/// <summary>
/// The distribution of the trainer over accelerators (<c>trainingConfig.trainerShardingScheme</c>; OpenAPI 4.259.0, not on
/// the reference pages). Degrees are numbers of accelerators.
/// </summary>
public sealed class TrainerShardingScheme : ApiObject
{
    /// <summary>The degree of tensor parallelism. Null when not set.</summary>
    public int? TensorParallelism { get; set; }

    /// <summary>The degree of pipeline parallelism. Null when not set.</summary>
    public int? PipelineParallelism { get; set; }

    /// <summary>The degree of context parallelism. Null when not set.</summary>
    public int? ContextParallelism { get; set; }

    /// <summary>The degree of expert parallelism. Null when not set.</summary>
    public int? ExpertParallelism { get; set; }

    /// <summary>Whether sequences are split over accelerators. Null when not set.</summary>
    public bool? SequenceParallelism { get; set; }
}

/// <summary>
/// The schedule of the learning rate (<c>trainingConfig.lrScheduler</c>; OpenAPI of September 2026, not on the reference
/// pages). Exactly one property is set; <see cref="Cosine"/> and <see cref="Linear"/> require Training V2.
/// </summary>
public sealed class LrScheduler : ApiObject
{
    /// <summary>The learning rate is constant. Null for another schedule.</summary>
    public ConstantSchedule? Constant { get; set; }

    /// <summary>The learning rate decays along a cosine curve. Null for another schedule.</summary>
    public DecaySchedule? Cosine { get; set; }

    /// <summary>The learning rate decays linearly. Null for another schedule.</summary>
    public DecaySchedule? Linear { get; set; }
}

/// <summary>A constant learning rate (<c>lrScheduler.constant</c>; OpenAPI of September 2026). It has no settings.</summary>
public sealed class ConstantSchedule : ApiObject { }

/// <summary>A decaying learning rate (<c>lrScheduler.cosine</c> and <c>lrScheduler.linear</c>; OpenAPI of September 2026).</summary>
public sealed class DecaySchedule : ApiObject
{
    /// <summary>The minimum learning rate as a fraction of the initial one, 0 to 1. Null when not set.</summary>
    public double? MinLrRatio { get; set; }

    /// <summary>The part of the training steps during which the learning rate decays, as a fraction, 0 to 1. Null when not set.</summary>
    public double? DecayRatio { get; set; }
}
