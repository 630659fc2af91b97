using System.Buffers;

namespace Fireworks.DpoJobs;

/// <summary>The complete body of a response, in memory until it is disposed.</summary>
internal sealed class JsonBody : IDisposable
{
    /// <summary>
    /// The largest number of bytes that all responses of the process together may occupy while they are read. A response of up to
    /// 1 MiB is never rejected, so that large ones do not make others fail.
    /// </summary>
    public const long MaxTotalSize = 96L * 1024 * 1024;

    private const int InitialSize = 256 * 1024;

    // Larger arrays are rare, and the pool would keep them.
    private const int MaxPooledSize = 1024 * 1024;

    // The collector may be late to notice that the objects of the previous response, as large as this one, are not used anymore.
    private const int CollectsFromSize = 8 * 1024 * 1024;

    private static long _totalSize;

    private byte[] _buffer = [];
    private int _length;

    private JsonBody() { }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads a body to its end.</summary>
    /// <param name="body">The body. It limits its size.</param>
    /// <param name="length">The length that the response states. Null when it states none.</param>
    /// <param name="attempt">The attempt that the response belongs to.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AttemptException">Too many large responses are being read at once.</exception>
    public static async Task<JsonBody> ReadAsync(
        ResponseStream body,
        long? length,
        Attempt attempt,
        CancellationToken cancellationToken
    )
    {
        var json = new JsonBody();
        var isComplete = false;
        try
        {
            int read;
            do
            {
                if (json._length == json._buffer.Length)
                {
                    json.Grow(length, attempt);
                }
#if NET
                read = await body.ReadAsync(json._buffer.AsMemory(json._length), cancellationToken)
                    .ConfigureAwait(false);
#else
                read = await body.ReadAsync(
                        json._buffer,
                        json._length,
                        json._buffer.Length - json._length,
                        cancellationToken
                    )
                    .ConfigureAwait(false);
#endif
                json._length += read;
            } while (read > 0);
            isComplete = true;
            return json;
        }
        finally
        {
            if (!isComplete)
            {
                // A read that was abandoned may still write to the buffer, so the pool must not get it.
                json.Release();
            }
        }
    }

    public void Dispose()
    {
        var buffer = _buffer;
        Release();
        if (buffer.Length is > 0 and <= MaxPooledSize)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Grow(long? length, Attempt attempt)
    {
        // One more byte than the body, to find its end. The stream ends a body that is larger than the limit.
        var wanted =
            _length == 0 && length > InitialSize
                ? Math.Min(length.Value, RequestSender.MaxResponseSize) + 1
                : Math.Max(InitialSize, 2L * _buffer.Length);
        var size = (int)Math.Min(wanted, RequestSender.MaxResponseSize + 1);
        if (Interlocked.Add(ref _totalSize, size) - _buffer.Length > MaxTotalSize && size > MaxPooledSize)
        {
            Interlocked.Add(ref _totalSize, -size);
            throw attempt.TooLarge(
                $"The responses that are being read at once are larger than {MaxTotalSize / (1024 * 1024)} MiB together."
            );
        }
        if (size >= CollectsFromSize)
        {
            GC.Collect();
        }
        var previous = _buffer;
        _buffer = size <= MaxPooledSize ? ArrayPool<byte>.Shared.Rent(size) : new byte[size];
        Interlocked.Add(ref _totalSize, _buffer.Length - size - previous.Length);
        previous.AsSpan(0, _length).CopyTo(_buffer);
        if (previous.Length is > 0 and <= MaxPooledSize)
        {
            ArrayPool<byte>.Shared.Return(previous);
        }
    }

    private void Release()
    {
        Interlocked.Add(ref _totalSize, -_buffer.Length);
        (_buffer, _length) = ([], 0);
    }
}
