using System;
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
        response.ContentType = "application/json";
        if (compress)
        {
            response.Headers.Vary = HeaderNames.AcceptEncoding;
        }

        if (!compress || !AcceptsGzip(context.Request))
        {
            await using (var writer = new Utf8JsonWriter(response.BodyWriter, Options))
            {
                write(writer);
            }

            await response.BodyWriter.FlushAsync(context.RequestAborted);
            return;
        }

        response.Headers.ContentEncoding = "gzip";
        var buffer = new PooledBuffer();
        using (buffer)
        {
            await using (var writer = new Utf8JsonWriter(buffer, Options))
            {
                write(writer);
            }

            await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
            await gzip.WriteAsync(buffer.Written, context.RequestAborted);
        }
    }

    private static bool AcceptsGzip(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted)
        && accepted.Any(coding =>
            coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && coding.Quality != 0
        );
}
