using System;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Hosting;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>Sends a response, with a fault in its transfer.</summary>
internal static class ResponseSender
{
    /// <summary>The time to wait before a reset, because a reset discards data that the client has not read.</summary>
    private static readonly TimeSpan TimeToArrive = TimeSpan.FromMilliseconds(50);

    /// <param name="context">The request; status and headers of the response are set.</param>
    /// <param name="body">The body, uncompressed.</param>
    /// <param name="rule">The fault. Null for none.</param>
    /// <param name="entry">The request in the journal.</param>
    public static async Task SendAsync(HttpContext context, ResponseBody body, FaultRule? rule, JournalEntry entry)
    {
        var part = body.Slice(0, Math.Min(rule?.After ?? (body.Length / 2), body.Length));
        switch (rule)
        {
            case { Reset: ResetPoint.MidBody }:
                await WriteAsync(context, part, body.Length);
                await Task.Delay(TimeToArrive, context.RequestAborted);
                Reset(context, entry);
                break;
            case { Stall: StallPoint.Body }:
                await WriteAsync(context, part, body.Length);
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                break;
            case { Truncate: true }:
                await WriteAsync(context, part, body.Length);
                await CloseAsync(context, entry);
                break;
            case { WrongContentLength: WrongLength.Larger }:
                await WriteAsync(context, body, body.Length + 1);
                await CloseAsync(context, entry);
                break;
            case { WrongContentLength: WrongLength.Smaller }:
                await WriteTooMuchAsync(context, await body.ToArrayAsync(context.RequestAborted), body.Length / 2);
                await CloseAsync(context, entry);
                break;
            case { TruncatedGzip: true }:
                var gzip = JsonResponse.Compress(await body.ToArrayAsync(context.RequestAborted));
                context.Response.Headers.ContentEncoding = "gzip";
                await WriteAsync(context, ResponseBody.Of(gzip.AsMemory(0, gzip.Length / 2)), gzip.Length / 2);
                break;
            case { Gzip: true }:
                await WriteCompressedAsync(context, body);
                break;
            case { ContentType: { } type }:
                context.Response.ContentType = type == "none" ? null : type;
                await WriteAsync(context, body, body.Length);
                break;
            case { EmptyBody: true }:
                await WriteAsync(context, body.Slice(0, 0), 0);
                break;
            default:
                await WriteAsync(context, body, body.Length);
                break;
        }
    }

    /// <summary>Ends a connection with a TCP RST instead of a FIN.</summary>
    public static void Reset(HttpContext context, JournalEntry entry)
    {
        entry.EndedByServer = true;
        var socket = SocketOf(context);
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close(timeout: 0);
        context.Abort();
    }

    private static async Task WriteAsync(HttpContext context, ResponseBody body, long contentLength)
    {
        context.Response.ContentLength = contentLength;
        await body.WriteAsync(context.Response.Body, 0, body.Length, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    /// <summary>Compresses a body while it is sent, so it has no Content-Length.</summary>
    private static async Task WriteCompressedAsync(HttpContext context, ResponseBody body)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        context.Response.ContentLength = null;
        await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await body.WriteAsync(gzip, 0, body.Length, context.RequestAborted);
    }

    /// <summary>Writes to the socket directly, because Kestrel writes no more than the Content-Length.</summary>
    private static async Task WriteTooMuchAsync(HttpContext context, byte[] body, long contentLength)
    {
        var head = new StringBuilder("HTTP/1.1 ").Append(context.Response.StatusCode).Append(" \r\n");
        context.Response.ContentLength = contentLength;
        foreach (var (name, value) in context.Response.Headers)
        {
            head.Append(name).Append(": ").Append(value.ToString()).Append("\r\n");
        }

        byte[] bytes = [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
        await SocketOf(context).SendAsync(bytes, SocketFlags.None, context.RequestAborted);
    }

    /// <summary>Ends a connection with a FIN, as a server does when it shuts down normally.</summary>
    private static async Task CloseAsync(HttpContext context, JournalEntry entry)
    {
        await Task.Delay(TimeToArrive, context.RequestAborted);
        entry.EndedByServer = true;
        SocketOf(context).Shutdown(SocketShutdown.Send);
        await Task.Delay(TimeToArrive, context.RequestAborted);
        context.Abort();
    }

    private static Socket SocketOf(HttpContext context) =>
        context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
}
