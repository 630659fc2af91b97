using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>
/// The base class of the API's objects. It keeps fields that this version of the module does not know, because the service
/// adds fields without notice.
/// </summary>
/// <remarks>It implements no interface of System.Text.Json, which would then be loaded when the module is imported.</remarks>
public abstract class ApiObject
{
    private static readonly ReadOnlyDictionary<string, object?> Nothing = new(new Dictionary<string, object?>());

    /// <summary>
    /// Fields that the service sent and this version has no property for, by their JSON names. Values are strings,
    /// numbers (<see cref="long"/>, <see cref="decimal"/> or <see cref="double"/>), booleans, <c>null</c>, arrays and
    /// dictionaries of these; likely secrets are <see cref="SecretText"/>. Empty when there are none; never <c>null</c>.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, object?> AdditionalData =>
        field ??= UnknownFields is { Count: > 0 } fields ? JsonValue.ToDictionary(fields) : Nothing;

    [JsonInclude]
    [JsonExtensionData]
    internal Dictionary<string, JsonElement>? UnknownFields { get; set; }
}
