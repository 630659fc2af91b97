using System;
using System.IO;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>Sends the real answer, spoiled on its way: what is said about the body, and how much of it arrives.</summary>
internal static class ReplyFault
{
    /// <summary>A reset overtakes what the client has not read yet; so what was sent first gets this long to arrive.</summary>
    private static readonly TimeSpan TimeToArrive = TimeSpan.FromMilliseconds(50);

    /// <param name="context">The request; status and headers of the answer are set.</param>
    /// <param name="body">The body, not compressed.</param>
    /// <param name="rule">What goes wrong; null for nothing.</param>
    /// <param name="beforeAbort">Called before the server cuts the connection.</param>
    public static async Task SendAsync(HttpContext context, byte[] body, FaultRule? rule, Action beforeAbort)
    {
        var half = body.AsMemory(0, body.Length / 2);
        switch (rule)
        {
            case { Reset: AbortPoint.MidBody }:
                await WriteAsync(context, half, body.Length);
                await Task.Delay(TimeToArrive, context.RequestAborted);
                beforeAbort();
                TcpReset.Send(context);
                break;
            case { Stall: StallPoint.Body }:
                await WriteAsync(context, half, body.Length);
                await Task.Delay(-1, context.RequestAborted);
                break;
            case { Truncate: true }:
                await EndEarlyAsync(context, half, body.Length, beforeAbort);
                break;
            case { WrongContentLength: WrongLength.Larger }:
                await EndEarlyAsync(context, body, body.Length + 1, beforeAbort);
                break;
            case { WrongContentLength: WrongLength.Smaller }:
                await WriteTooMuchAsync(context, body, half.Length, beforeAbort);
                break;
            case { TruncatedGzip: true }:
                var gzip = Compress(body);
                context.Response.Headers.ContentEncoding = "gzip";
                await WriteAsync(context, gzip.AsMemory(0, gzip.Length / 2), gzip.Length / 2);
                break;
            case { ContentType: { } type }:
                context.Response.ContentType = type == "none" ? null : type;
                await WriteAsync(context, body, body.Length);
                break;
            case { EmptyBody: true }:
                await WriteAsync(context, default, 0);
                break;
            default:
                await WriteAsync(context, body, body.Length);
                break;
        }
    }

    private static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> bytes, long contentLength)
    {
        context.Response.ContentLength = contentLength;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    /// <summary>Promises more than it sends, and ends the connection with a FIN, as a server does that goes down in order.</summary>
    private static async Task EndEarlyAsync(
        HttpContext context,
        ReadOnlyMemory<byte> bytes,
        long contentLength,
        Action beforeAbort
    )
    {
        await WriteAsync(context, bytes, contentLength);
        await FinishAsync(context, beforeAbort);
    }

    /// <summary>Past Kestrel, which keeps to a Content-Length.</summary>
    private static async Task WriteTooMuchAsync(HttpContext context, byte[] body, int contentLength, Action beforeAbort)
    {
        var head = new StringBuilder("HTTP/1.1 ").Append(context.Response.StatusCode).Append(" \r\n");
        context.Response.ContentLength = contentLength;
        foreach (var (name, value) in context.Response.Headers)
        {
            head.Append(name).Append(": ").Append(value.ToString()).Append("\r\n");
        }

        byte[] bytes = [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
        await TcpReset.SocketOf(context).SendAsync(bytes, SocketFlags.None, context.RequestAborted);
        await FinishAsync(context, beforeAbort);
    }

    private static async Task FinishAsync(HttpContext context, Action beforeAbort)
    {
        await Task.Delay(TimeToArrive, context.RequestAborted);
        beforeAbort();
        TcpReset.SocketOf(context).Shutdown(SocketShutdown.Send);
        await Task.Delay(TimeToArrive, context.RequestAborted);
        context.Abort();
    }

    private static byte[] Compress(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return compressed.ToArray();
    }
}
