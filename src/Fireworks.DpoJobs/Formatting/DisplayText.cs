using System;
using System.Globalization;

namespace Fireworks.DpoJobs;

/// <summary>Single values as a person reads them. format.ps1xml calls these; scripts may too.</summary>
public static class DisplayText
{
    /// <summary>Text from the service, safe for a terminal.</summary>
    /// <param name="text">Any text. Null for none.</param>
    /// <returns>The text with control characters made visible; null for none.</returns>
    public static string? Text(string? text) => text is null ? null : ControlCharacters.MakeVisible(text);

    /// <summary>Text of several lines from the service, safe for a terminal.</summary>
    /// <param name="text">Any text. Null for none.</param>
    /// <returns>The text with its line breaks and with other control characters made visible; null for none.</returns>
    public static string? Lines(string? text) =>
        text is null ? null : ControlCharacters.MakeVisible(text, keepLineBreaks: true);

    /// <summary>A time in the reader's own zone and culture, to the minute.</summary>
    /// <param name="time">A time. Null for none.</param>
    /// <returns>For example <c>11/21/2026 9:43 PM</c>; null for none.</returns>
    public static string? Time(DateTimeOffset? time)
    {
        var local = time?.ToLocalTime();
        try
        {
            return local?.ToString("g", CultureInfo.CurrentCulture);
        }
        catch (ArgumentOutOfRangeException)
        {
            // Not every calendar reaches back to the year 1, which is how some services say "never".
            return local?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>A duration in its two largest units: <c>3d 4h</c>, <c>2h 14m</c>, <c>12m 5s</c>, <c>45s</c>.</summary>
    /// <param name="duration">A duration. Null for none.</param>
    /// <returns>The duration, cut to whole units; null for none.</returns>
    public static string? Duration(TimeSpan? duration)
    {
        if (duration is not { } span)
        {
            return null;
        }
        if (span < TimeSpan.Zero)
        {
            return "-" + Duration(span == TimeSpan.MinValue ? TimeSpan.MaxValue : span.Negate());
        }
        return span.TotalDays >= 1 ? string.Format(CultureInfo.InvariantCulture, "{0}d {1}h", span.Days, span.Hours)
            : span.TotalHours >= 1 ? string.Format(CultureInfo.InvariantCulture, "{0}h {1}m", span.Hours, span.Minutes)
            : span.TotalMinutes >= 1
                ? string.Format(CultureInfo.InvariantCulture, "{0}m {1}s", span.Minutes, span.Seconds)
            : string.Format(CultureInfo.InvariantCulture, "{0}s", span.Seconds);
    }

    /// <summary>How long a job took; for one that is not finished, how long ago it was created, with a plus sign.</summary>
    /// <param name="duration">The job's Duration. Null while it has none.</param>
    /// <param name="isFinished">The job's IsFinished. Null where that is not known.</param>
    /// <param name="created">The job's CreateTime. Null where that is not known.</param>
    /// <param name="now">The time now.</param>
    /// <returns>For example <c>2h 14m</c>, or <c>3d 4h+</c> so far; null where the times are not known.</returns>
    public static string? Elapsed(TimeSpan? duration, bool? isFinished, DateTimeOffset? created, DateTimeOffset now) =>
        duration is not null ? Duration(duration)
        : isFinished == false && created <= now ? Duration(now - created) + "+"
        : null;

    /// <summary>The last part of a resource name: <c>llama-v3p1-8b-instruct</c> of <c>accounts/fireworks/models/…</c>.</summary>
    /// <param name="name">A resource name. Null for none.</param>
    /// <returns>What stands behind the last slash, safe for a terminal; null for none.</returns>
    public static string? ShortName(string? name) =>
        name is null ? null : ControlCharacters.MakeVisible(ResourceName.LastPart(name));
}
