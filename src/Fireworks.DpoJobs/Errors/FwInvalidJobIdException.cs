using System;

namespace Fireworks.DpoJobs;

/// <summary>A text that is neither a job's id nor its full name. Nothing has been sent.</summary>
public sealed class FwInvalidJobIdException : Exception
{
    internal FwInvalidJobIdException(string message)
        : base(message) { }
}
