using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>
/// What every object of the API has in common: fields that this version of the module does not know are kept,
/// since the service adds fields without notice.
/// </summary>
/// <remarks>It implements no interface of System.Text.Json: that would be loaded at every import of the module.</remarks>
public abstract class ApiObject
{
    private static readonly ReadOnlyDictionary<string, object?> Nothing = new(new Dictionary<string, object?>());

    /// <summary>
    /// Fields that the service sent and this version has no property for, by their wire names. Values are strings,
    /// numbers (<see cref="long"/>, <see cref="decimal"/> or <see cref="double"/>), booleans, <c>null</c>, arrays and
    /// dictionaries of these; what is likely a secret is a <see cref="SecretText"/>. Empty when there is nothing unknown;
    /// never <c>null</c>.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, object?> AdditionalData =>
        field ??= UnknownFields is { Count: > 0 } fields ? JsonValue.ToDictionary(fields) : Nothing;

    [JsonInclude]
    [JsonExtensionData]
    internal Dictionary<string, JsonElement>? UnknownFields { get; set; }
}
