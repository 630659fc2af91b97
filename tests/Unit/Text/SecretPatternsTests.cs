using System;
using System.Diagnostics;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Text;

/// <summary>Recognition of secrets in text.</summary>
public sealed class SecretPatternsTests
{
    [Theory]
    [InlineData("the key fw_CANARY is refused")]
    [InlineData("the key fpk_CANARY is refused")]
    [InlineData("got Authorization: Bearer CANARY")]
    [InlineData("W&B refused api_key=CANARY")]
    [InlineData("W&B refused X-Api-Key: CANARY")]
    [InlineData("""{"apiKey": "CANARY and more"}""")]
    [InlineData("session_token='CANARY'")]
    [InlineData("see https://x.example/log?X-Goog-Signature=CANARY")]
    [InlineData("see HTTPS://X.EXAMPLE/log#CANARY")]
    [InlineData("see https://user:CANARY@x.example/log")]
    [InlineData("token eyJCANARY.eyJzdWIiOiIx.c2ln")]
    [InlineData("DefaultEndpointsProtocol=https;AccountKey=CANARY+/x==;EndpointSuffix=x")]
    [InlineData("cannot connect to postgres://u:CANARY@h/db")]
    [InlineData("cannot connect to postgres://u:p/CANARY?@#CANARY@h/db")]
    [InlineData("cannot read https://u:p@CANARY@h/db")]
    [InlineData("""{"access_token":"CANARY","expires_in":3600}""")]
    [InlineData("""body: {\"access_token\": \"CANARY\"}""")]
    [InlineData("""body: "{\\\"accessToken\\\":\\\"CANARY\\\"}" """)]
    [InlineData("note: tokens=1 and api_key=CANARY")]
    [InlineData("tokenizer:api_key=CANARY")]
    [InlineData("password := CANARY")]
    [InlineData("secret => CANARY")]
    [InlineData("AZURE_CLIENT_SECRET=CANARY")]
    [InlineData("client_secret='CANARY'")]
    [InlineData("sharedaccesskey=CANARY")]
    [InlineData("s3://bucket/key?X-Amz-Signature=CANARY")]
    [InlineData("sig=CANARY")]
    [InlineData("Authorization: Basic CANARY")]
    public void Redacts_a_secret_within_text(string text)
    {
        Assert.DoesNotContain("CANARY", SecretPatterns.Redact(text), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("see https://user:word@x.example/log", "see https://x.example/log")]
    [InlineData("see https://x.example/log?a=b#c now", "see https://x.example/log?(removed) now")]
    [InlineData("api_key = word, not accepted", "api_key = (removed), not accepted")]
    public void Keeps_the_text_around_a_secret(string text, string shown)
    {
        Assert.Equal(shown, SecretPatterns.Redact(text));
    }

    [Fact]
    public void Expects_a_key_wherever_the_pattern_finds_one()
    {
        string[] fragments =
        [
            .. "fw_ FPK_ hf_ wandb_v1_ sk- \u017fk- s\u212a- AKIA asia eyJ eyj. Bearer bASIC _ - . a Z 9 é \u212a".Split(
                ' '
            ),
            " ",
            "\n",
            "0123456789abcdef",
            "0123456789ABCDEF01234567",
        ];
        var found = 0;
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(
                Enumerable.Range(0, random.Next(1, 6)).Select(_ => fragments[random.Next(fragments.Length)])
            );
            if (KeyLike.Pattern.IsMatch(text))
            {
                found++;
                Assert.True(KeyLike.MayOccur(text), text);
            }
        }
        Assert.InRange(found, 1000, 19_000);
    }

    [Theory]
    [InlineData("A/B: shorter summaries (EU), 2nd attempt")]
    [InlineData("llama-v3p1-8b-instruct")]
    [InlineData("task-force_1 deadbeef")]
    public void Expects_no_key_in_usual_names(string text)
    {
        Assert.False(KeyLike.MayOccur(text));
    }

    [Fact]
    public void Redacts_a_wandb_key_of_the_old_format()
    {
        var key = string.Concat(Enumerable.Repeat("0123456789abcdef0123", 2));

        Assert.DoesNotContain(key, SecretPatterns.Redact($"login with {key} failed"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dpo job nightly-1 not found")]
    [InlineData("the key you gave is not valid")]
    [InlineData("dataset line 870 has more tokens than max_context_length")]
    [InlineData("request 0b5f4d1e-1111-2222-3333-444455556666 failed")]
    [InlineData("https://docs.fireworks.ai/api-reference")]
    [InlineData("trainedTokens: 98765, max_tokens=4096, tokens = 1,024")]
    [InlineData("tokenizer: llama, token_count: many, designedBy=ada, monkey: x, keywords: y")]
    [InlineData("requires_token: true, \"token\": null")]
    [InlineData("invalid page token: expired. api_key: missing, Authorization: required; token=invalid")]
    public void Keeps_text_without_secrets(string text)
    {
        Assert.Equal(text, SecretPatterns.Redact(text));
    }

    [Theory]
    [InlineData("apiKey")]
    [InlineData("APIKey")]
    [InlineData("apikey")]
    [InlineData("SECRET_ACCESS_KEY")]
    [InlineData("X-Goog-Signature")]
    [InlineData("downloadSignedUrl")]
    [InlineData("access_tokens")]
    [InlineData("passwordHash")]
    [InlineData("key")]
    [InlineData("dbPassword2")]
    public void Recognizes_the_name_of_a_secret(string name)
    {
        Assert.True(SecretName.IsMatch(name));
        Assert.True(SecretPatterns.IsSecret("settings." + name + ".value", "x"));
    }

    [Theory]
    [InlineData("tokenCount")]
    [InlineData("maxTokensLimit")]
    [InlineData("tokenizer")]
    [InlineData("tokenizedDataset")]
    [InlineData("designedBy")]
    [InlineData("assigned")]
    [InlineData("monkey")]
    [InlineData("keyboard")]
    [InlineData("designature")]
    [InlineData("")]
    public void Does_not_mistake_part_of_a_word_for_the_name_of_a_secret(string name)
    {
        Assert.False(SecretName.IsMatch(name));
    }

    [Theory]
    [InlineData("trainedTokens", "98765")]
    [InlineData("tokens", "1,024")]
    [InlineData("tokens", "-1")]
    [InlineData("needsToken", "true")]
    [InlineData("comment", "the key you gave is not valid")]
    [InlineData("page", "https://x.example/run?tab=2")]
    [InlineData("time", "2026-08-30T03:48:42Z")]
    public void A_harmless_field_is_no_secret(string name, string value)
    {
        Assert.False(SecretPatterns.IsSecret(name, value));
    }

    [Theory]
    [InlineData("see https://x.example/log?X-Goog-Signature=x for details")]
    [InlineData("AccountKey=x")]
    [InlineData("postgres://u:pw@h")]
    [InlineData("""{"access_token":"x"}""")]
    [InlineData("Authorization: Bearer x")]
    [InlineData("the key fw_x is not valid")]
    public void A_field_is_judged_by_its_value_as_strictly_as_an_error(string value)
    {
        Assert.True(SecretPatterns.IsSecret("comment", value));
        Assert.NotEqual(value, SecretPatterns.Redact(value));
    }

    [Fact]
    public void Finds_a_secret_at_the_end_of_a_long_value()
    {
        Assert.True(SecretPatterns.IsSecret("comment", new string('x', 100_000) + " api_key=y"));
        Assert.False(SecretPatterns.IsSecret("comment", new string('x', 100_000) + " api=y"));
        Assert.True(SecretPatterns.IsSecret("comment", new string('x', 300_000)));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('=')]
    [InlineData('"')]
    [InlineData('-')]
    public void Handles_long_text_in_linear_time(char character)
    {
        var watch = Stopwatch.StartNew();

        SecretPatterns.Redact(new string(character, 65_536));
        SecretPatterns.Redact(string.Concat(Enumerable.Repeat("key" + character, 16_384)));
        SecretPatterns.IsSecret("comment", new string(character, 65_536));
        SecretPatterns.IsSecret("comment", string.Concat(Enumerable.Repeat("key=1" + character, 16_384)));
        SecretPatterns.IsSecret("comment", string.Concat(Enumerable.Repeat("://" + character, 16_384)));

        // A pattern that backtracks would take hours; the bound leaves room for a busy machine.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
    }
}
