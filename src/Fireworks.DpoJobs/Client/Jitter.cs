using System;

namespace Fireworks.DpoJobs;

/// <summary>Spreads retries, so that many clients do not come back at one moment. Not a matter of security.</summary>
internal static class Jitter
{
#if NET
    /// <summary>A number from 0 up to 1.</summary>
    public static double Next() => Random.Shared.NextDouble();
#else
    private static readonly Random Source = new();

    /// <summary>A number from 0 up to 1.</summary>
    public static double Next()
    {
        lock (Source)
        {
            return Source.NextDouble();
        }
    }
#endif
}
