using System.Runtime.CompilerServices;

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

    [MethodImpl(PlainReader.Optimized)]
    internal override bool ReadField(ReadOnlySpan<byte> name, ref PlainReader reader)
    {
        switch (name.Length)
        {
            case 6 when name.SequenceEqual("epochs"u8):
                Epochs = reader.ReadInt32();
                return true;
            case 6 when name.SequenceEqual("region"u8):
                Region = reader.ReadText();
                return true;
            case 8 when name.SequenceEqual("loraRank"u8):
                LoraRank = reader.ReadInt32();
                return true;
            case 9 when name.SequenceEqual("baseModel"u8):
                BaseModel = reader.ReadText();
                return true;
            case 9 when name.SequenceEqual("batchSize"u8):
                BatchSize = reader.ReadInt32();
                return true;
            case 9 when name.SequenceEqual("loraAlpha"u8):
                LoraAlpha = reader.ReadInt32();
                return true;
            case 11 when name.SequenceEqual("loraDropout"u8):
                LoraDropout = reader.ReadDouble();
                return true;
            case 11 when name.SequenceEqual("lrScheduler"u8):
                LrScheduler = reader.IsObject() ? reader.ReadObject(new LrScheduler()) : null;
                return true;
            case 11 when name.SequenceEqual("outputModel"u8):
                OutputModel = reader.ReadText();
                return true;
            case 12 when name.SequenceEqual("learningRate"u8):
                LearningRate = reader.ReadDouble();
                return true;
            case 13 when name.SequenceEqual("jinjaTemplate"u8):
                JinjaTemplate = reader.ReadText();
                return true;
            case 13 when name.SequenceEqual("warmStartFrom"u8):
                WarmStartFrom = reader.ReadText();
                return true;
            case 16 when name.SequenceEqual("acceleratorCount"u8):
                AcceleratorCount = reader.ReadInt32();
                return true;
            case 16 when name.SequenceEqual("batchSizeSamples"u8):
                BatchSizeSamples = reader.ReadInt32();
                return true;
            case 16 when name.SequenceEqual("maxContextLength"u8):
                MaxContextLength = reader.ReadInt32();
                return true;
            case 17 when name.SequenceEqual("loraTargetModules"u8):
                LoraTargetModules = reader.ReadTexts();
                return true;
            case 20 when name.SequenceEqual("optimizerWeightDecay"u8):
                OptimizerWeightDecay = reader.ReadDouble();
                return true;
            case 21 when name.SequenceEqual("trainerShardingScheme"u8):
                TrainerShardingScheme = reader.IsObject() ? reader.ReadObject(new TrainerShardingScheme()) : null;
                return true;
            case 23 when name.SequenceEqual("learningRateWarmupSteps"u8):
                LearningRateWarmupSteps = reader.ReadInt32();
                return true;
            case 25 when name.SequenceEqual("gradientAccumulationSteps"u8):
                GradientAccumulationSteps = reader.ReadInt32();
                return true;
            default:
                return false;
        }
    }
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

    internal override bool ReadField(ReadOnlySpan<byte> name, ref PlainReader reader)
    {
        switch (name.Length)
        {
            case 17 when name.SequenceEqual("expertParallelism"u8):
                ExpertParallelism = reader.ReadInt32();
                return true;
            case 17 when name.SequenceEqual("tensorParallelism"u8):
                TensorParallelism = reader.ReadInt32();
                return true;
            case 18 when name.SequenceEqual("contextParallelism"u8):
                ContextParallelism = reader.ReadInt32();
                return true;
            case 19 when name.SequenceEqual("pipelineParallelism"u8):
                PipelineParallelism = reader.ReadInt32();
                return true;
            case 19 when name.SequenceEqual("sequenceParallelism"u8):
                SequenceParallelism = reader.ReadBoolean();
                return true;
            default:
                return false;
        }
    }
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

    internal override bool ReadField(ReadOnlySpan<byte> name, ref PlainReader reader)
    {
        switch (name.Length)
        {
            case 6 when name.SequenceEqual("cosine"u8):
                Cosine = reader.IsObject() ? reader.ReadObject(new DecaySchedule()) : null;
                return true;
            case 6 when name.SequenceEqual("linear"u8):
                Linear = reader.IsObject() ? reader.ReadObject(new DecaySchedule()) : null;
                return true;
            case 8 when name.SequenceEqual("constant"u8):
                Constant = reader.IsObject() ? reader.ReadObject(new ConstantSchedule()) : null;
                return true;
            default:
                return false;
        }
    }
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

    internal override bool ReadField(ReadOnlySpan<byte> name, ref PlainReader reader)
    {
        switch (name.Length)
        {
            case 10 when name.SequenceEqual("decayRatio"u8):
                DecayRatio = reader.ReadDouble();
                return true;
            case 10 when name.SequenceEqual("minLrRatio"u8):
                MinLrRatio = reader.ReadDouble();
                return true;
            default:
                return false;
        }
    }
}
