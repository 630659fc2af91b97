#if !NET
using System.IO.Compression;
using System.Net.Http.Headers;

namespace Fireworks.DpoJobs;

/// <summary>
/// Requests compressed responses and decompresses them. The framework's own decompression must not be disposed while it reads,
/// but on Windows PowerShell only disposing ends a read.
/// </summary>
internal sealed class GZipHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string GZip = "gzip";

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(GZip));
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Content?.Headers.ContentEncoding.Contains(GZip, StringComparer.OrdinalIgnoreCase) == true)
        {
            var compressed = response.Content;
            var body = await compressed.ReadAsStreamAsync().ConfigureAwait(false);
            response.Content = new StreamContent(new DecompressingStream(body));
            response.Content.Headers.ContentType = compressed.Headers.ContentType;
        }
        return response;
    }

    /// <summary>Disposing it disposes the compressed stream and leaves the decompression to its finalizer.</summary>
    private sealed class DecompressingStream(Stream compressed)
        : GZipStream(compressed, CompressionMode.Decompress, leaveOpen: true)
    {
#pragma warning disable CA2215 // The base would free memory that a read may still use.
        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                BaseStream?.Dispose();
            }
        }
#pragma warning restore CA2215
    }
}
#endif
