namespace Fireworks.DpoJobs;

/// <summary>Extends tasks.</summary>
internal static class TaskExtensions
{
    /// <summary>
    /// Marks a later failure of a task as handled, for a task that is not awaited if the user stops the command first.
    /// </summary>
    public static void Observe(this Task task) =>
        _ = task.ContinueWith(
            static failed => _ = failed.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
}
