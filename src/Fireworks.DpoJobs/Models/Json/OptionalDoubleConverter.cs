using System.Text.Json;

namespace Fireworks.DpoJobs;

/// <summary>A float or double that may be missing.</summary>
internal sealed class OptionalDoubleConverter : OptionalNumberConverter<double>
{
    /// <inheritdoc/>
    protected override double? Read(ref Utf8JsonReader reader) => reader.GetDouble();

    /// <inheritdoc/>
    protected override double? FromDouble(double value) => value;
}
