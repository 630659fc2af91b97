using System.Collections.Generic;

namespace Fireworks.DpoJobs;

/// <summary>
/// Common training configuration (reference page "List Dpo Jobs", <c>gatewayBaseTrainingConfig</c>; the fields from
/// <see cref="LoraAlpha"/> on come from newer OpenAPI documents of the service).
/// </summary>
public sealed class TrainingConfig : ApiObject
{
    /// <summary>The model that the job makes. When it was not given, the service uses the job's id.</summary>
    public string? OutputModel { get; set; }

    /// <summary>The full resource name of the model that is fine-tuned. Excludes <see cref="WarmStartFrom"/>.</summary>
    public string? BaseModel { get; set; }

    /// <summary>The PEFT addon model that training starts from. Excludes <see cref="BaseModel"/>.</summary>
    public string? WarmStartFrom { get; set; }

    /// <summary>The Jinja template that formats conversations. Null for the base model's own.</summary>
    public string? JinjaTemplate { get; set; }

    /// <summary>The learning rate.</summary>
    public double? LearningRate { get; set; }

    /// <summary>The longest context used with the model, in tokens.</summary>
    public int? MaxContextLength { get; set; }

    /// <summary>The rank of the LoRA layers.</summary>
    public int? LoraRank { get; set; }

    /// <summary>Where the job runs, as the service spells it (<c>US_IOWA_1</c>). An open set; absent in later versions of the API.</summary>
    public string? Region { get; set; }

    /// <summary>How many times the data set is gone through.</summary>
    public int? Epochs { get; set; }

    /// <summary>The largest number of tokens packed into one batch.</summary>
    public int? BatchSize { get; set; }

    /// <summary>The number of samples in one batch.</summary>
    public int? BatchSizeSamples { get; set; }

    /// <summary>How many batches are added up for one step.</summary>
    public int? GradientAccumulationSteps { get; set; }

    /// <summary>Over how many steps the learning rate warms up.</summary>
    public int? LearningRateWarmupSteps { get; set; }

    /// <summary>The weight decay of the optimizer.</summary>
    public double? OptimizerWeightDecay { get; set; }

    /// <summary>The scaling of the LoRA layers.</summary>
    public int? LoraAlpha { get; set; }

    /// <summary>The dropout of the LoRA layers, 0 to 1.</summary>
    public double? LoraDropout { get; set; }

    /// <summary>The modules of the model that LoRA layers are put on.</summary>
    public IReadOnlyList<string?>? LoraTargetModules { get; set; }

    /// <summary>How the trainer spreads over accelerators.</summary>
    public TrainerShardingScheme? TrainerShardingScheme { get; set; }

    /// <summary>How the learning rate moves over the training.</summary>
    public LrScheduler? LrScheduler { get; set; }

    /// <summary>The number of accelerators. Sent by one version of the API only (November 2025).</summary>
    public int? AcceleratorCount { get; set; }
}
