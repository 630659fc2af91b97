using System;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>
/// A number that may be missing, as the proto JSON mapping takes it: a JSON number, also <c>1.0</c> for an integer, or a
/// string with one, also <c>"NaN"</c>; an empty string is none.
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
            return string.IsNullOrEmpty(text) ? null : Parse(text!) ?? throw NotOne();
        }
        if (reader.TokenType != JsonTokenType.Number)
        {
            throw NotOne();
        }
        return Read(ref reader) ?? FromDouble(reader.GetDouble()) ?? throw NotOne();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Models are read, not written.");

    /// <summary>Reads the usual form. Null when it is another.</summary>
    protected abstract T? Read(ref Utf8JsonReader reader);

    /// <summary>Reads a string. Null when there is no such number in it.</summary>
    protected virtual T? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? FromDouble(value)
            : null;

    /// <summary>The number as this type. Null when it does not fit exactly.</summary>
    protected abstract T? FromDouble(double value);

    private static JsonException NotOne() => new("The value is not a number of the right kind.");
}
