using System;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>
/// Pages as they were written once, by their query: a benchmark then measures the client and not how fast pages are made
/// up.
/// </summary>
internal sealed class PageCache
{
    private readonly ConcurrentDictionary<(string Query, bool IsGzip), byte[]> _bodies = new();

    public Task WriteAsync(HttpContext context, bool compress, Action<Utf8JsonWriter> write)
    {
        var isGzip = JsonReply.Begin(context, compress);
        var body = _bodies.GetOrAdd(
            (context.Request.QueryString.Value ?? "", isGzip),
            key => Render(key.IsGzip, write)
        );
        context.Response.ContentLength = body.Length;
        return context.Response.BodyWriter.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static byte[] Render(bool isGzip, Action<Utf8JsonWriter> write)
    {
        using var json = JsonReply.Render(write);
        return isGzip ? JsonReply.Compress(json.Written) : json.Written.ToArray();
    }
}
