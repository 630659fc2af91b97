using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>Where the server cuts the connection.</summary>
internal enum AbortPoint
{
    None,
    BeforeHeaders,
    MidBody,
}

/// <summary>Where the server goes silent until the client leaves.</summary>
internal enum StallPoint
{
    None,
    Headers,
    Body,
}

/// <summary>The body of <c>POST /_emulator/respond</c>.</summary>
internal sealed record ResponsePlan
{
    [JsonRequired]
    public IReadOnlyList<CannedResponse> Responses { get; init; } = [];
}

/// <summary>One answer, as bytes and as behaviour, to be given instead of the normal one.</summary>
internal sealed record CannedResponse
{
    /// <summary>The path it answers, without the query; null for any.</summary>
    public string? Path { get; init; }

    public int Status { get; init; } = 200;

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public string? Body { get; init; }

    /// <summary>Instead of <see cref="Body"/>, when it is not text.</summary>
    public byte[]? BodyBase64 { get; init; }

    public int DelayMs { get; init; }

    public AbortPoint Abort { get; init; }

    public StallPoint Stall { get; init; }

    /// <summary>How many requests get it.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>This many spaces follow the body. Space is white space in JSON, so a reader has to read on.</summary>
    public long GenerateBytes { get; init; }

    public byte[] Content() => BodyBase64 ?? Encoding.UTF8.GetBytes(Body ?? "");

    /// <exception cref="InvalidResponseException">A value has no meaning.</exception>
    public void Check()
    {
        Require(Status is >= 200 and <= 999, "status is not from 200 to 999");
        Require(Body is null || BodyBase64 is null, "body and bodyBase64 exclude each other");
        Require(DelayMs >= 0, "delayMs is negative");
        Require(Repeat >= 1, "repeat is less than 1");
        Require(GenerateBytes >= 0, "generateBytes is negative");
        Require(Abort == AbortPoint.None || Stall == StallPoint.None, "abort and stall exclude each other");
    }

    public bool Answers(string path) => Path is null || string.Equals(Path, path, StringComparison.Ordinal);

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidResponseException(otherwise);
        }
    }
}

/// <summary>A canned answer that cannot be given.</summary>
internal sealed class InvalidResponseException(string message) : Exception(message);
