using System;

namespace Fireworks.DpoJobs;

/// <summary>
/// The state of a job as the views show it. Made from the wire's text, which a job that comes back from Import-Clixml or
/// from another process still has.
/// </summary>
public static class JobStateText
{
    private const string Prefix = "JOB_STATE_";

    /// <summary>
    /// The state in colour: green ended well, red failed, yellow needs a look, cyan under way. PowerShell 7 takes the
    /// colour out again where it takes that of its own headers out: under NO_COLOR, and in what is redirected or piped
    /// inside PowerShell. Windows PowerShell never does, so there the text is plain.
    /// </summary>
    /// <param name="stateText">A job's StateText. Null or empty for none.</param>
    /// <returns>The state, between escape sequences on PowerShell 7; null without a state.</returns>
    public static string? Colored(string? stateText)
    {
        var text = Plain(stateText);
#if NET
        return text is null ? null : $"\u001b[{Color(JobStates.Parse(stateText))}m{text}\u001b[0m";
#else
        return text;
#endif
    }

    /// <summary>The state's name; for a state that this version does not know, the service's own, without its prefix.</summary>
    /// <param name="stateText">A job's StateText. Null or empty for none.</param>
    /// <returns>For example <c>Completed</c>, or <c>HIBERNATING</c>; null without a state.</returns>
    public static string? Plain(string? stateText) =>
        JobStates.Parse(stateText) switch
        {
            null => null,
            JobState.Unrecognized => DisplayText.Text(
                stateText!.StartsWith(Prefix, StringComparison.Ordinal) ? stateText.Substring(Prefix.Length) : stateText
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
