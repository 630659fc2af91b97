using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>Writes JSON straight into the response, through gzip when the client accepts it.</summary>
internal static class JsonReply
{
    private static readonly JsonWriterOptions Options = new()
    {
        // The gateway does not escape & or non-ASCII text.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static async Task WriteAsync(HttpContext context, bool compress, Action<Utf8JsonWriter> write)
    {
        var response = context.Response;
        if (!Begin(context, compress))
        {
            await using (var writer = new Utf8JsonWriter(response.BodyWriter, Options))
            {
                write(writer);
            }

            await response.BodyWriter.FlushAsync(context.RequestAborted);
            return;
        }

        using var json = Render(write);
        await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await gzip.WriteAsync(json.Written, context.RequestAborted);
    }

    /// <summary>Sets the headers.</summary>
    /// <returns>Whether the body is to be gzip.</returns>
    public static bool Begin(HttpContext context, bool compress)
    {
        var response = context.Response;
        response.ContentType = "application/json";
        if (!compress)
        {
            return false;
        }

        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (!AcceptsGzip(context.Request))
        {
            return false;
        }

        response.Headers.ContentEncoding = "gzip";
        return true;
    }

    public static PooledBuffer Render(Action<Utf8JsonWriter> write)
    {
        var buffer = new PooledBuffer();
        using var writer = new Utf8JsonWriter(buffer, Options);
        write(writer);
        writer.Flush();
        return buffer;
    }

    public static byte[] Compress(ReadOnlyMemory<byte> body)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body.Span);
        }

        return stream.ToArray();
    }

    private static bool AcceptsGzip(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted)
        && accepted.Any(coding =>
            coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && coding.Quality != 0
        );
}
