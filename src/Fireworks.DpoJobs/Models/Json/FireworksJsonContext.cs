using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>
/// The source-generated JSON metadata of all models. It is also where the field names of masks, orders and completions
/// come from, so that they cannot drift from the models.
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
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
internal sealed partial class FireworksJsonContext : JsonSerializerContext;
