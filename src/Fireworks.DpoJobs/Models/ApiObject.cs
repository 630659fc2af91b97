using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>
/// The base class of the API's objects. It keeps fields that this version of the module does not know, because the service
/// adds fields without notice.
/// </summary>
/// <remarks>It implements no interface of System.Text.Json, which would then be loaded when the module is imported.</remarks>
public abstract class ApiObject
{
    private static readonly FieldDictionary Nothing = new(new Dictionary<string, object?>());
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> PropertiesOf = new();

    /// <summary>
    /// Fields that the service sent and this version has no property for, by their JSON names. Values are strings,
    /// numbers (<see cref="long"/>, <see cref="decimal"/> or <see cref="double"/>), booleans, <c>null</c>, arrays and
    /// dictionaries of these; likely secrets are <see cref="SecretText"/>. Empty when there are none; never <c>null</c>.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, object?> AdditionalData =>
        field ??= UnknownFields is { Count: > 0 } fields ? JsonValue.ToDictionary(fields) : Nothing;

    [JsonInclude]
    [JsonExtensionData]
    internal Dictionary<string, JsonElement>? UnknownFields { get; set; }

    /// <summary>Reads the value of a field that the model has a property for.</summary>
    /// <param name="name">The JSON name.</param>
    /// <param name="reader">The reader, at the value, and afterwards after it.</param>
    /// <returns>False when the model has no such property; the reader has not moved.</returns>
    /// <exception cref="Exception">The value does not fit; see <see cref="ApiJson.IsMismatch"/>.</exception>
    internal virtual bool ReadField(ReadOnlySpan<byte> name, ref PlainReader reader) => false;

    /// <summary>Returns the fields that are set, in one line, so that exports such as CSV show values.</summary>
    /// <returns>
    /// For example <c>Method=DPO; Dpo={ Beta=0.1 }</c>; an empty string when nothing is set. Numbers are written as in the
    /// invariant culture. Control characters are visible, and secrets appear as placeholders.
    /// </returns>
    public override string ToString() =>
        Join(ReadProperties().Concat(AdditionalData.Select(field => (field.Key, field.Value))));

    /// <summary>The properties that represent fields of the API, except <see cref="AdditionalData"/>, with their values.</summary>
    internal IEnumerable<(string Name, object? Value)> ReadProperties() =>
        PropertiesOf
            .GetOrAdd(
                GetType(),
                type =>
                    [
                        .. type.GetProperties()
                            // CodeText is the value of Code.
                            .Where(property => property.Name != nameof(RpcStatus.CodeText))
                            .Where(property => property.DeclaringType != typeof(ApiObject)),
                    ]
            )
            .Select(property =>
                (
                    property.Name,
                    this is RpcStatus status && property.Name == nameof(RpcStatus.Code)
                        ? status.CodeText
                        : property.GetValue(this)
                )
            );

    /// <summary>Whether a string is the service's name for a value that is not set, such as <c>PURPOSE_UNSPECIFIED</c>.</summary>
    internal static bool IsUnspecified(string text) => text.EndsWith("_UNSPECIFIED", StringComparison.Ordinal);

    /// <summary>Formats fields that are set as <c>name=value</c>, in one line.</summary>
    internal static string Join(IEnumerable<(string Name, object? Value)> fields) =>
        string.Join(
            "; ",
            fields
                .Select(field => (field.Name, Text: OneLine(field.Value)))
                .Where(field => field.Text.Length > 0 && !IsUnspecified(field.Text))
                .Select(field => $"{Show(field.Name)}={field.Text}")
        );

    /// <summary>
    /// A string for views and string forms, without likely secrets and control characters. The name of a resource is unchanged,
    /// although it may look like a secret.
    /// </summary>
    internal static string Show(string text, bool keepLineBreaks = false) =>
        ResourceName.IsFullName(text) ? text : Redaction.RedactForView(text, keepLineBreaks);

    private static string OneLine(object? value) =>
        value switch
        {
            null => "",
            string text => Show(text),
            // A constant schedule has no settings; its presence is the information.
            ConstantSchedule => "{ }",
            ApiObject or FieldDictionary => value.ToString() is { Length: > 0 } fields ? $"{{ {fields} }}" : "",
            IReadOnlyCollection<ApiObject> parts => parts.Count.ToString(CultureInfo.InvariantCulture),
            IEnumerable items => string.Join(", ", items.Cast<object?>().Select(OneLine)),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
}
