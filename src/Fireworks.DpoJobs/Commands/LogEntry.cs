namespace Fireworks.DpoJobs;

/// <summary>Something that the client said.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">The line. Null when there is nothing to say.</param>
internal readonly record struct LogEntry(LogEntryKind Kind, string? Text);
