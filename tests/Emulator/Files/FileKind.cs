namespace Fireworks.DpoJobs.Emulator.Files;

/// <summary>The files of a job.</summary>
internal enum FileKind
{
    /// <summary>In fault rules: a file of either kind.</summary>
    Any,

    /// <summary>The metrics of the training, as JSON Lines.</summary>
    Metrics,

    /// <summary>The output of the trainer.</summary>
    Log,
}
