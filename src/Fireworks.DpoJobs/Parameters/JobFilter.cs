using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>
/// A filter for jobs: an AIP-160 filter that the service evaluates (<c>'state = JOB_STATE_FAILED'</c>), or a script block as
/// for Where-Object (<c>{ $_.State -eq 'Failed' }</c>). The module sends the part of the block that it can translate exactly,
/// then runs the whole block on the results.
/// </summary>
public sealed class JobFilter
{
    /// <summary>An AIP-160 filter, which is sent unchanged.</summary>
    /// <param name="text">The filter. Not blank: a misspelled variable must not select all jobs.</param>
    /// <exception cref="ArgumentException"><paramref name="text"/> is null, empty or white space.</exception>
    public JobFilter(string text) =>
        Text = string.IsNullOrWhiteSpace(text)
            ? throw new ArgumentException("The filter is empty. To select all jobs, omit it.")
            : text;

    /// <summary>A condition on <c>$_</c>.</summary>
    /// <param name="scriptBlock">A script block as for Where-Object.</param>
    /// <exception cref="ArgumentNullException"><paramref name="scriptBlock"/> is null.</exception>
    public JobFilter(ScriptBlock scriptBlock) =>
        ScriptBlock = scriptBlock ?? throw new ArgumentNullException(nameof(scriptBlock));

    /// <summary>The AIP-160 filter. Null when the filter is a script block.</summary>
    public string? Text { get; }

    /// <summary>The script block. Null when the filter is an AIP-160 filter.</summary>
    public ScriptBlock? ScriptBlock { get; }

    /// <summary>The filter as the user wrote it.</summary>
    /// <returns>The AIP-160 filter, or the text between the braces of the script block.</returns>
    public override string ToString() => Text ?? ScriptBlock?.ToString() ?? "";
}
