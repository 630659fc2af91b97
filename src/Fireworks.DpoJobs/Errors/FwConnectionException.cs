namespace Fireworks.DpoJobs;

/// <summary>The service could not be reached, or the connection broke before its answer was complete.</summary>
public sealed class FwConnectionException : FwException
{
    internal FwConnectionException(string message)
        : base(message) { }
}
