using System;
using System.Diagnostics;
using System.Linq;
using System.Text;
using Fireworks.DpoJobs.Emulator.Recordings;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Recordings;

public sealed class ScrubberTests
{
    private static readonly Scrubber Scrubber = new("");

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
    public void Removes_secrets_from_text(string text, string expected)
    {
        Assert.Equal(expected, Scrubber.Text(text));
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
    public void Keeps_harmless_text(string text) => Assert.Equal(text, Scrubber.Text(text));

    [Theory]
    [InlineData("apiKey: Bearer canary someone@example.org https://u:p@h/?q fw_1 secret=\"x\"")]
    [InlineData("password='a' signature=b https://h/#f sk-canarycanarycanary0")]
    public void Removing_secrets_twice_has_no_further_effect(string text)
    {
        var once = Scrubber.Text(text);

        Assert.NotEqual(text, once);
        Assert.Equal(once, Scrubber.Text(once));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a.")]
    [InlineData("://")]
    [InlineData("secret=\"\\")]
    [InlineData("eyJ.")]
    public void Removes_secrets_in_linear_time(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 100_000 / part.Length));
        var watch = Stopwatch.StartNew();

        Scrubber.Text(text);

        // A pattern that backtracks would take hours; the limit allows for a busy machine.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
    }

    [Theory]
    [InlineData("""{"apiKey":"canary"}""", """{"apiKey":"REDACTED"}""")]
    [InlineData("""{"api_key":12345}""", """{"api_key":"REDACTED"}""")]
    [InlineData("""{"wandbConfig":{"apiKey":{"a":["canary"]}}}""", """{"wandbConfig":{"apiKey":"REDACTED"}}""")]
    [InlineData("""{"signedUrl":"https://h/canary"}""", """{"signedUrl":"REDACTED"}""")]
    [InlineData("""[{"trainerLogsSignedUrl":"canary"}]""", """[{"trainerLogsSignedUrl":"REDACTED"}]""")]
    [InlineData(
        """{"awsS3Config":{"credentialsSecret":"canary"}}""",
        """{"awsS3Config":{"credentialsSecret":"REDACTED"}}"""
    )]
    [InlineData("""{"createdBy":"canary\u0040example.org"}""", """{"createdBy":"someone@example.com"}""")]
    [InlineData("""{"canary@example.org":true}""", """{"someone@example.com":true}""")]
    [InlineData("""{"url":"https:\/\/h\/a?canary=1\u0026b=2"}""", """{"url":"https://h/a"}""")]
    [InlineData("""["x",["fw_canary"]]""", """["x",["REDACTED"]]""")]
    [InlineData("\"Bearer canary\"", "\"Bearer REDACTED\"")]
    [InlineData("""{"message":"{\"apiKey\":\"canary\"}"}""", """{"message":"{\"apiKey\":\"REDACTED\"}"}""")]
    [InlineData("""{"apiKey":"canary","url":"https:\/\/h\/a?canary=1""", """{"apiKey":"REDACTED","url":"https://h/a""")]
    [InlineData("""{"by":"canary\u0040example.org","n""", """{"by":"someone@example.com","n""")]
    [InlineData("{\"a\":1}\n{\"apiKey\":\"canary\"}", "{\"a\":1}\n{\"apiKey\":\"REDACTED\"}")]
    [InlineData("""{"half":"\ud800","apiKey":"canary"}""", """{"half":"\ud800","apiKey":"REDACTED"}""")]
    [InlineData(
        "<a href=\"https://h/a?canary\">canary@example.org</a>",
        "<a href=\"https://h/a\">someone@example.com</a>"
    )]
    public void Removes_secrets_from_a_body(string body, string expected)
    {
        Assert.Equal((expected, null), Scrub(body));
        Assert.DoesNotContain("canary", expected, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("""{"b":1.50,"a":1e3,"i":9223372036854775807,"n":null,"t":true,"s":"\u001b[31m","k":"caf\u00e9"}""")]
    [InlineData("""{"apiKey":"","trainerLogsSignedUrl":null,"nextPageToken":"b2Zmc2V0PTM="}""")]
    public void Keeps_the_harmless_parts_of_a_JSON_body(string body)
    {
        var expected = body.Replace("\\u00e9", "\u00e9", StringComparison.Ordinal)
            .Replace("\\u001b", "\\u001B", StringComparison.Ordinal);

        Assert.Equal((expected, null), Scrub(body));
    }

    [Fact]
    public void Removes_secrets_after_a_byte_order_mark_and_from_duplicate_fields()
    {
        Assert.Equal("""{"apiKey":"REDACTED"}""", Scrub("\ufeff{\"apiKey\":[\"canary\"]}").Text);
        Assert.DoesNotContain(
            "canary",
            Scrub("""{"apiKey":"canary","apiKey":"canary"}""").Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Omits_a_body_that_cannot_be_searched_for_secrets()
    {
        foreach (
            var (text, comment) in (
                ((string, string?)[])
                    [
                        Scrubber.Body(Encoding.Unicode.GetBytes("fw_canary"), isCompressed: false),
                        Scrubber.Body([0xff, .. Encoding.ASCII.GetBytes("fw_canary")], isCompressed: false),
                        Scrubber.Body(Encoding.ASCII.GetBytes("fw_canary"), isCompressed: true),
                    ]
            )
        )
        {
            Assert.Equal("", text);
            Assert.NotNull(comment);
        }
    }

    [Theory]
    [InlineData("/v1/jobs?pageToken=fw_canary", "/v1/jobs?pageToken=REDACTED")]
    [InlineData("/v1/jobs?api_key=canary&pageSize=2", "/v1/jobs?api_key=REDACTED&pageSize=2")]
    [InlineData(
        "/v1/jobs?filter=created_by%3D%22canary%40example.org%22",
        "/v1/jobs?filter=created_by%3D%22someone%40example.com%22"
    )]
    [InlineData("/v1/jobs?u=https%3A%2F%2Fh%2Fa%3Fsig%3Dcanary", "/v1/jobs?u=https%3A%2F%2Fh%2Fa")]
    [InlineData("/v1/jobs?fw_canary", "/v1/jobs?REDACTED=")]
    [InlineData("/v1/fpk_canary/jobs", "/v1/REDACTED/jobs")]
    [InlineData("/v1/users/canary%40example.org", "/v1/users/someone%40example.com")]
    public void Removes_secrets_from_a_URL(string target, string expected)
    {
        var address = new Uri(RecordingFolder.Origin + target);

        Assert.Equal(RecordingFolder.Origin + expected, Scrubber.Url(address));
        Assert.DoesNotContain(
            Scrubber.Query(address),
            pair => (pair.Name + pair.Value).Contains("canary", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("/v1/accounts/acme/dpoJobs")]
    [InlineData("/v1/accounts/acme/dpoJobs?pageSize=200&pageToken=b2Zmc2V0PTM%3D")]
    [InlineData("/v1/accounts/acme/dpoJobs/a%20b:cancel?filter=state%3DFAILED%20AND%20a")]
    public void Keeps_a_harmless_URL(string target) =>
        Assert.Equal(RecordingFolder.Origin + target, Scrubber.Url(new Uri(RecordingFolder.Origin + target)));

    [Fact]
    public void Keeps_the_order_of_query_parameters_and_decodes_them() =>
        Assert.Equal(
            ["b=2", "a=x y=z"],
            Scrubber
                .Query(new Uri(RecordingFolder.Origin + "/?b=2&a=x+y%3Dz"))
                .Select(pair => $"{pair.Name}={pair.Value}")
        );

    [Theory]
    [InlineData("no such key: bare+canary", "no such key: REDACTED")]
    [InlineData("?key=bare%2Bcanary", "?key=REDACTED")]
    [InlineData("{\"message\":\"bare+canary\"}", "{\"message\":\"REDACTED\"}")]
    public void Removes_the_key_of_the_request_in_any_form(string text, string expected)
    {
        var scrubber = new Scrubber("bare+canary");

        Assert.Equal(expected, scrubber.Text(text));
        Assert.Equal(expected, scrubber.Body(Encoding.ASCII.GetBytes(text), isCompressed: false).Text);
    }

    private static (string Text, string? Comment) Scrub(string body) =>
        Scrubber.Body(Encoding.UTF8.GetBytes(body), isCompressed: false);
}
