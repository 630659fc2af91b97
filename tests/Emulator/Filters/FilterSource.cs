using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>Reads the fields and values in a filter, and creates the errors, each with its position.</summary>
internal sealed partial class FilterSource(string text, Dialect dialect)
{
    // Equals no value of an enum.
    private const string OtherText = "\0";

    private static readonly string[] CoreFields = ["name", "state", "create_time"];
    private static readonly string[] NewerStates = ["JOB_STATE_DELETED", "JOB_STATE_ARCHIVED"];

    public ApiException Reject(FilterNode node, string reason) => Reject(node.Span.Start, reason);

    /// <param name="position">The position, from 0. The message counts from 1.</param>
    /// <param name="reason">Why the filter is rejected.</param>
    public ApiException Reject(int position, string reason) =>
        ApiException.Invalid($"invalid filter at position {position + 1}: {reason}; filter: {text}");

    /// <summary>The position of the comparator.</summary>
    public int FindComparator(FilterRestriction restriction)
    {
        var position = restriction.Subject.Span.End;
        while (char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position;
    }

    /// <summary>Finds the field that is the subject of a comparison.</summary>
    public FieldPath FindField(FilterMember member)
    {
        FieldPath? path = null;
        foreach (var part in member.Parts)
        {
            path = FindChild(path, part.Text, part.Span.Start);
        }

        if (dialect.HasFlag(Dialect.CoreFields) && !CoreFields.Contains(path!.Text))
        {
            throw Reject(member, $"\"{path.Text}\" cannot be filtered on");
        }

        return path!;
    }

    /// <summary>Whether the dialect accepts a field but matches nothing with it.</summary>
    public bool IsNotUnderstood(FilterMember member, FieldPath path) =>
        (dialect.HasFlag(Dialect.CamelFields) && member.Parts.Any(part => part.Text.Contains('_')))
        || (dialect.HasFlag(Dialect.SilentFields) && !CoreFields.Contains(path.Text));

    /// <summary>Finds the field in <c>message:field</c>.</summary>
    public FieldPath FindChild(FieldPath message, FilterLiteral name) => FindChild(message, name.Text, name.Position);

    private FieldPath FindChild(FieldPath? parent, string name, int position)
    {
        if (parent?.Leaf.Kind is { } kind and not FieldKind.Message)
        {
            throw Reject(
                position,
                $"\"{parent.Text}\" is {(kind == FieldKind.TextList ? "repeated" : "not a message")} and has no subfields"
            );
        }

        var field =
            (parent?.Leaf ?? JobSchema.InList).Child(name)
            ?? throw Reject(
                position,
                $"there is no field \"{name}\"" + (parent is null ? "" : $" in \"{parent.Text}\"")
            );
        // With wildcards, a caller could guess a secret letter by letter.
        return field.IsSecret ? throw Reject(position, $"\"{field.SnakeName}\" is a secret and cannot be filtered on")
            : parent is null ? new FieldPath([], field)
            : parent.Inside(field);
    }

    /// <summary>Reads a value whose type is not yet determined by a field.</summary>
    public FilterLiteral ReadLiteral(FilterArgument argument) =>
        argument switch
        {
            FilterMember member => ReadMember(member),
            FilterFunction function => ReadFunction(function),
            _ => throw new UnreachableException(),
        };

    /// <summary>Reads a value of a text or enum field.</summary>
    public string ReadText(FieldPath path, FilterLiteral literal)
    {
        var names = path.Leaf.EnumNames;
        if (!literal.IsText)
        {
            throw Mismatch(path, literal, names.Count > 0 ? "an enum" : "a string");
        }

        if (names.Count == 0)
        {
            return literal.Text;
        }

        var isBare = literal.Form == LiteralForm.Bare;
        if (
            dialect.HasFlag(Dialect.NoEnums)
            || (dialect.HasFlag(Dialect.QuotedEnums) && isBare)
            || (dialect.HasFlag(Dialect.BareEnums) && !isBare)
            || (dialect.HasFlag(Dialect.OldStates) && NewerStates.Contains(literal.Text))
        )
        {
            throw Reject(literal.Position, $"{literal.Description} is not a value of \"{path.Text}\" in this dialect");
        }

        if (dialect.HasFlag(Dialect.ShortEnums) || (dialect.HasFlag(Dialect.TextEnums) && isBare))
        {
            return OtherText;
        }

        if (names.Contains(literal.Text))
        {
            return literal.Text;
        }

        var meant = names.FirstOrDefault(name =>
            literal.Text.Length > 0 && ("_" + name).EndsWith("_" + literal.Text, StringComparison.OrdinalIgnoreCase)
        );
        throw Reject(
            literal.Position,
            $"{literal.Description} is not a value of \"{path.Text}\"; "
                + (meant is null ? $"its values are {string.Join(", ", names)}" : $"write {meant}")
        );
    }

    /// <summary>Reads a value of a number, boolean or time field, in the form of <see cref="FieldValue.Number"/>.</summary>
    public decimal ReadNumber(FieldPath path, FilterLiteral literal)
    {
        var isBare = literal.Form == LiteralForm.Bare;
        switch (path.Leaf.Kind)
        {
            case FieldKind.Integer:
                return
                    isBare
                    && int.TryParse(
                        literal.Text,
                        NumberStyles.AllowLeadingSign,
                        CultureInfo.InvariantCulture,
                        out var integer
                    )
                    && literal.Text[0] != '+'
                    ? integer
                    : throw Mismatch(path, literal, "a 32-bit integer");
            case FieldKind.Float:
                var hasExponent = literal.Text.Contains('e', StringComparison.OrdinalIgnoreCase);
                return isBare && Float().IsMatch(literal.Text) && !(hasExponent && dialect.HasFlag(Dialect.NoExponents))
                    ? ToDecimal(literal.Text)
                    : throw Mismatch(path, literal, "a number");
            case FieldKind.Boolean:
                return isBare && literal.Text is "true" or "false"
                    ? FieldValue.Of(literal.Text == "true").Number
                    : throw Mismatch(path, literal, "a boolean (true or false)");
            case FieldKind.Time:
                return literal.Form != LiteralForm.Duration && Timestamp.TryParse(literal.Text, out var time)
                    ? Math.Round(time / dialect.TimeUnit()) * dialect.TimeUnit()
                    : throw Mismatch(path, literal, "an RFC 3339 time");
            default:
                throw new UnreachableException();
        }
    }

    // The grammar parses 2.5, and a time with a fraction, as a path of two parts.
    private FilterLiteral ReadMember(FilterMember member) =>
        member.Parts.Count > 1 && member.Parts.Any(part => part.IsQuoted)
            ? throw Reject(member, "a value with a dot must be quoted as a whole or not at all")
            : new FilterLiteral(
                member.Parts[0].IsQuoted ? LiteralForm.Quoted : LiteralForm.Bare,
                string.Join('.', member.Parts.Select(part => part.Text)),
                member.Span.Start
            );

    private FilterLiteral ReadFunction(FilterFunction function)
    {
        var name = string.Join('.', function.Name.Select(part => part.Text));
        var form = name switch
        {
            "timestamp" => LiteralForm.Time,
            "duration" => LiteralForm.Duration,
            "AND" or "OR" or "NOT" => throw Reject(function, $"{name} needs a space before the parenthesis"),
            _ => throw Reject(function, $"there is no function {name}()"),
        };
        return
            function.Arguments is [FilterMember { Parts: [{ IsQuoted: true } word] }]
            && (form == LiteralForm.Time ? Timestamp.TryParse(word.Text, out _) : Duration().IsMatch(word.Text))
            ? new FilterLiteral(form, word.Text, function.Span.Start)
            : throw Reject(
                function.Arguments is [var first, ..] ? first : function,
                "expected one quoted string with "
                    + (
                        form == LiteralForm.Time
                            ? "an RFC 3339 time, as in timestamp(\"2026-11-01T00:00:00Z\")"
                            : "seconds, as in duration(\"1.5s\")"
                    )
            );
    }

    private ApiException Mismatch(FieldPath path, FilterLiteral literal, string kind) =>
        Reject(
            literal.Position,
            $"\"{path.Text}\" is {kind}, {literal.Description} is not"
                + (literal.Form == LiteralForm.Quoted && path.Leaf.Kind != FieldKind.Time ? " (it is a string)" : "")
        );

    /// <summary>Converts a number; clamps one that is too large for a decimal, and rounds one that is too small to 0.</summary>
    private static decimal ToDecimal(string text)
    {
        var rough = double.Parse(text, CultureInfo.InvariantCulture);
        return rough >= (double)decimal.MaxValue ? decimal.MaxValue
            : rough <= (double)decimal.MinValue ? decimal.MinValue
            : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact
            : 0;
    }

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Float();

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]{1,9})?s\z", RegexOptions.CultureInvariant)]
    public static partial Regex Duration();
}

/// <summary>How a value in a filter is written.</summary>
internal enum LiteralForm
{
    /// <summary><c>nightly</c>, <c>2.5</c>, <c>20s</c></summary>
    Bare,

    /// <summary><c>"Do not delete!"</c></summary>
    Quoted,

    /// <summary><c>timestamp("2026-11-01T00:00:00Z")</c></summary>
    Time,

    /// <summary><c>duration("1.5s")</c></summary>
    Duration,
}

/// <summary>A value in a filter.</summary>
/// <param name="Form">How it is written.</param>
/// <param name="Text">The value without quotes.</param>
/// <param name="Position">Its position in the filter, from 0.</param>
internal sealed record FilterLiteral(LiteralForm Form, string Text, int Position)
{
    public bool IsText => Form is LiteralForm.Bare or LiteralForm.Quoted;

    /// <summary>Whether it matches any value.</summary>
    public bool IsWildcard => IsText && Text == TextPattern.Wildcard;

    /// <summary>The value as error messages show it.</summary>
    public string Description =>
        Form switch
        {
            LiteralForm.Quoted => $"\"{Text}\"",
            LiteralForm.Time => $"the time \"{Text}\"",
            LiteralForm.Duration => $"the duration \"{Text}\"",
            _ when FilterSource.Duration().IsMatch(Text) => $"the duration {Text}",
            _ => Text,
        };
}
