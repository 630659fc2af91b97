using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization.Metadata;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>The models, found by reflection, so that new ones are tested automatically.</summary>
internal static class ModelTypes
{
    /// <summary>Every model, including those that users do not see.</summary>
    public static IReadOnlyList<Type> WithInternal { get; } =
    [
        .. typeof(ApiObject)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ApiObject)))
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>Every model that users see.</summary>
    public static IReadOnlyList<Type> All { get; } = [.. WithInternal.Where(type => type.IsPublic)];

    /// <summary>The parts of a job.</summary>
    public static IEnumerable<Type> Parts => All.Where(type => type != typeof(DpoJob) && type != typeof(DpoJobPage));

    /// <summary>The paths of all JSON fields of a type, for example <c>trainingConfig.baseModel</c>.</summary>
    public static IEnumerable<string> JsonPaths(JsonTypeInfo type) => JsonFields(type).Select(field => field.Path);

    /// <summary>All JSON fields of a type with the types of their properties.</summary>
    public static IEnumerable<(string Path, Type Type)> JsonFields(JsonTypeInfo type, string prefix = "")
    {
        foreach (
            var property in type.Properties.Where(property => property is { IsExtensionData: false, Set: not null })
        )
        {
            yield return (prefix + property.Name, property.PropertyType);
            var inner = property.Options.GetTypeInfo(property.PropertyType);
            var isList = inner.Kind == JsonTypeInfoKind.Enumerable;
            var item = isList ? property.Options.GetTypeInfo(property.PropertyType.GenericTypeArguments[0]) : inner;
            if (item.Kind == JsonTypeInfoKind.Object)
            {
                foreach (var field in JsonFields(item, $"{prefix}{property.Name}{(isList ? "[]" : "")}."))
                {
                    yield return field;
                }
            }
        }
    }

    /// <summary>The JSON metadata of a type.</summary>
    public static JsonTypeInfo Metadata(Type type) => FireworksJsonContext.Default.GetTypeInfo(type)!;
}
