using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs.Benchmarks.Baseline;

/// <summary>Source-generated JSON, as the documentation shows it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BarePage))]
internal sealed partial class BareJsonContext : JsonSerializerContext;
