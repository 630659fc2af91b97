using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fireworks.DpoJobs.Models.Json;

namespace Fireworks.DpoJobs.Models;

/// <summary>
/// What every object of the API has in common: fields that this version of the module does not know are kept,
/// since the service adds fields without notice.
/// </summary>
public abstract class ApiObject : IJsonOnDeserialized
{
    private static readonly ReadOnlyDictionary<string, object?> Nothing = new(new Dictionary<string, object?>());

    /// <summary>
    /// Fields that the service sent and this version has no property for, by their wire names. Values are strings,
    /// numbers (<see cref="long"/>, <see cref="decimal"/> or <see cref="double"/>), booleans, <c>null</c>, arrays and
    /// dictionaries of these. Empty when there is nothing unknown; never <c>null</c>.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, object?> AdditionalData { get; private set; } = Nothing;

    [JsonInclude]
    [JsonExtensionData]
    internal Dictionary<string, JsonElement>? UnknownFields { get; set; }

    // Converted at once, so that a broken value fails with its page and not when a script looks at it later.
    void IJsonOnDeserialized.OnDeserialized()
    {
        if (UnknownFields is { Count: > 0 } fields)
        {
            AdditionalData = JsonValue.ToDictionary(fields);
        }
        UnknownFields = null;
    }
}
