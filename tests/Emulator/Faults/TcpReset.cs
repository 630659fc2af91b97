using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>Ends a connection with a TCP RST instead of a FIN.</summary>
internal static class TcpReset
{
    public static void Send(HttpContext context)
    {
        var socket = SocketOf(context);
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close(timeout: 0);
        context.Abort();
    }

    public static Socket SocketOf(HttpContext context) =>
        context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
}
