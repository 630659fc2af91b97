using System;
using System.Diagnostics;
using Fireworks.DpoJobs.Emulator.Record;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Har;

public sealed class TextScrubberTests
{
    [Theory]
    [InlineData("the key fw_3Zcanary-1 is bad", "the key REDACTED is bad")]
    [InlineData("my_FW_3Zcanary", "my_REDACTED")]
    [InlineData("fpk_canary.", "REDACTED.")]
    [InlineData("Authorization: Bearer canary.canary-1", "Authorization: REDACTED REDACTED")]
    [InlineData("sent bearer%20canary1", "sent bearer REDACTED")]
    [InlineData("Basic Y2FuYXJ5OmNhbmFyeQ==", "Basic REDACTED")]
    [InlineData("token eyJjYW5hcnkiOjF9.eyJjYW5hcnkiOjF9.canary_-1", "token REDACTED")]
    [InlineData("sk-canarycanarycanary0", "REDACTED")]
    [InlineData("id AKIACANARYCANARY1234", "id REDACTED")]
    [InlineData("by canary.mine+x@mail.example.co.uk, today", "by someone@example.com, today")]
    [InlineData("<c\u00e4nary@m\u00fcnchen.example>", "<someone@example.com>")]
    [InlineData("canary%40example.org", "someone@example.com")]
    [InlineData("see https://h.example/log?X-Goog-Signature=canary&b=1 now", "see https://h.example/log now")]
    [InlineData("(https://h.example/a#access=canary)", "(https://h.example/a")]
    [InlineData("gs://bucket/log?sig=canary", "gs://bucket/log")]
    [InlineData("https://canary:canary@h.example/", "https://h.example/")]
    [InlineData("apiKey=canary&b=1", "apiKey=REDACTED&b=1")]
    [InlineData("{\"wandb_api_key\": \"can\\\"ary canary\", \"b\":", "{\"wandb_api_key\": \"REDACTED\", \"b\":")]
    [InlineData("{'credentialsSecret': 'canary'}", "{'credentialsSecret': 'REDACTED'}")]
    [InlineData(
        "{\"trainerLogsSignedUrl\":\"https://h/canary, and it was cut o",
        "{\"trainerLogsSignedUrl\":\"REDACTED\""
    )]
    [InlineData("{\\\"apiKey\\\":\\\"canary\\\",\\\"b\\\":1}", "{\\\"apiKey\\\":\\\"REDACTED\\\",\\\"b\\\":1}")]
    public void No_canary_survives(string text, string expected)
    {
        Assert.Equal(expected, TextScrubber.Scrub(text));
        Assert.DoesNotContain("canary", expected, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData("accounts/fireworks/models/llama-v3p1-8b-instruct")]
    [InlineData("state=FAILED AND create_time > timestamp(\"2025-01-01T00:00:00Z\")")]
    [InlineData("b2Zmc2V0PTM7cGFnZT0y")]
    [InlineData("2026-08-30T03:48:42.645723285Z")]
    [InlineData("type.googleapis.com/google.rpc.ErrorInfo")]
    [InlineData("@type dataset@v2 risk-averse-annotators-1234 https://wandb.ai/acme/runs/1")]
    [InlineData("The API key you provided is invalid. Is this a URL? Yes: https://h.example/a")]
    public void What_is_harmless_stays(string text) => Assert.Equal(text, TextScrubber.Scrub(text));

    [Theory]
    [InlineData("apiKey: Bearer canary someone@example.org https://u:p@h/?q fw_1 secret=\"x\"")]
    [InlineData("password='a' signature=b https://h/#f sk-canarycanarycanary0")]
    public void Scrubbing_again_changes_nothing(string text)
    {
        var once = TextScrubber.Scrub(text);

        Assert.NotEqual(text, once);
        Assert.Equal(once, TextScrubber.Scrub(once));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a.")]
    [InlineData("://")]
    [InlineData("secret=\"\\")]
    [InlineData("eyJ.")]
    public void Long_text_is_scrubbed_in_reasonable_time(string part)
    {
        var text = string.Concat(System.Linq.Enumerable.Repeat(part, 100_000 / part.Length));
        var watch = Stopwatch.StartNew();

        TextScrubber.Scrub(text);

        // A pattern that backtracks would take hours; the bound leaves room for a busy machine.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
    }
}
