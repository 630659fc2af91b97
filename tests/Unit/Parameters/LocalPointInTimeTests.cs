using System;
using System.Globalization;
using Fireworks.DpoJobs.Unit.Formatting;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Parameters;

/// <summary>Times without a time zone are local.</summary>
[Collection(nameof(LocalTimeTests))]
public sealed class LocalPointInTimeTests : IDisposable
{
    private const string Tokyo = "Asia/Tokyo";
    private const string NewYork = "America/New_York";

    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly string? _zone = Environment.GetEnvironmentVariable("TZ");

    public void Dispose() => SetZone(_zone);

    [Theory]
    [InlineData(Tokyo, "2026-11-01", "2026-10-31T15:00:00Z")]
    [InlineData(Tokyo, "2026-11-01 08:00", "2026-10-31T23:00:00Z")]
    [InlineData(Tokyo, "2026-11-01T08:00Z", "2026-11-01T08:00:00Z")]
    [InlineData(NewYork, "2026-07-01", "2026-07-01T04:00:00Z")]
    [InlineData(NewYork, "2026-12-01", "2026-12-01T05:00:00Z")]
    [InlineData("Asia/Kolkata", "11/01/2026", "2026-10-31T18:30:00Z")]
    public void Reads_a_string_without_a_time_zone_as_local_time(string zone, string text, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows, the time zone of a process cannot be set.");
        SetZone(zone);

        Assert.Equal(Utc(expected), new PointInTime(text).Resolve(Now));
    }

    [Theory]
    [InlineData(DateTimeKind.Local, "2026-10-31T15:00:00Z")]
    [InlineData(DateTimeKind.Unspecified, "2026-10-31T15:00:00Z")]
    [InlineData(DateTimeKind.Utc, "2026-11-01T00:00:00Z")]
    public void Reads_a_DateTime_as_local_time_unless_its_kind_is_UTC(DateTimeKind kind, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows, the time zone of a process cannot be set.");
        SetZone(Tokyo);

        Assert.Equal(Utc(expected), new PointInTime(new DateTime(2026, 11, 1, 0, 0, 0, kind)).Resolve(Now));
    }

    [Theory]
    [InlineData(Tokyo, DateTimeKind.Local)]
    [InlineData(Tokyo, DateTimeKind.Unspecified)]
    [InlineData(Tokyo, DateTimeKind.Utc)]
    [InlineData(NewYork, DateTimeKind.Local)]
    [InlineData(NewYork, DateTimeKind.Unspecified)]
    [InlineData(NewYork, DateTimeKind.Utc)]
    public void Accepts_the_first_and_last_DateTime_in_every_time_zone(string zone, DateTimeKind kind)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows, the time zone of a process cannot be set.");
        SetZone(zone);

        Assert.Equal(
            DateTimeOffset.MinValue,
            new PointInTime(DateTime.SpecifyKind(DateTime.MinValue, kind)).Resolve(Now)
        );
        Assert.Equal(
            DateTimeOffset.MaxValue,
            new PointInTime(DateTime.SpecifyKind(DateTime.MaxValue, kind)).Resolve(Now)
        );
        // The offset of the time zone would lead out of range.
        Assert.Equal(
            DateTimeOffset.MinValue.AddHours(1),
            new PointInTime(DateTime.SpecifyKind(DateTime.MinValue.AddHours(1), kind)).Resolve(Now)
        );
        Assert.Equal(
            DateTimeOffset.MaxValue.AddHours(-1),
            new PointInTime(DateTime.SpecifyKind(DateTime.MaxValue.AddHours(-1), kind)).Resolve(Now)
        );
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static void SetZone(string? zone)
    {
        Environment.SetEnvironmentVariable("TZ", zone);
        TimeZoneInfo.ClearCachedData();
    }
}
