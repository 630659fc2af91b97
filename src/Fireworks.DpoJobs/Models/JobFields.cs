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
    /// <summary>All fields of a job that a mask can contain, parents before their parts.</summary>
    public static IReadOnlyList<JobField> All { get; } = [.. Walk(FireworksJsonContext.Default.DpoJob, "", "")];

    private static readonly Dictionary<string, JobField> ByKey = All.ToDictionary(field => Key(field.PropertyPath));

    private static readonly Dictionary<string, JobField> ByProperty = All.ToDictionary(
        field => field.PropertyPath,
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>
    /// The spelling of a field in masks and orders; for a computed property, those of its source fields. An unknown name is
    /// returned unchanged, because the service may know it.
    /// </summary>
    /// <param name="name">A name in any of the three spellings and in any case.</param>
    public static IReadOnlyList<string> ToWire(string name) => Find(name)?.WirePaths ?? [name];

    /// <summary>The field of a name in any of the three spellings and in any case. Null for an unknown name.</summary>
    public static JobField? Find(string name) => ByKey.TryGetValue(Key(name), out var field) ? field : null;

    /// <summary>The field of a property path, in any case. Null when there is no such property.</summary>
    public static JobField? FindProperty(string path) => ByProperty.TryGetValue(path, out var field) ? field : null;

    /// <summary>Whether any field of a job is set, apart from unknown ones.</summary>
    public static bool HasValue(DpoJob job) =>
        job.Name is not null
        || FireworksJsonContext.Default.DpoJob.Properties.Any(property =>
            property is { IsExtensionData: false, Get: { } get } && get(job) is not null
        );

    private static string Key(string name) => name.Replace("_", "").ToUpperInvariant();

    private static IEnumerable<JobField> Walk(JsonTypeInfo type, string wirePrefix, string propertyPrefix)
    {
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

        foreach (var property in type.Type.GetProperties())
        {
            if (property.GetCustomAttribute<ComputedFromAttribute>() is { } computed)
            {
                yield return new JobField(
                    propertyPrefix + property.Name,
                    [.. computed.Properties.Select(name => wirePrefix + WireName.ToSnakeCase(name))],
                    property.PropertyType,
                    IsComputed: true
                );
            }
        }
    }
}

/// <summary>A field of a job or of one of its parts, with the type of its property.</summary>
/// <param name="PropertyPath">For example <c>TrainingConfig.BaseModel</c>.</param>
/// <param name="WirePaths">The spelling in masks and orders: one path, or the source fields of a computed property.</param>
/// <param name="Type">The type that the field is read into.</param>
/// <param name="IsComputed">Whether the module computes the property.</param>
internal sealed record JobField(string PropertyPath, IReadOnlyList<string> WirePaths, Type Type, bool IsComputed);

/// <summary>Marks a property that the module computes from other properties of the same class.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ComputedFromAttribute(params string[] properties) : Attribute
{
    /// <summary>The names of the source properties.</summary>
    public string[] Properties { get; } = properties;
}
