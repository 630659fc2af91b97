using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>
/// Which jobs a listing is for: an AIP-160 filter (<c>'state = JOB_STATE_FAILED'</c>), which the service evaluates, or a
/// script block as Where-Object takes it (<c>{ $_.State -eq 'Failed' }</c>), of which the service is asked for as much as
/// certainly means the same to it, and which then runs on every job that comes back.
/// </summary>
public sealed class JobFilter
{
    /// <summary>A filter that is sent as it is.</summary>
    /// <param name="text">An AIP-160 filter. Empty for none.</param>
    public JobFilter(string? text) => Text = string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary>A condition on <c>$_</c>.</summary>
    /// <param name="scriptBlock">A script block that Where-Object would take.</param>
    public JobFilter(ScriptBlock? scriptBlock) => ScriptBlock = scriptBlock;

    /// <summary>The AIP-160 filter. Null when there is none, or a script block.</summary>
    public string? Text { get; }

    /// <summary>The script block. Null when there is none.</summary>
    public ScriptBlock? ScriptBlock { get; }

    /// <summary>The filter as it was given.</summary>
    /// <returns>Its text; of a script block, what stands between the braces.</returns>
    public override string ToString() => Text ?? ScriptBlock?.ToString() ?? "";
}
