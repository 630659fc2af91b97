using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>
/// Gets the connection that the commands of this runspace use: account, address, and the source of the key. Sends no request.
/// </summary>
[Cmdlet(
    VerbsCommon.Get,
    "FwConnection",
    HelpUri = "https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/src/Fireworks.DpoJobs/Help/Get-FwConnection.md"
)]
[OutputType(typeof(FwConnection))]
public sealed class GetFwConnectionCommand : FwCmdlet
{
    /// <summary>Writes the connection of Connect-FwAccount, otherwise the one of the environment and the configuration files.</summary>
    protected override void EndProcessing() =>
        WriteObject(Resolve(new ConnectionSettings { Connection = ConnectionStore.Find(Session) }));
}
