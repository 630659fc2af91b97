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
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String when reader.ValueTextEquals("") => null,
            JsonTokenType.String => Parse(reader.GetString()!) ?? throw Invalid(),
            JsonTokenType.Number => Read(ref reader)
                ?? (reader.TryGetDouble(out var value) ? FromDouble(value) : null)
                ?? throw Invalid(),
            _ => throw Invalid(),
        };

    // The context omits properties that are null.
    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options) =>
        Write(writer, value!.Value);

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
    // 1e400 is not infinite but too large.
    protected override double? Read(ref Utf8JsonReader reader) =>
        reader.TryGetDouble(out var value) && !double.IsInfinity(value) ? value : null;

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

    protected override double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && (!double.IsInfinity(value) || !text.Any(char.IsDigit))
            ? value
            : null;

    protected override double? FromDouble(double value) => double.IsInfinity(value) ? null : value;
}

/// <summary>An optional int32.</summary>
internal sealed class OptionalInt32Converter : OptionalNumberConverter<int>
{
    protected override int? Read(ref Utf8JsonReader reader) => reader.TryGetInt32(out var value) ? value : null;

    protected override void Write(Utf8JsonWriter writer, int value) => writer.WriteNumberValue(value);

    protected override int? FromDouble(double value) =>
        value is >= int.MinValue and <= int.MaxValue && (int)value == value ? (int)value : null;
}

/// <summary>An optional int64, which the proto JSON mapping sends as a string.</summary>
internal sealed class OptionalInt64Converter : OptionalNumberConverter<long>
{
    // Up to this number, 2^53, a double represents every integer.
    private const double MaxExact = 9007199254740992;

    protected override long? Read(ref Utf8JsonReader reader) => reader.TryGetInt64(out var value) ? value : null;

    protected override void Write(Utf8JsonWriter writer, long value) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));

    protected override long? Parse(string text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            ? value
            : base.Parse(text);

    protected override long? FromDouble(double value) =>
        value is >= -MaxExact and <= MaxExact && (long)value == value ? (long)value : null;
}

/// <summary>
/// Reads <c>""</c>, which the service sends for unset strings, as <c>null</c>. Accepts a number or a boolean as its text, so
/// that one unexpected field does not fail a whole page.
/// </summary>
internal sealed class EmptyStringAsNullConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
        {
            return RawText(ref reader);
        }
        var text =
            reader.TokenType == JsonTokenType.String ? Utf8StringPool.Current.Read(ref reader) : reader.GetString();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>A number or a boolean as its text.</summary>
    public static string RawText(ref Utf8JsonReader reader)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        return value.RootElement.GetRawText();
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}

/// <summary>
/// A timestamp of the proto JSON mapping: RFC 3339 with 0 to 9 fraction digits, of which .NET keeps 7. A time without a zone is
/// in UTC. An empty string is <c>null</c>. Written in UTC.
/// </summary>
internal sealed class TimestampConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        reader.TokenType == JsonTokenType.Null || reader.ValueTextEquals("") ? null
        // Before the zone of this machine is applied, which may have no such time.
        : reader.TryGetDateTime(out var local) && local.Kind == DateTimeKind.Unspecified
            ? new DateTimeOffset(local, TimeSpan.Zero)
        : reader.TryGetDateTimeOffset(out var time) ? time
        : throw new JsonException("The value is not an RFC 3339 timestamp.");

    // The context omits properties that are null.
    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value!.Value.UtcDateTime);
}

/// <summary>
/// Reads a secret into its wrapper. It writes secrets only when it was created for that, so that no code writes one by
/// accident: see <see cref="FireworksJsonContext.WithSecrets"/>.
/// </summary>
internal sealed class SecretTextConverter(bool writesSecrets) : JsonConverter<SecretText?>
{
    public SecretTextConverter()
        : this(writesSecrets: false) { }

    public override SecretText? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        // As an unknown field, a number would not be recognized as a secret.
        reader.TokenType
            is JsonTokenType.Number
                or JsonTokenType.True
                or JsonTokenType.False
            ? new SecretText(EmptyStringAsNullConverter.RawText(ref reader))
        : reader.GetString() is { Length: > 0 } text ? new SecretText(text)
        : null;

    /// <exception cref="NotSupportedException">The converter writes no secrets.</exception>
    public override void Write(Utf8JsonWriter writer, SecretText? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(
            writesSecrets
                ? value?.Reveal()
                : throw new NotSupportedException(
                    $"Secrets are written only with {nameof(FireworksJsonContext)}.{nameof(FireworksJsonContext.WithSecrets)}."
                )
        );
}
