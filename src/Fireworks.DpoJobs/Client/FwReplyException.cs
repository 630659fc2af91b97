namespace Fireworks.DpoJobs.Client;

/// <summary>The service's answer is not one of this API: not JSON, of the wrong form, too large, or without an end.</summary>
public sealed class FwReplyException : FwException
{
    internal FwReplyException(string message)
        : base(message) { }
}
