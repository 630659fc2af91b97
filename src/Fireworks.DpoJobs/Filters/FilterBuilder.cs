using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Fireworks.DpoJobs;

/// <summary>Makes filters. What binds is written in parentheses, so that nobody has to know that OR binds tighter than AND.</summary>
internal static class FilterBuilder
{
    /// <summary>All of the filters. Null for none.</summary>
    public static FilterNode? All(IEnumerable<FilterNode> filters)
    {
        var parts = filters.SelectMany(filter => filter is FilterConjunction inner ? inner.Parts : [filter]).ToArray();
        return parts.Length > 1
            ? new FilterConjunction([.. parts.Select(Group<FilterAlternative, FilterSequence>)], FilterSpan.None)
            : parts.FirstOrDefault();
    }

    /// <summary>Any of the filters. Null for none.</summary>
    public static FilterNode? Any(IEnumerable<FilterNode> filters)
    {
        var parts = filters.SelectMany(filter => filter is FilterAlternative inner ? inner.Parts : [filter]).ToArray();
        return parts.Length > 1
            ? new FilterAlternative([.. parts.Select(Group<FilterConjunction, FilterSequence>)], FilterSpan.None)
            : parts.FirstOrDefault();
    }

    /// <summary>A comparison.</summary>
    /// <param name="field">The field in the wire's spelling, its parts with dots between.</param>
    /// <param name="comparator">How it is compared.</param>
    /// <param name="argument">What with.</param>
    public static FilterNode Compare(string field, FilterComparator comparator, FilterArgument argument) =>
        new FilterRestriction(Member(field.Split('.'), isQuoted: false), comparator, argument, FilterSpan.None);

    /// <summary>The name of an enum's value, or <c>true</c> or <c>false</c>.</summary>
    public static FilterArgument Name(string name) => Member([name], isQuoted: false);

    /// <summary>A string.</summary>
    public static FilterArgument String(string text) => Member([text], isQuoted: true);

    /// <summary>A whole number.</summary>
    public static FilterArgument Number(long number) =>
        Member([number.ToString(CultureInfo.InvariantCulture)], isQuoted: false);

    /// <summary>A number, with as many digits as it takes to tell it from every other.</summary>
    public static FilterArgument Number(double number) => Member(Digits(number).Split('.'), isQuoted: false);

    /// <summary>A moment, to 100 ns.</summary>
    public static FilterArgument Timestamp(DateTimeOffset time) =>
        new FilterFunction(
            [new FilterWord("timestamp", IsQuoted: false, FilterSpan.None)],
            [String(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture))],
            FilterSpan.None
        );

    private static string Digits(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
#if !NET
        // "R" of the 64-bit .NET Framework leaves digits out of some numbers.
        if (!double.Parse(text, CultureInfo.InvariantCulture).Equals(number))
        {
            text = number.ToString("G17", CultureInfo.InvariantCulture);
        }
#endif
        return text;
    }

    private static FilterMember Member(string[] parts, bool isQuoted) =>
        new([.. parts.Select(part => new FilterWord(part, isQuoted, FilterSpan.None))], FilterSpan.None);

    private static FilterNode Group<T1, T2>(FilterNode node)
        where T1 : FilterNode
        where T2 : FilterNode => node is T1 or T2 ? new FilterGroup(node, FilterSpan.None) : node;
}
