using System;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs;

/// <summary>The machine's clock.</summary>
internal sealed class SystemClock : IClock
{
    /// <summary>The one there is.</summary>
    public static readonly SystemClock Instance = new();

    private SystemClock() { }

    /// <inheritdoc/>
#pragma warning disable RS0030 // The one place that reads the machine's clock.
    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;
#pragma warning restore RS0030

    /// <inheritdoc/>
    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, cancellationToken);
}
