using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>A comparison of a job's property with values that do not depend on the job, as PowerShell makes it.</summary>
/// <param name="Property">The property's path, as the objects show it.</param>
/// <param name="Operator">One of the six comparators. With several values: true when it is for any of them.</param>
/// <param name="Values">The values: one, or those of <c>-in</c> and <c>-contains</c>.</param>
/// <param name="IsValueFirst">Whether the value stands left of the operator: its type then decides how it is compared.</param>
/// <param name="IgnoresCase">Whether text is compared without regard to case.</param>
/// <param name="IsNegated">Whether the comparison must not hold.</param>
internal sealed record Comparison(
    string Property,
    FilterComparator Operator,
    IReadOnlyList<object?> Values,
    bool IsValueFirst,
    bool IgnoresCase,
    bool IsNegated
)
{
    /// <summary>Whether the condition, with its negation, is true of a job whose property has this value.</summary>
    /// <exception cref="System.Exception">The engine cannot compare the two.</exception>
    public bool Holds(object? actual)
    {
        foreach (var value in Values)
        {
            if (HoldsFor(actual, value))
            {
                return !IsNegated;
            }
        }
        return IsNegated;
    }

    /// <summary>The operator as it is for a property that stands on its left, with the negation worked in.</summary>
    public FilterComparator Effective
    {
        get
        {
            var direct = IsValueFirst ? Turn(Operator) : Operator;
            return IsNegated ? Oppose(direct) : direct;
        }
    }

    private bool HoldsFor(object? actual, object? value)
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

    private static FilterComparator Turn(FilterComparator comparator) =>
        comparator switch
        {
            FilterComparator.Less => FilterComparator.Greater,
            FilterComparator.LessOrEqual => FilterComparator.GreaterOrEqual,
            FilterComparator.Greater => FilterComparator.Less,
            FilterComparator.GreaterOrEqual => FilterComparator.LessOrEqual,
            _ => comparator,
        };

    private static FilterComparator Oppose(FilterComparator comparator) =>
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
