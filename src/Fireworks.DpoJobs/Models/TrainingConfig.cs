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
