using System.Collections.Generic;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>Likely secrets in unknown fields are not printed.</summary>
public sealed class UnknownSecretTests
{
    [Theory]
    [InlineData("""{"accessKey":"canary"}""", "accessKey")]
    [InlineData("""{"downloadSignedUrl":"canary"}""", "downloadSignedUrl")]
    [InlineData("""{"sessionToken":"canary"}""", "sessionToken")]
    [InlineData("""{"logs":"https://x.example/log?X-Goog-Signature=canary"}""", "logs")]
    [InlineData("""{"note":"see https://x.example/log?sig=canary for details"}""", "note")]
    [InlineData("""{"storage":"AccountName=a;AccountKey=canary"}""", "storage")]
    [InlineData("""{"database":"postgres://u:canary@h"}""", "database")]
    [InlineData("""{"cache":"{\"access_token\":\"canary\"}"}""", "cache")]
    public void A_likely_secret_is_a_SecretText(string json, string field)
    {
        var job = Parse.Job(json);

        Assert.Equal("(secret)", Assert.IsType<SecretText>(job.AdditionalData[field]).ToString());
        Assert.DoesNotContain(
            "canary",
            ViewOutline.FormatAdditionalData((System.Collections.IDictionary)job.AdditionalData)!,
            System.StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_string_below_the_name_of_a_secret_is_a_SecretText()
    {
        var job = Parse.Job("""{"apiKeys":{"primary":"canary","others":[{"value":"canary"}]}}""");

        var keys = (IReadOnlyDictionary<string, object?>)job.AdditionalData["apiKeys"]!;
        var other = (IReadOnlyDictionary<string, object?>)((object?[])keys["others"]!)[0]!;
        Assert.IsType<SecretText>(keys["primary"]);
        Assert.IsType<SecretText>(other["value"]);
    }

    [Theory]
    [InlineData("""{"comment":"text"}""", "comment", "text")]
    [InlineData("""{"page":"https://x.example/run?tab=2"}""", "page", "https://x.example/run?tab=2")]
    [InlineData("""{"apiKey":""}""", "apiKey", "")]
    [InlineData("""{"trainedTokens":"98765"}""", "trainedTokens", "98765")]
    [InlineData("""{"tokenCount":"many"}""", "tokenCount", "many")]
    [InlineData("""{"tokenizer":"llama"}""", "tokenizer", "llama")]
    [InlineData("""{"designedBy":"ada"}""", "designedBy", "ada")]
    public void A_harmless_unknown_string_is_unchanged(string json, string field, string text)
    {
        Assert.Equal(text, Parse.Job(json).AdditionalData[field]);
    }
}
