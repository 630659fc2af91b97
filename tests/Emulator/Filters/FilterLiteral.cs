using System;
using System.Globalization;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>The value of a comparison, read as what the field on its left is.</summary>
internal static class FilterLiteral
{
    private const string TimestampFunction = "timestamp(";

    public static FieldValue Parse(FilterScanner scanner, Field field)
    {
        var start = scanner.Position;
        if (scanner.TryTake(TimestampFunction))
        {
            return ParseTimestampCall(scanner, field, start);
        }

        var isQuoted = scanner.Current is '"' or '\'';
        var text = isQuoted ? scanner.TakeQuoted() : scanner.TakeBare(inValue: true);
        if (!isQuoted)
        {
            RefuseBare(scanner, text, start);
        }

        return Convert(scanner, field, text, isQuoted, start);
    }

    private static FieldValue ParseTimestampCall(FilterScanner scanner, Field field, int start)
    {
        if (field.Kind != FieldKind.Time)
        {
            throw scanner.Error($"\"{field.SnakeName}\" is not a time", start);
        }

        scanner.SkipSpace();
        var textAt = scanner.Position;
        if (scanner.Current is not ('"' or '\''))
        {
            throw scanner.Error("timestamp() needs a quoted string");
        }

        var text = scanner.TakeQuoted();
        scanner.SkipSpace();
        return scanner.TryTake(")")
            ? Convert(scanner, field, text, isQuoted: true, textAt)
            : throw scanner.Error("expected ')' after the time");
    }

    private static void RefuseBare(FilterScanner scanner, string text, int start)
    {
        if (text.Length == 0)
        {
            throw scanner.Error(
                scanner.Current == '(' ? "a group of values is not supported here" : "expected a value"
            );
        }

        if (scanner.Current == '(')
        {
            throw scanner.Error($"the function {text}() is not supported here", start);
        }

        if (text is "AND" or "OR" or "NOT")
        {
            throw scanner.Error($"expected a value, found {text}", start);
        }
    }

    private static FieldValue Convert(FilterScanner scanner, Field field, string text, bool isQuoted, int start)
    {
        switch (field.Kind)
        {
            case FieldKind.Text:
                return text.StartsWith('*') || text.EndsWith('*')
                    ? throw scanner.Error("wildcards are not supported here", start)
                    : FieldValue.Of(text);
            case FieldKind.Enum:
                return EnumName(field, text) is { } name
                    ? FieldValue.Of(name)
                    : throw scanner.Error($"\"{text}\" is not a value of \"{field.SnakeName}\"", start);
            case FieldKind.Number:
                return
                    !isQuoted
                    && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? FieldValue.Of(number)
                    : throw scanner.Error($"\"{text}\" is not a number", start);
            case FieldKind.Boolean:
                return text is "true" or "false" && !isQuoted
                    ? FieldValue.Of(text == "true")
                    : throw scanner.Error($"\"{text}\" is neither true nor false", start);
            case FieldKind.Time:
                return Timestamp.TryParse(text, out var nanoseconds)
                    ? FieldValue.Of(nanoseconds)
                    : throw scanner.Error($"\"{text}\" is not an RFC 3339 time", start);
            default:
                throw new ArgumentOutOfRangeException(nameof(field), field.Kind, null);
        }
    }

    /// <summary>The full name, given with or without its prefix.</summary>
    private static string? EnumName(Field field, string text) =>
        field.EnumNames.FirstOrDefault(name => name == text || name == field.EnumPrefix + text);
}
