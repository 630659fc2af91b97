using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>One field of a job's schema: its two spellings, its kind, and how its value is read.</summary>
internal sealed class Field
{
    private readonly Dictionary<string, Field> _bySpelling = new(StringComparer.Ordinal);

    private Field(string name, FieldKind kind)
    {
        Name = name;
        Kind = kind;
        SnakeName = ToSnakeCase(name);
        JsonName = JsonEncodedText.Encode(name);
    }

    /// <summary>As on the wire: camelCase.</summary>
    public string Name { get; }

    /// <summary>As in masks, filters and orders: snake_case; <see cref="Name"/> is understood there too.</summary>
    public string SnakeName { get; }

    public JsonEncodedText JsonName { get; }

    public FieldKind Kind { get; }

    /// <summary>The value; of a message only whether it is set.</summary>
    public Func<Job, FieldValue> Read { get; private init; } = static _ => default;

    /// <summary>Whether a message is there; when it is not, it is sent as null.</summary>
    public Func<Job, bool> IsSet { get; private init; } = static _ => true;

    /// <summary>Whether a filter on it would let a caller guess what it holds.</summary>
    public bool IsSecret { get; private init; }

    /// <summary>Members of a oneof are left out when they are not the one that is set, not sent as null.</summary>
    public bool IsOneofMember { get; private init; }

    /// <summary>The fields of a message in alphabetical order.</summary>
    public IReadOnlyList<Field> Children { get; private init; } = [];

    /// <summary>All names of an enum.</summary>
    public IReadOnlyList<string> EnumNames { get; private init; } = [];

    /// <summary>What all names of an enum begin with.</summary>
    public string EnumPrefix { get; private init; } = "";

    public static Field Text(string name, Func<Job, string> read) =>
        new(name, FieldKind.Text) { Read = job => FieldValue.Of(read(job)) };

    /// <summary>A text that must not be told, by a filter neither.</summary>
    public static Field Secret(string name, Func<Job, string> read) =>
        new(name, FieldKind.Text) { Read = job => FieldValue.Of(read(job)), IsSecret = true };

    public static Field Integer(string name, Func<Job, int> read) =>
        new(name, FieldKind.Integer) { Read = job => FieldValue.Of((decimal)read(job)) };

    public static Field Float(string name, Func<Job, decimal> read) =>
        new(name, FieldKind.Float) { Read = job => FieldValue.Of(read(job)) };

    public static Field Boolean(string name, Func<Job, bool> read) =>
        new(name, FieldKind.Boolean) { Read = job => FieldValue.Of(read(job)) };

    public static Field Time(string name, Func<Job, long?> read) =>
        new(name, FieldKind.Time) { Read = job => FieldValue.Of(read(job)) };

    public static Field TextList(string name, Func<Job, IReadOnlyList<string>> read) =>
        new(name, FieldKind.TextList) { Read = job => FieldValue.Of(read(job)) };

    public static Field Enum(string name, string[] names, string prefix, Func<Job, string> read) =>
        new(name, FieldKind.Enum)
        {
            Read = job => FieldValue.Of(read(job)),
            EnumNames = names,
            EnumPrefix = prefix,
        };

    public static Field Message(string name, Func<Job, bool> isSet, params Field[] children) =>
        NewMessage(name, isSet, isOneofMember: false, children);

    public static Field OneofMessage(string name, Func<Job, bool> isSet, params Field[] children) =>
        NewMessage(name, isSet, isOneofMember: true, children);

    /// <summary>The child with this name in either spelling.</summary>
    public Field? Child(string spelling) => _bySpelling.GetValueOrDefault(spelling);

    private static Field NewMessage(string name, Func<Job, bool> isSet, bool isOneofMember, Field[] children)
    {
        var message = new Field(name, FieldKind.Message)
        {
            IsSet = isSet,
            Read = job => isSet(job) ? FieldValue.Message : default,
            IsOneofMember = isOneofMember,
            Children = children.OrderBy(child => child.Name, StringComparer.Ordinal).ToArray(),
        };
        foreach (var child in children)
        {
            message._bySpelling[child.Name] = child;
            message._bySpelling[child.SnakeName] = child;
        }

        return message;
    }

    private static string ToSnakeCase(string name)
    {
        var snake = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c))
            {
                snake.Append('_');
            }

            snake.Append(char.ToLowerInvariant(c));
        }

        return snake.ToString();
    }
}
