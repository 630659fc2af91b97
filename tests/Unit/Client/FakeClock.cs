using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>A clock that stands still. It records delays and ends them immediately.</summary>
internal sealed class FakeClock : IClock
{
    /// <summary>The moment of the official SDK's retry vectors.</summary>
    public static readonly DateTimeOffset Now = new(2023, 9, 29, 16, 26, 37, TimeSpan.Zero);

    private readonly TaskCompletionSource _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DateTimeOffset UtcNow => Now;

    /// <summary>The requested delays, in order.</summary>
    public ConcurrentQueue<TimeSpan> Delays { get; } = new();

    /// <summary>Whether delays end only when they are cancelled.</summary>
    public bool NeverElapses { get; init; }

    /// <summary>Completes when the first delay is requested.</summary>
    public Task Requested => _requested.Task;

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        Delays.Enqueue(delay);
        _requested.TrySetResult();
        return NeverElapses ? Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken) : Task.CompletedTask;
    }
}
