namespace Fireworks.DpoJobs;

/// <summary>Abstracts the clock so that tests don't wait.</summary>
internal interface IClock
{
    DateTimeOffset UtcNow { get; }

    /// <exception cref="OperationCanceledException">The token was cancelled; this ends the wait immediately.</exception>
    Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken);
}

internal sealed class SystemClock : IClock
{
    public static readonly SystemClock Instance = new();

    private SystemClock() { }

#pragma warning disable RS0030 // The only place that reads the system clock.
    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;
#pragma warning restore RS0030

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, cancellationToken);
}
