using System;

namespace Fireworks.DpoJobs.Emulator.Har;

/// <summary>A recording cannot be read, or says something that no server could answer. The message names file and place.</summary>
internal sealed class HarFormatException : Exception
{
    /// <summary>Says what is wrong, and where.</summary>
    /// <param name="file">The file.</param>
    /// <param name="place">Where in it, such as <c>log.entries[3].request.url</c>. Null for the whole of it.</param>
    /// <param name="problem">What is wrong there.</param>
    /// <param name="cause">What told so.</param>
    public HarFormatException(string file, string? place, string problem, Exception? cause = null)
        : base(place is null ? $"{file}: {problem}" : $"{file}, {place}: {problem}", cause) { }
}
