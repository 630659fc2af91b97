using System;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Parameters;

/// <summary>Times and ages.</summary>
public sealed class PointInTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("45s", "2026-11-25T11:59:15Z")]
    [InlineData("30m", "2026-11-25T11:30:00Z")]
    [InlineData("12h", "2026-11-25T00:00:00Z")]
    [InlineData("1.5h", "2026-11-25T10:30:00Z")]
    [InlineData("7d", "2026-11-18T12:00:00Z")]
    [InlineData("0.5d", "2026-11-25T00:00:00Z")]
    [InlineData("2w", "2026-11-11T12:00:00Z")]
    [InlineData("2W", "2026-11-11T12:00:00Z")]
    [InlineData("7D", "2026-11-18T12:00:00Z")]
    [InlineData("007d", "2026-11-18T12:00:00Z")]
    [InlineData("0d", "2026-11-25T12:00:00Z")]
    [InlineData("  7 d  ", "2026-11-18T12:00:00Z")]
    [InlineData("\t7\td\n", "2026-11-18T12:00:00Z")]
    public void Subtracts_an_age_from_now(string text, string expected)
    {
        Assert.Equal(Utc(expected), new PointInTime(text).Resolve(Now));
    }

    [Theory]
    [InlineData("2026-11-01T08:00Z", "2026-11-01T08:00:00Z")]
    [InlineData("2026-11-01T08:00+02:00", "2026-11-01T06:00:00Z")]
    [InlineData("2026-11-01 08:00 -05:30", "2026-11-01T13:30:00Z")]
    [InlineData(" 2026-11-01T08:00:00.1234567Z ", "2026-11-01T08:00:00.1234567Z")]
    [InlineData("Sun, 01 Nov 2026 08:00:00 GMT", "2026-11-01T08:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z")]
    public void Reads_a_string_with_a_time_zone_as_a_fixed_time(string text, string expected)
    {
        var point = new PointInTime(text);

        Assert.Equal(Utc(expected), point.Resolve(Now));
        Assert.Equal(Utc(expected), point.Resolve(Now.AddYears(1)));
    }

    [Theory]
    [InlineData("2026-08-30T03:48:42.645723285Z", "2026-08-30T03:48:42.6457233Z")]
    [InlineData("2026-11-25 08:00Z", "2026-11-25T08:00:00Z")]
    [InlineData("2026/11/01 08:00Z", "2026-11-01T08:00:00Z")]
    [InlineData("1 Nov 2026 08:00Z", "2026-11-01T08:00:00Z")]
    [InlineData("November 1, 2026 8:00 AM Z", "2026-11-01T08:00:00Z")]
    [InlineData("25.11.2026 08:00Z", "2026-11-25T08:00:00Z")]
    [InlineData("11/25/2026 08:00Z", "2026-11-25T08:00:00Z")]
    [InlineData("11.11.2026 08:00Z", "2026-11-11T08:00:00Z")]
    public void Reads_an_unambiguous_string_the_same_in_every_culture(string text, string expected)
    {
        foreach (var culture in new[] { "", "en-US", "de-DE", "en-GB", "sv-SE", "ja-JP", "th-TH", "fa-IR" })
        {
            In(culture, () => Assert.Equal(Utc(expected), new PointInTime(text).Resolve(Now)));
        }
    }

    [Theory]
    [InlineData("de-DE", "04.11.2026")]
    [InlineData("de-DE", "04/11/2026")]
    [InlineData("de-DE", " 4.11.2026 08:00 ")]
    [InlineData("en-GB", "04/11/2026")]
    [InlineData("en-GB", "04-11-2026")]
    [InlineData("fr-FR", "04/11/2026 08:00:00")]
    [InlineData("en-US", "04.11.2026")]
    [InlineData("", "4.11.2026")]
    public void Rejects_a_date_with_two_readings_and_shows_both(string culture, string text)
    {
        In(
            culture,
            () =>
                Assert.Equal(
                    $"'{text}' could mean 2026-11-04 or 2026-04-11 (year-month-day). Write the date in one of these forms.",
                    Assert.Throws<FormatException>(() => new PointInTime(text)).Message
                )
        );
    }

    [Fact]
    public void Reads_a_date_month_first_where_people_write_it_so()
    {
        In("en-US", () => Assert.Equal(Utc("2026-04-11T08:00:00Z"), new PointInTime("04/11/2026 08:00Z").Resolve(Now)));
    }

    [Theory]
    [InlineData("6M")]
    [InlineData(" 6 M ")]
    public void Rejects_an_age_that_could_be_minutes_or_months(string text)
    {
        Assert.Equal(
            $"'{text.Trim()}' could mean minutes or months. Use 6m for minutes; for months, give days, such as 30d.",
            Assert.Throws<FormatException>(() => new PointInTime(text)).Message
        );
    }

    [Theory]
    [InlineData("08:00")]
    [InlineData("08:00:00.1234")]
    [InlineData("08:00 +0200")]
    [InlineData("08:00Z")]
    [InlineData("Nov 1")]
    [InlineData("11/25")]
    [InlineData("11/25/26")]
    [InlineData("04.11.26")]
    [InlineData("Sunday")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("d")]
    [InlineData("7")]
    [InlineData("-7d")]
    [InlineData("+7d")]
    [InlineData("1,5h")]
    [InlineData(".5d")]
    [InlineData("1.d")]
    [InlineData("1e3d")]
    [InlineData("7days")]
    [InlineData("7y")]
    [InlineData("7d 12h")]
    [InlineData("7.00:00:00")]
    [InlineData("yesterday")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-30")]
    [InlineData("\u0667d")]
    public void Rejects_a_string_that_is_neither_a_time_nor_an_age_with_examples(string text)
    {
        var exception = Assert.Throws<FormatException>(() => new PointInTime(text));

        Assert.Equal(
            $"'{text}' is neither a time such as 2026-11-01 or 2026-11-01T08:00Z nor an age such as 30m, 12h, 7d or 2w.",
            exception.Message
        );
    }

    [Fact]
    public void Rejects_null_with_the_same_message()
    {
        var exception = Assert.Throws<FormatException>(() => new PointInTime((string)null!));

        Assert.StartsWith("'' is neither a time", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Makes_control_characters_visible_in_the_message()
    {
        var exception = Assert.Throws<FormatException>(() => new PointInTime("\u001b[31m7 days"));

        Assert.StartsWith("'\u241b[31m7 days' is", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fa-IR")]
    [InlineData("th-TH")]
    public void Reads_a_string_the_same_in_every_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

            Assert.Equal(Now.AddHours(-1.5), new PointInTime("1.5h").Resolve(Now));
            Assert.Equal(Utc("2026-11-01T08:00:00Z"), new PointInTime("2026-11-01T08:00Z").Resolve(Now));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Reads_a_TimeSpan_as_an_age()
    {
        Assert.Equal(Now.AddMinutes(-90), new PointInTime(TimeSpan.FromMinutes(90)).Resolve(Now));
        Assert.Equal(Now, new PointInTime(TimeSpan.Zero).Resolve(Now));
        Assert.Equal(Now.AddDays(1), new PointInTime(TimeSpan.FromDays(-1)).Resolve(Now));
    }

    [Fact]
    public void Keeps_a_DateTimeOffset_unchanged()
    {
        var time = new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.FromHours(5.5));

        Assert.True(time.EqualsExact(new PointInTime(time).Resolve(Now)));
        Assert.Equal(DateTimeOffset.MinValue, new PointInTime(DateTimeOffset.MinValue).Resolve(Now));
        Assert.Equal(DateTimeOffset.MaxValue, new PointInTime(DateTimeOffset.MaxValue).Resolve(Now));
    }

    [Fact]
    public void Keeps_a_DateTime_in_UTC_unchanged()
    {
        var time = new DateTime(2026, 11, 1, 8, 0, 0, DateTimeKind.Utc);

        Assert.Equal(Utc("2026-11-01T08:00:00Z"), new PointInTime(time).Resolve(Now));
    }

    [Fact]
    public void Limits_an_age_to_the_first_time()
    {
        Assert.Equal(DateTimeOffset.MinValue, new PointInTime("800000d").Resolve(Now));
        Assert.Equal(DateTimeOffset.MinValue, new PointInTime("99999999999999999999w").Resolve(Now));
        Assert.Equal(DateTimeOffset.MinValue, new PointInTime(new string('9', 400) + "s").Resolve(Now));
        Assert.Equal(DateTimeOffset.MinValue, new PointInTime(TimeSpan.MaxValue).Resolve(Now));
    }

    [Fact]
    public void Limits_a_negative_age_to_the_last_time()
    {
        Assert.Equal(DateTimeOffset.MaxValue, new PointInTime(TimeSpan.FromDays(-3_000_000)).Resolve(Now));
        Assert.Equal(DateTimeOffset.MaxValue, new PointInTime(TimeSpan.MinValue).Resolve(Now));
    }

    [Fact]
    public void Resolves_any_age_and_never_later_than_a_smaller_one()
    {
        var ages =
            from first in ArbMap.Default.GeneratorFor<TimeSpan>()
            from second in ArbMap.Default.GeneratorFor<TimeSpan>()
            select (first, second);

        Prop.ForAll(
                ages.ToArbitrary(),
                pair =>
                    pair.first.CompareTo(pair.second) * Resolve(pair.first).CompareTo(Resolve(pair.second)) <= 0
                    && (Math.Abs(pair.first.TotalDays) > 100_000 || Now - Resolve(pair.first) == pair.first)
            )
            .QuickCheckThrowOnFailure();

        static DateTimeOffset Resolve(TimeSpan age) => new PointInTime(age).Resolve(Now);
    }

    [Fact]
    public void Does_not_show_a_key_that_was_given_as_a_time()
    {
        var exception = Assert.Throws<FormatException>(() => new PointInTime("fw_3ZkW9abcdef"));

        Assert.DoesNotContain("3ZkW9", exception.Message, StringComparison.Ordinal);
    }

    private static void In(string culture, Action act)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            act();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
