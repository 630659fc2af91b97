namespace Fireworks.DpoJobs.Emulator.Har;

/// <summary>A header, a query parameter or a cookie.</summary>
internal sealed record HarPair
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its value, decoded.</summary>
    public required string Value { get; init; }
}
