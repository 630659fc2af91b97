using System.ComponentModel;
using System.Globalization;

namespace Fireworks.DpoJobs;

/// <summary>Formats single values for views.</summary>
/// <remarks>Public only because format.ps1xml calls it; not part of the module's API.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ViewFormatter
{
    /// <summary>Formats a string in one line: without likely secrets, and with visible control characters.</summary>
    /// <param name="text">A string from the service. Null for none.</param>
    /// <returns>A string that is safe for a terminal, of about 4,096 characters at most; null for null.</returns>
    public static string? FormatText(string? text) => text is null ? null : ApiObject.Show(text);

    /// <summary>Formats a string without likely secrets. Control characters other than line breaks are visible.</summary>
    /// <param name="text">A string from the service. Null for none.</param>
    /// <returns>A string that is safe for a terminal, of about 4,096 characters at most; null for null.</returns>
    public static string? FormatLines(string? text) => text is null ? null : ApiObject.Show(text, keepLineBreaks: true);

    /// <summary>Formats an ID. A legal ID is unchanged, although it may look like a secret.</summary>
    /// <param name="id">An ID. Null for none.</param>
    /// <returns>A string that is safe for a terminal; null for null.</returns>
    public static string? FormatId(string? id) => ResourceName.IsId(id) ? id : FormatText(id);

    /// <summary>Formats a time in the local time zone and the current culture, to the minute.</summary>
    /// <param name="time">A time. Null for none.</param>
    /// <returns>For example <c>11/21/2026 9:43 PM</c>; null for null.</returns>
    public static string? FormatTime(DateTimeOffset? time)
    {
        var local = time?.ToLocalTime();
        try
        {
            return local?.ToString("g", CultureInfo.CurrentCulture);
        }
        catch (ArgumentOutOfRangeException)
        {
            // Some calendars don't include the year 1, which Go services send for a time that is not set.
            return local?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Formats a metric with a fixed number of decimals, or with an exponent if it does not fit the column.</summary>
    /// <param name="value">A metric. Null for none.</param>
    /// <param name="decimals">The number of decimals.</param>
    /// <param name="width">The width of the column in characters.</param>
    /// <returns>For example <c>0.6931</c> or <c>1.23e+05</c>, in the current culture; null for null.</returns>
    public static string? FormatMetric(double? value, int decimals, int width)
    {
        var text = value?.ToString($"F{decimals}", CultureInfo.CurrentCulture);
        return text?.Length > width ? value?.ToString("0.00e+00", CultureInfo.CurrentCulture) : text;
    }

    /// <summary>Formats a duration in its two largest units: <c>3d 4h</c>, <c>2h 14m</c>, <c>12m 5s</c>, <c>45s</c>.</summary>
    /// <param name="duration">A duration. Null for none.</param>
    /// <returns>The duration, truncated to the smaller unit; null for null.</returns>
    public static string? FormatDuration(TimeSpan? duration)
    {
        if (duration is not { } span)
        {
            return null;
        }
        if (span < TimeSpan.Zero)
        {
            return "-" + FormatDuration(span == TimeSpan.MinValue ? TimeSpan.MaxValue : span.Negate());
        }
        return span switch
        {
            { Days: > 0 } => $"{span.Days}d {span.Hours}h",
            { Hours: > 0 } => $"{span.Hours}h {span.Minutes}m",
            { Minutes: > 0 } => $"{span.Minutes}m {span.Seconds}s",
            _ => $"{span.Seconds}s",
        };
    }

    /// <summary>Formats the duration of a job; for an unfinished job, the time since its creation and a plus sign.</summary>
    /// <param name="duration">The job's Duration. Null while it has none.</param>
    /// <param name="isFinished">The job's IsFinished. Null when it is unknown.</param>
    /// <param name="created">The job's CreateTime. Null when it is unknown.</param>
    /// <param name="now">The current time.</param>
    /// <returns>For example <c>2h 14m</c> or <c>3d 4h+</c>; null when it is unknown.</returns>
    public static string? FormatElapsed(
        TimeSpan? duration,
        bool? isFinished,
        DateTimeOffset? created,
        DateTimeOffset now
    ) =>
        duration is not null ? FormatDuration(duration)
        : isFinished == false && created <= now ? FormatDuration(now - created) + "+"
        : null;

    /// <summary>Formats a resource name as its last part: <c>llama-v3p1-8b-instruct</c> for <c>accounts/fireworks/models/…</c>.</summary>
    /// <param name="name">A resource name. Null for none.</param>
    /// <returns>A string that is safe for a terminal; null for null.</returns>
    public static string? FormatShortName(string? name) =>
        name is null ? null : ResourceName.LastPart(ApiObject.Show(name));

    /// <summary>
    /// Formats a state in color: green succeeded, red failed, yellow needs attention, cyan in progress, gray deleted.
    /// PowerShell 7 removes the color under NO_COLOR and from redirected output. Windows PowerShell does not, so there the
    /// state has no color.
    /// </summary>
    /// <param name="stateText">A job's StateText, which deserialized jobs have too. Null or empty for none.</param>
    /// <returns>
    /// For example <c>Completed</c>; for an unknown state the service's spelling without its prefix, for example
    /// <c>HIBERNATING</c>. On PowerShell 7 it is enclosed in escape sequences. Null without a state.
    /// </returns>
    public static string? FormatState(string? stateText)
    {
        if (JobStates.Parse(stateText) is not { } state)
        {
            return null;
        }
        var name = state == JobState.Unrecognized ? FormatText(JobStates.RemovePrefix(stateText!)) : state.ToString();
#if NET
        return $"\u001b[{Color(state)}m{name}\u001b[0m";
#else
        return name;
#endif
    }

    /// <summary>Formats a secret as a placeholder.</summary>
    /// <param name="secret">A secret. Null for none.</param>
    /// <returns>The same text for every secret; null for null.</returns>
    public static string? FormatSecret(object? secret) => secret is null ? null : "(secret)";

#if NET
    private static int Color(JobState state) =>
        state switch
        {
            JobState.Completed or JobState.EarlyStopped => 32,
            JobState.Failed or JobState.Expired => 31,
            JobState.Paused or JobState.Cancelled or JobState.Cancelling or JobState.Unrecognized => 33,
            JobState.Deleting or JobState.DeletingCleaningUp or JobState.Deleted or JobState.Archived => 90,
            _ => 36,
        };
#endif
}
