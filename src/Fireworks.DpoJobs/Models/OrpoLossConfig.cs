namespace Fireworks.DpoJobs;

/// <summary>Settings of the ORPO loss (<c>lossConfig.orpo</c>; OpenAPI 4.259.0, not on the reference pages).</summary>
public sealed class OrpoLossConfig : ApiObject
{
    /// <summary>The weight of the odds-ratio term in the loss, a non-negative number without a unit. Null when not set.</summary>
    public double? Lambda { get; set; }
}
