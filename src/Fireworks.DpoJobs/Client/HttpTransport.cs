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
    /// <summary>The timeout for connecting (that of the official SDK). On Windows PowerShell the timeout of the attempt applies.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private static readonly Lazy<HttpMessageInvoker> SharedInstance = new(() => new(CreateHandler(decompresses: true)));
    private static readonly Lazy<HttpMessageInvoker> ExactInstance = new(() => new(CreateHandler(decompresses: false)));

    /// <summary>Sends requests of the API. Responses may be compressed on the way.</summary>
    public static HttpMessageInvoker Shared => SharedInstance.Value;

    /// <summary>Sends requests for streams. The bytes arrive as they are stored, so ranges of them are reliable.</summary>
    public static HttpMessageInvoker Exact => ExactInstance.Value;

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
            AutomaticDecompression = DecompressionMethods.None,
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
    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => system?.Credentials;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : system!.GetProxy(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => host.IsLoopback || system is null || system.IsBypassed(host);
}
