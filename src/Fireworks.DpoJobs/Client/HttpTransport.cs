using System;
using System.Net;
using System.Net.Http;
#if !NET
using System.Security.Authentication;
#endif

namespace Fireworks.DpoJobs;

/// <summary>The one HTTP handler of the process, so that connections are kept from call to call.</summary>
internal static class HttpTransport
{
    /// <summary>How long connecting may take (the official SDK's timeout). On Windows PowerShell the time of a try bounds it.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private static readonly Lazy<HttpMessageInvoker> Instance = new(() => new HttpMessageInvoker(CreateHandler()));

    /// <summary>
    /// Sends requests. Follows no redirect (the key goes to no other host), has no time limit of its own (each try has
    /// one) and no default headers.
    /// </summary>
    public static HttpMessageInvoker Shared => Instance.Value;

#if NET
    private static SocketsHttpHandler CreateHandler() =>
        new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = ConnectTimeout,
            // A long-lived session must notice when the service moves to other addresses.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            Proxy = new DirectLoopbackProxy(HttpClient.DefaultProxy),
            UseCookies = false,
        };
#else
    private static GZipHandler CreateHandler() => new(CreateClientHandler());

    private static HttpClientHandler CreateClientHandler() =>
        new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            // Windows PowerShell still begins with TLS 1.0 on machines that have not been told otherwise.
            SslProtocols = SslProtocols.Tls12,
            // Two by default there, for all runspaces of the process together.
            MaxConnectionsPerServer = int.MaxValue,
            Proxy = new DirectLoopbackProxy(WebRequest.DefaultWebProxy),
            UseCookies = false,
        };
#endif
}
