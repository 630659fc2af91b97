using System;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>Turns <c>field op value</c>, and a value alone, into a condition on jobs.</summary>
internal sealed class RestrictionCompiler(Field fields, FilterSource source)
{
    private readonly FieldResolver _resolver = new(fields, source);
    private readonly LiteralReader _literals = new(source);

    public Condition<Job> Compile(FilterRestriction restriction)
    {
        if (restriction is not { Comparator: { } comparator, Argument: { } argument })
        {
            return CompileSearch(restriction.Subject);
        }

        if (restriction.Subject is not FilterMember member)
        {
            throw source.Refuse(
                restriction,
                $"a comparison begins with a field, not with {_literals.Read(restriction.Subject).Description}"
            );
        }

        var path = _resolver.Resolve(member);
        RefuseUnfit(restriction, comparator, path);
        if (path.Leaf.Kind == FieldKind.Message)
        {
            return CompileHas(path, argument);
        }

        var values = new ValueCompiler(path, comparator, source);
        return new FieldCondition(path, CompileArgument(argument, values.Compile));
    }

    private TextSearch CompileSearch(FilterArgument subject)
    {
        var literal = _literals.Read(subject);
        return literal.IsText
            ? new TextSearch(literal.Text)
            : throw source.Refuse(subject, $"{literal.Description} has no field that it is compared with");
    }

    private void RefuseUnfit(FilterRestriction restriction, FilterComparator comparator, FieldPath path)
    {
        var isOrder = comparator is not (FilterComparator.Equal or FilterComparator.NotEqual or FilterComparator.Has);
        var reason = path.Leaf.Kind switch
        {
            FieldKind.Message when comparator != FilterComparator.Has =>
                "is a message: compare a field of it, or ask with ':' whether it has one",
            FieldKind.TextList when comparator != FilterComparator.Has => "is repeated: only ':' looks into it",
            FieldKind.Enum or FieldKind.Boolean when isOrder => "can only be compared with = and !=",
            _ => null,
        };
        if (reason is not null)
        {
            throw source.RefuseComparator(restriction, $"\"{path.Text}\" {reason}");
        }
    }

    // That the message itself is set is asked too, for a NOT in parentheses: (NOT project) has a message without it.
    private AllOf<Job> CompileHas(FieldPath message, FilterArgument argument) =>
        new([Present(message), CompileArgument(argument, literal => CompileHas(message, literal))]);

    private FieldCondition CompileHas(FieldPath message, FilterLiteral literal) =>
        literal.IsAnything ? Present(message)
        : literal.IsText ? Present(_resolver.ResolveInside(message, literal))
        : throw source.Refuse(
            literal.Position,
            $"\"{message.Text}\" is a message and has fields, not {literal.Description}"
        );

    private static FieldCondition Present(FieldPath path) => new(path, new Presence(path.Leaf));

    private Condition<T> CompileArgument<T>(FilterArgument argument, Func<FilterLiteral, Condition<T>> compile) =>
        argument is FilterGroup group
            ? Connectives.Compile(group.Inner, restriction => compile(ReadInGroup(restriction)))
            : compile(_literals.Read(argument));

    private FilterLiteral ReadInGroup(FilterRestriction restriction) =>
        restriction.Comparator is null
            ? _literals.Read(restriction.Subject)
            : throw source.Refuse(restriction, "behind a comparator, parentheses hold values, not comparisons");
}
