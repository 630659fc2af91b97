namespace Fireworks.DpoJobs;

/// <summary>The response is not one of this API: not JSON, of the wrong form, too large, or part of an endless listing.</summary>
public sealed class FwResponseException : FwException
{
    internal FwResponseException(string message, string? request = null, int retries = 0)
        : base(message, request, retries) { }
}
