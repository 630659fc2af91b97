namespace Fireworks.DpoJobs;

/// <summary>
/// The Weights &amp; Biases run that a job logs to (reference page "List Dpo Jobs", <c>gatewayWandbConfig</c>). Properties
/// are null when they are not set.
/// </summary>
public sealed class WandbConfig : ApiObject
{
    /// <summary>Whether the job logs to Weights &amp; Biases.</summary>
    public bool? Enabled { get; set; }

    /// <summary>The API key for Weights &amp; Biases. Views and exports show a placeholder, because the service returns the key with the job.</summary>
    public SecretText? ApiKey { get; set; }

    /// <summary>The name of the project.</summary>
    public string? Project { get; set; }

    /// <summary>The name of the entity: a team or a user.</summary>
    public string? Entity { get; set; }

    /// <summary>The ID of the run.</summary>
    public string? RunId { get; set; }

    /// <summary>The address of the run's web page. Read-only on the service.</summary>
    public string? Url { get; set; }
}
