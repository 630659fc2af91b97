using System;
using System.Globalization;
using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Comparisons of times. The service has nanoseconds, of which 100 remain here: what is cut off is allowed for.</summary>
internal static class TimeComparison
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    /// <summary>Translates one.</summary>
    public static (FilterNode? Filter, string Reason) Translate(Comparison comparison, JobField field)
    {
        // With a value on the left, PowerShell turns the job's time into that value's type.
        if (
            comparison.Values.Count != 1
            || (comparison.IsValueFirst && comparison.Values[0] is not DateTimeOffset)
            || !LanguagePrimitives.TryConvertTo(
                comparison.Values[0],
                typeof(DateTimeOffset),
                CultureInfo.InvariantCulture,
                out var converted
            )
        )
        {
            return (null, "its value is not a time");
        }
        // The service sets the time of creation of every job.
        if (field.PropertyPath != nameof(DpoJob.CreateTime) && comparison.Holds(null))
        {
            return (null, UnsetField.Reason(comparison.Property));
        }
        var time = (DateTimeOffset)converted;
        if (time.UtcDateTime > DateTime.MaxValue - Tick)
        {
            return (null, "its value is the end of time");
        }
        var next = time + Tick;
        return comparison.Effective switch
        {
            FilterComparator.Less => (Compare(FilterComparator.Less, time), ""),
            FilterComparator.LessOrEqual => (Compare(FilterComparator.Less, next), ""),
            FilterComparator.Greater => (Compare(FilterComparator.Greater, time), ""),
            FilterComparator.GreaterOrEqual => (Compare(FilterComparator.GreaterOrEqual, time), ""),
            FilterComparator.Equal => (
                FilterBuilder.All([
                    Compare(FilterComparator.GreaterOrEqual, time),
                    Compare(FilterComparator.Less, next),
                ]),
                ""
            ),
            _ => (null, "it holds for nearly every job"),
        };

        FilterNode Compare(FilterComparator comparator, DateTimeOffset value) =>
            FilterBuilder.Compare(field.WirePaths[0], comparator, FilterBuilder.Timestamp(value));
    }
}
