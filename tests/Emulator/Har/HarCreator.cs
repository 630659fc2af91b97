namespace Fireworks.DpoJobs.Emulator.Har;

/// <summary>The program that wrote a HAR file.</summary>
internal sealed record HarCreator
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its version.</summary>
    public string Version { get; init; } = "";
}
