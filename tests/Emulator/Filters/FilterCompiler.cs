using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>Tests whether a job, or the value of one of its fields, matches a filter or a part of it.</summary>
internal delegate bool Condition<T>(T subject);

/// <summary>
/// Compiles an AIP-160 filter to a condition on jobs. Like a service with typed fields, it finds every error before it
/// evaluates a job.
/// </summary>
internal sealed class FilterCompiler
{
    private const string Wildcard = TextPattern.Wildcard;

    /// <summary>The fields to search for a value without a field. An assumption: the service does not document them.</summary>
    private static readonly FieldPath[] SearchedFields =
    [
        .. new[]
        {
            "display_name",
            "created_by",
            "state",
            "status.message",
            "name",
            "dataset",
            "training_config.base_model",
            "training_config.output_model",
            "training_config.warm_start_from",
        }.Select(path => FieldPath.Find(JobSchema.InList, path)!),
    ];

    private readonly FilterSource _source;

    private FilterCompiler(FilterSource source) => _source = source;

    /// <returns>Null for an empty filter.</returns>
    /// <exception cref="ApiException">The filter is invalid, or does not match the types of the fields.</exception>
    public static Condition<Job>? Compile(string filter, Dialect dialect = Dialect.None)
    {
        var source = new FilterSource(filter, dialect);
        try
        {
            return FilterParser.Parse(filter) is { } node
                ? Combine(node, new FilterCompiler(source).CompileRestriction)
                : null;
        }
        catch (FilterSyntaxException e)
        {
            throw source.Reject(e.Position, e.Message);
        }
    }

    /// <summary>Combines conditions on jobs, or conditions on values: AND, OR and NOT work the same for both.</summary>
    private static Condition<T> Combine<T>(FilterNode node, Func<FilterRestriction, Condition<T>> compile)
    {
        switch (node)
        {
            case FilterConjunction conjunction:
                var all = CombineEach(conjunction.Parts, compile);
                return subject => MatchesAll(all, subject);
            case FilterSequence sequence:
                var each = CombineEach(sequence.Parts, compile);
                return subject => MatchesAll(each, subject);
            case FilterAlternative alternative:
                var any = CombineEach(alternative.Parts, compile);
                return subject => MatchesAny(any, subject);
            case FilterNegation negation:
                var operand = Combine(negation.Operand, compile);
                return subject => !operand(subject);
            case FilterGroup group:
                return Combine(group.Inner, compile);
            case FilterRestriction restriction:
                return compile(restriction);
            default:
                throw new UnreachableException();
        }
    }

    private static Condition<T>[] CombineEach<T>(
        IReadOnlyList<FilterNode> nodes,
        Func<FilterRestriction, Condition<T>> compile
    ) => [.. nodes.Select(node => Combine(node, compile))];

    private static bool MatchesAll<T>(Condition<T>[] conditions, T subject)
    {
        foreach (var condition in conditions)
        {
            if (!condition(subject))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MatchesAny<T>(Condition<T>[] conditions, T subject)
    {
        foreach (var condition in conditions)
        {
            if (condition(subject))
            {
                return true;
            }
        }

        return false;
    }

    private Condition<Job> CompileRestriction(FilterRestriction restriction)
    {
        if (restriction is not { Comparator: { } comparator, Argument: { } argument })
        {
            return CompileSearch(restriction.Subject);
        }

        if (restriction.Subject is not FilterMember member)
        {
            var literal = _source.ReadLiteral(restriction.Subject);
            throw _source.Reject(restriction, $"a comparison must begin with a field, not with {literal.Description}");
        }

        var path = _source.FindField(member);
        RejectComparator(restriction, comparator, path);
        if (_source.IsNotUnderstood(member, path))
        {
            return _ => false;
        }

        if (path.Leaf.Kind != FieldKind.Message)
        {
            return WhenSet(path, CompileArgument(argument, literal => CompileValue(path, comparator, literal)));
        }

        // message:(NOT field) also requires that the message is set.
        var isSet = IsPresent(path);
        var has = CompileArgument(argument, literal => CompileHas(path, literal));
        return job => isSet(job) && has(job);
    }

    private Condition<Job> CompileSearch(FilterArgument subject)
    {
        var literal = _source.ReadLiteral(subject);
        if (!literal.IsText)
        {
            throw _source.Reject(subject, $"{literal.Description} must be compared with a field");
        }

        var text = literal.Text.Contains(Wildcard, StringComparison.Ordinal)
            ? literal.Text
            : Wildcard + literal.Text + Wildcard;
        var pattern = new TextPattern(text, StringComparison.OrdinalIgnoreCase);
        return job =>
        {
            foreach (var field in SearchedFields)
            {
                if (field.Read(job).Text is { } value && pattern.Matches(value))
                {
                    return true;
                }
            }

            return false;
        };
    }

    private void RejectComparator(FilterRestriction restriction, FilterComparator comparator, FieldPath path)
    {
        var reason = path.Leaf.Kind switch
        {
            FieldKind.Message when comparator != FilterComparator.Has =>
                "is a message: compare one of its fields, or test for one with ':'",
            FieldKind.TextList when comparator != FilterComparator.Has => "is repeated and supports only ':'",
            FieldKind.Enum or FieldKind.Boolean when IsOrder(comparator) => "can only be compared with = and !=",
            _ => null,
        };
        if (reason is not null)
        {
            throw _source.Reject(_source.FindComparator(restriction), $"\"{path.Text}\" {reason}");
        }
    }

    private Condition<T> CompileArgument<T>(FilterArgument argument, Func<FilterLiteral, Condition<T>> compile) =>
        argument is FilterGroup group
            ? Combine(
                group.Inner,
                restriction =>
                    restriction.Comparator is null
                        ? compile(_source.ReadLiteral(restriction.Subject))
                        : throw _source.Reject(
                            restriction,
                            "parentheses after a comparator must contain values, not comparisons"
                        )
            )
            : compile(_source.ReadLiteral(argument));

    /// <summary>Compiles <c>field comparator literal</c> to a condition on the value of the field.</summary>
    private Condition<FieldValue> CompileValue(FieldPath path, FilterComparator comparator, FilterLiteral literal)
    {
        if (comparator == FilterComparator.Has && literal.IsWildcard)
        {
            return value => HasOtherThanDefault(path.Leaf, value);
        }

        switch (path.Leaf.Kind)
        {
            case FieldKind.TextList:
                var element = new TextPattern(_source.ReadText(path, literal), StringComparison.Ordinal);
                return value => MatchesAny(value.List!, element);
            case FieldKind.Text when !IsOrder(comparator):
                var pattern = new TextPattern(_source.ReadText(path, literal), StringComparison.Ordinal);
                var expected = comparator != FilterComparator.NotEqual;
                return value => pattern.Matches(value.Text) == expected;
            case FieldKind.Text or FieldKind.Enum:
                var text = _source.ReadText(path, literal);
                return value => Holds(comparator, string.CompareOrdinal(value.Text, text));
            default:
                var number = _source.ReadNumber(path, literal);
                return value => Holds(comparator, value.Number.CompareTo(number));
        }
    }

    /// <summary>Compiles <c>message:literal</c>.</summary>
    private Condition<Job> CompileHas(FieldPath message, FilterLiteral literal) =>
        literal.IsWildcard ? IsPresent(message)
        : literal.IsText ? IsPresent(_source.FindChild(message, literal))
        : throw _source.Reject(
            literal.Position,
            $"\"{message.Text}\" is a message and has fields, not {literal.Description}"
        );

    private static Condition<Job> IsPresent(FieldPath path) =>
        WhenSet(path, value => HasOtherThanDefault(path.Leaf, value));

    /// <summary>
    /// An unset value matches no comparison, not even != (AIP-160, traversal); only a NOT before the comparison matches it.
    /// </summary>
    private static Condition<Job> WhenSet(FieldPath path, Condition<FieldValue> condition) =>
        job =>
        {
            var value = path.Read(job);
            return value.IsSet && condition(value);
        };

    /// <summary><c>field:*</c> does not match a default value (AIP-160, has operator).</summary>
    private static bool HasOtherThanDefault(Field field, FieldValue value) =>
        field.Kind switch
        {
            FieldKind.Text => value.Text!.Length > 0,
            FieldKind.Enum => value.Text != field.EnumNames[0],
            FieldKind.TextList => value.List!.Count > 0,
            FieldKind.Integer or FieldKind.Float or FieldKind.Boolean => value.Number != 0,
            _ => true,
        };

    private static bool MatchesAny(IReadOnlyList<string> elements, TextPattern pattern)
    {
        for (var i = 0; i < elements.Count; i++)
        {
            if (pattern.Matches(elements[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOrder(FilterComparator comparator) =>
        comparator is not (FilterComparator.Equal or FilterComparator.NotEqual or FilterComparator.Has);

    /// <param name="comparator">The comparator; <c>:</c> with a single value means <c>=</c>.</param>
    /// <param name="order">Negative, zero or positive, as in <see cref="IComparable{T}"/>.</param>
    private static bool Holds(FilterComparator comparator, int order) =>
        comparator switch
        {
            FilterComparator.Equal or FilterComparator.Has => order == 0,
            FilterComparator.NotEqual => order != 0,
            FilterComparator.Less => order < 0,
            FilterComparator.LessOrEqual => order <= 0,
            FilterComparator.Greater => order > 0,
            FilterComparator.GreaterOrEqual => order >= 0,
            _ => throw new UnreachableException(),
        };
}
