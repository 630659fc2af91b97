namespace Fireworks.DpoJobs;

/// <summary>How the trainer spreads over accelerators (OpenAPI of the service, 4.259.0; not on the reference pages).</summary>
public sealed class TrainerShardingScheme : ApiObject
{
    /// <summary>The degree of tensor parallelism.</summary>
    public int? TensorParallelism { get; set; }

    /// <summary>The degree of pipeline parallelism.</summary>
    public int? PipelineParallelism { get; set; }

    /// <summary>The degree of context parallelism.</summary>
    public int? ContextParallelism { get; set; }

    /// <summary>The degree of expert parallelism.</summary>
    public int? ExpertParallelism { get; set; }

    /// <summary>Whether sequences are split over accelerators.</summary>
    public bool? SequenceParallelism { get; set; }
}
