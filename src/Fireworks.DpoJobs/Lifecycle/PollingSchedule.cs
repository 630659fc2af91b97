namespace Fireworks.DpoJobs;

/// <summary>The delays between polls: 2, 4 and 8 s, then 15 s, and 60 s after an hour, each changed by up to 10 % at random.</summary>
/// <param name="interval">A fixed delay instead, reduced to <see cref="MaxDelay"/>. Null for none.</param>
/// <param name="random">Returns a number from 0 up to 1. Null for the machine's.</param>
internal sealed class PollingSchedule(TimeSpan? interval, Func<double>? random = null)
{
    /// <summary>The longest delay, because timers of .NET Framework accept at most 24 days.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromDays(20);

    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    // Jitter spreads the requests of many clients. It needs no secure randomness.
    private readonly Func<double> _random = random ?? new Random().NextDouble;

    /// <summary>The delay before the next poll.</summary>
    /// <param name="polls">The number of polls so far, at least 1.</param>
    /// <param name="elapsed">The time since the first poll.</param>
    public TimeSpan Delay(int polls, TimeSpan elapsed)
    {
        if (interval is { } given)
        {
            return given < MaxDelay ? given : MaxDelay;
        }
        var seconds =
            elapsed >= Long ? 60
            : polls <= 3 ? 1 << polls
            : 15;
        return TimeSpan.FromSeconds(seconds * (0.9 + (0.2 * _random())));
    }
}
