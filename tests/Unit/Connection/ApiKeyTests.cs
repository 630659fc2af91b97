using System;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Connection;

/// <summary>API keys are validated and never shown.</summary>
public sealed class ApiKeyTests
{
    private const string Key = "fw_Canary0123";

    [Theory]
    [InlineData("fw_Canary\n", "a line break")]
    [InlineData("fw_Canary\r\nX-Injected: 1", "a line break")]
    [InlineData("fw_Canary\r", "a line break")]
    [InlineData("fw_Canary two", "a space, control or non-ASCII character")]
    [InlineData(" fw_Canary", "a space, control or non-ASCII character")]
    [InlineData("fw_Canary\t", "a space, control or non-ASCII character")]
    [InlineData("fw_Canary\0", "a space, control or non-ASCII character")]
    [InlineData("fw_Canary\u007f", "a space, control or non-ASCII character")]
    [InlineData("fw_Canaryä", "a space, control or non-ASCII character")]
    [InlineData("fw_Canary\u200b", "a space, control or non-ASCII character")]
    [InlineData("“fw_Canary”", "a space, control or non-ASCII character")]
    public void Rejects_a_key_that_a_header_cannot_contain_without_showing_it(string key, string what)
    {
        var exception = Assert.Throws<FwConfigurationException>(() => new ApiKey(key, "somewhere"));

        Assert.StartsWith(
            $"The API key from somewhere contains {what}, so it was not sent.",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Canary", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_an_empty_key_and_names_its_source()
    {
        var exception = Assert.Throws<FwConfigurationException>(() => new ApiKey("", "somewhere"));

        Assert.Equal("The API key from somewhere is empty.", exception.Message);
    }

    [Theory]
    [InlineData(Key)]
    [InlineData("!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~")]
    public void Accepts_any_visible_ASCII_and_sends_it_unchanged(string key)
    {
        Assert.Equal($"Bearer {key}", new ApiKey(key, "x").ToHeader().ToString());
    }

    [Fact]
    public void A_key_prints_as_a_placeholder_and_no_property_reveals_it()
    {
        var key = new ApiKey(Key, "x");

        Assert.Equal("(API key)", key.ToString());
        Assert.All(
            key.GetType().GetProperties().Select(property => property.GetValue(key)?.ToString()),
            text => Assert.DoesNotContain("Canary", text, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_connection_prints_without_its_key()
    {
        var connection = new FwConnection(new Uri("https://host/"), new ApiKey(Key, "x"));

        Assert.Contains("https://host/", connection.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Canary", connection.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Different_keys_have_different_fingerprints()
    {
        Assert.Equal(new ApiKey(Key, "x").Fingerprint, new ApiKey(Key, "y").Fingerprint);
        Assert.NotEqual(new ApiKey(Key, "x").Fingerprint, new ApiKey(Key + "4", "x").Fingerprint);
    }

    [Fact]
    public void Redact_replaces_every_occurrence_of_the_key()
    {
        Assert.Equal("a(API key)b (API key)", new ApiKey(Key, "x").Redact($"a{Key}b {Key}"));
    }
}
