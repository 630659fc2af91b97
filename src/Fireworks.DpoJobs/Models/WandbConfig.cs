namespace Fireworks.DpoJobs;

/// <summary>The Weights &amp; Biases run that a job reports to (reference page "List Dpo Jobs", <c>gatewayWandbConfig</c>).</summary>
public sealed class WandbConfig : ApiObject
{
    /// <summary>Whether the job reports to Weights &amp; Biases.</summary>
    public bool? Enabled { get; set; }

    /// <summary>The key for Weights &amp; Biases: a secret that is part of the service's answers, so no output prints it.</summary>
    public SecretText? ApiKey { get; set; }

    /// <summary>The project.</summary>
    public string? Project { get; set; }

    /// <summary>The team or user account.</summary>
    public string? Entity { get; set; }

    /// <summary>The id of the run.</summary>
    public string? RunId { get; set; }

    /// <summary>The address of the run's page. Read-only on the service.</summary>
    public string? Url { get; set; }
}
