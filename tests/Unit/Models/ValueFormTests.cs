using System;
using System.Globalization;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>Times and numbers in the forms that the service sends.</summary>
public sealed class ValueFormTests
{
    [Theory]
    [InlineData("2026-08-30T03:48:42Z", 0)]
    [InlineData("2026-08-30T03:48:42.645723Z", 6457230)]
    [InlineData("2026-08-30T03:48:42.645723285Z", 6457232)]
    [InlineData("2026-08-30T03:48:42.999999999Z", 9999999)]
    [InlineData("2026-08-30T05:48:42.1+02:00", 1000000)]
    public void Timestamps_keep_up_to_seven_fraction_digits(string text, long ticks)
    {
        var time = Parse.Job($$"""{"createTime":"{{text}}"}""").CreateTime;

        Assert.Equal(new DateTimeOffset(2026, 8, 30, 3, 48, 42, TimeSpan.Zero).AddTicks(ticks), time);
    }

    [Theory]
    [InlineData("2026-08-30T03:48:42", "2026-08-30T03:48:42Z")]
    [InlineData("2026-08-30T03:48:42.5", "2026-08-30T03:48:42.5Z")]
    [InlineData("2026-03-29T02:30:00", "2026-03-29T02:30:00Z")]
    [InlineData("0001-01-01T00:00:00", "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.9999999", "9999-12-31T23:59:59.9999999Z")]
    public void A_time_without_a_zone_is_in_UTC(string text, string time)
    {
        var read = Parse.Job($$"""{"createTime":"{{text}}"}""").CreateTime!.Value;

        Assert.Equal(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture), read);
        Assert.Equal(TimeSpan.Zero, read.Offset);
    }

    [Fact]
    public void Numbers_are_accepted_as_strings()
    {
        var page = Parse.Page(
            """
            {
              "dpoJobs": [{
                "trainingConfig": { "epochs": "3", "learningRate": "1e-4", "loraDropout": "0.05" },
                "lossConfig": { "klBeta": "NaN", "dpo": { "refCacheBatchSize": "8" } }
              }],
              "totalSize": "9007199254740993"
            }
            """
        );

        var job = Assert.Single(page.Jobs);
        Assert.Equal(3, job.TrainingConfig!.Epochs);
        Assert.Equal(1e-4, job.TrainingConfig.LearningRate);
        Assert.Equal(0.05, job.TrainingConfig.LoraDropout);
        Assert.Equal(double.NaN, job.LossConfig!.KlBeta);
        Assert.Equal(8, job.LossConfig.Dpo!.RefCacheBatchSize);
        Assert.Equal(9007199254740993, page.TotalSize);
    }

    [Fact]
    public void Numbers_are_read_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

            Assert.Equal(0.05, Parse.Job("""{"trainingConfig":{"loraDropout":"0.05"}}""").TrainingConfig!.LoraDropout);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("7", "7")]
    [InlineData("1.50", "1.50")]
    [InlineData("true", "true")]
    public void A_number_or_a_boolean_instead_of_a_string_is_accepted_as_its_text(string json, string text)
    {
        Assert.Equal(text, Parse.Job($$"""{"dataset":{{json}}}""").Dataset);
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("3.0", 3)]
    [InlineData("3e0", 3)]
    [InlineData("\"3\"", 3)]
    [InlineData("2147483647.0", int.MaxValue)]
    [InlineData("-2147483648.0", int.MinValue)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    public void An_int32_is_accepted_in_every_exact_form(string json, int? number)
    {
        Assert.Equal(number, Parse.Job($$$"""{"trainingConfig":{"epochs":{{{json}}}}}""").TrainingConfig!.Epochs);
    }

    [Theory]
    [InlineData("9007199254740993", 9007199254740993)]
    [InlineData("\"9007199254740993\"", 9007199254740993)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("1e3", 1000)]
    [InlineData("\"1e3\"", 1000)]
    [InlineData("9007199254740992.0", 9007199254740992)]
    [InlineData("-9007199254740992.0", -9007199254740992)]
    public void An_int64_is_accepted_in_every_exact_form(string json, long number)
    {
        Assert.Equal(number, Parse.Page($$"""{"totalSize":{{json}}}""").TotalSize);
    }

    [Theory]
    [InlineData("\"2026-08-30T03:48:42Z\"", "\"2026-08-30T06:02:43.5Z\"", "02:14:01.5")]
    [InlineData("\"2026-08-30T03:48:42Z\"", "null", null)]
    [InlineData("null", "\"2026-08-30T06:02:43Z\"", null)]
    [InlineData("\"2026-08-30T03:48:42Z\"", "\"2026-08-30T03:48:41Z\"", "-00:00:01")]
    public void The_duration_is_the_time_from_creation_to_completion(string created, string completed, string? duration)
    {
        var job = Parse.Job($$"""{"createTime":{{created}},"completedTime":{{completed}}}""");

        Assert.Equal(duration is null ? null : TimeSpan.Parse(duration, CultureInfo.InvariantCulture), job.Duration);
    }

    [Theory]
    [InlineData("accounts/acme/dpoJobs/nightly-1", "acme", "nightly-1")]
    [InlineData("accounts/acme/dpoJobs/", "acme", null)]
    [InlineData("accounts/acme/dpoJobs", "acme", null)]
    [InlineData("accounts//dpoJobs/x", null, "x")]
    [InlineData("accounts/acme", "acme", null)]
    [InlineData("accounts/", null, null)]
    [InlineData("accounts", null, null)]
    [InlineData("dpoJobs/x", null, "x")]
    [InlineData("nightly-1", null, null)]
    [InlineData("/", null, null)]
    [InlineData("//", null, null)]
    [InlineData("/accounts/acme/dpoJobs/x", null, null)]
    [InlineData("accounts/dpoJobs/dpoJobs/accounts", "dpoJobs", "accounts")]
    [InlineData("Accounts/acme/DpoJobs/x", null, null)]
    public void Id_and_account_are_parts_of_the_name(string name, string? account, string? id)
    {
        var job = new DpoJob { Name = name };

        Assert.Equal((account, id), (job.AccountId, job.Id));
    }

    [Fact]
    public void A_job_prints_as_its_full_name()
    {
        Assert.Equal("accounts/acme/dpoJobs/a", new DpoJob { Name = "accounts/acme/dpoJobs/a" }.ToString());
        Assert.Equal("", new DpoJob().ToString());
    }
}
