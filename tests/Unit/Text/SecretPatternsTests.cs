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
    public void Keeps_text_without_secrets(string text)
    {
        Assert.Equal(text, SecretPatterns.Redact(text));
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

        // A pattern that backtracks would take hours; the bound leaves room for a busy machine.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
    }
}
