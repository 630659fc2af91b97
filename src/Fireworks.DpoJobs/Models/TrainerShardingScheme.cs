namespace Fireworks.DpoJobs;

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
