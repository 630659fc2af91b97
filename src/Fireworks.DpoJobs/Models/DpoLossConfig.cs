namespace Fireworks.DpoJobs;

/// <summary>Settings of the DPO loss (<c>lossConfig.dpo</c>, from the service's SDK; not on the reference pages).</summary>
public sealed class DpoLossConfig : ApiObject
{
    /// <summary>How strongly the policy is held to the reference model.</summary>
    public double? Beta { get; set; }

    /// <summary>How many requests fill the cache of the reference model side by side.</summary>
    public int? RefCacheConcurrency { get; set; }

    /// <summary>How many samples one such request holds.</summary>
    public int? RefCacheBatchSize { get; set; }
}
