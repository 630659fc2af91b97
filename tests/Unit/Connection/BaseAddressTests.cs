using System;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Connection;

/// <summary>Addresses that the key may be sent to.</summary>
public sealed class BaseAddressTests
{
    [Theory]
    [InlineData("https://api.fireworks.ai", "https://api.fireworks.ai/")]
    [InlineData("https://api.fireworks.ai/", "https://api.fireworks.ai/")]
    [InlineData("HTTPS://API.FIREWORKS.AI", "https://api.fireworks.ai/")]
    [InlineData("https://gateway.example/fireworks", "https://gateway.example/fireworks/")]
    [InlineData("https://gateway.example/fireworks/", "https://gateway.example/fireworks/")]
    [InlineData("https://gateway.example:8443/a/b", "https://gateway.example:8443/a/b/")]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000/")]
    [InlineData("http://127.0.0.1:5000/prefix", "http://127.0.0.1:5000/prefix/")]
    [InlineData("http://localhost:5000", "http://localhost:5000/")]
    [InlineData("http://[::1]:5000", "http://[::1]:5000/")]
    public void Accepts_https_and_loopback_http_and_keeps_the_path_as_a_prefix(string text, string address)
    {
        Assert.Equal(address, BaseAddress.Parse(text, "somewhere").AbsoluteUri);
    }

    [Theory]
    [InlineData("http://api.fireworks.ai")]
    [InlineData("http://10.0.0.1")]
    [InlineData("http://0.0.0.0:5000")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("http://127.0.0.1.evil.example")]
    public void Rejects_plain_http_to_other_machines(string text)
    {
        var exception = Assert.Throws<FwConfigurationException>(() => BaseAddress.Parse(text, "somewhere"));

        Assert.Contains("from somewhere", exception.Message, StringComparison.Ordinal);
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
        Assert.Contains("not https", exception.Message, StringComparison.Ordinal);
        Assert.Contains("only for this machine", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://user@api.fireworks.ai")]
    [InlineData("https://user:Canary@api.fireworks.ai")]
    [InlineData("http://127.0.0.1@evil.example")]
    [InlineData("https://api.fireworks.ai/?token=Canary")]
    [InlineData("https://api.fireworks.ai/?")]
    [InlineData("https://api.fireworks.ai/#Canary")]
    [InlineData("https://api.fireworks.ai/#")]
    public void Rejects_user_names_queries_and_fragments_without_showing_them(string text)
    {
        var exception = Assert.Throws<FwConfigurationException>(() => BaseAddress.Parse(text, "somewhere"));

        Assert.Contains(
            "must not contain a user name, a query or a fragment",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Canary", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api.fireworks.ai")]
    [InlineData("/v1")]
    [InlineData("//api.fireworks.ai/v1")]
    [InlineData("https://")]
    [InlineData("https:///v1")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://api.fireworks.ai")]
    [InlineData("ftp://localhost")]
    [InlineData("ws://localhost")]
    [InlineData("mailto:someone@example.com")]
    [InlineData(" ")]
    [InlineData("not a url")]
    public void Rejects_anything_but_an_absolute_web_address_and_shows_an_example(string text)
    {
        var exception = Assert.Throws<FwConfigurationException>(() => BaseAddress.Parse(text, "somewhere"));

        Assert.Contains("from somewhere", exception.Message, StringComparison.Ordinal);
        Assert.Contains("https://api.fireworks.ai", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_an_address_that_leaves_no_room_for_a_request()
    {
        var exception = Assert.Throws<FwConfigurationException>(() =>
            BaseAddress.Parse("https://x.example/" + new string('a', 60_000), "somewhere")
        );

        Assert.InRange(exception.Message.Length, 1, 300);
    }

    [Fact]
    public void The_default_is_the_server_on_the_reference_page()
    {
        Assert.Equal("https://api.fireworks.ai/", BaseAddress.Default.AbsoluteUri);
    }
}
