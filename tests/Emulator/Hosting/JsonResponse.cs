using System;
using System.Buffers;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Fireworks.DpoJobs.Emulator.Hosting;

/// <summary>Writes JSON responses.</summary>
internal static class JsonResponse
{
    private const int BufferLength = 512 * 1024;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        // The gateway escapes neither & nor non-ASCII characters.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonSerializerOptions SerializerOptions = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>Writes a small body that <see cref="JsonSerializer"/> can serialize.</summary>
    public static Task WriteAsync<T>(HttpContext context, int status, T value)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var body = JsonSerializer.SerializeToUtf8Bytes(value, SerializerOptions);
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>Writes a body of status 200, with gzip if the client accepts it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="render">Returns the body, compressed if its argument is true; see <see cref="Render"/>.</param>
    public static Task WriteAsync(HttpContext context, Func<bool, byte[]> render)
    {
        var response = context.Response;
        var compress = AcceptsGzip(context.Request);
        response.ContentType = "application/json";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (compress)
        {
            response.Headers.ContentEncoding = "gzip";
        }

        var body = render(compress);
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    public static byte[] Render(Action<Utf8JsonWriter> write, bool compress = false)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(BufferLength);
        buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            write(writer);
        }

        return compress ? Compress(buffer.WrittenSpan) : buffer.WrittenSpan.ToArray();
    }

    public static byte[] Compress(ReadOnlySpan<byte> body)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return stream.ToArray();
    }

    private static bool AcceptsGzip(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted)
        && accepted.Any(coding =>
            coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && coding.Quality != 0
        );
}
