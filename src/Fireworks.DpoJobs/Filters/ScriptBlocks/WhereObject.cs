using System.Management.Automation;
using System.Reflection;

namespace Fireworks.DpoJobs;

/// <summary>
/// Runs PowerShell's own Where-Object on one job at a time, so that scope, errors, <c>$_</c> and truth values are the same as
/// in a pipeline.
/// </summary>
internal sealed class WhereObject : IDisposable
{
    private const string Command = "Microsoft.PowerShell.Core\\Where-Object";

    // Public since PowerShell 3, but missing from PowerShellStandard.
    private static readonly MethodInfo FromCommands = typeof(PowerShell).GetMethod(
        "GetSteppablePipeline",
        Type.EmptyTypes
    )!;

    private readonly SteppablePipeline _pipeline;

    /// <summary>Starts Where-Object in the language mode of the caller.</summary>
    public WhereObject(ScriptBlock filter, PSLanguageMode languageMode)
    {
        _pipeline =
            languageMode == PSLanguageMode.FullLanguage
                ? ScriptBlock
                    .Create($"param($FilterScript) {Command} -FilterScript $FilterScript")
                    .GetSteppablePipeline(CommandOrigin.Internal, [filter])
                : CreateFromCommands(filter);
        _pipeline.Begin(expectInput: true);
    }

    // In constrained language, a script cannot receive the block as a variable. Not used elsewhere, because this pipeline loses
    // the errors of the block.
    private static SteppablePipeline CreateFromCommands(ScriptBlock filter)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(Command).AddParameter("FilterScript", filter);
        return (SteppablePipeline)FromCommands.Invoke(shell, null)!;
    }

    /// <summary>Whether a job passes the filter.</summary>
    public bool Passes(DpoJob job) => _pipeline.Process(job).Length > 0;

    public void Dispose() => _pipeline.Dispose();
}
