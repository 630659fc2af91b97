using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>
/// A clock whose time passes as soon as all work waits for it. Delays end in order, and what follows a delay runs before the next
/// one ends, so minutes of waiting take milliseconds and always the same course.
/// </summary>
internal sealed class VirtualClock : IClock
{
    private readonly SortedDictionary<(DateTimeOffset End, long Number), TaskCompletionSource> _delays = [];
    private long _number;

    public DateTimeOffset UtcNow { get; private set; } = FakeClock.Now;

    /// <summary>The time since the clock was created.</summary>
    public TimeSpan Elapsed => UtcNow - FakeClock.Now;

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        // Not asynchronous: what follows the delay runs within Run.
        var source = new TaskCompletionSource();
        cancellationToken.Register(() => source.TrySetCanceled(cancellationToken));
        lock (_delays)
        {
            _delays.Add((UtcNow + delay, _number++), source);
        }
        return source.Task;
    }

    /// <summary>Lets time pass until a task has completed.</summary>
    public async Task<T> RunAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            TaskCompletionSource? next = null;
            lock (_delays)
            {
                if (_delays.Count > 0)
                {
                    var (key, delay) = _delays.First();
                    _delays.Remove(key);
                    UtcNow = key.End > UtcNow ? key.End : UtcNow;
                    next = delay;
                }
            }
            if (next is null)
            {
                // Some work went to another thread.
                await Task.Yield();
            }
            next?.TrySetResult();
        }
        return await task;
    }
}
