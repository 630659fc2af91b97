using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>The address of a job's metrics file: the response of <c>GET …/dpoJobs/{id}:getMetricsFileEndpoint</c> (Python SDK).</summary>
internal sealed class MetricsFileEndpoint
{
    /// <summary>The signed address, which is valid for about ten minutes. Null while there is no file.</summary>
    public SecretText? SignedUrl
    {
        get;
        set => (field, HasFields) = (value, true);
    }

    /// <summary>Whether the service sent the field. It may omit an empty one.</summary>
    internal bool HasFields { get; private set; }

    [JsonInclude]
    [JsonExtensionData]
    internal Dictionary<string, JsonElement>? UnknownFields { get; set; }
}
