using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs.Emulator.Recordings;

/// <summary>A HAR 1.2 file: recorded requests with their responses.</summary>
internal sealed record HarLog
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    public string Version { get; init; } = "1.2";

    public HarCreator Creator { get; init; } = new("Fireworks.DpoJobs.Emulator", "1.0");

    /// <summary>The origin of the recording.</summary>
    public string? Comment { get; init; }

    public required IReadOnlyList<HarEntry> Entries { get; init; }

    /// <exception cref="InvalidInputException">The file cannot be read or is not a HAR file.</exception>
    public static HarLog Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<HarFile>(stream, Json)?.Log
                ?? throw new InvalidInputException($"{name}: an object with a log was expected.");
        }
        catch (JsonException e)
        {
            throw new InvalidInputException(
                $"{name}, line {(e.LineNumber ?? 0) + 1} ({e.Path ?? "$"}): {e.Message}",
                e
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{name}: {e.Message}", e);
        }
    }

    public void Write(string path)
    {
        using var stream = File.Create(path);
        JsonSerializer.Serialize(stream, new HarFile(this), Json);
        stream.WriteByte((byte)'\n');
    }

    private sealed record HarFile([property: JsonRequired] HarLog Log);
}

/// <summary>The program that wrote a HAR file.</summary>
internal sealed record HarCreator(string Name, string Version);

/// <summary>One request with its response.</summary>
internal sealed record HarEntry
{
    public DateTimeOffset StartedDateTime { get; init; }

    /// <summary>Milliseconds from the request to the end of the response.</summary>
    public double Time { get; init; }

    public required HarRequest Request { get; init; }

    public required HarResponse Response { get; init; }

    /// <summary>Required by the format; always empty.</summary>
    public object Cache { get; init; } = new();

    public HarTimings Timings { get; init; } = new(0, 0, 0);
}

/// <summary>The parts of a request's time, in milliseconds.</summary>
internal sealed record HarTimings(double Send, double Wait, double Receive);

internal sealed record HarRequest
{
    public required string Method { get; init; }

    /// <summary>The absolute address.</summary>
    public required string Url { get; init; }

    public string HttpVersion { get; init; } = "HTTP/1.1";

    /// <summary>Always empty when recorded.</summary>
    public IReadOnlyList<HarPair> Cookies { get; init; } = [];

    public IReadOnlyList<HarPair> Headers { get; init; } = [];

    public IReadOnlyList<HarPair> QueryString { get; init; } = [];

    public HarPostData? PostData { get; init; }

    public long HeadersSize { get; init; } = -1;

    public long BodySize { get; init; } = -1;
}

/// <summary>The body of a request.</summary>
internal sealed record HarPostData(string MimeType, string Text, string? Comment = null);

internal sealed record HarResponse
{
    public required int Status { get; init; }

    public string StatusText { get; init; } = "";

    public string HttpVersion { get; init; } = "HTTP/1.1";

    /// <summary>Always empty when recorded.</summary>
    public IReadOnlyList<HarPair> Cookies { get; init; } = [];

    public IReadOnlyList<HarPair> Headers { get; init; } = [];

    public required HarContent Content { get; init; }

    [JsonPropertyName("redirectURL")]
    public string RedirectUrl { get; init; } = "";

    public long HeadersSize { get; init; } = -1;

    public long BodySize { get; init; } = -1;
}

/// <summary>The body of a response.</summary>
internal sealed record HarContent
{
    /// <summary>Bytes of the uncompressed body.</summary>
    public long Size { get; init; }

    public string MimeType { get; init; } = "";

    public string? Text { get; init; }

    /// <summary><c>base64</c>, or null if <see cref="Text"/> is the body itself.</summary>
    public string? Encoding { get; init; }

    public string? Comment { get; init; }
}

/// <summary>A header or a query parameter, decoded.</summary>
internal sealed record HarPair([property: JsonRequired] string Name, [property: JsonRequired] string Value);
