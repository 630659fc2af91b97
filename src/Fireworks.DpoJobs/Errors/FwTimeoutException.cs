using System;

namespace Fireworks.DpoJobs;

/// <summary>The service did not answer in full within the time of one try.</summary>
public sealed class FwTimeoutException : FwException
{
    internal FwTimeoutException(string message, TimeSpan timeout)
        : base(message) => Timeout = timeout;

    /// <summary>The time that one try was given.</summary>
    public TimeSpan Timeout { get; }
}
