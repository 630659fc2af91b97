using System;
using System.Linq;
using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Translates a comparison, by the kind of the property that it is about.</summary>
internal static class ComparisonTranslator
{
    /// <summary>A property that stands alone, as a condition.</summary>
    /// <param name="property">The property's path.</param>
    /// <param name="isNegated">Whether it must not be true.</param>
    /// <param name="text">The condition as it is written.</param>
    public static Translation Truth(string property, bool isNegated, string text) =>
        JobFields.FindProperty(property) is { } field && field.Type == typeof(bool?)
            ? Translate(new Comparison(property, FilterComparator.Equal, [true], false, true, isNegated), text)
            : Translation.Keep(text, "whether something is set is looked at here");

    /// <summary>A comparison.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="text">The condition as it is written.</param>
    public static Translation Translate(Comparison comparison, string text)
    {
        if (JobFields.FindProperty(comparison.Property) is not { } field)
        {
            return Translation.Keep(text, $"{comparison.Property} is no field of the service");
        }
        if (JobProperty.IsChanged(field.PropertyPath))
        {
            return Translation.Keep(text, $"{field.PropertyPath} is not the job's own, but one of Update-TypeData");
        }
        if (comparison.Values.Count == 0 || comparison.Values.Any(value => value is null))
        {
            return Translation.Keep(text, "whether something is set is looked at here");
        }
        try
        {
            var (filter, reason) = Translate(comparison, field);
            return filter is null ? Translation.Keep(text, reason) : Translation.Sent(filter);
        }
        catch (Exception exception)
            when (exception is ArgumentException or InvalidCastException or ArithmeticException or RuntimeException)
        {
            return Translation.Keep(text, "PowerShell cannot compare the two");
        }
    }

    private static (FilterNode? Filter, string Reason) Translate(Comparison comparison, JobField field) =>
        field.PropertyPath switch
        {
            nameof(DpoJob.State) => EnumComparison.OfState(comparison, state => state),
            nameof(DpoJob.IsFinished) => EnumComparison.OfState(comparison, state => JobStates.IsFinished(state)),
            "Status.Code" => EnumComparison.OfCode(comparison),
            _ when field.IsComputed => (null, $"{field.PropertyPath} is computed here"),
            _ when field.Type == typeof(bool?) => NumberComparison.OfBoolean(comparison, field),
            _ when field.Type == typeof(int?) => NumberComparison.OfInt32(comparison, field),
            _ when field.Type == typeof(double?) => NumberComparison.OfDouble(comparison, field),
            _ when field.Type == typeof(DateTimeOffset?) => TimeComparison.Translate(comparison, field),
            _ when field.Type == typeof(string) => TextComparison.Translate(comparison, field),
            _ => (null, $"{field.PropertyPath} is looked at here"),
        };
}
