using System;
using System.IO;
using System.IO.Compression;
using System.Text;
using Fireworks.DpoJobs.Emulator.Record;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Har;

public sealed class BodyScrubberTests
{
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
    public void No_canary_survives_in_JSON(string body, string expected) => AssertScrubbed(body, expected);

    [Theory]
    [InlineData("""{"apiKey":"canary","url":"https:\/\/h\/a?canary=1""", """{"apiKey":"REDACTED","url":"https://h/a""")]
    [InlineData("""{"by":"canary\u0040example.org","n""", """{"by":"someone@example.com","n""")]
    [InlineData("{\"a\":1}\n{\"apiKey\":\"canary\"}", "{\"a\":1}\n{\"apiKey\":\"REDACTED\"}")]
    [InlineData("""{"half":"\ud800","apiKey":"canary"}""", """{"half":"\ud800","apiKey":"REDACTED"}""")]
    [InlineData(
        "<a href=\"https://h/a?canary\">canary@example.org</a>",
        "<a href=\"https://h/a\">someone@example.com</a>"
    )]
    public void No_canary_survives_in_what_is_not_JSON(string body, string expected) => AssertScrubbed(body, expected);

    [Theory]
    [InlineData("""{"b":1.50,"a":1e3,"a":9223372036854775807,"n":null,"t":true,"s":"\u001b[31m","k":"caf\u00e9"}""")]
    [InlineData("""{"apiKey":"","trainerLogsSignedUrl":null,"nextPageToken":"b2Zmc2V0PTM="}""")]
    public void All_else_stays_as_it_was(string body)
    {
        var expected = body.Replace("\\u00e9", "\u00e9", StringComparison.Ordinal)
            .Replace("\\u001b", "\\u001B", StringComparison.Ordinal);

        Assert.Equal(expected, Scrub(body).Text);
    }

    [Fact]
    public void A_mark_of_the_byte_order_hides_nothing() =>
        Assert.Equal("""{"apiKey":"REDACTED"}""", Scrub("\ufeff{\"apiKey\":[\"canary\"]}").Text);

    [Fact]
    public void Bytes_that_are_not_UTF8_are_kept_and_scrubbed_in_base64()
    {
        var body = BodyScrubber.Scrub([0xff, 0xe9, .. Encoding.ASCII.GetBytes(" fw_canary"), 0xfe]);

        Assert.True(body.IsBase64);
        Assert.Equal([0xff, 0xe9, .. Encoding.ASCII.GetBytes(" REDACTED"), 0xfe], Convert.FromBase64String(body.Text));
    }

    [Fact]
    public void What_cannot_be_looked_through_is_left_out()
    {
        var body = BodyScrubber.Scrub(Encoding.Unicode.GetBytes("fw_canary"));

        Assert.Equal("", body.Text);
        Assert.NotNull(body.Comment);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("BR")]
    [InlineData("deflate")]
    public void Compressed_bodies_are_decompressed_first(string encoding)
    {
        using var buffer = new MemoryStream();
        using (
            Stream stream = encoding switch
            {
                "gzip" => new GZipStream(buffer, CompressionMode.Compress),
                "BR" => new BrotliStream(buffer, CompressionMode.Compress),
                _ => new ZLibStream(buffer, CompressionMode.Compress),
            }
        )
        {
            stream.Write("fw_canary"u8);
        }

        Assert.Equal("fw_canary"u8.ToArray(), ContentDecoder.Decode(buffer.ToArray(), encoding));
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    [InlineData("gzip")]
    public void A_body_that_cannot_be_decompressed_is_not_kept(string encoding) =>
        Assert.Throws<InvalidDataException>(() => ContentDecoder.Decode("fw_canary"u8.ToArray(), encoding));

    private static ScrubbedBody Scrub(string body) => BodyScrubber.Scrub(Encoding.UTF8.GetBytes(body));

    private static void AssertScrubbed(string body, string expected)
    {
        var scrubbed = Scrub(body);

        Assert.Equal(expected, scrubbed.Text);
        Assert.Null(scrubbed.Comment);
        Assert.DoesNotContain("canary", scrubbed.Text, StringComparison.OrdinalIgnoreCase);
    }
}
