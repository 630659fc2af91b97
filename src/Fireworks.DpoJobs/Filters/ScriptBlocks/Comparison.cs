using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

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
    /// <summary>Whether another condition excludes the jobs whose property is not set.</summary>
    public bool IsSet { get; init; }

    /// <summary>
    /// The test of an operator that the service does not have: a pattern or a truth value. It replaces <see cref="Operator"/>.
    /// </summary>
    public Func<object?, object?, bool>? Test { get; init; }

    /// <summary>The operator of a pattern, for example <c>-like</c>. Null for other operators.</summary>
    public string? PatternOperator { get; init; }

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
    public bool MayMatchUnset(object? unset) => !IsSet && (Matches(null) || Matches(unset));

    /// <summary>Joins the filters for the values: each must hold when the comparison is negated, otherwise one of them.</summary>
    public FilterNode? Join(IEnumerable<FilterNode> filters) =>
        IsNegated ? FilterBuilder.All(filters) : FilterBuilder.Any(filters);

    /// <summary>The object in a wrapper. A command without output returns AutomationNull, which comparisons treat as null.</summary>
    public static object? Unwrap(object? item) =>
        item == AutomationNull.Value ? null
        : item is PSObject wrapped ? wrapped.BaseObject
        : item;

    private bool Compares(object? actual, object? value)
    {
        var (left, right) = IsValueFirst ? (value, actual) : (actual, value);
        if (Test is not null)
        {
            return Test(left, right);
        }
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
/// <param name="Test">The test that replaces the comparator, for patterns. It receives the string and the pattern.</param>
internal sealed record ComparisonOperator(
    FilterComparator Comparator,
    bool IgnoresCase,
    bool IsNegated = false,
    bool? IsListFirst = null,
    Func<object?, object?, bool>? Test = null
)
{
    /// <summary>The operator of a token. Null when only PowerShell can evaluate it.</summary>
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
            TokenKind.Ilike => Pattern(IsLike(WildcardOptions.IgnoreCase)),
            TokenKind.Clike => Pattern(IsLike(WildcardOptions.None)),
            TokenKind.Inotlike => Pattern(IsLike(WildcardOptions.IgnoreCase), isNegated: true),
            TokenKind.Cnotlike => Pattern(IsLike(WildcardOptions.None), isNegated: true),
            TokenKind.Imatch => Pattern(IsMatch(RegexOptions.IgnoreCase)),
            TokenKind.Cmatch => Pattern(IsMatch(RegexOptions.None)),
            TokenKind.Inotmatch => Pattern(IsMatch(RegexOptions.IgnoreCase), isNegated: true),
            TokenKind.Cnotmatch => Pattern(IsMatch(RegexOptions.None), isNegated: true),
            _ => null,
        };

    /// <summary>Whether a pattern has no syntax error.</summary>
    public static bool IsValidPattern(Func<object?, object?, bool> test, object? pattern)
    {
        try
        {
            test("", pattern);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or RuntimeException)
        {
            return false;
        }
    }

    private static ComparisonOperator Pattern(Func<object?, object?, bool> test, bool isNegated = false) =>
        new(FilterComparator.Equal, IgnoresCase: true, isNegated, Test: test);

    private static Func<object?, object?, bool> IsLike(WildcardOptions options) =>
        (text, pattern) => new WildcardPattern((string)pattern!, options).IsMatch(text?.ToString() ?? "");

    // With the same culture as PowerShell: that of the thread.
    private static Func<object?, object?, bool> IsMatch(RegexOptions options) =>
        (text, pattern) => Regex.IsMatch(text?.ToString() ?? "", (string)pattern!, options);
}
