using System;
using System.Management.Automation;
using Fireworks.DpoJobs.Models;

namespace Fireworks.DpoJobs.Commands;

/// <summary>
/// PowerShell's own Where-Object, one job at a time: scope, errors, <c>$_</c> and what counts as true are then exactly what
/// they are behind a pipe.
/// </summary>
internal sealed class WhereObject : IDisposable
{
    private readonly PowerShell _shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
    private readonly SteppablePipeline _pipeline;

    /// <summary>Begins to filter.</summary>
    /// <param name="filter">What Where-Object gets.</param>
    public WhereObject(ScriptBlock filter)
    {
        // As commands, not as a script, which would not run in every language mode.
        _pipeline = _shell
            .AddCommand("Microsoft.PowerShell.Core\\Where-Object")
            .AddParameter("FilterScript", filter)
            .GetSteppablePipeline();
        _pipeline.Begin(expectInput: true);
    }

    /// <summary>Whether a job comes through.</summary>
    public bool Passes(DpoJob job) => _pipeline.Process(job).Length > 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        _pipeline.Dispose();
        _shell.Dispose();
    }
}
