using System;
using System.Globalization;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>Reads a value as what the field on its left is (AIP-160, comparison operators).</summary>
internal sealed class LiteralConverter(FieldPath path, FilterSource source)
{
    public string Text(FilterLiteral literal) => literal.IsText ? literal.Text : throw Refuse(literal, "a string");

    public decimal Integer(FilterLiteral literal) =>
        IsBare(literal, out var text)
        && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && text[0] != '+'
            ? number
            : throw Refuse(literal, "a 32-bit integer");

    public decimal Float(FilterLiteral literal) =>
        IsBare(literal, out var text) && FloatLiteral.TryParse(text, out var number)
            ? number
            : throw Refuse(literal, "a number");

    public decimal Boolean(FilterLiteral literal) =>
        IsBare(literal, out var text) && text is "true" or "false"
            ? FieldValue.Of(text == "true").Number
            : throw Refuse(literal, "a boolean (true or false)");

    public decimal Time(FilterLiteral literal) =>
        literal.Form != LiteralForm.Duration && Timestamp.TryParse(literal.Text, out var nanoseconds)
            ? nanoseconds
            : throw Refuse(literal, "an RFC 3339 time");

    public string EnumName(FilterLiteral literal)
    {
        var names = path.Leaf.EnumNames;
        if (!literal.IsText)
        {
            throw Refuse(literal, "an enum");
        }

        if (names.Contains(literal.Text))
        {
            return literal.Text;
        }

        var meant = names.FirstOrDefault(name =>
            name.Equals(literal.Text, StringComparison.OrdinalIgnoreCase)
            || name.Equals(path.Leaf.EnumPrefix + literal.Text, StringComparison.OrdinalIgnoreCase)
        );
        throw source.Refuse(
            literal.Position,
            $"{literal.Description} is not a value of \"{path.Text}\"; "
                + (meant is null ? $"its values are {string.Join(", ", names)}" : $"write {meant}")
        );
    }

    private static bool IsBare(FilterLiteral literal, out string text)
    {
        text = literal.Text;
        return literal.Form == LiteralForm.Bare;
    }

    private ApiException Refuse(FilterLiteral literal, string kind) =>
        source.Refuse(
            literal.Position,
            $"\"{path.Text}\" is {kind}, {literal.Description} is not"
                + (literal.Form == LiteralForm.Quoted && path.Leaf.Kind != FieldKind.Time ? " (it is a string)" : "")
        );
}
