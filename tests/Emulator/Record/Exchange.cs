using System;
using System.Collections.Generic;
using Fireworks.DpoJobs.Emulator.Har;

namespace Fireworks.DpoJobs.Emulator.Record;

/// <summary>A request that was forwarded, and the answer, as they came: secrets and all. Never kept.</summary>
internal sealed record Exchange
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>From sending to the last byte.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The address upstream.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The client's headers.</summary>
    public required IReadOnlyList<HarPair> RequestHeaders { get; init; }

    /// <summary>The client's body.</summary>
    public required byte[] RequestBody { get; init; }

    /// <summary>The status.</summary>
    public required int Status { get; init; }

    /// <summary>The words beside the status.</summary>
    public required string Reason { get; init; }

    /// <summary>The version of HTTP spoken with upstream.</summary>
    public required Version HttpVersion { get; init; }

    /// <summary>The answer's headers.</summary>
    public required IReadOnlyList<HarPair> ResponseHeaders { get; init; }

    /// <summary>The answer's body, as on the wire.</summary>
    public required byte[] ResponseBody { get; init; }
}
