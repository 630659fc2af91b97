namespace Fireworks.DpoJobs;

/// <summary>The service could not be reached, or the connection broke before the response was complete.</summary>
public sealed class FwConnectionException : FwException
{
    internal FwConnectionException(string message, string? request = null, int retries = 0)
        : base(message, request, retries) { }
}
