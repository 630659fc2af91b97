using System;
using System.Collections;
using System.Linq;
using System.Reflection;
using System.Text.Json;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>Compares objects by all their fields, including private ones.</summary>
internal static class ObjectDifference
{
    /// <summary>The path of the first difference. Null when the objects are the same.</summary>
    public static string? Find(object? expected, object? actual, string path = "$")
    {
        if (expected is null || actual is null)
        {
            return expected is null && actual is null ? null : $"{path}: {expected ?? "null"}, {actual ?? "null"}";
        }
        var type = expected.GetType();
        return type != actual.GetType() ? $"{path}: {type}, {actual.GetType()}"
            : expected is JsonElement element ? FindInJson(element, (JsonElement)actual, path)
            : expected is IDictionary fields ? FindInDictionary(fields, (IDictionary)actual, path)
            : expected is IList items ? FindInList(items, (IList)actual, path)
            : type.Namespace != typeof(DpoJob).Namespace || type.IsEnum
                ? expected.Equals(actual) ? null
                    : $"{path}: {expected}, {actual}"
            : FindInFields(type, expected, actual, path);
    }

    private static string? FindInJson(JsonElement expected, JsonElement actual, string path) =>
        expected.GetRawText() == actual.GetRawText() ? null : $"{path}: {expected}, {actual}";

    private static string? FindInDictionary(IDictionary expected, IDictionary actual, string path) =>
        expected.Keys.Cast<string>().SequenceEqual(actual.Keys.Cast<string>())
            ? expected
                .Keys.Cast<string>()
                .Select(key => Find(expected[key], actual[key], $"{path}.{key}"))
                .FirstOrDefault(difference => difference is not null)
            : $"{path}: {string.Join(",", expected.Keys.Cast<string>())}; {string.Join(",", actual.Keys.Cast<string>())}";

    private static string? FindInList(IList expected, IList actual, string path) =>
        expected.Count == actual.Count
            ? Enumerable
                .Range(0, expected.Count)
                .Select(i => Find(expected[i], actual[i], $"{path}[{i}]"))
                .FirstOrDefault(difference => difference is not null)
            : $"{path}: {expected.Count}, {actual.Count} items";

    private static string? FindInFields(Type? type, object expected, object actual, string path)
    {
        for (; type is not null; type = type.BaseType)
        {
            foreach (
                var field in type.GetFields(
                    BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly
                )
            )
            {
                if (Find(field.GetValue(expected), field.GetValue(actual), $"{path}.{field.Name}") is { } difference)
                {
                    return difference;
                }
            }
        }
        return null;
    }
}
