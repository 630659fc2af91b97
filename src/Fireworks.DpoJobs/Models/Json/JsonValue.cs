using System.Collections.ObjectModel;
using System.Text.Json;

namespace Fireworks.DpoJobs;

/// <summary>Converts unknown JSON fields to types that scripts, ConvertTo-Json and CLIXML support.</summary>
internal static class JsonValue
{
    /// <summary>Converts the fields of an object. A field below a path that looks like a secret is a secret too.</summary>
    public static FieldDictionary ToDictionary(IEnumerable<KeyValuePair<string, JsonElement>> fields, string path = "")
    {
        var values = new Dictionary<string, object?>();
        foreach (var field in fields)
        {
            // Of a repeated name, the last value counts.
            values[field.Key] = ToObject(path + field.Key, field.Value);
        }
        return new FieldDictionary(values);
    }

    /// <summary>The name of a field. One that is not text, with half of a surrogate pair, keeps its escape sequences.</summary>
    public static string NameOf(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            // The JSON of the field starts with its name in quotes.
            var json = field.ToString();
            var end = 1;
            while (json[end] != '"')
            {
                end += json[end] == '\\' ? 2 : 1;
            }
            return json.Substring(1, end - 1);
        }
    }

    private static object? ToObject(string path, JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => ToStringOrSecret(path, Text(element)),
            JsonValueKind.Number when element.TryGetInt64(out var whole) => whole,
            JsonValueKind.Number when element.TryGetDecimal(out var exact) => exact,
            JsonValueKind.Number => element.TryGetDouble(out var real) && !double.IsInfinity(real)
                ? real
                : element.GetRawText(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Array => element.EnumerateArray().Select(item => ToObject(path, item)).ToArray(),
            JsonValueKind.Object => ToDictionary(
                element
                    .EnumerateObject()
                    .Select(field => new KeyValuePair<string, JsonElement>(NameOf(field), field.Value)),
                path + "."
            ),
            _ => null,
        };

    // GetString throws on a lone surrogate; the raw JSON is more useful than an error.
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

    private static object ToStringOrSecret(string path, string text) =>
        text.Length > 0 && SecretPatterns.IsSecret(path, text) ? new SecretText(text) : text;
}

/// <summary>The unknown fields of an object, whose string form shows their values.</summary>
internal sealed class FieldDictionary(IDictionary<string, object?> fields) : ReadOnlyDictionary<string, object?>(fields)
{
    /// <summary>Returns the fields in one line, like <see cref="ApiObject.ToString"/>.</summary>
    public override string ToString() => ApiObject.Join(this.Select(field => (field.Key, field.Value)));
}
