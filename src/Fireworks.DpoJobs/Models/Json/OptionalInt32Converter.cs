using System.Text.Json;

namespace Fireworks.DpoJobs;

/// <summary>An int32 that may be missing.</summary>
internal sealed class OptionalInt32Converter : OptionalNumberConverter<int>
{
    /// <inheritdoc/>
    protected override int? Read(ref Utf8JsonReader reader) => reader.TryGetInt32(out var value) ? value : null;

    /// <inheritdoc/>
    protected override int? FromDouble(double value) =>
        value is >= int.MinValue and <= int.MaxValue && (int)value == value ? (int)value : null;
}
