using System;
using System.Globalization;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Formatting;

/// <summary>These tests change the time zone of the process, so they run alone.</summary>
[CollectionDefinition(nameof(LocalTimeTests), DisableParallelization = true)]
public sealed class RunsAlone;

/// <summary>Times in the local time zone and the current culture.</summary>
[Collection(nameof(LocalTimeTests))]
public sealed class LocalTimeTests : IDisposable
{
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly string? _zone = Environment.GetEnvironmentVariable("TZ");

    public void Dispose()
    {
        CultureInfo.CurrentCulture = _culture;
        SetZone(_zone);
    }

    [Theory]
    [InlineData("en-US", "America/New_York", "11/21/2026 4:43 PM")]
    [InlineData("en-US", "UTC", "11/21/2026 9:43 PM")]
    [InlineData("de-DE", "Europe/Berlin", "21.11.2026 22:43")]
    [InlineData("ja-JP", "Asia/Tokyo", "2026/11/22 6:43")]
    [InlineData("sv-SE", "Asia/Kolkata", "2026-11-22 03:13")]
    public void A_time_is_shown_in_the_local_zone_and_the_current_culture_to_the_minute(
        string culture,
        string zone,
        string text
    )
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows, the time zone of a process cannot be set.");
        Read(culture, zone);

        var shown = ViewFormatter.FormatTime(new DateTimeOffset(2026, 11, 21, 21, 43, 59, TimeSpan.Zero));

        // Newer culture data has a narrow no-break space before AM and PM.
        Assert.Equal(text, shown!.Replace('\u202f', ' '));
    }

    [Fact]
    public void Daylight_saving_time_of_the_shown_day_applies()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows, the time zone of a process cannot be set.");
        Read("de-DE", "Europe/Berlin");

        Assert.Equal(
            "21.07.2026 14:00",
            ViewFormatter.FormatTime(new DateTimeOffset(2026, 7, 21, 12, 0, 0, TimeSpan.Zero))
        );
        Assert.Equal(
            "21.01.2026 13:00",
            ViewFormatter.FormatTime(new DateTimeOffset(2026, 1, 21, 12, 0, 0, TimeSpan.Zero))
        );
    }

    [Theory]
    [InlineData("en-US", "America/New_York")]
    [InlineData("de-DE", "Asia/Tokyo")]
    [InlineData("ar-SA", "Asia/Riyadh")]
    [InlineData("th-TH", "Asia/Bangkok")]
    [InlineData("fa-IR", "Asia/Tehran")]
    public void The_minimum_and_maximum_times_are_shown_in_every_calendar(string culture, string zone)
    {
        // Go services send 0001-01-01T00:00:00Z for a time that is not set; some calendars do not include it.
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows, the time zone of a process cannot be set.");
        Read(culture, zone);

        Assert.False(string.IsNullOrEmpty(ViewFormatter.FormatTime(DateTimeOffset.MinValue)));
        Assert.False(string.IsNullOrEmpty(ViewFormatter.FormatTime(DateTimeOffset.MaxValue)));
    }

    private static void Read(string culture, string zone)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        SetZone(zone);
    }

    private static void SetZone(string? zone)
    {
        Environment.SetEnvironmentVariable("TZ", zone);
        TimeZoneInfo.ClearCachedData();
    }
}
