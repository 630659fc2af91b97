using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Text.Json;

namespace Fireworks.DpoJobs;

/// <summary>JSON that no model knows, as values that scripts, ConvertTo-Json and CLIXML handle well.</summary>
internal static class JsonValue
{
    /// <summary>Converts the fields of one object.</summary>
    /// <param name="fields">Its fields.</param>
    /// <param name="path">The path to it: what stands in an object of secrets is one.</param>
    public static ReadOnlyDictionary<string, object?> ToDictionary(
        IEnumerable<KeyValuePair<string, JsonElement>> fields,
        string path = ""
    )
    {
        var values = new Dictionary<string, object?>();
        foreach (var field in fields)
        {
            values[field.Key] = ToObject(path + field.Key, field.Value);
        }
        return new ReadOnlyDictionary<string, object?>(values);
    }

    private static object? ToObject(string path, JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => ToText(path, Text(element)),
            JsonValueKind.Number when element.TryGetInt64(out var whole) => whole,
            JsonValueKind.Number when element.TryGetDecimal(out var exact) => exact,
            JsonValueKind.Number => element.GetDouble(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Array => element.EnumerateArray().Select(item => ToObject(path, item)).ToArray(),
            JsonValueKind.Object => ToDictionary(
                element
                    .EnumerateObject()
                    .Select(field => new KeyValuePair<string, JsonElement>(field.Name, field.Value)),
                path + "."
            ),
            _ => null,
        };

    // Half of a surrogate pair is no text: then what stands in the JSON says more than an error.
    private static string Text(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText();
        }
    }

    private static object ToText(string path, string text) =>
        text.Length > 0 && SecretPatterns.IsSecret(path, text) ? new SecretText(text) : text;
}
