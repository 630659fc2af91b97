using System;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Connection;

/// <summary>The spellings of firectl's files that other readers accept.</summary>
public sealed class IniFileTests
{
    [Theory]
    [InlineData("api_key = fw_x")]
    [InlineData("api_key=fw_x")]
    [InlineData("api-key=fw_x")]
    [InlineData("api_key : fw_x")]
    [InlineData("api_key:fw_x")]
    [InlineData("[default]\napi-key: 'fw_x' ; mine")]
    [InlineData("API_KEY = fw_x")]
    [InlineData("\ufeffapi_key = fw_x\r\n")]
    [InlineData("[default]\napi_key = fw_x")]
    [InlineData("[fireworks]\napi_key = fw_x")]
    [InlineData("[ Fireworks ]\napi_key = fw_x")]
    [InlineData("api_key = \"fw_x\"")]
    [InlineData("api_key = 'fw_x'")]
    [InlineData("# a comment\n; another\n\napi_key = fw_x")]
    [InlineData("api_key = fw_x # mine")]
    [InlineData("api_key = fw_x\t; mine")]
    [InlineData("api_key = \"fw_x\" # mine")]
    [InlineData("api_key = fw_x\napi_key = fw_second")]
    [InlineData("[other]\napi_key = fw_other\n[default]\napi_key = fw_x")]
    public void Finds_the_key_in_every_accepted_spelling(string text)
    {
        Assert.Equal("fw_x", IniFile.Parse(text, "auth.ini")["api_key"]);
    }

    [Theory]
    [InlineData("api_key = fw_a#b", "fw_a#b")]
    [InlineData("api_key = fw_a=b", "fw_a=b")]
    [InlineData("api_key = fw_a:b", "fw_a:b")]
    [InlineData("api_key: fw_a=b", "fw_a=b")]
    [InlineData("api_key = 'fw a;b'", "fw a;b")]
    [InlineData("api_key =", "")]
    [InlineData("api_key = # none", "")]
    public void Reads_values_with_special_characters_and_empty_values(string text, string value)
    {
        Assert.Equal(value, IniFile.Parse(text, "auth.ini")["api_key"]);
    }

    [Fact]
    public void Ignores_other_sections()
    {
        Assert.Empty(IniFile.Parse("[staging]\napi_key = fw_x", "auth.ini"));
    }

    [Theory]
    [InlineData("account_id = acme\nfw_canary", 2)]
    [InlineData("= fw_canary", 1)]
    [InlineData("\n\napi_key fw_canary", 3)]
    [InlineData(": fw_canary", 1)]
    [InlineData("[default\napi_key = fw_canary", 1)]
    [InlineData("api_key = \"fw_canary", 1)]
    public void A_malformed_line_is_an_error_with_its_number_but_not_its_content(string text, int line)
    {
        var exception = Assert.Throws<FwConfigurationException>(() => IniFile.Parse(text, "auth.ini"));

        Assert.StartsWith($"Line {line} of auth.ini ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", exception.Message, StringComparison.Ordinal);
    }
}
