using System.Globalization;
using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>
/// Translates comparisons of times. The service has nanoseconds, but .NET truncates them to 100 ns, so a filter includes the
/// whole tick.
/// </summary>
internal static class TimeComparison
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

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
        var time = (DateTimeOffset)converted;
        if (time.UtcDateTime > DateTime.MaxValue - Tick)
        {
            return ComparisonTranslation.Local("the value is the latest possible time");
        }
        return ComparisonTranslation.PushDown(
            comparison.EffectiveOperator switch
            {
                FilterComparator.Less => Compare(FilterComparator.Less, time),
                FilterComparator.LessOrEqual => Compare(FilterComparator.Less, time + Tick),
                FilterComparator.Greater => Compare(FilterComparator.Greater, time),
                FilterComparator.GreaterOrEqual => Compare(FilterComparator.GreaterOrEqual, time),
                FilterComparator.Equal => FilterBuilder.All([
                    Compare(FilterComparator.GreaterOrEqual, time),
                    Compare(FilterComparator.Less, time + Tick),
                ]),
                _ => null,
            },
            "it matches nearly every job"
        );

        FilterNode Compare(FilterComparator comparator, DateTimeOffset value) =>
            FilterBuilder.Compare(field.WirePaths[0], comparator, FilterBuilder.Timestamp(value));
    }
}
