using System.Collections.Generic;

namespace Fireworks.DpoJobs.Emulator.Har;

/// <summary>Recorded requests and their answers.</summary>
internal sealed record HarLog
{
    /// <summary>The version of the format.</summary>
    public string Version { get; init; } = "1.2";

    /// <summary>Who wrote the file.</summary>
    public HarCreator Creator { get; init; } = new();

    /// <summary>Where what is in the file comes from.</summary>
    public string? Comment { get; init; }

    /// <summary>The requests, in the order in which they were made.</summary>
    public required IReadOnlyList<HarEntry> Entries { get; init; }
}
