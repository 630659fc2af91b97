namespace Fireworks.DpoJobs;

/// <summary>The loss that is minimised (reference page "Get Dpo Job"; dpo and orpo from the service's SDK and OpenAPI).</summary>
public sealed class LossConfig : ApiObject
{
    /// <summary>
    /// The method as the service spells it (<c>DPO</c>, <c>ORPO</c>, <c>METHOD_UNSPECIFIED</c> …). An open set. The
    /// service's documents disagree about what an unspecified method means: it is shown, never interpreted.
    /// </summary>
    public string? Method { get; set; }

    /// <summary>The weight of the KL term.</summary>
    public double? KlBeta { get; set; }

    /// <summary>Settings of the DPO loss.</summary>
    public DpoLossConfig? Dpo { get; set; }

    /// <summary>Settings of the ORPO loss.</summary>
    public OrpoLossConfig? Orpo { get; set; }
}
