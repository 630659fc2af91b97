using System;

namespace Fireworks.DpoJobs.Emulator.Har;

/// <summary>One request and its answer.</summary>
internal sealed record HarEntry
{
    /// <summary>When the request was made.</summary>
    public DateTimeOffset StartedDateTime { get; init; }

    /// <summary>How long the answer took, in milliseconds.</summary>
    public double Time { get; init; }

    /// <summary>What was asked.</summary>
    public required HarRequest Request { get; init; }

    /// <summary>What was answered.</summary>
    public required HarResponse Response { get; init; }

    /// <summary>The use of a cache, which there is none of. The format demands the object.</summary>
    public HarCache Cache { get; init; } = new();

    /// <summary>The parts of <see cref="Time"/>.</summary>
    public HarTimings Timings { get; init; } = new();

    /// <summary>What is to be known about this entry.</summary>
    public string? Comment { get; init; }
}
