using System.Globalization;
using System.Text.Json;

namespace Fireworks.DpoJobs;

/// <summary>An int64 that may be missing. The proto JSON mapping sends it as a string.</summary>
internal sealed class OptionalInt64Converter : OptionalNumberConverter<long>
{
    // Past this, a double has no room for every integer.
    private const double LargestExact = 9007199254740992;

    /// <inheritdoc/>
    protected override long? Read(ref Utf8JsonReader reader) => reader.TryGetInt64(out var value) ? value : null;

    /// <inheritdoc/>
    protected override long? Parse(string text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            ? value
            : base.Parse(text);

    /// <inheritdoc/>
    protected override long? FromDouble(double value) =>
        value is >= -LargestExact and <= LargestExact && (long)value == value ? (long)value : null;
}
