using System.Text.Json;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>A job as JSON, with the habits of the live gateway: sorted keys, unset fields sent.</summary>
internal static class JobWriter
{
    public static void Write(Utf8JsonWriter writer, Job job, Field message, FieldMask mask)
    {
        writer.WriteStartObject();
        foreach (var field in message.Children)
        {
            if (!mask.Includes(field) || (field.IsOneofMember && !field.IsSet(job)))
            {
                continue;
            }

            writer.WritePropertyName(field.JsonName);
            if (field.Kind != FieldKind.Message)
            {
                WriteValue(writer, field.Kind, field.Read(job));
            }
            else if (field.IsSet(job))
            {
                Write(writer, job, field, mask.Inside(field));
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, FieldKind kind, FieldValue value)
    {
        if (!value.IsSet)
        {
            writer.WriteNullValue();
            return;
        }

        switch (kind)
        {
            case FieldKind.Integer:
            case FieldKind.Float:
                writer.WriteNumberValue(value.Number);
                break;
            case FieldKind.Boolean:
                writer.WriteBooleanValue(value.Number != 0);
                break;
            case FieldKind.Time:
                writer.WriteStringValue(Timestamp.Format((long)value.Number));
                break;
            case FieldKind.TextList:
                writer.WriteStartArray();
                foreach (var item in value.List!)
                {
                    writer.WriteStringValue(item);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(value.Text);
                break;
        }
    }
}
