using System;
using Fireworks.DpoJobs.Models;

namespace Fireworks.DpoJobs.Formatting;

/// <summary>The state of a job as the views show it.</summary>
public static class JobStateText
{
    private const string Prefix = "JOB_STATE_";

    /// <summary>
    /// The state in colour: green ended well, red failed, yellow needs a look, cyan under way. PowerShell 7 takes the
    /// colour out again where the host has none, under NO_COLOR and in redirected output; Windows PowerShell does not, so
    /// there the text is plain.
    /// </summary>
    /// <param name="job">A job. Null for none.</param>
    /// <returns>The state, between escape sequences on PowerShell 7; null without a state.</returns>
    public static string? Colored(DpoJob? job)
    {
        var text = Plain(job);
#if NET
        return text is null ? null : $"\u001b[{Color(job!.State)}m{text}\u001b[0m";
#else
        return text;
#endif
    }

    /// <summary>The state's name; for a state that this version does not know, the service's own, without its prefix.</summary>
    /// <param name="job">A job. Null for none.</param>
    /// <returns>For example <c>Completed</c>, or <c>HIBERNATING</c>; null without a state.</returns>
    public static string? Plain(DpoJob? job) =>
        job?.State switch
        {
            null => null,
            JobState.Unrecognized => DisplayText.Text(
                job.StateText!.StartsWith(Prefix, StringComparison.Ordinal)
                    ? job.StateText.Substring(Prefix.Length)
                    : job.StateText
            ),
            { } state => state.ToString(),
        };

#if NET
    private static int Color(JobState? state) =>
        state switch
        {
            JobState.Completed or JobState.EarlyStopped => 32,
            JobState.Failed or JobState.Expired => 31,
            JobState.Paused or JobState.Cancelled or JobState.Cancelling or JobState.Unrecognized => 33,
            JobState.Deleting or JobState.DeletingCleaningUp or JobState.Deleted or JobState.Archived => 90,
            _ => 36,
        };
#endif
}
