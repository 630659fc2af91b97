using System;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Formatting;

/// <summary>Formatting of single values for views.</summary>
public sealed class ViewFormatterTests
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
    public void A_duration_is_shown_in_its_two_largest_units(string duration, string text)
    {
        Assert.Equal(text, ViewFormatter.FormatDuration(TimeSpan.Parse(duration, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0.69314, "0.6931")]
    [InlineData(-1234.56789, "-1234.5679")]
    [InlineData(123456.789, "1.23e+05")]
    [InlineData(-98765.4321, "-9.88e+04")]
    [InlineData(double.MaxValue, "1.80e+308")]
    public void A_metric_fits_its_column(double? value, string? text)
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Assert.Equal(text, ViewFormatter.FormatMetric(value, decimals: 4, width: 10));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void The_longest_durations_are_shown_without_overflow()
    {
        Assert.Equal("10675199d 2h", ViewFormatter.FormatDuration(TimeSpan.MaxValue));
        Assert.Equal("-10675199d 2h", ViewFormatter.FormatDuration(TimeSpan.MinValue));
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
    public void Elapsed_is_the_duration_of_a_job_or_the_time_since_its_creation_with_a_plus_sign(
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

        Assert.Equal(text, ViewFormatter.FormatElapsed(job.Duration, job.IsFinished, job.CreateTime, Noon));
    }

    [Theory]
    [InlineData("accounts/fireworks/models/llama-v3p1-8b-instruct", "llama-v3p1-8b-instruct")]
    [InlineData("llama", "llama")]
    [InlineData("a/", "")]
    [InlineData("", "")]
    [InlineData("a/b\u001b[31m", "b\u241b[31m")]
    public void A_short_name_is_the_last_part_of_a_resource_name(string name, string text)
    {
        Assert.Equal(text, ViewFormatter.FormatShortName(name));
    }

    [Fact]
    public void Every_method_returns_null_for_null()
    {
        Assert.Null(ViewFormatter.FormatText(null));
        Assert.Null(ViewFormatter.FormatLines(null));
        Assert.Null(ViewFormatter.FormatTime(null));
        Assert.Null(ViewFormatter.FormatDuration(null));
        Assert.Null(ViewFormatter.FormatElapsed(null, null, null, Noon));
        Assert.Null(ViewFormatter.FormatElapsed(null, false, null, Noon));
        Assert.Null(ViewFormatter.FormatShortName(null));
    }

    [Fact]
    public void FormatText_removes_all_control_characters_and_bidirectional_overrides()
    {
        Prop.ForAll(
                Texts().ToArbitrary(),
                text => ViewFormatter.FormatText(text)!.All(character => !IsUnsafe(character))
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void FormatLines_keeps_line_feeds_and_no_other_control_characters()
    {
        Prop.ForAll(
                Texts().ToArbitrary(),
                text => ViewFormatter.FormatLines(text)!.All(character => character == '\n' || !IsUnsafe(character))
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void FormatText_keeps_the_length_and_every_harmless_character()
    {
        Prop.ForAll(
                Texts().ToArbitrary(),
                text =>
                {
                    var shown = ViewFormatter.FormatText(text)!;
                    return shown.Length == text.Length
                        && text.Zip(shown)
                            .All(pair => IsUnsafe(pair.First) ? pair.First != pair.Second : pair.First == pair.Second);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Formatting_is_idempotent_and_returns_harmless_text_without_copying()
    {
        Prop.ForAll(
                Texts().ToArbitrary(),
                text =>
                {
                    var shown = ViewFormatter.FormatText(text)!;
                    var lines = ViewFormatter.FormatLines(text)!;
                    return ReferenceEquals(ViewFormatter.FormatText(shown), shown)
                        && ViewFormatter.FormatLines(lines) == lines
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
    public void Control_characters_are_shown_as_Unicode_pictures(string text, string shown)
    {
        Assert.Equal(shown, ViewFormatter.FormatText(text));
    }

    [Theory]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [InlineData("a\tb\u001b", "a␉b␛")]
    [InlineData("\n\n", "\n\n")]
    public void FormatLines_converts_every_kind_of_line_break_to_a_line_feed(string text, string shown)
    {
        Assert.Equal(shown, ViewFormatter.FormatLines(text));
    }

    [Theory]
    [InlineData("see https://x.example/log?X-Goog-Signature=canary now", "see https://x.example/log?(removed) now")]
    [InlineData("got Bearer canary", "got (removed)")]
    [InlineData("accounts/acme/models/x?sig=canary", "accounts/acme/models/x?sig=(removed)")]
    public void Secrets_are_removed(string text, string shown)
    {
        Assert.Equal(shown, ViewFormatter.FormatText(text));
        Assert.Equal(shown, ViewFormatter.FormatLines(text));
        Assert.Equal(shown, ViewFormatter.FormatId(text));
        Assert.DoesNotContain("canary", ViewFormatter.FormatShortName(text), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", ViewFormatter.FormatState("JOB_STATE_" + text), StringComparison.Ordinal);
    }

    [Fact]
    public void The_parts_of_a_job_show_no_secret_in_any_form()
    {
        const string Secret = "https://x.example/a/b?X-Goog-Signature=canary/part Bearer canary";
        var job = new DpoJob
        {
            Status = new() { Message = Secret, Details = [new() { Reason = Secret }] },
            WandbConfig = new() { Url = Secret },
            TrainingConfig = new()
            {
                WarmStartFrom = Secret,
                BaseModel = Secret,
                JinjaTemplate = $"a\n{Secret}",
                LoraTargetModules = [Secret],
            },
        };

        object[] shown =
        [
            job.Status,
            job.WandbConfig,
            job.TrainingConfig,
            ViewFormatter.FormatLines($"{job.Status}")!,
            ViewFormatter.FormatShortName(job.TrainingConfig.BaseModel)!,
            ViewOutline.Format(job.Status)!,
            ViewOutline.Format(job.WandbConfig)!,
            ViewOutline.Format(job.TrainingConfig)!,
        ];
        Assert.All(shown, text => Assert.DoesNotContain("canary", $"{text}", StringComparison.Ordinal));
        Assert.Equal(Secret, job.WandbConfig.Url);
    }

    [Fact]
    public void Legal_IDs_and_names_are_shown_although_they_look_like_secrets()
    {
        var id = string.Concat(Enumerable.Repeat("0123456789abcdef", 3));
        var name = $"accounts/acme/dpoJobs/{id}";

        Assert.Equal(id, ViewFormatter.FormatId(id));
        Assert.Equal(id, ViewFormatter.FormatShortName(name));
        Assert.Equal(name, ViewFormatter.FormatText(name));
        Assert.Equal("(removed)", ViewFormatter.FormatText(id));
    }

    [Fact]
    public void Long_text_is_truncated()
    {
        Assert.InRange(ViewFormatter.FormatText(new string('x', 1_000_000))!.Length, 4000, 4200);
    }

    private static bool IsUnsafe(char character) =>
        char.IsControl(character)
        || character is '\u2028' or '\u2029'
        || character is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    // Half of the strings are harmless, the other half contain control characters.
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
