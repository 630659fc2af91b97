using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>The type of a field, which determines how its value is written, compared and ordered.</summary>
internal enum FieldKind
{
    Message,
    Text,
    Enum,
    Integer,
    Float,
    Boolean,
    Time,
    TextList,
}

/// <summary>One field of a job's schema: its two names, its kind, and how its value is read.</summary>
internal sealed class Field
{
    private readonly Dictionary<string, Field> _byName = new(StringComparer.Ordinal);
    private readonly JsonEncodedText _jsonName;

    private Field(string name, FieldKind kind, Func<Job, FieldValue> read)
    {
        Name = name;
        SnakeName = JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
        Kind = kind;
        Read = job => job.Created is { } created && created.TryRead(this, out var value) ? value : read(job);
        _jsonName = JsonEncodedText.Encode(name);
    }

    /// <summary>The name on the wire, in camelCase.</summary>
    public string Name { get; }

    /// <summary>The names on the wire from the job to this field, with dots between them. Empty for the job.</summary>
    public string Path { get; private set; } = "";

    /// <summary>The value of a field that is not set, as the gateway sends it.</summary>
    public FieldValue UnsetValue =>
        Kind switch
        {
            FieldKind.Text => FieldValue.Of(""),
            FieldKind.Enum => FieldValue.Of(EnumNames[0]),
            FieldKind.Integer or FieldKind.Float => FieldValue.Of(0m),
            FieldKind.Boolean => FieldValue.Of(false),
            FieldKind.TextList => FieldValue.Of([]),
            _ => default,
        };

    /// <summary>The name in masks, filters and orders, in snake_case; they accept <see cref="Name"/> too.</summary>
    public string SnakeName { get; }

    public FieldKind Kind { get; }

    /// <summary>Reads the value; for a message, only whether it is set.</summary>
    public Func<Job, FieldValue> Read { get; }

    private Func<Job, FieldValue>? ReadShown { get; init; }

    /// <summary>Whether filters reject the field, because they would let a caller guess its value.</summary>
    public bool IsSecret { get; private init; }

    /// <summary>Whether an unset message is omitted instead of being sent as null.</summary>
    public bool IsOneofMember { get; private init; }

    /// <summary>Whether a message is written as a list: of one message if it is set, or else of none.</summary>
    public bool IsRepeated { get; private init; }

    /// <summary>The fields of a message in alphabetical order.</summary>
    public IReadOnlyList<Field> Children { get; private init; } = [];

    /// <summary>All values of an enum, the default first.</summary>
    public IReadOnlyList<string> EnumNames { get; private init; } = [];

    public static Field Text(string name, Func<Job, string> read) =>
        new(name, FieldKind.Text, job => FieldValue.Of(read(job)));

    public static Field Secret(string name, Func<Job, string> read) =>
        new(name, FieldKind.Text, job => FieldValue.Of(read(job))) { IsSecret = true };

    public static Field Integer(string name, Func<Job, int> read) =>
        new(name, FieldKind.Integer, job => FieldValue.Of((decimal)read(job)));

    public static Field Float(string name, Func<Job, decimal> read) =>
        new(name, FieldKind.Float, job => FieldValue.Of(read(job)));

    public static Field Boolean(string name, Func<Job, bool> read) =>
        new(name, FieldKind.Boolean, job => FieldValue.Of(read(job)));

    public static Field Time(string name, Func<Job, long?> read) =>
        new(name, FieldKind.Time, job => FieldValue.Of(read(job)))
        {
            ReadShown = job => FieldValue.Of(job.Shown(read(job))),
        };

    public static Field TextList(string name, Func<Job, IReadOnlyList<string>> read) =>
        new(name, FieldKind.TextList, job => FieldValue.Of(read(job)));

    /// <param name="name">The name on the wire.</param>
    /// <param name="names">The names of the values.</param>
    /// <param name="read">Reads the value for filters and orders.</param>
    /// <param name="readShown">Reads the value for responses; null if it is the same.</param>
    public static Field Enum(
        string name,
        string[] names,
        Func<Job, string> read,
        Func<Job, string>? readShown = null
    ) =>
        new(name, FieldKind.Enum, job => FieldValue.Of(read(job)))
        {
            EnumNames = names,
            ReadShown = readShown is null ? null : job => FieldValue.Of(readShown(job)),
        };

    public static Field Message(string name, Func<Job, bool> isSet, params Field[] children) =>
        NewMessage(name, isSet, isOneofMember: false, isRepeated: false, children);

    public static Field OneofMessage(string name, Func<Job, bool> isSet, params Field[] children) =>
        NewMessage(name, isSet, isOneofMember: true, isRepeated: false, children);

    public static Field RepeatedMessage(string name, Func<Job, bool> isSet, params Field[] children) =>
        NewMessage(name, isSet, isOneofMember: false, isRepeated: true, children);

    /// <summary>Finds a field of this message by either of its names.</summary>
    public Field? Child(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Writes the fields of this message as the live gateway does: sorted, unset ones included.</summary>
    public void Write(Utf8JsonWriter writer, Job job, FieldMask mask)
    {
        writer.WriteStartObject();
        foreach (var field in Children)
        {
            if (!mask.Includes(field))
            {
                continue;
            }

            var value = (field.ReadShown ?? field.Read)(job);
            if (value.IsSet || !field.IsOneofMember)
            {
                writer.WritePropertyName(field._jsonName);
                field.WriteValue(writer, job, value, mask);
            }
        }

        writer.WriteEndObject();
    }

    private void WriteValue(Utf8JsonWriter writer, Job job, FieldValue value, FieldMask mask)
    {
        if (IsRepeated)
        {
            writer.WriteStartArray();
            if (value.IsSet)
            {
                Write(writer, job, mask.Inside(this));
            }

            writer.WriteEndArray();
            return;
        }

        if (!value.IsSet)
        {
            writer.WriteNullValue();
            return;
        }

        switch (Kind)
        {
            case FieldKind.Message:
                Write(writer, job, mask.Inside(this));
                break;
            case FieldKind.Integer or FieldKind.Float:
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

    private static Field NewMessage(
        string name,
        Func<Job, bool> isSet,
        bool isOneofMember,
        bool isRepeated,
        Field[] children
    )
    {
        var message = new Field(name, FieldKind.Message, job => isSet(job) ? FieldValue.Message : default)
        {
            IsOneofMember = isOneofMember,
            IsRepeated = isRepeated,
            Children = children.OrderBy(child => child.Name, StringComparer.Ordinal).ToArray(),
        };
        foreach (var child in children)
        {
            message._byName[child.Name] = child;
            message._byName[child.SnakeName] = child;
        }

        message.SetPath("");
        return message;
    }

    // Messages are made from the inside, so each outer one extends the paths.
    private void SetPath(string path)
    {
        Path = path;
        foreach (var child in Children)
        {
            child.SetPath(path.Length == 0 ? child.Name : $"{path}.{child.Name}");
        }
    }
}

/// <summary>A field and the messages that contain it, as in <c>training_config.base_model</c>.</summary>
/// <param name="Messages">The messages, outermost first.</param>
/// <param name="Leaf">The field.</param>
internal sealed record FieldPath(IReadOnlyList<Field> Messages, Field Leaf)
{
    public string Text => string.Join('.', Messages.Append(Leaf).Select(part => part.SnakeName));

    /// <summary>Finds a path below <paramref name="root"/>, in snake_case or camelCase; null if it does not exist.</summary>
    public static FieldPath? Find(Field root, string path)
    {
        FieldPath? found = null;
        foreach (var name in path.Split('.'))
        {
            if ((found?.Leaf ?? root).Child(name) is not { } next)
            {
                return null;
            }

            found = found is null ? new FieldPath([], next) : found.Inside(next);
        }

        return found;
    }

    /// <summary>The path to a field of the message at the end of this path.</summary>
    public FieldPath Inside(Field child) => new([.. Messages, Leaf], child);

    /// <summary>Reads the value; it is unset if one of the messages is.</summary>
    public FieldValue Read(Job job)
    {
        for (var i = 0; i < Messages.Count; i++)
        {
            if (!Messages[i].Read(job).IsSet)
            {
                return default;
            }
        }

        return Leaf.Read(job);
    }
}

/// <summary>The value of one field of one job; the default is unset, which is <c>null</c> on the wire.</summary>
/// <param name="Text">A string or the name of an enum value.</param>
/// <param name="Number">A number, a boolean (0 or 1), or a time in nanoseconds since 1970.</param>
/// <param name="List">The elements of a repeated field.</param>
internal readonly record struct FieldValue(string? Text, decimal Number, IReadOnlyList<string>? List)
{
    public bool IsSet { get; private init; }

    /// <summary>The value of a message that is set.</summary>
    public static FieldValue Message { get; } = new() { IsSet = true };

    public static FieldValue Of(string text) => new() { IsSet = true, Text = text };

    public static FieldValue Of(decimal number) => new() { IsSet = true, Number = number };

    public static FieldValue Of(bool value) => Of(value ? 1m : 0m);

    public static FieldValue Of(long? nanoseconds) => nanoseconds is { } set ? Of((decimal)set) : default;

    public static FieldValue Of(IReadOnlyList<string> list) => new() { IsSet = true, List = list };

    /// <summary>Compares two values of one field; unset is least.</summary>
    public int CompareTo(FieldValue other) =>
        IsSet != other.IsSet ? IsSet.CompareTo(other.IsSet)
        : Text is null ? Number.CompareTo(other.Number)
        : string.CompareOrdinal(Text, other.Text);
}
