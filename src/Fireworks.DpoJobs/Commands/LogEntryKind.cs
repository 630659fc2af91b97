namespace Fireworks.DpoJobs;

/// <summary>What the client says something about.</summary>
internal enum LogEntryKind
{
    /// <summary>A request and its answer.</summary>
    Line,

    /// <summary>Something that works, but not as it should.</summary>
    Warning,

    /// <summary>A wait before the next try begins.</summary>
    RetryWait,

    /// <summary>The wait is over.</summary>
    RetryOver,
}
