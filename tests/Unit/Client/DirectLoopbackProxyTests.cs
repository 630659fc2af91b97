using System;
using System.Net;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>Plain http is allowed for this machine only, so no request to this machine may use a proxy.</summary>
public sealed class DirectLoopbackProxyTests
{
    private static readonly DirectLoopbackProxy Proxy = new(new WebProxy("http://proxy.example:3128"));

    [Theory]
    [InlineData("http://127.0.0.1:5000/v1/accounts")]
    [InlineData("http://localhost/")]
    [InlineData("http://[::1]:5000/")]
    public void Requests_to_this_machine_bypass_the_proxy(string address)
    {
        Assert.True(Proxy.IsBypassed(new Uri(address)));
        Assert.Null(Proxy.GetProxy(new Uri(address)));
    }

    [Fact]
    public void Other_requests_use_the_proxy_of_the_system()
    {
        var service = new Uri("https://api.fireworks.ai/");

        Assert.False(Proxy.IsBypassed(service));
        Assert.Equal("http://proxy.example:3128/", Proxy.GetProxy(service)!.AbsoluteUri);
    }

    [Fact]
    public void No_request_uses_a_proxy_when_the_system_has_none()
    {
        Assert.True(new DirectLoopbackProxy(null).IsBypassed(new Uri("https://api.fireworks.ai/")));
    }
}
