using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs.Emulator.Har;

/// <summary>What was answered.</summary>
internal sealed record HarResponse
{
    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The words beside the status.</summary>
    public string StatusText { get; init; } = "";

    /// <summary>The version of HTTP.</summary>
    public string HttpVersion { get; init; } = "HTTP/1.1";

    /// <summary>Cookies; none is ever recorded.</summary>
    public IReadOnlyList<HarPair> Cookies { get; init; } = [];

    /// <summary>The headers.</summary>
    public IReadOnlyList<HarPair> Headers { get; init; } = [];

    /// <summary>The body.</summary>
    public required HarContent Content { get; init; }

    /// <summary>Where the answer sends the client to; empty for nowhere.</summary>
    [JsonPropertyName("redirectURL")]
    public string RedirectUrl { get; init; } = "";

    /// <summary>Bytes of the headers. -1 when not known.</summary>
    public long HeadersSize { get; init; } = -1;

    /// <summary>Bytes of the body as sent. -1 when not known.</summary>
    public long BodySize { get; init; } = -1;
}
