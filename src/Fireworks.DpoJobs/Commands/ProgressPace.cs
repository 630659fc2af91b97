namespace Fireworks.DpoJobs;

/// <summary>Limits how often progress is shown: first after a delay, then at most five times a second.</summary>
/// <param name="clock">The clock.</param>
/// <param name="delay">The time before progress is first shown.</param>
internal sealed class ProgressPace(IClock clock, TimeSpan delay)
{
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(200);

    private DateTimeOffset _next = clock.UtcNow + delay;

    /// <summary>Whether progress has been shown, so that it must be removed at the end.</summary>
    public bool HasShown { get; private set; }

    /// <summary>Whether to show progress now. The caller then does so.</summary>
    public bool IsDue()
    {
        var now = clock.UtcNow;
        if (now < _next)
        {
            return false;
        }
        _next = now + MinInterval;
        return HasShown = true;
    }
}
