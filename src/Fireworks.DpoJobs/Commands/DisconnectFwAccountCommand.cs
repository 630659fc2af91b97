using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Fireworks.DpoJobs.Connection;

namespace Fireworks.DpoJobs.Commands;

/// <summary>Forgets the connection of this runspace. Nothing happens where there is none.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "FwAccount")]
[OutputType(typeof(void))]
public sealed class DisconnectFwAccountCommand : FwCmdlet
{
    /// <summary>Disconnects.</summary>
    protected override void EndProcessing() => ConnectionStore.Remove(Runspace.DefaultRunspace);
}
