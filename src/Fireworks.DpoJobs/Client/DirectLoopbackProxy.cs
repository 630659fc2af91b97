using System;
using System.Net;

namespace Fireworks.DpoJobs;

/// <summary>
/// The machine's proxy for everything but this machine. Plain http is allowed to loopback addresses only, so through a
/// proxy the key would leave the machine in clear.
/// </summary>
internal sealed class DirectLoopbackProxy(IWebProxy? machine) : IWebProxy
{
    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => machine?.Credentials;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : machine!.GetProxy(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => host.IsLoopback || machine is null || machine.IsBypassed(host);
}
