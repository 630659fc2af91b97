namespace Fireworks.DpoJobs.Emulator.Har;

/// <summary>A whole HAR 1.2 file (http://www.softwareishard.com/blog/har-12-spec/).</summary>
internal sealed record HarFile
{
    /// <summary>What it holds.</summary>
    public required HarLog Log { get; init; }
}
