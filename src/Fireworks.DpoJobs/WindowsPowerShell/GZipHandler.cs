#if !NET
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace Fireworks.DpoJobs;

/// <summary>
/// Requests compressed responses and decompresses them. The framework's own decompression must not be disposed while it reads,
/// and on Windows PowerShell disposing is what ends a read.
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
            response.Content = new DecompressedContent(response.Content);
        }
        return response;
    }

    private sealed class DecompressedContent : HttpContent
    {
        private readonly HttpContent _compressed;

        public DecompressedContent(HttpContent compressed)
        {
            _compressed = compressed;
            Headers.ContentType = compressed.Headers.ContentType;
        }

        protected override async Task<Stream> CreateContentReadStreamAsync() =>
            new DecompressingStream(await _compressed.ReadAsStreamAsync().ConfigureAwait(false));

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext context)
        {
            var decompressed = await CreateContentReadStreamAsync().ConfigureAwait(false);
            await decompressed.CopyToAsync(stream).ConfigureAwait(false);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _compressed.Dispose();
            }
            base.Dispose(disposing);
        }
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
