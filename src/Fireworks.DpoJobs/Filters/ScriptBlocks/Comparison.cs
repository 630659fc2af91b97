using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>A comparison of a job's property with values that do not depend on the job, evaluated as PowerShell does.</summary>
/// <param name="Property">The path of the property, as in <c>$_.TrainingConfig.Epochs</c>.</param>
/// <param name="Operator">The operator. With several values, one match is enough.</param>
/// <param name="Values">One value, or the values of <c>-in</c> and <c>-contains</c>.</param>
/// <param name="IsValueFirst">Whether the value is on the left: its type then decides how PowerShell compares.</param>
/// <param name="IgnoresCase">Whether strings are compared without regard to case.</param>
/// <param name="IsNegated">Whether the result is negated.</param>
internal sealed record Comparison(
    string Property,
    FilterComparator Operator,
    IReadOnlyList<object?> Values,
    bool IsValueFirst,
    bool IgnoresCase,
    bool IsNegated
)
{
    /// <summary>The operator with the property on the left and the negation applied.</summary>
    public FilterComparator EffectiveOperator => IsNegated ? Negate(DirectOperator) : DirectOperator;

    private FilterComparator DirectOperator => IsValueFirst ? Mirror(Operator) : Operator;

    /// <summary>Whether a job matches whose property has this value.</summary>
    /// <exception cref="System.Exception">PowerShell cannot compare the values.</exception>
    public bool Matches(object? actual) => Values.Any(value => Compares(actual, value)) != IsNegated;

    /// <summary>
    /// Whether a job may match whose field is not set. PowerShell sees <c>$null</c>, but the service may see the default of
    /// the type, or a field that matches no comparison (AIP-160, traversal). Such conditions are evaluated locally.
    /// </summary>
    public bool MayMatchUnset(object unset) => Matches(null) || Matches(unset);

    private bool Compares(object? actual, object? value)
    {
        var (left, right) = IsValueFirst ? (value, actual) : (actual, value);
        if (Operator is FilterComparator.Equal or FilterComparator.NotEqual)
        {
            return LanguagePrimitives.Equals(left, right, IgnoresCase, CultureInfo.InvariantCulture)
                == (Operator == FilterComparator.Equal);
        }
        var order = LanguagePrimitives.Compare(left, right, IgnoresCase, CultureInfo.InvariantCulture);
        return Operator switch
        {
            FilterComparator.Less => order < 0,
            FilterComparator.LessOrEqual => order <= 0,
            FilterComparator.Greater => order > 0,
            _ => order >= 0,
        };
    }

    private static FilterComparator Mirror(FilterComparator comparator) =>
        comparator switch
        {
            FilterComparator.Less => FilterComparator.Greater,
            FilterComparator.LessOrEqual => FilterComparator.GreaterOrEqual,
            FilterComparator.Greater => FilterComparator.Less,
            FilterComparator.GreaterOrEqual => FilterComparator.LessOrEqual,
            _ => comparator,
        };

    private static FilterComparator Negate(FilterComparator comparator) =>
        comparator switch
        {
            FilterComparator.Equal => FilterComparator.NotEqual,
            FilterComparator.NotEqual => FilterComparator.Equal,
            FilterComparator.Less => FilterComparator.GreaterOrEqual,
            FilterComparator.LessOrEqual => FilterComparator.Greater,
            FilterComparator.Greater => FilterComparator.LessOrEqual,
            _ => FilterComparator.Less,
        };
}

/// <summary>A comparison operator of PowerShell that has an equivalent on the service.</summary>
/// <param name="Comparator">The comparator of the service.</param>
/// <param name="IgnoresCase">Whether strings are compared without regard to case.</param>
/// <param name="IsNegated">Whether the comparator's result is negated.</param>
/// <param name="IsListFirst">Whether the list is on the left. Null for operators without a list.</param>
internal sealed record ComparisonOperator(
    FilterComparator Comparator,
    bool IgnoresCase,
    bool IsNegated = false,
    bool? IsListFirst = null
)
{
    /// <summary>The operator of a token. Null when it has no exact equivalent on the service.</summary>
    public static ComparisonOperator? Find(TokenKind token) =>
        token switch
        {
            TokenKind.Ieq => new(FilterComparator.Equal, true),
            TokenKind.Ceq => new(FilterComparator.Equal, false),
            TokenKind.Ine => new(FilterComparator.NotEqual, true),
            TokenKind.Cne => new(FilterComparator.NotEqual, false),
            TokenKind.Ilt => new(FilterComparator.Less, true),
            TokenKind.Clt => new(FilterComparator.Less, false),
            TokenKind.Ile => new(FilterComparator.LessOrEqual, true),
            TokenKind.Cle => new(FilterComparator.LessOrEqual, false),
            TokenKind.Igt => new(FilterComparator.Greater, true),
            TokenKind.Cgt => new(FilterComparator.Greater, false),
            TokenKind.Ige => new(FilterComparator.GreaterOrEqual, true),
            TokenKind.Cge => new(FilterComparator.GreaterOrEqual, false),
            TokenKind.In or TokenKind.Iin => new(FilterComparator.Equal, true, IsListFirst: false),
            TokenKind.Cin => new(FilterComparator.Equal, false, IsListFirst: false),
            TokenKind.Inotin => new(FilterComparator.Equal, true, IsNegated: true, IsListFirst: false),
            TokenKind.Cnotin => new(FilterComparator.Equal, false, IsNegated: true, IsListFirst: false),
            TokenKind.Icontains => new(FilterComparator.Equal, true, IsListFirst: true),
            TokenKind.Ccontains => new(FilterComparator.Equal, false, IsListFirst: true),
            TokenKind.Inotcontains => new(FilterComparator.Equal, true, IsNegated: true, IsListFirst: true),
            TokenKind.Cnotcontains => new(FilterComparator.Equal, false, IsNegated: true, IsListFirst: true),
            _ => null,
        };
}
