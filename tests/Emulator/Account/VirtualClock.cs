using System.Threading;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>The time in the account. It stands still unless a test moves it, so that tests do not wait.</summary>
/// <param name="start">Nanoseconds since 1970.</param>
internal sealed class VirtualClock(long start)
{
    private long _elapsed;
    private long _perRequest;

    /// <summary>The time at which the emulator started, in nanoseconds since 1970.</summary>
    public long Start => start;

    /// <summary>Nanoseconds since 1970.</summary>
    public long Now => start + Volatile.Read(ref _elapsed);

    /// <summary>Whole seconds since the start.</summary>
    public long ElapsedSeconds => Volatile.Read(ref _elapsed) / Timestamp.PerSecond;

    /// <summary>By how many seconds each request of the API moves the clock, before it is handled.</summary>
    public long SecondsPerRequest
    {
        get => Volatile.Read(ref _perRequest);
        set => Volatile.Write(ref _perRequest, value);
    }

    public void Advance(long seconds) => Interlocked.Add(ref _elapsed, seconds * Timestamp.PerSecond);

    /// <summary>Goes back to the start, and stops.</summary>
    public void Restore()
    {
        SecondsPerRequest = 0;
        Volatile.Write(ref _elapsed, 0);
    }

    public void CountRequest() => Advance(SecondsPerRequest);
}
