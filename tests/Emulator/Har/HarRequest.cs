using System.Collections.Generic;

namespace Fireworks.DpoJobs.Emulator.Har;

/// <summary>What was asked.</summary>
internal sealed record HarRequest
{
    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The absolute address, with its query.</summary>
    public required string Url { get; init; }

    /// <summary>The version of HTTP.</summary>
    public string HttpVersion { get; init; } = "HTTP/1.1";

    /// <summary>Cookies; none is ever recorded.</summary>
    public IReadOnlyList<HarPair> Cookies { get; init; } = [];

    /// <summary>The headers.</summary>
    public IReadOnlyList<HarPair> Headers { get; init; } = [];

    /// <summary>The query of <see cref="Url"/>, decoded.</summary>
    public IReadOnlyList<HarPair> QueryString { get; init; } = [];

    /// <summary>The body. Null when there is none.</summary>
    public HarPostData? PostData { get; init; }

    /// <summary>Bytes of the headers. -1 when not known.</summary>
    public long HeadersSize { get; init; } = -1;

    /// <summary>Bytes of the body. -1 when not known.</summary>
    public long BodySize { get; init; } = -1;
}
