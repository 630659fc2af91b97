namespace Fireworks.DpoJobs;

/// <summary>
/// The API key, the account or the address cannot be used. Nothing was sent, unless the account of the key had to be looked up.
/// </summary>
public sealed class FwConfigurationException : FwException
{
    internal FwConfigurationException(string message)
        : base(message) { }
}
