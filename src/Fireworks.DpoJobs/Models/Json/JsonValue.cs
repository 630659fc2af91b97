using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Text.Json;

namespace Fireworks.DpoJobs.Models.Json;

/// <summary>JSON that no model knows, as values that scripts, ConvertTo-Json and CLIXML handle well.</summary>
internal static class JsonValue
{
    /// <summary>Converts the fields of one object.</summary>
    public static ReadOnlyDictionary<string, object?> ToDictionary(
        IEnumerable<KeyValuePair<string, JsonElement>> fields
    )
    {
        var values = new Dictionary<string, object?>();
        foreach (var field in fields)
        {
            values[field.Key] = ToObject(field.Value);
        }
        return new ReadOnlyDictionary<string, object?>(values);
    }

    private static object? ToObject(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number when element.TryGetInt64(out var whole) => whole,
            JsonValueKind.Number when element.TryGetDecimal(out var exact) => exact,
            JsonValueKind.Number => element.GetDouble(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Array => element.EnumerateArray().Select(ToObject).ToArray(),
            JsonValueKind.Object => ToDictionary(
                element
                    .EnumerateObject()
                    .Select(field => new KeyValuePair<string, JsonElement>(field.Name, field.Value))
            ),
            _ => null,
        };
}
