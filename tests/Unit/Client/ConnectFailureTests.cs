using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

#if NET
/// <summary>Errors of proxies and of TLS, over loopback sockets, name their cause.</summary>
public sealed class ConnectFailureTests
{
    [Theory]
    [InlineData("407 Proxy Authentication Required", 407)]
    [InlineData("302 Found", 302)]
    [InlineData("503 canary", 503)]
    public async Task Names_the_proxy_and_its_status(string status, int code)
    {
        await using var proxy = new LoopbackServer($"HTTP/1.1 {status}\r\nLocation: https://canary/", []);

        var exception = await FailAsync(
            new SocketsHttpHandler { Proxy = new WebProxy(proxy.Address) },
            "https://service.invalid/"
        );

        Assert.StartsWith(
            $"The service could not be reached: the proxy responded with status {code} to the request for a tunnel.",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("canary", exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("CONNECT service.invalid:443", proxy.Heads.First(), StringComparison.Ordinal);
        Assert.DoesNotContain(proxy.Heads, head => head.Contains(ClientUnderTest.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_the_reason_why_a_certificate_is_not_trusted()
    {
        using var certificate = CreateCertificate();

        var exception = await FailAsync(stream => new SslStream(stream).AuthenticateAsServerAsync(certificate));

        Assert.Contains(
            "the TLS connection failed: The remote certificate",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("inner exception", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_reason_why_the_versions_of_TLS_do_not_fit()
    {
        using var certificate = CreateCertificate();
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificate = certificate,
            EnabledSslProtocols = SslProtocols.Tls12,
        };

        var exception = await FailAsync(
            stream => new SslStream(stream).AuthenticateAsServerAsync(options),
            new SslClientAuthenticationOptions { EnabledSslProtocols = SslProtocols.Tls13 }
        );

        Assert.Contains("the TLS connection failed: ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("inner exception", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_reason_when_the_server_does_not_use_TLS()
    {
        var exception = await FailAsync(stream =>
            stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray()).AsTask()
        );

        Assert.Contains("the TLS connection failed: ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("inner exception", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<FwConnectionException> FailAsync(
        Func<NetworkStream, Task> respond,
        SslClientAuthenticationOptions? options = null
    )
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        var serving = ServeAsync();
        try
        {
            return await FailAsync(
                new SocketsHttpHandler { UseProxy = false, SslOptions = options ?? new() },
                $"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"
            );
        }
        finally
        {
            await stop.CancelAsync();
            listener.Stop();
            await serving;
        }

        async Task ServeAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    using var client = await listener.AcceptTcpClientAsync(stop.Token);
                    await respond(client.GetStream());
                }
                catch (Exception exception)
                    when (exception is AuthenticationException or IOException or OperationCanceledException)
                {
                    // The client ends the handshake.
                }
            }
        }
    }

    private static async Task<FwConnectionException> FailAsync(SocketsHttpHandler handler, string address)
    {
        using var invoker = new HttpMessageInvoker(handler);
        var connection = new FwConnection(new Uri(address), new ApiKey(ClientUnderTest.Key, "the test"))
        {
            MaximumRetryCount = 0,
        };
        var client = new FireworksClient(connection, new FakeLog(), invoker, new FakeClock());

        return await Assert.ThrowsAsync<FwConnectionException>(() =>
            client.CheckAccountAsync("acme", TestContext.Current.CancellationToken)
        );
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=canary", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var certificate = request.CreateSelfSigned(now, now.AddYears(100));
        // On Windows, a server needs a certificate whose key is stored.
#pragma warning disable SYSLIB0057 // .NET 8 has no other way.
        return new X509Certificate2(certificate.Export(X509ContentType.Pfx));
#pragma warning restore SYSLIB0057
    }
}
#endif
