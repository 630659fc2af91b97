using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fireworks.DpoJobs;

/// <summary>
/// Reads objects field by field, from the metadata of the models, so that it covers every field. It is slow, and only used for
/// documents with a value that does not fit.
/// </summary>
/// <param name="mismatches">Receives the values that do not fit their fields.</param>
internal sealed class TolerantReader(JsonMismatches mismatches)
{
    /// <summary>Reads an object.</summary>
    /// <param name="element">The JSON object.</param>
    /// <param name="type">The metadata of the model.</param>
    /// <param name="path">The path of the object, ending in a dot unless it is empty.</param>
    public object ReadObject(JsonElement element, JsonTypeInfo type, string path) =>
        type.Type == typeof(DpoJob)
            ? mismatches.Read(() => (DpoJob)ReadFields(element, type, ""))
            : ReadFields(element, type, path);

    private object ReadFields(JsonElement element, JsonTypeInfo type, string path)
    {
        var result = type.CreateObject!();
        foreach (var field in element.EnumerateObject())
        {
            var name = JsonValue.NameOf(field);
            var property = type.Properties.FirstOrDefault(known =>
                known is { IsExtensionData: false, Set: not null } && known.Name == name
            );
            if (property is null)
            {
                Keep(result, type, name, field.Value);
            }
            else
            {
                // Also set to null, because a page whose total does not fit still has fields.
                property.Set!(result, Read(field.Value, property, path + name, out var rest));
                if (rest is { } mismatch)
                {
                    mismatches.Add(path + name);
                    Keep(result, type, name, mismatch);
                }
            }
        }
        return result;
    }

    // Returns the part that fits. The rest is the part that does not; null when all fits.
    private object? Read(JsonElement element, JsonPropertyInfo property, string path, out JsonElement? rest)
    {
        var type = property.Options.GetTypeInfo(property.PropertyType);
        rest = null;
        if (type.Kind == JsonTypeInfoKind.Object && element.ValueKind == JsonValueKind.Object)
        {
            return ReadObject(element, type, path + ".");
        }
        if (ItemsOf(type) is { Kind: JsonTypeInfoKind.Object } items && element.ValueKind == JsonValueKind.Array)
        {
            return ReadList(element, items, path, out rest);
        }
        try
        {
            return element.Deserialize(type);
        }
        catch (Exception exception) when (ApiJson.IsMismatch(exception))
        {
            rest = element;
            return null;
        }
    }

    // Items that are no objects are left out.
    private IList ReadList(JsonElement array, JsonTypeInfo type, string path, out JsonElement? rest)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type.Type))!;
        var others = new List<string>();
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                list.Add(ReadObject(item, type, $"{path}[{list.Count + others.Count}]."));
            }
            else if (item.ValueKind == JsonValueKind.Null)
            {
                list.Add(null);
            }
            else
            {
                others.Add(item.GetRawText());
            }
        }
        rest = null;
        if (others.Count > 0)
        {
            using var document = JsonDocument.Parse($"[{string.Join(",", others)}]");
            rest = document.RootElement.Clone();
        }
        return list;
    }

    private static JsonTypeInfo? ItemsOf(JsonTypeInfo type) =>
        type.Kind == JsonTypeInfoKind.Enumerable ? type.Options.GetTypeInfo(type.Type.GenericTypeArguments[0]) : null;

    private static void Keep(object owner, JsonTypeInfo type, string name, JsonElement value)
    {
        if (type.Properties.FirstOrDefault(property => property.IsExtensionData) is { } extension)
        {
            var fields = (Dictionary<string, JsonElement>?)extension.Get!(owner) ?? [];
            fields[name] = value.Clone();
            extension.Set!(owner, fields);
        }
    }
}
