namespace Fireworks.DpoJobs.Emulator.Har;

/// <summary>How long the parts of a request took, in milliseconds.</summary>
internal sealed record HarTimings
{
    /// <summary>Sending the request.</summary>
    public double Send { get; init; }

    /// <summary>Waiting for the answer.</summary>
    public double Wait { get; init; }

    /// <summary>Reading the answer.</summary>
    public double Receive { get; init; }
}
