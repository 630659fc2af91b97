using System;
using System.Net;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>Plain http is allowed to this machine only, so nothing to this machine may pass a proxy.</summary>
public sealed class DirectLoopbackProxyTests
{
    private static readonly DirectLoopbackProxy Proxy = new(new WebProxy("http://proxy.example:3128"));

    [Theory]
    [InlineData("http://127.0.0.1:5000/v1/accounts")]
    [InlineData("http://localhost/")]
    [InlineData("http://[::1]:5000/")]
    public void Requests_to_this_machine_go_straight_there(string address)
    {
        Assert.True(Proxy.IsBypassed(new Uri(address)));
        Assert.Null(Proxy.GetProxy(new Uri(address)));
    }

    [Fact]
    public void Other_requests_take_the_machines_proxy()
    {
        var service = new Uri("https://api.fireworks.ai/");

        Assert.False(Proxy.IsBypassed(service));
        Assert.Equal("http://proxy.example:3128/", Proxy.GetProxy(service)!.AbsoluteUri);
    }

    [Fact]
    public void Where_the_machine_has_no_proxy_nothing_takes_one()
    {
        Assert.True(new DirectLoopbackProxy(null).IsBypassed(new Uri("https://api.fireworks.ai/")));
    }
}
