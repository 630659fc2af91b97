namespace Fireworks.DpoJobs.Client;

/// <summary>The service could not be reached, or the connection broke before its answer was complete.</summary>
public sealed class FwConnectionException : FwException
{
    internal FwConnectionException(string message)
        : base(message) { }
}
