using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>
/// Reads <c>""</c>, which the service sends for unset strings, as <c>null</c>. Accepts a number or a boolean as its text, so
/// that one unexpected field does not fail a whole page.
/// </summary>
internal sealed class EmptyStringAsNullConverter : JsonConverter<string?>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
        {
            using var value = JsonDocument.ParseValue(ref reader);
            return value.RootElement.GetRawText();
        }
        var text =
            reader.TokenType == JsonTokenType.String ? Utf8StringPool.Current.Read(ref reader) : reader.GetString();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
