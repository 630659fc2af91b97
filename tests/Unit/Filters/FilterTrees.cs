using System;
using System.Collections.Generic;
using FsCheck;
using FsCheck.Fluent;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>Generates exactly the trees that the grammar allows.</summary>
internal static class FilterTrees
{
    private const int Levels = 4;

    private static readonly string[] Keywords = ["AND", "OR", "NOT"];

    private static readonly FilterComparator[] Comparators = Enum.GetValues<FilterComparator>();

    public static Gen<FilterNode> Any { get; } = Build();

    private static Gen<FilterNode> Build()
    {
        var arguments = Member(isArgument: true, mayStartWithMinus: true);
        var expression = Expression(arguments, groups: null);
        for (var level = 1; level < Levels; level++)
        {
            var groups = expression.Select(inner => new FilterGroup(inner));
            arguments = Gen.Frequency(
                (4, Member(isArgument: true, mayStartWithMinus: true)),
                (1, Function(arguments, isArgument: true, mayStartWithMinus: true)),
                (1, groups.Select(FilterArgument (it) => it))
            );
            expression = Expression(arguments, groups);
        }
        return expression;
    }

    private static Gen<FilterNode> Expression(Gen<FilterArgument> arguments, Gen<FilterGroup>? groups)
    {
        var term = Term(arguments, groups);
        var factor = OneOrMore(term, parts => new FilterAlternative(parts));
        var sequence = OneOrMore(factor, parts => new FilterSequence(parts));
        return OneOrMore(sequence, parts => new FilterConjunction(parts));
    }

    private static Gen<FilterNode> OneOrMore(Gen<FilterNode> part, Func<FilterNode[], FilterNode> list) =>
        Gen.Frequency((3, part), (2, Gen.Choose(2, 3).SelectMany(count => part.ArrayOf(count)).Select(list)));

    private static Gen<FilterNode> Term(Gen<FilterArgument> arguments, Gen<FilterGroup>? groups)
    {
        var negated =
            from isMinus in ArbMap.Default.GeneratorFor<bool>()
            from operand in Simple(arguments, groups, mayStartWithMinus: true)
            select (FilterNode)new FilterNegation(operand, isMinus);
        return Gen.Frequency((3, Simple(arguments, groups, mayStartWithMinus: false)), (1, negated));
    }

    private static Gen<FilterNode> Simple(
        Gen<FilterArgument> arguments,
        Gen<FilterGroup>? groups,
        bool mayStartWithMinus
    )
    {
        var subject = Gen.Frequency(
            (3, Member(isArgument: false, mayStartWithMinus)),
            (1, Function(arguments, isArgument: false, mayStartWithMinus))
        );
        var bare = subject.Select(FilterNode (it) => new FilterRestriction(it, null, null));
        var compared =
            from left in subject
            from comparator in Gen.Elements(Comparators)
            from right in arguments
            select (FilterNode)new FilterRestriction(left, comparator, right);
        return groups is null
            ? Gen.OneOf(bare, compared)
            : Gen.Frequency((2, bare), (3, compared), (2, groups.Select(FilterNode (it) => it)));
    }

    private static Gen<FilterArgument> Member(bool isArgument, bool mayStartWithMinus)
    {
        var text = Text(isArgument);
        var first = Gen.OneOf(mayStartWithMinus ? text : text.Where(it => it.Text[0] != '-'), Strings());
        var field = Gen.Frequency((4, text), (2, Strings()), (1, AnyKeyword()));
        return Words(first, field).Select(FilterArgument (parts) => new FilterMember(parts));
    }

    private static Gen<FilterArgument> Function(Gen<FilterArgument> arguments, bool isArgument, bool mayStartWithMinus)
    {
        var text = Text(isArgument);
        var name = Gen.Frequency((4, text), (1, AnyKeyword()));
        var first = mayStartWithMinus ? name : name.Where(it => it.Text[0] != '-');
        return from words in Words(first, name)
            from count in Gen.Choose(0, 3)
            from all in arguments.ArrayOf(count)
            select (FilterArgument)new FilterFunction(words, all);
    }

    private static Gen<IReadOnlyList<FilterWord>> Words(Gen<FilterWord> first, Gen<FilterWord> other) =>
        from count in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 3)))
        from head in first
        from tail in other.ArrayOf(count)
        select (IReadOnlyList<FilterWord>)[head, .. tail];

    private static Gen<FilterWord> AnyKeyword() =>
        Gen.Elements(Keywords).Select(keyword => new FilterWord(keyword, IsQuoted: false));

    private static Gen<FilterWord> Text(bool isArgument)
    {
        var character = Gen.Frequency(
            (8, Gen.Elements("abcXYZ019-_*/\\+@[]".ToCharArray())),
            (1, Gen.Elements('ä', '日', '\0', '\ud83d', '\ude00', '\ufeff')),
            (isArgument ? 1 : 0, Gen.Constant(':'))
        );
        var characters =
            from length in Gen.Choose(1, 6)
            from all in character.ArrayOf(length)
            where all[0] != ':'
            select new string(all);
        var nearKeywords = Gen.Elements("and", "or", "not", "And", "ANDROID", "NOTE", "ORAND");
        return Gen.Frequency((6, characters), (1, nearKeywords)).Select(text => new FilterWord(text, IsQuoted: false));
    }

    private static Gen<FilterWord> Strings()
    {
        var character = Gen.Frequency(
            (4, Gen.Elements("abc \"'\\().,:=<>!-\n\t".ToCharArray())),
            (1, Gen.Choose(0, char.MaxValue).Select(number => (char)number))
        );
        var content = Gen.OneOf(
            Gen.Choose(0, 6).SelectMany(length => character.ArrayOf(length)).Select(all => new string(all)),
            Gen.Elements(Keywords)
        );
        return content.Select(text => new FilterWord(text, IsQuoted: true));
    }
}
