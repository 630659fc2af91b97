using System;

namespace Fireworks.DpoJobs;

/// <summary>The key, the account or the address cannot be used. Nothing has been sent.</summary>
public sealed class FwConfigurationException : Exception
{
    internal FwConfigurationException(string message)
        : base(message) { }
}
