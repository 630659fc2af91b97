namespace Fireworks.DpoJobs;

/// <summary>Settings of the ORPO loss (<c>lossConfig.orpo</c>, from the service's OpenAPI; not on the reference pages).</summary>
public sealed class OrpoLossConfig : ApiObject
{
    /// <summary>The weight of the odds-ratio term.</summary>
    public double? Lambda { get; set; }
}
