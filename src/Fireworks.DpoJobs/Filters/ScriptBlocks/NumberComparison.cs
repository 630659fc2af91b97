using System.Globalization;
using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Translates comparisons of numbers and booleans.</summary>
internal static class NumberComparison
{
    // The service stores float32, so the bounds are widened by 1e-6, about 17 times the rounding error.
    private const double Widening = 1e-6;

    private static readonly ComparisonTranslation NotANumber = ComparisonTranslation.Local(
        "the value is not a number of the field's type"
    );

    /// <summary>Translates a comparison of a boolean.</summary>
    public static ComparisonTranslation TranslateBoolean(Comparison comparison, JobField field) =>
        comparison.MayMatchUnset(false) ? ComparisonTranslation.MatchesUnset(comparison)
        : comparison.Matches(true)
            ? ComparisonTranslation.PushDown(Compare(field, FilterComparator.Equal, FilterBuilder.Name("true")))
        : ComparisonTranslation.Local("it never matches");

    /// <summary>Translates a comparison of a whole number.</summary>
    public static ComparisonTranslation TranslateInt32(Comparison comparison, JobField field)
    {
        var filters = comparison.Values.Select(value => CompareExactly(comparison, field, value)).ToArray();
        return filters.Contains(null) ? NotANumber
            : comparison.MayMatchUnset(0) ? ComparisonTranslation.MatchesUnset(comparison)
            : ComparisonTranslation.PushDown(comparison.Join(filters.OfType<FilterNode>()));
    }

    /// <summary>Translates a comparison of a floating-point number.</summary>
    public static ComparisonTranslation TranslateDouble(Comparison comparison, JobField field)
    {
        var numbers = comparison
            .Values.Select(value => value is string text ? ToDouble(comparison, text) : ToDouble(value))
            .OfType<double>()
            .ToArray();
        return numbers.Length < comparison.Values.Count ? NotANumber
            : comparison.MayMatchUnset(0.0) ? ComparisonTranslation.MatchesUnset(comparison)
            // NaN is neither less nor greater, so it matches any negation.
            : comparison.IsNegated
            || comparison.Operator == FilterComparator.NotEqual
            || numbers.Any(number => Math.Abs(number) >= float.MaxValue)
                ? ComparisonTranslation.NoExactEquivalent
            : ComparisonTranslation.PushDown(
                FilterBuilder.Any(numbers.Select(number => CompareWidely(field, comparison.EffectiveOperator, number)))
            );
    }

    private static FilterNode CompareWidely(JobField field, FilterComparator comparator, double number)
    {
        var margin = Math.Abs(number) * Widening;
        var lower = Compare(field, FilterComparator.GreaterOrEqual, FilterBuilder.Number(Round(number - margin)));
        var upper = Compare(field, FilterComparator.LessOrEqual, FilterBuilder.Number(Round(number + margin)));
        return comparator switch
        {
            FilterComparator.Equal => FilterBuilder.All([lower, upper])!,
            FilterComparator.Greater or FilterComparator.GreaterOrEqual => lower,
            _ => upper,
        };
    }

    private static FilterNode Compare(JobField field, FilterComparator comparator, FilterArgument value) =>
        FilterBuilder.Compare(field.WirePaths[0], comparator, value);

    // Nine digits are far more precise than the margin, and easier to read.
    private static double Round(double number) =>
        double.Parse(number.ToString("G9", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    // PowerShell compares a whole number with a fraction as floating-point numbers: -gt 1.5 means -gt 1.
    private static FilterNode? CompareExactly(Comparison comparison, JobField field, object? value)
    {
        var comparator = comparison.EffectiveOperator;
        var isExact = value is not decimal exact || decimal.Truncate(exact) == exact;
        if (
            (value is string text ? FromText(comparison, text) : ToDouble(value)) is not { } number
            || !(isExact || Math.Floor(number) != number)
            || (Math.Floor(number) != number && comparator is FilterComparator.Equal or FilterComparator.NotEqual)
        )
        {
            return null;
        }
        var whole = comparator is FilterComparator.Less or FilterComparator.GreaterOrEqual
            ? Math.Ceiling(number)
            : Math.Floor(number);
        return whole is >= int.MinValue and <= int.MaxValue
            ? Compare(field, comparator, FilterBuilder.Number((long)whole))
            : null;
    }

    private static double? ToDouble(object? value) =>
        value is int or long or short or byte or sbyte or ushort or uint or ulong or double or float or decimal
        && Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number
        && !double.IsNaN(number)
        && !double.IsInfinity(number)
            ? number
            : null;

    // A string on the right is converted to the type of the property. One on the left makes PowerShell compare strings, and
    // only equal whole numbers are equal strings too.
    private static double? FromText(Comparison comparison, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == text
        && MayCompareNumbers(comparison)
            ? number
            : null;

    // With PowerShell's conversion. Numbers whose strings are equal differ by less than the margin.
    private static double? ToDouble(Comparison comparison, string text) =>
        MayCompareNumbers(comparison)
        && LanguagePrimitives.TryConvertTo(text, typeof(double), CultureInfo.InvariantCulture, out var number)
            ? ToDouble(number)
            : null;

    private static bool MayCompareNumbers(Comparison comparison) =>
        !comparison.IsValueFirst || comparison.Operator is FilterComparator.Equal or FilterComparator.NotEqual;
}
