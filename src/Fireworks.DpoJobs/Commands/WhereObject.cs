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
    private const string Script =
        "param($FilterScript) Microsoft.PowerShell.Core\\Where-Object -FilterScript $FilterScript";

    private readonly SteppablePipeline _pipeline;

    /// <summary>Begins to filter.</summary>
    /// <param name="filter">What Where-Object gets.</param>
    public WhereObject(ScriptBlock filter)
    {
        _pipeline = ScriptBlock.Create(Script).GetSteppablePipeline(CommandOrigin.Internal, [filter]);
        _pipeline.Begin(expectInput: true);
    }

    /// <summary>Whether a job comes through.</summary>
    public bool Passes(DpoJob job) => _pipeline.Process(job).Length > 0;

    /// <inheritdoc/>
    public void Dispose() => _pipeline.Dispose();
}
