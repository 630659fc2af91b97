using System;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Formatting;

/// <summary>Single values as a person reads them.</summary>
public sealed class DisplayTextTests
{
    private static readonly DateTimeOffset Noon = new(2026, 8, 30, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0:0:0", "0s")]
    [InlineData("0:0:0.999", "0s")]
    [InlineData("0:0:45", "45s")]
    [InlineData("0:0:59.999", "59s")]
    [InlineData("0:1:0", "1m 0s")]
    [InlineData("0:12:5", "12m 5s")]
    [InlineData("0:59:59.9", "59m 59s")]
    [InlineData("1:0:0", "1h 0m")]
    [InlineData("2:14:59", "2h 14m")]
    [InlineData("23:59:59", "23h 59m")]
    [InlineData("1.0:0:0", "1d 0h")]
    [InlineData("3.4:59:59", "3d 4h")]
    [InlineData("400.0:0:0", "400d 0h")]
    [InlineData("-0:0:45", "-45s")]
    [InlineData("-1.2:0:0", "-1d 2h")]
    public void A_duration_has_its_two_largest_units(string duration, string text)
    {
        Assert.Equal(text, DisplayText.Duration(TimeSpan.Parse(duration, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Even_the_longest_durations_are_shown()
    {
        Assert.Equal("10675199d 2h", DisplayText.Duration(TimeSpan.MaxValue));
        Assert.Equal("-10675199d 2h", DisplayText.Duration(TimeSpan.MinValue));
    }

    [Theory]
    [InlineData("2026-08-30T09:46:00Z", "2026-08-30T12:00:00Z", null, "2h 14m")]
    [InlineData("2026-08-30T09:46:00Z", "2026-08-30T12:00:00Z", "JOB_STATE_RUNNING", "2h 14m")]
    [InlineData("2026-08-30T09:46:00Z", null, "JOB_STATE_RUNNING", "2h 14m+")]
    [InlineData("2026-08-30T12:00:00Z", null, "JOB_STATE_PENDING", "0s+")]
    [InlineData("2026-08-30T09:46:00Z", null, "JOB_STATE_FAILED", null)]
    [InlineData("2026-08-30T09:46:00Z", null, "JOB_STATE_NEW", null)]
    [InlineData("2026-08-30T09:46:00Z", null, null, null)]
    [InlineData("2026-08-30T12:00:01Z", null, "JOB_STATE_RUNNING", null)]
    [InlineData(null, null, "JOB_STATE_RUNNING", null)]
    [InlineData(null, "2026-08-30T12:00:00Z", "JOB_STATE_COMPLETED", null)]
    public void Elapsed_is_how_long_a_job_took_or_with_a_plus_how_long_it_has_been_there(
        string? created,
        string? completed,
        string? state,
        string? text
    )
    {
        var job = new DpoJob
        {
            CreateTime = created is null ? null : DateTimeOffset.Parse(created, CultureInfo.InvariantCulture),
            CompletedTime = completed is null ? null : DateTimeOffset.Parse(completed, CultureInfo.InvariantCulture),
            StateText = state,
        };

        Assert.Equal(text, DisplayText.Elapsed(job.Duration, job.IsFinished, job.CreateTime, Noon));
    }

    [Theory]
    [InlineData("accounts/fireworks/models/llama-v3p1-8b-instruct", "llama-v3p1-8b-instruct")]
    [InlineData("llama", "llama")]
    [InlineData("a/", "")]
    [InlineData("", "")]
    [InlineData("a/b\u001b[31m", "b\u241b[31m")]
    public void A_short_name_is_what_stands_behind_the_last_slash(string name, string text)
    {
        Assert.Equal(text, DisplayText.ShortName(name));
    }

    [Fact]
    public void Null_is_shown_as_null_everywhere()
    {
        Assert.Null(DisplayText.Text(null));
        Assert.Null(DisplayText.Lines(null));
        Assert.Null(DisplayText.Time(null));
        Assert.Null(DisplayText.Duration(null));
        Assert.Null(DisplayText.Elapsed(null, null, null, Noon));
        Assert.Null(DisplayText.Elapsed(null, false, null, Noon));
        Assert.Null(DisplayText.ShortName(null));
    }

    [Fact]
    public void No_control_character_and_no_bidirectional_override_survives_in_any_text()
    {
        Prop.ForAll(Texts().ToArbitrary(), text => DisplayText.Text(text)!.All(character => !IsUnsafe(character)))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Of_several_lines_only_the_line_feeds_survive()
    {
        Prop.ForAll(
                Texts().ToArbitrary(),
                text => DisplayText.Lines(text)!.All(character => character == '\n' || !IsUnsafe(character))
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Text_keeps_its_length_and_every_harmless_character()
    {
        Prop.ForAll(
                Texts().ToArbitrary(),
                text =>
                {
                    var shown = DisplayText.Text(text)!;
                    return shown.Length == text.Length
                        && text.Zip(shown)
                            .All(pair => IsUnsafe(pair.First) ? pair.First != pair.Second : pair.First == pair.Second);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Showing_a_shown_text_changes_nothing_and_a_harmless_text_is_not_even_copied()
    {
        Prop.ForAll(
                Texts().ToArbitrary(),
                text =>
                {
                    var shown = DisplayText.Text(text)!;
                    var lines = DisplayText.Lines(text)!;
                    return ReferenceEquals(DisplayText.Text(shown), shown)
                        && DisplayText.Lines(lines) == lines
                        && (text.Any(IsUnsafe) || ReferenceEquals(shown, text));
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("\u0000\u001b\u007f", "␀␛␡")]
    [InlineData("a\nb", "a␊b")]
    [InlineData("\u0080\u009b\u009f", "\ufffd\ufffd\ufffd")]
    [InlineData("\u2028\u2029\u202a\u202e\u2066\u2069", "\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd")]
    [InlineData("ä日😀", "ä日😀")]
    public void Control_characters_are_shown_as_pictures(string text, string shown)
    {
        Assert.Equal(shown, DisplayText.Text(text));
    }

    [Theory]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [InlineData("a\tb\u001b", "a␉b␛")]
    [InlineData("\n\n", "\n\n")]
    public void Line_breaks_of_every_kind_are_kept_in_text_of_several_lines(string text, string shown)
    {
        Assert.Equal(shown, DisplayText.Lines(text));
    }

    private static bool IsUnsafe(char character) =>
        char.IsControl(character)
        || character is '\u2028' or '\u2029'
        || character is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    // Any text, half of it harmless, half of it with what terminals obey.
    private static Gen<string> Texts()
    {
        var harmless = Gen.Elements("abc xyz/äß日😀\u200f".ToCharArray());
        var any = Gen.Choose(0, char.MaxValue).Select(number => (char)number);
        var control = Gen.OneOf(
            Gen.Choose(0, 0x1f).Select(number => (char)number),
            Gen.Choose(0x7f, 0x9f).Select(number => (char)number),
            Gen.Choose(0x2028, 0x202f).Select(number => (char)number),
            Gen.Choose(0x2065, 0x206a).Select(number => (char)number)
        );
        return Gen.OneOf(harmless.ArrayOf(), Gen.OneOf(harmless, any, control).ArrayOf())
            .Select(characters => new string(characters));
    }
}
