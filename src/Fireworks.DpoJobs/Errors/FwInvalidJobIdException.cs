namespace Fireworks.DpoJobs;

/// <summary>A string is neither the id nor the full name of a job. Nothing was sent.</summary>
public sealed class FwInvalidJobIdException : FwException
{
    internal FwInvalidJobIdException(string message)
        : base(message) { }
}
