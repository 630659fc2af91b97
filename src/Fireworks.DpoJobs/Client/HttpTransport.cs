using System.Net;
#if !NET
using System.Security.Authentication;
#endif

namespace Fireworks.DpoJobs;

/// <summary>The HTTP handlers of the process, shared so that connections are reused.</summary>
/// <remarks>
/// They do not follow redirects (the key goes to no other host), have no timeout of their own (each attempt has one) and no
/// default headers.
/// </remarks>
internal static class HttpTransport
{
    /// <summary>The timeout for connecting (as in the official SDK). On Windows PowerShell the timeout of the attempt applies.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Sends requests of the API. Responses may be compressed on the way.</summary>
    public static HttpMessageInvoker Shared { get; } = new(CreateHandler(decompresses: true));

    /// <summary>Sends requests for streams. The bytes arrive as they are stored, so ranges of them are reliable.</summary>
    public static HttpMessageInvoker Exact { get; } = new(CreateHandler(decompresses: false));

#if NET
    private static SocketsHttpHandler CreateHandler(bool decompresses) =>
        new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = decompresses ? DecompressionMethods.All : DecompressionMethods.None,
            ConnectTimeout = ConnectTimeout,
            // A long session must notice when the service moves to other addresses.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            Proxy = new DirectLoopbackProxy(HttpClient.DefaultProxy),
            UseCookies = false,
        };
#else
    private static HttpMessageHandler CreateHandler(bool decompresses) =>
        decompresses ? new GZipHandler(CreateClientHandler()) : CreateClientHandler();

    private static HttpClientHandler CreateClientHandler() =>
        new()
        {
            AllowAutoRedirect = false,
            // Windows PowerShell still starts with TLS 1.0 unless the machine is configured otherwise.
            SslProtocols = SslProtocols.Tls12,
            // The default there is two, for all runspaces of the process together.
            MaxConnectionsPerServer = int.MaxValue,
            Proxy = new DirectLoopbackProxy(WebRequest.DefaultWebProxy),
            UseCookies = false,
        };
#endif
}

/// <summary>
/// The system's proxy for all addresses except those of this machine. Plain http is allowed for loopback addresses only, so a
/// proxy would send the key over the network unencrypted.
/// </summary>
/// <param name="system">The system's proxy. Null for none.</param>
internal sealed class DirectLoopbackProxy(IWebProxy? system) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => system?.Credentials;
        set => throw new NotSupportedException();
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : system!.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || system is null || system.IsBypassed(host);
}
