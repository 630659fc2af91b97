namespace Fireworks.DpoJobs;

/// <summary>Settings of the DPO loss (<c>lossConfig.dpo</c>; Python SDK, not on the reference pages).</summary>
public sealed class DpoLossConfig : ApiObject
{
    /// <summary>
    /// The strength of the penalty for deviating from the reference model: a positive number without a unit, often about
    /// 0.1. Null when not set.
    /// </summary>
    public double? Beta { get; set; }

    /// <summary>The number of requests that fill the cache of the reference model in parallel. Null when not set.</summary>
    public int? RefCacheConcurrency { get; set; }

    /// <summary>The number of samples in each of these requests. Null when not set.</summary>
    public int? RefCacheBatchSize { get; set; }
}
