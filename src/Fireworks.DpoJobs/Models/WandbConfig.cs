using System.Runtime.CompilerServices;

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

    [MethodImpl(PlainReader.Optimized)]
    internal override bool ReadField(ReadOnlySpan<byte> name, ref PlainReader reader)
    {
        switch (name.Length)
        {
            case 3 when name.SequenceEqual("url"u8):
                Url = reader.ReadText();
                return true;
            case 5 when name.SequenceEqual("runId"u8):
                RunId = reader.ReadText();
                return true;
            case 6 when name.SequenceEqual("apiKey"u8):
                ApiKey = reader.ReadSecret();
                return true;
            case 6 when name.SequenceEqual("entity"u8):
                Entity = reader.ReadText();
                return true;
            case 7 when name.SequenceEqual("enabled"u8):
                Enabled = reader.ReadBoolean();
                return true;
            case 7 when name.SequenceEqual("project"u8):
                Project = reader.ReadText();
                return true;
            default:
                return false;
        }
    }
}
