using System.Globalization;
using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Translates comparisons of times. <see cref="TimeFilter"/> widens the bounds to whole seconds.</summary>
internal static class TimeComparison
{
    /// <summary>Translates a comparison of a time.</summary>
    public static ComparisonTranslation Translate(Comparison comparison, JobField field)
    {
        if (
            comparison.Values.Count != 1
            || !LanguagePrimitives.TryConvertTo(
                comparison.Values[0],
                typeof(DateTimeOffset),
                CultureInfo.InvariantCulture,
                out var converted
            )
        )
        {
            return ComparisonTranslation.Local("the value is not a single time");
        }
        // With a value on the left, PowerShell converts the job's time to the type of the value.
        if (comparison.IsValueFirst && comparison.Values[0] is not DateTimeOffset)
        {
            return ComparisonTranslation.Local("the value on the left is not a DateTimeOffset");
        }
        // Every job has a creation time.
        if (field.PropertyPath != nameof(DpoJob.CreateTime) && comparison.MayMatchUnset(null))
        {
            return ComparisonTranslation.MatchesUnset(comparison);
        }
        return ComparisonTranslation.PushDown(
            TimeFilter.Compare(field.WirePaths[0], comparison.EffectiveOperator, (DateTimeOffset)converted),
            "it matches nearly every job"
        );
    }
}
