using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>Gives a canned answer, with its delays, silences and cuts.</summary>
internal static class CannedResponder
{
    private const int ChunkLength = 64 * 1024;

    /// <summary>A reset overtakes what the client has not read yet; so what was sent first gets this long to arrive.</summary>
    private static readonly TimeSpan TimeToArrive = TimeSpan.FromMilliseconds(50);

    /// <param name="context">The request.</param>
    /// <param name="canned">What to answer.</param>
    /// <param name="beforeAbort">Called before the server cuts the connection.</param>
    public static async Task SendAsync(HttpContext context, CannedResponse canned, Action beforeAbort)
    {
        var gone = context.RequestAborted;
        if (canned.DelayMs > 0)
        {
            await Task.Delay(canned.DelayMs, gone);
        }

        if (canned.Stall == StallPoint.Headers)
        {
            await Task.Delay(Timeout.Infinite, gone);
        }

        if (canned.Abort == AbortPoint.BeforeHeaders)
        {
            beforeAbort();
            context.Abort();
            return;
        }

        var content = canned.Content();
        SetHead(context.Response, canned, content);
        if (canned.Stall == StallPoint.Body)
        {
            await SendHalfAsync(context, canned, content);
            await Task.Delay(Timeout.Infinite, gone);
        }

        if (canned.Abort == AbortPoint.MidBody)
        {
            await SendHalfAsync(context, canned, content);
            await Task.Delay(TimeToArrive, gone);
            beforeAbort();
            context.Abort();
            return;
        }

        await context.Response.Body.WriteAsync(content, gone);
        await SendSpacesAsync(context, canned.GenerateBytes);
    }

    private static void SetHead(HttpResponse response, CannedResponse canned, byte[] content)
    {
        response.StatusCode = canned.Status;
        if (content.Length > 0)
        {
            response.ContentType = content[0] is (byte)'{' or (byte)'['
                ? "application/json"
                : "text/plain; charset=utf-8";
        }

        foreach (var (name, value) in canned.Headers)
        {
            response.Headers[name] = value;
        }
    }

    /// <summary>Promises the whole and sends half.</summary>
    private static async Task SendHalfAsync(HttpContext context, CannedResponse canned, byte[] content)
    {
        var response = context.Response;
        response.ContentLength ??= Math.Max(1, content.Length + canned.GenerateBytes);
        await response.Body.WriteAsync(content.AsMemory(0, content.Length / 2), context.RequestAborted);
        if (canned.GenerateBytes > 0)
        {
            await SendSpacesAsync(context, canned.GenerateBytes / 2);
        }

        await response.Body.FlushAsync(context.RequestAborted);
    }

    private static async Task SendSpacesAsync(HttpContext context, long count)
    {
        var chunk = new byte[Math.Min(count, ChunkLength)];
        Array.Fill(chunk, (byte)' ');
        for (var left = count; left > 0; left -= chunk.Length)
        {
            var length = (int)Math.Min(left, chunk.Length);
            await context.Response.Body.WriteAsync(chunk.AsMemory(0, length), context.RequestAborted);
        }
    }
}
