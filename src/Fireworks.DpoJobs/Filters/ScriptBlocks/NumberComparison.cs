using System.Globalization;

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
        var numbers = comparison
            .Values.Select(ToInt32)
            .OfType<int>()
            .Select(number => FilterBuilder.Number((long)number))
            .ToArray();
        return numbers.Length < comparison.Values.Count ? NotANumber
            : comparison.MayMatchUnset(0) ? ComparisonTranslation.MatchesUnset(comparison)
            : ComparisonTranslation.PushDown(
                FilterBuilder.Any(numbers.Select(number => Compare(field, comparison.EffectiveOperator, number)))
            );
    }

    /// <summary>Translates a comparison of a floating-point number.</summary>
    public static ComparisonTranslation TranslateDouble(Comparison comparison, JobField field)
    {
        var numbers = comparison.Values.Select(ToDouble).OfType<double>().ToArray();
        return numbers.Length < comparison.Values.Count ? NotANumber
            : comparison.MayMatchUnset(0.0) ? ComparisonTranslation.MatchesUnset(comparison)
            // NaN is neither less nor greater, so it matches any negation.
            : comparison.IsNegated || numbers.Any(number => Math.Abs(number) >= float.MaxValue)
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

    private static int? ToInt32(object? value) =>
        value is decimal exact && decimal.Truncate(exact) != exact ? null
        : ToDouble(value) is >= int.MinValue and <= int.MaxValue and var number && Math.Floor(number) == number
            ? (int)number
        : null;

    private static double? ToDouble(object? value) =>
        value is int or long or short or byte or sbyte or ushort or uint or ulong or double or float or decimal
        && Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number
        && !double.IsNaN(number)
        && !double.IsInfinity(number)
            ? number
            : null;
}
