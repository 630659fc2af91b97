using System;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Connection;

/// <summary>A key is checked before it is used, and shown nowhere.</summary>
public sealed class ApiKeyTests
{
    private const string Key = "fw_Canary0123";

    [Theory]
    [InlineData("fw_Canary\n", "a line break")]
    [InlineData("fw_Canary\r\nX-Injected: 1", "a line break")]
    [InlineData("fw_Canary\r", "a line break")]
    [InlineData("fw_Canary two", "a blank, control or non-ASCII character")]
    [InlineData(" fw_Canary", "a blank, control or non-ASCII character")]
    [InlineData("fw_Canary\t", "a blank, control or non-ASCII character")]
    [InlineData("fw_Canary\0", "a blank, control or non-ASCII character")]
    [InlineData("fw_Canary\u007f", "a blank, control or non-ASCII character")]
    [InlineData("fw_Canaryä", "a blank, control or non-ASCII character")]
    [InlineData("fw_Canary\u200b", "a blank, control or non-ASCII character")]
    [InlineData("“fw_Canary”", "a blank, control or non-ASCII character")]
    public void A_key_that_cannot_stand_in_a_header_is_refused_with_its_source_and_not_shown(string key, string what)
    {
        var exception = Assert.Throws<FwConfigurationException>(() => ApiKey.Create(key, "somewhere"));

        Assert.StartsWith(
            $"The API key from somewhere holds {what}, so it was not sent.",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Canary", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_key_is_refused_with_its_source()
    {
        var exception = Assert.Throws<FwConfigurationException>(() => ApiKey.Create("", "somewhere"));

        Assert.Equal("The API key from somewhere is empty.", exception.Message);
    }

    [Theory]
    [InlineData(Key)]
    [InlineData("!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~")]
    public void Any_visible_ascii_is_a_key_and_goes_into_the_header_as_it_is(string key)
    {
        Assert.Equal($"Bearer {key}", ApiKey.Create(key, "x").ToHeader().ToString());
    }

    [Fact]
    public void A_key_prints_as_a_placeholder_and_has_no_property_that_gives_it()
    {
        var key = ApiKey.Create(Key, "x");

        Assert.Equal("(API key)", key.ToString());
        Assert.All(
            key.GetType().GetProperties().Select(property => property.GetValue(key)?.ToString()),
            text => Assert.DoesNotContain("Canary", text, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_connection_prints_without_its_key()
    {
        var connection = new FwConnection(new Uri("https://host/"), ApiKey.Create(Key, "x"));

        Assert.Contains("https://host/", connection.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Canary", connection.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fingerprint_tells_keys_apart()
    {
        Assert.Equal(ApiKey.Create(Key, "x").Fingerprint, ApiKey.Create(Key, "y").Fingerprint);
        Assert.NotEqual(ApiKey.Create(Key, "x").Fingerprint, ApiKey.Create(Key + "4", "x").Fingerprint);
    }

    [Fact]
    public void A_key_takes_itself_out_of_a_text()
    {
        Assert.Equal("a(API key)b (API key)", ApiKey.Create(Key, "x").Redact($"a{Key}b {Key}"));
    }
}
