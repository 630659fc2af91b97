using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Unit.Lifecycle;

/// <summary>A clock that moves by each delay, which ends immediately.</summary>
internal sealed class SteppingClock : IClock
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset UtcNow { get; private set; } = Start;

    public double ElapsedSeconds => (UtcNow - Start).TotalSeconds;

    public List<double> Delays { get; } = [];

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Delays.Add(delay.TotalSeconds);
        UtcNow += delay;
        return Task.CompletedTask;
    }
}
