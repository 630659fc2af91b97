using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Fireworks.DpoJobs;

/// <summary>
/// The fields of a job in their three spellings: property paths (<c>TrainingConfig.BaseModel</c>), JSON
/// (<c>trainingConfig.baseModel</c>), and masks, orders and filters (<c>training_config.base_model</c>). They come from the
/// JSON metadata of the models.
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

    /// <summary>All fields of a job that a mask can contain, parents before their parts.</summary>
    public static IReadOnlyList<JobField> All => AllFields.Value;

    /// <summary>
    /// The spelling of a field in masks and orders; for a computed property, those of its source fields. An unknown name is
    /// returned unchanged, because the service may know it.
    /// </summary>
    /// <param name="name">A name in any of the three spellings and in any case.</param>
    public static IReadOnlyList<string> ToWire(string name) => Find(name) is { } field ? field.WirePaths : [name];

    /// <summary>The field of a name in any of the three spellings and in any case. Null for an unknown name.</summary>
    public static JobField? Find(string name) => ByKey.Value.TryGetValue(Key(name), out var field) ? field : null;

    /// <summary>The field of a property path, in any case. Null when there is no such property.</summary>
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

/// <summary>A field of a job or of one of its parts.</summary>
/// <param name="PropertyPath">The path of the property.</param>
/// <param name="WirePaths">The spelling in masks and orders: one path, or the source fields of a computed property.</param>
/// <param name="Type">The type that the field is read into.</param>
/// <param name="IsComputed">Whether the module computes the property.</param>
internal sealed record JobField(string PropertyPath, IReadOnlyList<string> WirePaths, Type Type, bool IsComputed);
