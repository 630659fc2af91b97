using System;
using System.Linq;
using System.Text;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Metrics;

/// <summary>Lines of a metrics file become typed metrics.</summary>
public sealed class MetricLineTests
{
    // The keys of a DPO job, as training/recipes/dpo_loop.py of fw-ai/cookbook writes them.
    private const string AllKeys = """
        "train/step":20,"train/dpo_loss":0.53,"train/loss":0.5312,"train/margin":0.41,"train/accuracy":0.75,"train/epoch":0.5,
        "train/tokens_per_sec":10240.5,"train/step_time_sec":1.6,"train/step_tokens":16384,"train/ref_tokens":8192,
        "train/total_tokens":327680.0,"train/lr":0.0001
        """;

    [Theory]
    [InlineData("{\"step\":20," + AllKeys + "}")]
    [InlineData("{\"timestamp\":1784318345.93,\"step\":20,\"data\":{" + AllKeys + "}}")]
    public void Reads_the_flat_and_the_nested_form(string line)
    {
        var metric = Parse(line);

        Assert.Equal("nightly-1", metric.JobId);
        Assert.Equal(20, metric.Step);
        Assert.Equal(0.5, metric.Epoch);
        Assert.Equal(0.5312, metric.Loss);
        Assert.Equal(0.41, metric.Margin);
        Assert.Equal(0.75, metric.Accuracy);
        Assert.Equal(0.0001, metric.LearningRate);
        Assert.Equal(10240.5, metric.TokensPerSecond);
        Assert.Equal(1.6, metric.StepTime);
        Assert.Equal(16384, metric.StepTokens);
        Assert.Equal(8192, metric.ReferenceTokens);
        Assert.Equal(327680, metric.TotalTokens);
        Assert.Equal([new("train/dpo_loss", 0.53m)], metric.Values);
    }

    [Fact]
    public void Reads_the_timestamp_to_the_millisecond()
    {
        var metric = Parse("""{"timestamp":1784318345.93,"step":1,"data":{"train/epoch":0,"train/loss":0.93}}""");

        Assert.Equal(new DateTimeOffset(2026, 7, 17, 19, 59, 5, 930, TimeSpan.Zero), metric.Time);
        Assert.Equal(0.93, metric.Loss);
        Assert.Empty(metric.Values);
    }

    [Fact]
    public void Reads_null_as_an_absent_value()
    {
        var metric = Parse("""{"step":3,"train/loss":null,"train/accuracy":null,"train/kl":null}""");

        Assert.Equal(3, metric.Step);
        Assert.Null(metric.Loss);
        Assert.Null(metric.Accuracy);
        Assert.Equal([new("train/kl", null)], metric.Values);
    }

    [Fact]
    public void Keeps_other_values_with_natural_types_and_hides_secrets()
    {
        var metric = Parse(
            """{"step":1,"eval/loss":0.4,"note":"warm","host":{"gpus":8},"hf_token":"hf_abcdefgh","done":false}"""
        );

        Assert.Equal(0.4m, metric.Values["eval/loss"]);
        Assert.Equal("warm", metric.Values["note"]);
        Assert.Equal("{ gpus=8 }", $"{{ {metric.Values["host"]} }}");
        Assert.IsType<SecretText>(metric.Values["hf_token"]);
        Assert.Equal(false, metric.Values["done"]);
    }

    [Theory]
    [InlineData("""{"step":1,"train/dpo_loss":0.5}""", 0.5)]
    [InlineData("""{"step":1,"train/orpo_loss":0.6,"train/sft_loss":0.7}""", 0.6)]
    [InlineData("""{"step":1,"train/orpo_loss":0.6,"train/loss":0.8}""", 0.8)]
    [InlineData("""{"step":1,"train/sft_loss":0.7}""", null)]
    public void The_loss_falls_back_to_that_of_the_method(string line, double? loss)
    {
        Assert.Equal(loss, Parse(line).Loss);
    }

    [Theory]
    [InlineData("""{"step":"one","train/loss":0.5}""", "step", "one")]
    [InlineData("""{"step":1.5,"train/loss":0.5}""", "step", 1.5)]
    [InlineData("""{"step":1,"train/step":2}""", "train/step", 2L)]
    [InlineData("""{"step":1,"train/accuracy":"high"}""", "train/accuracy", "high")]
    [InlineData("""{"step":1,"timestamp":1e300}""", "timestamp", 1e300)]
    [InlineData("""{"step":1,"timestamp":-1}""", "timestamp", -1L)]
    public void A_value_that_does_not_fit_its_property_is_kept(string line, string name, object value)
    {
        var kept = Assert.Single(Parse(line).Values);

        Assert.Equal(name, kept.Key);
        Assert.Equal(value is double and < 10 ? (decimal)(double)value : value, kept.Value);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    public void A_number_that_is_too_large_is_no_loss(string number)
    {
        Assert.Null(Parse($$"""{"step":1,"train/loss":{{number}}}""").Loss);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(" \t\r\n", null)]
    [InlineData("\uFEFF", null)]
    [InlineData("{\"step\":1,", "The line is not JSON: byte 10 is unexpected.")]
    [InlineData("Not Found", "The line is not JSON: byte 1 is unexpected.")]
    [InlineData("{\"step\":NaN}", "The line is not JSON: byte 9 is unexpected.")]
    [InlineData("{\"step\":1}{\"step\":2}", "The line is not JSON: byte 11 is unexpected.")]
    [InlineData("[1]", "The line is not a JSON object.")]
    [InlineData("7", "The line is not a JSON object.")]
    [InlineData("{}", "The line has no step and no known metric.")]
    [InlineData("{\"code\":5,\"message\":\"not found\"}", "The line has no step and no known metric.")]
    [InlineData("{\"\\ud800\":1,\"step\":1}", "The line has a string that is not valid Unicode.")]
    public void A_blank_line_has_nothing_and_a_malformed_one_a_problem(string text, string? problem)
    {
        var line = MetricLine.Parse(text);

        Assert.Null(line.Metric);
        Assert.Equal(problem, line.Problem);
    }

    [Fact]
    public void A_value_that_is_not_valid_UTF_8_is_a_problem() =>
        Assert.Equal(
            "The line has a string that is not valid Unicode.",
            MetricLine.Parse([.. "{\"step\":1,\"note\":\""u8, 0xff, .. "\"}"u8]).Problem
        );

    [Theory]
    [InlineData("{\"step\":1,\"train/loss\":0.5}\r\n")]
    [InlineData("\uFEFF{\"step\":1,\"train/loss\":0.5}")]
    [InlineData("  {\"step\":1,\"train/loss\":0.5}  ")]
    public void Accepts_a_line_break_a_byte_order_mark_and_white_space(string text)
    {
        var line = MetricLine.Parse(Encoding.UTF8.GetBytes(text));

        Assert.Null(line.Problem);
        Assert.Equal(0.5, line.Metric!.Loss);
        Assert.Null(line.Metric.JobId);
    }

    [Fact]
    public void A_problem_never_quotes_the_line()
    {
        var lines = new[] { "canary", "{\"canary\":1}", "[\"canary\"]", "{\"step\":\"canary", "{\"step\":1}canary" };

        Assert.All(
            lines.Select(line => MetricLine.Parse(line)),
            line => Assert.DoesNotContain("canary", line.Problem!)
        );
    }

    [Theory]
    [InlineData(
        """{"step":20,"train/loss":0.53124,"train/accuracy":0.75}""",
        "nightly-1, step 20: loss 0.5312, accuracy 0.75"
    )]
    [InlineData("""{"step":20}""", "nightly-1, step 20")]
    [InlineData("""{"train/margin":1}""", "nightly-1: margin 1")]
    public void A_metric_converts_to_one_line(string line, string text)
    {
        Assert.Equal(text, Parse(line).ToString());
        Assert.Equal("", new DpoJobMetric().ToString());
        // PowerShell assigns an empty string for $null.
        Assert.Equal("step 1", new DpoJobMetric { JobId = "", Step = 1 }.ToString());
    }

    private static DpoJobMetric Parse(string text)
    {
        var line = MetricLine.Parse(text, new ResourceName("acme", "dpoJobs", "nightly-1"));
        Assert.Null(line.Problem);
        return line.Metric!;
    }
}
