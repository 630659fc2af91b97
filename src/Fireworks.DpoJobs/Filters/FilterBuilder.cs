using System.Globalization;

namespace Fireworks.DpoJobs;

/// <summary>Builds filters. Parenthesizes mixed operators, because in AIP-160 OR binds tighter than AND.</summary>
internal static class FilterBuilder
{
    /// <summary>Joins filters by AND. Null when there are none.</summary>
    public static FilterNode? All(IEnumerable<FilterNode> filters)
    {
        var parts = filters.SelectMany(filter => filter is FilterConjunction inner ? inner.Parts : [filter]).ToArray();
        return parts.Length > 1
            ? new FilterConjunction([.. parts.Select(Parenthesize<FilterAlternative>)])
            : parts.FirstOrDefault();
    }

    /// <summary>Joins filters by OR. Null when there are none.</summary>
    public static FilterNode? Any(IEnumerable<FilterNode> filters)
    {
        var parts = filters.SelectMany(filter => filter is FilterAlternative inner ? inner.Parts : [filter]).ToArray();
        return parts.Length > 1
            ? new FilterAlternative([.. parts.Select(Parenthesize<FilterConjunction>)])
            : parts.FirstOrDefault();
    }

    /// <summary>Compares a field with a value. The field is a wire path such as <c>training_config.epochs</c>.</summary>
    public static FilterNode Compare(string field, FilterComparator comparator, FilterArgument value) =>
        new FilterRestriction(Member(field.Split('.'), isQuoted: false), comparator, value);

    /// <summary>The comparisons in a filter, except those in sequences.</summary>
    public static IEnumerable<FilterRestriction> FindRestrictions(FilterNode filter) =>
        filter switch
        {
            FilterConjunction all => all.Parts.SelectMany(FindRestrictions),
            FilterAlternative any => any.Parts.SelectMany(FindRestrictions),
            FilterNegation not => FindRestrictions(not.Operand),
            FilterGroup group => FindRestrictions(group.Inner),
            FilterRestriction restriction => [restriction],
            _ => [],
        };

    /// <summary>The same generated filter with enum values in quotes, as some services require.</summary>
    public static FilterNode QuoteEnums(FilterNode filter) =>
        Replace(filter, comparison => FindEnum(comparison) is { IsQuoted: false } name ? String(name.Text) : null);

    /// <summary>The same generated filter with times as strings instead of timestamps.</summary>
    public static FilterNode QuoteTimes(FilterNode filter) =>
        Replace(filter, comparison => comparison.Argument is FilterFunction time ? time.Arguments[0] : null);

    /// <summary>The enum value in a comparison of a generated filter, bare or quoted. Null for other values.</summary>
    public static FilterWord? FindEnum(FilterRestriction restriction) =>
        restriction.Argument is FilterMember { Parts: { Count: 1 } parts } && IsEnumName(parts[0].Text)
            ? parts[0]
            : null;

    /// <summary>Whether a string is spelled like the enum values of the service.</summary>
    public static bool IsEnumName(string text) =>
        text.Length > 0
        && text[0] is >= 'A' and <= 'Z'
        && text.All(character => character is (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_');

    /// <summary>An enum value, <c>true</c> or <c>false</c>: written without quotes.</summary>
    public static FilterArgument Name(string name) => Member([name], isQuoted: false);

    /// <summary>A string: written in quotes.</summary>
    public static FilterArgument String(string text) => Member([text], isQuoted: true);

    /// <summary>A whole number.</summary>
    public static FilterArgument Number(long number) =>
        Member([number.ToString(CultureInfo.InvariantCulture)], isQuoted: false);

    /// <summary>
    /// A floating-point number, with as many digits as a round trip needs. Without an exponent, which some parsers of AIP-160
    /// reject.
    /// </summary>
    public static FilterArgument Number(double number) => Member(ToDigits(number).Split('.'), isQuoted: false);

    /// <summary>A time in UTC, to 100 ns.</summary>
    public static FilterArgument Timestamp(DateTimeOffset time) =>
        new FilterFunction(
            [new FilterWord("timestamp", IsQuoted: false)],
            [String(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture))]
        );

    private static string ToDigits(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
#if !NET
        // On 64-bit .NET Framework, "R" omits digits of some numbers.
        if (!double.Parse(text, CultureInfo.InvariantCulture).Equals(number))
        {
            text = number.ToString("G17", CultureInfo.InvariantCulture);
        }
#endif
        return text.IndexOf('E') < 0 ? text : ExpandExponent(text);
    }

    // -1.5E-07 becomes -0.00000015.
    private static string ExpandExponent(string text)
    {
        var parts = text.Split('E');
        var sign = text[0] == '-' ? "-" : "";
        var mantissa = parts[0].TrimStart('-').Split('.');
        var digits = string.Concat(mantissa);
        var point = mantissa[0].Length + int.Parse(parts[1], CultureInfo.InvariantCulture);
        return point <= 0 ? $"{sign}0.{new string('0', -point)}{digits}"
            : point >= digits.Length ? sign + digits.PadRight(point, '0')
            : $"{sign}{digits.Substring(0, point)}.{digits.Substring(point)}";
    }

    private static FilterMember Member(string[] parts, bool isQuoted) =>
        new([.. parts.Select(part => new FilterWord(part, isQuoted))]);

    private static FilterNode Replace(FilterNode filter, Func<FilterRestriction, FilterArgument?> findArgument) =>
        filter switch
        {
            FilterConjunction all => new FilterConjunction([.. all.Parts.Select(part => Replace(part, findArgument))]),
            FilterAlternative any => new FilterAlternative([.. any.Parts.Select(part => Replace(part, findArgument))]),
            FilterGroup group => new FilterGroup(Replace(group.Inner, findArgument)),
            FilterRestriction comparison when findArgument(comparison) is { } argument => comparison with
            {
                Argument = argument,
            },
            _ => filter,
        };

    private static FilterNode Parenthesize<T>(FilterNode node)
        where T : FilterNode => node is T or FilterSequence ? new FilterGroup(node) : node;
}

/// <summary>
/// Filters by time. Bounds are whole seconds, widened on both sides, because a service that stores fewer digits than it was
/// sent may truncate or round a literal. The exact bounds are checked locally.
/// </summary>
internal static class TimeFilter
{
    /// <summary>
    /// A filter that every job passes whose time compares with this one. Null when that is nearly every job. The field is a
    /// wire path such as <c>create_time</c>.
    /// </summary>
    public static FilterNode? Compare(string field, FilterComparator comparator, DateTimeOffset time)
    {
        var second = new DateTimeOffset(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        var next = second > DateTimeOffset.MaxValue.AddSeconds(-1) ? default(DateTimeOffset?) : second.AddSeconds(1);
        return comparator switch
        {
            FilterComparator.Greater or FilterComparator.GreaterOrEqual => Bound(comparator, second),
            FilterComparator.Less => Bound(FilterComparator.Less, second == time ? second : next),
            FilterComparator.LessOrEqual => Bound(FilterComparator.Less, next),
            FilterComparator.Equal => FilterBuilder.All(
                new[]
                {
                    Bound(FilterComparator.GreaterOrEqual, second),
                    Bound(FilterComparator.Less, next),
                }.OfType<FilterNode>()
            ),
            _ => null,
        };

        FilterNode? Bound(FilterComparator bound, DateTimeOffset? value) =>
            value is { } known ? FilterBuilder.Compare(field, bound, FilterBuilder.Timestamp(known)) : null;
    }
}

/// <summary>Filters by state. The names are the service's spelling; AIP-160 writes enum values without quotes.</summary>
internal static class StateFilter
{
    /// <summary>Jobs in any of the states. Null when the list is empty.</summary>
    public static FilterNode? AnyOf(IEnumerable<string> wireNames) =>
        FilterBuilder.Any(wireNames.Select(name => Compare(FilterComparator.Equal, name)));

    /// <summary>Jobs in none of the states, including states unknown to this version. Null when the list is empty.</summary>
    public static FilterNode? NoneOf(IEnumerable<string> wireNames) =>
        FilterBuilder.All(wireNames.Select(name => Compare(FilterComparator.NotEqual, name)));

    private static FilterNode Compare(FilterComparator comparator, string name) =>
        FilterBuilder.Compare("state", comparator, FilterBuilder.Name(name));
}
