using System.Management.Automation;

namespace Fireworks.DpoJobs.EmptyModule;

/// <summary>The least that a binary module can hold: what its import costs, every import costs.</summary>
[Cmdlet(VerbsCommon.Get, "Nothing")]
public sealed class GetNothingCommand : PSCmdlet;
