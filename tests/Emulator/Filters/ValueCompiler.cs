using System;
using System.Diagnostics;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>Turns a comparator and a value into a condition on the values of one field.</summary>
internal sealed class ValueCompiler(FieldPath path, FilterComparator comparator, FilterSource source)
{
    private readonly LiteralConverter _converter = new(path, source);

    public Condition<FieldValue> Compile(FilterLiteral literal) =>
        comparator == FilterComparator.Has && literal.IsAnything
            ? new Presence(path.Leaf)
            : path.Leaf.Kind switch
            {
                FieldKind.Text => CompareText(_converter.Text(literal)),
                FieldKind.Enum => CompareName(_converter.EnumName(literal)),
                FieldKind.Integer => CompareNumber(_converter.Integer(literal)),
                FieldKind.Float => CompareNumber(_converter.Float(literal)),
                FieldKind.Boolean => CompareNumber(_converter.Boolean(literal)),
                FieldKind.Time => CompareNumber(_converter.Time(literal)),
                FieldKind.TextList => new ElementMatch(Pattern(_converter.Text(literal))),
                _ => throw new UnreachableException(),
            };

    private Condition<FieldValue> CompareText(string text) =>
        comparator switch
        {
            FilterComparator.Equal or FilterComparator.Has => new TextMatch(Pattern(text)),
            FilterComparator.NotEqual => new Not<FieldValue>(new TextMatch(Pattern(text))),
            _ => CompareName(text),
        };

    private TextComparison CompareName(string name) => new(comparator, name);

    private NumberComparison CompareNumber(decimal number) => new(comparator, number);

    private static TextPattern Pattern(string text) => new(text, StringComparison.Ordinal);
}
