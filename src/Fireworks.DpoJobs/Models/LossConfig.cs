using System.Runtime.CompilerServices;

namespace Fireworks.DpoJobs;

/// <summary>The loss function (reference page "Get Dpo Job"; <c>dpo</c> from the Python SDK, <c>orpo</c> from OpenAPI 4.259.0).</summary>
public sealed class LossConfig : ApiObject
{
    /// <summary>
    /// The method as the service spells it: <c>DPO</c>, <c>ORPO</c>, <c>GRPO</c>, <c>DAPO</c>, <c>GSPO_TOKEN</c>,
    /// <c>METHOD_UNSPECIFIED</c> or a newer one. The service's documents disagree about the default, so the module does
    /// not interpret an unspecified method. Null when not set.
    /// </summary>
    public string? Method { get; set; }

    /// <summary>The weight of the KL divergence term in the loss, a non-negative number without a unit. Null when not set.</summary>
    public double? KlBeta { get; set; }

    /// <summary>Settings of the DPO loss. Null when not set.</summary>
    public DpoLossConfig? Dpo { get; set; }

    /// <summary>Settings of the ORPO loss. Null when not set.</summary>
    public OrpoLossConfig? Orpo { get; set; }

    [MethodImpl(PlainReader.Optimized)]
    internal override bool ReadField(ReadOnlySpan<byte> name, ref PlainReader reader)
    {
        switch (name.Length)
        {
            case 3 when name.SequenceEqual("dpo"u8):
                Dpo = reader.IsObject() ? reader.ReadObject(new DpoLossConfig()) : null;
                return true;
            case 4 when name.SequenceEqual("orpo"u8):
                Orpo = reader.IsObject() ? reader.ReadObject(new OrpoLossConfig()) : null;
                return true;
            case 6 when name.SequenceEqual("klBeta"u8):
                KlBeta = reader.ReadDouble();
                return true;
            case 6 when name.SequenceEqual("method"u8):
                Method = reader.ReadText();
                return true;
            default:
                return false;
        }
    }
}

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

    [MethodImpl(PlainReader.Optimized)]
    internal override bool ReadField(ReadOnlySpan<byte> name, ref PlainReader reader)
    {
        switch (name.Length)
        {
            case 4 when name.SequenceEqual("beta"u8):
                Beta = reader.ReadDouble();
                return true;
            case 17 when name.SequenceEqual("refCacheBatchSize"u8):
                RefCacheBatchSize = reader.ReadInt32();
                return true;
            case 19 when name.SequenceEqual("refCacheConcurrency"u8):
                RefCacheConcurrency = reader.ReadInt32();
                return true;
            default:
                return false;
        }
    }
}

/// <summary>Settings of the ORPO loss (<c>lossConfig.orpo</c>; OpenAPI 4.259.0, not on the reference pages).</summary>
public sealed class OrpoLossConfig : ApiObject
{
    /// <summary>The weight of the odds-ratio term in the loss, a non-negative number without a unit. Null when not set.</summary>
    public double? Lambda { get; set; }

    internal override bool ReadField(ReadOnlySpan<byte> name, ref PlainReader reader)
    {
        switch (name.Length)
        {
            case 6 when name.SequenceEqual("lambda"u8):
                Lambda = reader.ReadDouble();
                return true;
            default:
                return false;
        }
    }
}
