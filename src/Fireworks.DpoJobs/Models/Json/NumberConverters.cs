using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>
/// An optional number of the proto JSON mapping. It reads a JSON number (also <c>1.0</c> for an integer) or a string with a
/// number (also <c>"NaN"</c>); an empty string is <c>null</c>.
/// </summary>
internal abstract class OptionalNumberConverter<T> : JsonConverter<T?>
    where T : struct
{
    /// <inheritdoc/>
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }
        if (reader.TokenType == JsonTokenType.String)
        {
            var text = reader.GetString();
            return string.IsNullOrEmpty(text) ? null : Parse(text!) ?? throw Invalid();
        }
        if (reader.TokenType != JsonTokenType.Number)
        {
            throw Invalid();
        }
        return Read(ref reader) ?? FromDouble(reader.GetDouble()) ?? throw Invalid();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options)
    {
        if (value is { } number)
        {
            Write(writer, number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    /// <summary>Reads the usual form. Null for another form.</summary>
    protected abstract T? Read(ref Utf8JsonReader reader);

    /// <summary>Writes the usual form.</summary>
    protected abstract void Write(Utf8JsonWriter writer, T value);

    /// <summary>Reads a string. Null when it is not a number that fits.</summary>
    protected virtual T? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? FromDouble(value)
            : null;

    /// <summary>Converts a number. Null when it does not fit exactly.</summary>
    protected abstract T? FromDouble(double value);

    private static JsonException Invalid() => new("The value is not a number, or does not fit the field's type.");
}

/// <summary>An optional float or double.</summary>
internal sealed class OptionalDoubleConverter : OptionalNumberConverter<double>
{
    /// <inheritdoc/>
    protected override double? Read(ref Utf8JsonReader reader) => reader.GetDouble();

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter writer, double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            // "NaN", "Infinity" or "-Infinity": JSON has no numbers for them.
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteNumberValue(value);
        }
    }

    /// <inheritdoc/>
    protected override double? FromDouble(double value) => value;
}

/// <summary>An optional int32.</summary>
internal sealed class OptionalInt32Converter : OptionalNumberConverter<int>
{
    /// <inheritdoc/>
    protected override int? Read(ref Utf8JsonReader reader) => reader.TryGetInt32(out var value) ? value : null;

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter writer, int value) => writer.WriteNumberValue(value);

    /// <inheritdoc/>
    protected override int? FromDouble(double value) =>
        value is >= int.MinValue and <= int.MaxValue && (int)value == value ? (int)value : null;
}

/// <summary>An optional int64, which the proto JSON mapping sends as a string.</summary>
internal sealed class OptionalInt64Converter : OptionalNumberConverter<long>
{
    // Up to this number, 2^53, a double represents every integer.
    private const double MaxExact = 9007199254740992;

    /// <inheritdoc/>
    protected override long? Read(ref Utf8JsonReader reader) => reader.TryGetInt64(out var value) ? value : null;

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter writer, long value) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    protected override long? Parse(string text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            ? value
            : base.Parse(text);

    /// <inheritdoc/>
    protected override long? FromDouble(double value) =>
        value is >= -MaxExact and <= MaxExact && (long)value == value ? (long)value : null;
}
