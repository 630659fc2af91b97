using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>A body that starts well, then stalls, breaks or never ends.</summary>
internal sealed class FakeBody : Stream
{
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _start;
    private byte[] _pending;
    private int _position;

    /// <summary>Creates a body.</summary>
    /// <param name="start">Its start.</param>
    public FakeBody(string start) => _pending = _start = Encoding.UTF8.GetBytes(start);

    /// <summary>Repeated after the start. Null for nothing.</summary>
    public byte[]? Repeat { get; init; }

    /// <summary>The length of the body in bytes. Null for an endless body.</summary>
    public long? TotalLength { get; init; }

    /// <summary>Thrown after the start. Null to stall or repeat there.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Whether cancellation looks like the end of the body, as with a stream that is disposed during a read.</summary>
    public bool EndsWhenStopped { get; init; }

    /// <summary>The number of bytes read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether the reader has disposed it.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Completes when the reader waits for data that never arrives.</summary>
    public Task Stalled => _stalled.Task;

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
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    ) => await CopyAsync(buffer, cancellationToken);
#endif

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        CopyAsync(buffer.AsMemory(offset, count), cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    private async Task<int> CopyAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_position == _pending.Length && (TotalLength is null || BytesRead < TotalLength))
        {
            if (Failure is not null)
            {
                throw Failure;
            }
            if (Repeat is null)
            {
                _stalled.TrySetResult();
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                }
                catch (OperationCanceledException) when (EndsWhenStopped)
                {
                    return 0;
                }
            }
            (_pending, _position) = (Repeat ?? _start, 0);
        }
        var count = Math.Min(buffer.Length, _pending.Length - _position);
        _pending.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        BytesRead += count;
        return count;
    }
}
