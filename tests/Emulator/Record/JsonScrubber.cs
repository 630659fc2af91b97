using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fireworks.DpoJobs.Emulator.Record;

/// <summary>
/// Takes secrets out of a JSON document: by the names of fields, and out of every string. All else stays as it was, the
/// order of fields and the spelling of numbers among it.
/// </summary>
internal static class JsonScrubber
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // A document may hold a field twice, and is recorded so.
        SkipValidation = true,
    };

    /// <summary>The document without secrets.</summary>
    public static string Scrub(JsonElement root)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, root);
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    writer.WritePropertyName(TextScrubber.Scrub(property.Name));
                    if (SecretNames.Contains(property.Name) && SaysSomething(property.Value))
                    {
                        writer.WriteStringValue(TextScrubber.Redacted);
                    }
                    else
                    {
                        Write(writer, property.Value);
                    }
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(TextScrubber.Scrub(element.GetString()!));
                break;
            default:
                writer.WriteRawValue(element.GetRawText(), skipInputValidation: true);
                break;
        }
    }

    // That a secret is not set is no secret, and worth knowing.
    private static bool SaysSomething(JsonElement value) =>
        value.ValueKind != JsonValueKind.Null && !(value.ValueKind == JsonValueKind.String && value.ValueEquals(""));
}
