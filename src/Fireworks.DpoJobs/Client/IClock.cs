using System;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs;

/// <summary>Time, so that tests wait for nothing.</summary>
internal interface IClock
{
    /// <summary>The time now, in UTC.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Waits. Ends at once, with <see cref="OperationCanceledException"/>, when the token is cancelled.</summary>
    Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken);
}
