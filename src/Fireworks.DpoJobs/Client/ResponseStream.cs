using System.Net;
using System.Net.Http.Headers;

namespace Fireworks.DpoJobs;

/// <summary>
/// The body of a response: forward only, asynchronous only. Counts the bytes read and fails once the response exceeds a limit.
/// </summary>
/// <param name="inner">The body, decompressed. It is disposed with this stream.</param>
/// <param name="limit">The limit in bytes.</param>
/// <param name="attempt">The attempt that the response belongs to.</param>
internal class ResponseStream(Stream inner, long limit, Attempt attempt) : Stream
{
    /// <summary>The number of bytes read so far, after decompression.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The number of bytes read since the last line feed.</summary>
    public long LastLineLength { get; private set; }

    /// <summary>The last byte read. 0 before the first.</summary>
    public byte LastByte { get; private set; }

    protected Attempt Attempt => attempt;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

#if NET
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        try
        {
            count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
        {
            throw InvalidData(exception);
        }
        Add(buffer.Span[..count]);
        return count;
    }

    public sealed override Task<int> ReadAsync(
        byte[] buffer,
        int offset,
        int count,
        CancellationToken cancellationToken
    ) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
#else
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
        {
            throw InvalidData(exception);
        }
        Add(buffer.AsSpan(offset, read));
        return read;
    }
#endif

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }
        base.Dispose(disposing);
    }

    // The decompression reports invalid data in this way, too.
    private static InvalidDataException InvalidData(InvalidOperationException exception) => new(exception.Message);

    private void Add(ReadOnlySpan<byte> read)
    {
        BytesRead += read.Length;
        if (BytesRead > limit)
        {
            throw attempt.TooLarge(
                $"The response is larger than {limit / (1024 * 1024)} MiB and was not read to its end."
            );
        }
        LastByte = read.Length > 0 ? read[read.Length - 1] : LastByte;
        var lineFeed = read.LastIndexOf((byte)'\n');
        LastLineLength = lineFeed < 0 ? LastLineLength + read.Length : read.Length - lineFeed - 1;
    }
}

/// <summary>
/// The body of a response, read while it arrives and never buffered. Its errors are those of the module. A download may take
/// hours, so the timeout applies to each read instead of the whole body. A broken download is not repeated: continue with
/// <see cref="ApiRequest{T}.Part"/>.
/// </summary>
/// <param name="response">The response. It is disposed with this stream.</param>
/// <param name="body">The body of the response.</param>
/// <param name="attempt">The attempt that the response belongs to.</param>
internal sealed class DownloadStream(HttpResponseMessage response, Stream body, Attempt attempt)
    : ResponseStream(body, long.MaxValue, attempt)
{
    /// <summary>The position of the first byte in the resource. 0 when the server sends the whole, requested or not.</summary>
    public long FirstByte => Part?.From ?? 0;

    /// <summary>The size of the whole resource in bytes. Null when the server does not send it.</summary>
    public long? TotalLength => Part is { } part ? part.Length : response.Content.Headers.ContentLength;

    /// <summary>
    /// Whether an end of the body is certainly that of the response. Without a length, chunks or the frames of HTTP/2, a broken
    /// connection looks the same.
    /// </summary>
    public bool HasCertainEnd =>
        response.Content.Headers.ContentLength is not null
        || response.Headers.TransferEncodingChunked == true
        || response.Version.Major > 1;

    /// <summary>The version of the resource, which changes with its content. Null when the server does not send it.</summary>
    public EntityTagHeaderValue? Version => response.Headers.ETag;

    /// <summary>When the resource was last changed. Null when the server does not send it.</summary>
    public DateTimeOffset? LastModified => response.Content.Headers.LastModified;

    private ContentRangeHeaderValue? Part =>
        response.StatusCode == HttpStatusCode.PartialContent ? response.Content.Headers.ContentRange : null;

    /// <exception cref="FwTimeoutException">No byte arrived within the timeout.</exception>
    /// <exception cref="FwConnectionException">The connection broke, or the body ends before the resource does.</exception>
    /// <exception cref="FwResponseException">The body is longer than its headers state.</exception>
#if NET
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
#else
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
#endif
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        idle.CancelAfter(Attempt.Timeout);
#if !NET
        using var abort = RequestSender.DisposeOnCancellation(response, idle.Token);
#endif
        try
        {
#if NET
            var read = await base.ReadAsync(buffer, idle.Token).ConfigureAwait(false);
#else
            var read = await base.ReadAsync(buffer, offset, count, idle.Token).ConfigureAwait(false);
#endif
            if (read == 0)
            {
                // After a cancellation, an apparent end of the body may not be its end.
                idle.Token.ThrowIfCancellationRequested();
            }
            ThrowIfWrongLength(isEnd: read == 0);
            return read;
        }
        catch (Exception exception) when (idle.IsCancellationRequested && exception is not FwException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Attempt.Stalled(BytesRead).Failure;
        }
        catch (Exception exception) when (Attempt.IsBroken(exception))
        {
            throw Attempt.Broken(exception, BytesRead).Failure;
        }
    }

    // The transport compares the body with Content-Length, but not with Content-Range.
    private void ThrowIfWrongLength(bool isEnd)
    {
        if (isEnd && TotalLength - FirstByte > BytesRead)
        {
            throw Attempt.Truncated(BytesRead).Failure;
        }
        if (TotalLength - FirstByte < BytesRead)
        {
            throw Attempt.Invalid("The response is longer than its Content-Range header states.").Failure;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            response.Dispose();
        }
        base.Dispose(disposing);
    }
}
