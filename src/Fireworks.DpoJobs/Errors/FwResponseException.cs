namespace Fireworks.DpoJobs;

/// <summary>The service's answer is not one of this API: not JSON, of the wrong form, too large, or without an end.</summary>
public sealed class FwResponseException : FwException
{
    internal FwResponseException(string message)
        : base(message) { }
}
