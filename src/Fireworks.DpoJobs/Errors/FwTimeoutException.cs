namespace Fireworks.DpoJobs;

/// <summary>The response was not complete within the timeout of one attempt.</summary>
public sealed class FwTimeoutException : FwException
{
    internal FwTimeoutException(string message, TimeSpan timeout, string? request = null, int retries = 0)
        : base(message, request, retries) => Timeout = timeout;

    /// <summary>The timeout of one attempt.</summary>
    public TimeSpan Timeout { get; }
}
