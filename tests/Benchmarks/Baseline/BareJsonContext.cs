using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs.Benchmarks.Baseline;

/// <summary>Source-generated JSON, with the settings from the documentation of System.Text.Json.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BarePage))]
internal sealed partial class BareJsonContext : JsonSerializerContext;
