using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>
/// The service sends unset strings as <c>""</c> or leaves them out: both are <c>null</c> here. A number or a boolean where a
/// string was promised is taken as its text: one odd field must not cost a whole page.
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
