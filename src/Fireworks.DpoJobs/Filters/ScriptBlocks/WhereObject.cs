using System;
using System.Management.Automation;
using System.Reflection;

namespace Fireworks.DpoJobs;

/// <summary>
/// PowerShell's own Where-Object, one job at a time: scope, errors, <c>$_</c> and what counts as true are then exactly what
/// they are behind a pipe.
/// </summary>
internal sealed class WhereObject : IDisposable
{
    private const string Script =
        "param($FilterScript) Microsoft.PowerShell.Core\\Where-Object -FilterScript $FilterScript";

    // A public method since PowerShell 3, that PowerShellStandard has forgotten.
    private static readonly MethodInfo FromCommands = typeof(PowerShell).GetMethod(
        "GetSteppablePipeline",
        Type.EmptyTypes
    )!;

    private readonly SteppablePipeline _pipeline;

    /// <summary>Begins to filter.</summary>
    /// <param name="filter">What Where-Object gets.</param>
    /// <param name="languageMode">The language mode of the caller.</param>
    public WhereObject(ScriptBlock filter, PSLanguageMode languageMode)
    {
        _pipeline =
            languageMode == PSLanguageMode.FullLanguage
                ? ScriptBlock.Create(Script).GetSteppablePipeline(CommandOrigin.Internal, [filter])
                : CreateFromCommands(filter);
        _pipeline.Begin(expectInput: true);
    }

    // A script has no variables to take the block from where the language is restricted. Not so everywhere, since errors in
    // the block do not find their way out of this.
    private static SteppablePipeline CreateFromCommands(ScriptBlock filter)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Microsoft.PowerShell.Core\\Where-Object").AddParameter("FilterScript", filter);
        return (SteppablePipeline)FromCommands.Invoke(shell, null)!;
    }

    /// <summary>Whether a job comes through.</summary>
    public bool Passes(DpoJob job) => _pipeline.Process(job).Length > 0;

    /// <inheritdoc/>
    public void Dispose() => _pipeline.Dispose();
}
