namespace Fireworks.DpoJobs;

/// <summary>Abstracts the clock so that tests don't wait.</summary>
internal interface IClock
{
    /// <summary>The current time, in UTC.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Waits for a delay.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; this ends the wait immediately.</exception>
    Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken);
}

/// <summary>The system clock.</summary>
internal sealed class SystemClock : IClock
{
    /// <summary>The only instance.</summary>
    public static readonly SystemClock Instance = new();

    private SystemClock() { }

    /// <inheritdoc/>
#pragma warning disable RS0030 // The only place that reads the system clock.
    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;
#pragma warning restore RS0030

    /// <inheritdoc/>
    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, cancellationToken);
}
