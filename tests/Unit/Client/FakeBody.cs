using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>A body that begins well, then stalls, breaks, or goes on for ever.</summary>
internal sealed class FakeBody : Stream
{
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _start;
    private byte[] _pending;
    private int _position;

    /// <summary>Makes a body.</summary>
    /// <param name="start">What it begins with.</param>
    public FakeBody(string start) => _pending = _start = Encoding.UTF8.GetBytes(start);

    /// <summary>What follows the start again and again. Null for nothing.</summary>
    public byte[]? Repeat { get; init; }

    /// <summary>The body is this long, and then ends. Null for no end.</summary>
    public long? TotalLength { get; init; }

    /// <summary>What breaks it behind the start. Null: it stalls there, or repeats.</summary>
    public Exception? Failure { get; init; }

    /// <summary>A stop while it stalls looks like its end, as for a stream that is closed under its reader.</summary>
    public bool EndsWhenStopped { get; init; }

    /// <summary>How much of it was read.</summary>
    public long BytesGiven { get; private set; }

    /// <summary>Whether its reader let go of it.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Ends when its reader waits for what never comes.</summary>
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
    ) => await GiveAsync(buffer, cancellationToken);
#endif

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        GiveAsync(buffer.AsMemory(offset, count), cancellationToken);

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

    private async Task<int> GiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_position == _pending.Length && (TotalLength is null || BytesGiven < TotalLength))
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
        BytesGiven += count;
        return count;
    }
}
