using System;
using System.Globalization;
using System.Linq;

namespace Fireworks.DpoJobs;

/// <summary>Comparisons of numbers and booleans.</summary>
internal static class NumberComparison
{
    // The service computes with 32 bits: its 0.0001 is not the one that is written here. 17 times the rounding error.
    private const double Widening = 1e-6;

    private const string NoNumber = "its value is not a number of the field's kind";

    /// <summary>A boolean.</summary>
    public static (FilterNode? Filter, string Reason) OfBoolean(Comparison comparison, JobField field)
    {
        if (UnsetField.Meets(comparison, false))
        {
            return (null, UnsetField.Reason(comparison.Property));
        }
        return (
            comparison.Holds(true) ? Compare(field, FilterComparator.Equal, FilterBuilder.Name("true")) : null,
            "it never holds"
        );
    }

    /// <summary>A whole number.</summary>
    public static (FilterNode? Filter, string Reason) OfInt32(Comparison comparison, JobField field)
    {
        var numbers = comparison.Values.Select(ToInt32).ToArray();
        if (!numbers.All(number => number is not null))
        {
            return (null, NoNumber);
        }
        if (UnsetField.Meets(comparison, 0))
        {
            return (null, UnsetField.Reason(comparison.Property));
        }
        return (
            FilterBuilder.Any(
                numbers.Select(number =>
                    Compare(field, comparison.Effective, FilterBuilder.Number((long)number!.Value))
                )
            ),
            ""
        );
    }

    /// <summary>A number with a fraction.</summary>
    public static (FilterNode? Filter, string Reason) OfDouble(Comparison comparison, JobField field)
    {
        var numbers = comparison.Values.Select(ToDouble).ToArray();
        if (!numbers.All(number => number is not null))
        {
            return (null, NoNumber);
        }
        if (UnsetField.Meets(comparison, 0.0))
        {
            return (null, UnsetField.Reason(comparison.Property));
        }
        // What is not a number is neither less nor greater, so a negation holds for it.
        if (comparison.IsNegated || !numbers.All(number => Math.Abs(number!.Value) < float.MaxValue))
        {
            return (null, "it does not certainly mean the same to the service");
        }
        return (FilterBuilder.Any(numbers.Select(number => Around(field, comparison.Effective, number!.Value))), "");
    }

    private static FilterNode Around(JobField field, FilterComparator comparator, double number)
    {
        var margin = Math.Abs(number) * Widening;
        var least = Compare(field, FilterComparator.GreaterOrEqual, FilterBuilder.Number(Round(number - margin)));
        var most = Compare(field, FilterComparator.LessOrEqual, FilterBuilder.Number(Round(number + margin)));
        return comparator switch
        {
            FilterComparator.Equal => FilterBuilder.All([least, most])!,
            FilterComparator.Greater or FilterComparator.GreaterOrEqual => least,
            _ => most,
        };
    }

    private static FilterNode Compare(JobField field, FilterComparator comparator, FilterArgument value) =>
        FilterBuilder.Compare(field.WirePaths[0], comparator, value);

    // Far finer than the margin, and easier to read.
    private static double Round(double number) =>
        double.Parse(number.ToString("G9", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static int? ToInt32(object? value) =>
        value is decimal exact && decimal.Truncate(exact) != exact ? null
        : ToDouble(value) is >= int.MinValue and <= int.MaxValue and var number && Math.Floor(number) == number
            ? (int)number
        : null;

    private static double? ToDouble(object? value) =>
        value switch
        {
            double number => IsFinite(number) ? number : null,
            float number => IsFinite(number) ? number : null,
            decimal number => (double)number,
            int or long or short or byte or sbyte or ushort or uint or ulong => Convert.ToDouble(
                value,
                CultureInfo.InvariantCulture
            ),
            _ => null,
        };

    private static bool IsFinite(double number) => !double.IsNaN(number) && !double.IsInfinity(number);
}
