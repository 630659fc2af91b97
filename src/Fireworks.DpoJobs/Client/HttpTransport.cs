using System.Net;
#if NET
using System.Net.Sockets;
#else
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
    private static readonly HttpRequestOptionsKey<Connecting> State = new("Fireworks.DpoJobs.Connecting");

    /// <summary>
    /// Ends the attempt to connect together with the request that it is made for. The handler would continue it for some
    /// seconds, and the next request would wait for it.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="stopped">Cancelled when the request ends without a response.</param>
    public static void EndConnectingWith(HttpRequestMessage request, CancellationToken stopped) =>
        request.Options.Set(State, new Connecting(stopped));

    private static SocketsHttpHandler CreateHandler(bool decompresses) =>
        new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = decompresses ? DecompressionMethods.All : DecompressionMethods.None,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = ConnectTimeout,
            // Called when the connection is established, TLS included.
            PlaintextStreamFilter = (context, _) =>
            {
                if (context.InitialRequestMessage.Options.TryGetValue(State, out var connecting))
                {
                    connecting.Abort.Unregister();
                }
                return new ValueTask<Stream>(context.PlaintextStream);
            },
            // A long session must notice when the service moves to other addresses.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            Proxy = new DirectLoopbackProxy(HttpClient.DefaultProxy),
            UseCookies = false,
        };

    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        var options = context.InitialRequestMessage.Options;
        if (!options.TryGetValue(State, out var connecting))
        {
            connecting = new Connecting(CancellationToken.None);
            options.Set(State, connecting);
        }
        // The handler would send the request up to three more times, which no count of attempts would include.
        if (connecting.HasStarted)
        {
            throw new ConnectionClosedException();
        }
        connecting.HasStarted = true;
        var stopped = connecting.Stopped;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopped);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, either.Token).ConfigureAwait(false);
            // The TLS handshake that follows ends when its socket is disposed.
            connecting.Abort = stopped.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), socket);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The state of the connection that is made for a request.</summary>
    /// <param name="stopped">Cancelled when the request ends without a response.</param>
    private sealed class Connecting(CancellationToken stopped)
    {
        public CancellationToken Stopped => stopped;

        public bool HasStarted { get; set; }

        /// <summary>Disposes the socket when the request ends before the connection is established.</summary>
        public CancellationTokenRegistration Abort { get; set; }
    }
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

/// <summary>The service closed the connection of a request without a response.</summary>
internal sealed class ConnectionClosedException() : IOException("The service closed the connection.");

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
