using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Fireworks.DpoJobs;

/// <summary>
/// The fields of a job, as the objects show them (<c>TrainingConfig.BaseModel</c>), as JSON has them
/// (<c>trainingConfig.baseModel</c>) and as masks and orders are sent (<c>training_config.base_model</c>). Read from the
/// JSON metadata of the models, so that it cannot drift from them.
/// </summary>
internal static class JobFields
{
    private static readonly Lazy<IReadOnlyList<JobField>> AllFields = new(() =>
        [.. Walk(FireworksJsonContext.Default.DpoJob, "", "")]
    );

    private static readonly Lazy<Dictionary<string, JobField>> ByKey = new(() =>
        AllFields.Value.ToDictionary(field => Key(field.PropertyPath), StringComparer.Ordinal)
    );

    private static readonly Lazy<Dictionary<string, JobField>> ByProperty = new(() =>
        AllFields.Value.ToDictionary(field => field.PropertyPath, StringComparer.OrdinalIgnoreCase)
    );

    /// <summary>All fields of a job that can stand in a mask, parents before their parts.</summary>
    public static IReadOnlyList<JobField> All => AllFields.Value;

    /// <summary>
    /// The wire's spelling of a field. A property that this module computes stands for those it is computed from. A name
    /// that nobody knows comes back as it was typed: the service may know it.
    /// </summary>
    /// <param name="name">A property name, in any of the three casings.</param>
    public static IReadOnlyList<string> ToWire(string name) => Find(name) is { } field ? field.WirePaths : [name];

    /// <summary>The field of a name in any of the three casings. Null when nobody knows it.</summary>
    public static JobField? Find(string name) => ByKey.Value.TryGetValue(Key(name), out var field) ? field : null;

    /// <summary>The field of a property. Null when no property has this path.</summary>
    /// <param name="path">The path as the objects show it; case does not matter.</param>
    public static JobField? FindProperty(string path) =>
        ByProperty.Value.TryGetValue(path, out var field) ? field : null;

    private static string Key(string name) => name.Replace("_", "").ToUpperInvariant();

    private static IEnumerable<JobField> Walk(JsonTypeInfo type, string wirePrefix, string propertyPrefix)
    {
        var computed = type
            .Type.GetProperties()
            .Select(property => (property, from: property.GetCustomAttribute<ComputedFromAttribute>()))
            .Where(pair => pair.from is not null)
            .ToDictionary(pair => pair.property.Name, pair => pair.from!.Properties, StringComparer.Ordinal);

        foreach (var json in type.Properties.Where(property => property is { IsExtensionData: false, Set: not null }))
        {
            var wire = wirePrefix + WireName.ToSnakeCase(json.Name);
            var property = propertyPrefix + WireName.ToPascalCase(json.Name);
            yield return new JobField(property, [wire], json.PropertyType, IsComputed: false);

            if (typeof(ApiObject).IsAssignableFrom(json.PropertyType))
            {
                foreach (var inner in Walk(json.Options.GetTypeInfo(json.PropertyType), wire + ".", property + "."))
                {
                    yield return inner;
                }
            }
        }

        foreach (var pair in computed)
        {
            yield return new JobField(
                propertyPrefix + pair.Key,
                [.. pair.Value.Select(name => wirePrefix + WireName.ToSnakeCase(name))],
                type.Type.GetProperty(pair.Key)!.PropertyType,
                IsComputed: true
            );
        }
    }
}

/// <summary>One field.</summary>
/// <param name="PropertyPath">As the objects show it.</param>
/// <param name="WirePaths">As masks and orders are sent: one path, or several for a computed property.</param>
/// <param name="Type">The type of the property.</param>
/// <param name="IsComputed">Whether this module computes it.</param>
internal sealed record JobField(string PropertyPath, IReadOnlyList<string> WirePaths, Type Type, bool IsComputed);
