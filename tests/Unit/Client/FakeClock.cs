using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>Time that stands still: a delay is written down and over at once.</summary>
internal sealed class FakeClock : IClock
{
    /// <summary>The moment of the official SDK's retry vectors.</summary>
    public static readonly DateTimeOffset Now = new(2023, 9, 29, 16, 26, 37, TimeSpan.Zero);

    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DateTimeOffset UtcNow => Now;

    /// <summary>The delays that were asked for, in order.</summary>
    public ConcurrentQueue<TimeSpan> Delays { get; } = new();

    /// <summary>When set, a delay ends with its cancellation only.</summary>
    public bool NeverElapses { get; init; }

    /// <summary>Ends when the first delay was asked for.</summary>
    public Task Asked => _asked.Task;

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        Delays.Enqueue(delay);
        _asked.TrySetResult();
        return NeverElapses ? Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken) : Task.CompletedTask;
    }
}
