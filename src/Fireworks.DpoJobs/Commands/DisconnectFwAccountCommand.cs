using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Removes the connection of this runspace. Does nothing if there is none.</summary>
[Cmdlet(
    VerbsCommunications.Disconnect,
    "FwAccount",
    HelpUri = "https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/src/Fireworks.DpoJobs/Help/Disconnect-FwAccount.md"
)]
[OutputType(typeof(void))]
public sealed class DisconnectFwAccountCommand : FwCmdlet
{
    /// <summary>Disconnects.</summary>
    protected override void EndProcessing() => ConnectionStore.Remove(Session);
}
