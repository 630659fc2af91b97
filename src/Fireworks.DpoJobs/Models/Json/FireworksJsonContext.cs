using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>
/// The source-generated JSON metadata of all models. Masks, orders and completers take the field names from it too. Null is
/// not written.
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(EmptyStringAsNullConverter),
        typeof(TimestampConverter),
        typeof(SecretTextConverter),
        typeof(OptionalInt32Converter),
        typeof(OptionalInt64Converter),
        typeof(OptionalDoubleConverter),
    ]
)]
[JsonSerializable(typeof(DpoJob))]
[JsonSerializable(typeof(DpoJobPage))]
[JsonSerializable(typeof(AccountPage))]
[JsonSerializable(typeof(MetricsFileEndpoint))]
internal sealed partial class FireworksJsonContext : JsonSerializerContext
{
    /// <summary>
    /// The metadata that writes secrets in plain text. Only for the body of a request that must contain one, such as the
    /// Weights &amp; Biases key of a job to create; <see cref="Default"/> throws instead.
    /// </summary>
    public static FireworksJsonContext WithSecrets => field ??= CreateWithSecrets();

    private static FireworksJsonContext CreateWithSecrets()
    {
        var options = new JsonSerializerOptions(Default.Options) { TypeInfoResolver = null };
        // The first converter for a type is used.
        options.Converters.Insert(0, new SecretTextConverter(writesSecrets: true));
        return new FireworksJsonContext(options);
    }
}
