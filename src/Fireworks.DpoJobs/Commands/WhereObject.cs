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
    // Errors come with the output, since a pipeline that is stepped through has no error stream of its own.
    private const string Script =
        "param($FilterScript) Microsoft.PowerShell.Core\\Where-Object -FilterScript $FilterScript 2>&1";

    private readonly SteppablePipeline _pipeline;
    private readonly Action<ErrorRecord> _report;

    /// <summary>Begins to filter.</summary>
    /// <param name="filter">What Where-Object gets.</param>
    /// <param name="report">Takes the errors that happen in the block.</param>
    public WhereObject(ScriptBlock filter, Action<ErrorRecord> report)
    {
        _report = report;
        _pipeline = ScriptBlock.Create(Script).GetSteppablePipeline(CommandOrigin.Internal, [filter]);
        _pipeline.Begin(expectInput: true);
    }

    /// <summary>Whether a job comes through.</summary>
    public bool Passes(DpoJob job)
    {
        var passes = false;
        foreach (var output in _pipeline.Process(job))
        {
            if ((output is PSObject wrapped ? wrapped.BaseObject : output) is ErrorRecord error)
            {
                _report(error);
            }
            else
            {
                passes = true;
            }
        }
        return passes;
    }

    /// <inheritdoc/>
    public void Dispose() => _pipeline.Dispose();
}
