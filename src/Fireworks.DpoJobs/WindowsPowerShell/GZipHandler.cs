#if !NET
using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs;

/// <summary>
/// Asks for compressed answers and reads them. The framework's own decompression must not be closed while it is read, and on
/// Windows PowerShell closing is what ends a read.
/// </summary>
internal sealed class GZipHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string GZip = "gzip";

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(GZip));
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Content?.Headers.ContentEncoding.Contains(GZip, StringComparer.OrdinalIgnoreCase) == true)
        {
            response.Content = new Unpacked(response.Content);
        }
        return response;
    }

    /// <summary>A compressed body, as it reads without compression.</summary>
    private sealed class Unpacked : HttpContent
    {
        private readonly HttpContent _packed;

        public Unpacked(HttpContent packed)
        {
            _packed = packed;
            Headers.ContentType = packed.Headers.ContentType;
        }

        protected override async Task<Stream> CreateContentReadStreamAsync() =>
            new UnpackingStream(await _packed.ReadAsStreamAsync().ConfigureAwait(false));

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext context)
        {
            var unpacked = await CreateContentReadStreamAsync().ConfigureAwait(false);
            await unpacked.CopyToAsync(stream).ConfigureAwait(false);
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
                _packed.Dispose();
            }
            base.Dispose(disposing);
        }
    }

    /// <summary>Decompresses. Closing it closes what it reads from, and leaves the decompression to its finalizer.</summary>
    private sealed class UnpackingStream(Stream packed) : Stream
    {
        private readonly GZipStream _unpacking = new(packed, CompressionMode.Decompress, leaveOpen: true);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => _unpacking.ReadAsync(buffer, offset, count, cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => _unpacking.Read(buffer, offset, count);

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                packed.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
#endif
