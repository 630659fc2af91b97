using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using Fireworks.DpoJobs.Emulator.Files;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>
/// One rule of a fault plan: the requests that it applies to, a response that replaces the real one, and a fault in the
/// transfer or the content of the response. Each part is optional.
/// </summary>
internal sealed record FaultRule
{
    /// <summary>The path without the query; a * at the end makes it a prefix. Null matches any path.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// The kind of file that the rule is for, on the port of signed addresses. Null for requests of the API, on the first port.
    /// </summary>
    public FileKind? File { get; init; }

    /// <summary>The method, for example <c>DELETE</c>. Null matches any method.</summary>
    public string? Method { get; init; }

    /// <summary>Whether the request is executed before the fault is played. Otherwise it has no effect.</summary>
    public bool AfterEffect { get; init; }

    /// <summary>Numbers of requests, counted from 1 among those with this path since the plan was set.</summary>
    public IReadOnlyList<int>? Requests { get; init; }

    /// <summary>Every n-th request with this path.</summary>
    public int? Every { get; init; }

    /// <summary>The probability of the fault, from 0 to 1.</summary>
    public double? Probability { get; init; }

    /// <summary>
    /// A rate limit: the rule applies to requests beyond so many per second. Unused ones accumulate for one second (a token
    /// bucket). The response is 429 unless <see cref="Status"/> is set.
    /// </summary>
    public int? Rate { get; init; }

    /// <summary>How often the rule is played before it ends; null for no limit.</summary>
    public int? Repeat { get; init; }

    /// <summary>The status of a response that replaces the real one. 200 if only <see cref="Body"/> is set.</summary>
    public int? Status { get; init; }

    /// <summary>Headers of that response. A retry-after such as <c>+1s</c> is sent as an HTTP date relative to now.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body of that response: a string is sent unchanged, an object as JSON.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>Appends this many spaces to that body. A JSON parser must read past them.</summary>
    public int GenerateBytes { get; init; }

    /// <summary>Ends the connection with a TCP RST.</summary>
    public ResetPoint? Reset { get; init; }

    /// <summary>
    /// Closes the port for this many milliseconds, and resets the connection of the request. The control API is unavailable
    /// during this time.
    /// </summary>
    public int? Refuse { get; init; }

    /// <summary>Stops sending until the client disconnects.</summary>
    public StallPoint? Stall { get; init; }

    /// <summary>
    /// The number of bytes of the body that are sent before it is truncated, reset or stalled; null for half of them.
    /// </summary>
    public long? After { get; init; }

    /// <summary>Sends half of the body with the full Content-Length, then closes the connection normally.</summary>
    public bool Truncate { get; init; }

    /// <summary>Sends the whole body with a Content-Length of half its length, or of one byte more.</summary>
    public WrongLength? WrongContentLength { get; init; }

    /// <summary>Compresses the body with gzip, whether the client accepts that or not.</summary>
    public bool Gzip { get; init; }

    /// <summary>Sends the whole file with status 200 although the request has a range.</summary>
    public bool IgnoreRange { get; init; }

    /// <summary>Sends another file, with another ETag: the real one with a line before it.</summary>
    public bool ChangedFile { get; init; }

    /// <summary>Sends half of the compressed body with the Content-Length of that half.</summary>
    public bool TruncatedGzip { get; init; }

    /// <summary>Replaces the content type; <c>none</c> removes it.</summary>
    public string? ContentType { get; init; }

    /// <summary>Omits the body.</summary>
    public bool EmptyBody { get; init; }

    /// <summary>Puts a byte that is not UTF-8 into the first job's displayName.</summary>
    public bool InvalidUtf8 { get; init; }

    /// <summary>Replaces the next page token with the page's own (1), or with that of the page n - 1 pages earlier.</summary>
    public int? TokenLoop { get; init; }

    /// <summary>Inserts a page without jobs before the real one.</summary>
    public bool EmptyPage { get; init; }

    /// <summary>Repeats the last job of the previous page; on a first page, repeats the page's own last job.</summary>
    public bool DuplicateJob { get; init; }

    /// <summary>
    /// From this page on, moves all jobs one position towards the end, as if a job was created during the listing: the last
    /// job of the previous page is repeated, and no job is lost. Has no effect on a first page.
    /// </summary>
    public bool MoveJobs { get; init; }

    /// <summary>Adds unknown fields of every JSON type to the response, each job and its trainingConfig.</summary>
    public bool UnknownFields { get; init; }

    /// <summary>Gives the first job an unknown state.</summary>
    public bool UnknownState { get; init; }

    /// <summary>Sends values that do not fit their fields.</summary>
    public bool Misfits { get; init; }

    /// <summary>Gives the first job a displayName of this many bytes.</summary>
    public int? BigString { get; init; }

    /// <summary>Adds an unknown field to the first job, with this many nested objects.</summary>
    public int? Nesting { get; init; }

    /// <summary>Gives the first job a displayName with ESC, BEL, C1 and bidirectional control characters.</summary>
    public bool EscapeSequences { get; init; }

    /// <summary>Whether the fault depends on the previous pages of a listing.</summary>
    public bool NeedsEarlierPages => TokenLoop is not null || DuplicateJob || MoveJobs;

    private bool ChangesData =>
        NeedsEarlierPages
        || EmptyPage
        || UnknownFields
        || UnknownState
        || Misfits
        || BigString is not null
        || Nesting is not null
        || EscapeSequences
        || InvalidUtf8;

    public bool ReplacesResponse => Status is not null || Rate is not null || Body is not null || GenerateBytes > 0;

    /// <summary>Describes why the rule cannot be played; null if it can.</summary>
    public string? FindMistake() =>
        Path is { } path && !path.StartsWith('/') ? "path does not begin with /"
        : Requests?.Any(number => number < 1) == true ? "requests are numbered from 1"
        : Every < 1 ? "every is less than 1"
        : Rate < 1 ? "rate is less than 1"
        : Status is < 200 or > 999 ? "status is not from 200 to 999"
        : (IgnoreRange || ChangedFile) && File is null ? "ignoreRange and changedFile need a file"
        : ChangesData && File is not null ? "a file has no jobs, whose data the rule changes"
        : After < 0 ? "after is less than 0"
        : After is not null && !Truncate && Reset != ResetPoint.MidBody && Stall != StallPoint.Body
            ? "after needs truncate, reset midBody or stall body"
        : Headers.Count > 0 && !ReplacesResponse ? "headers need a status or a body"
        : null;

    /// <param name="path">The path of a request.</param>
    /// <param name="method">Its method.</param>
    /// <param name="file">The kind of file that it requests; null for a request of the API.</param>
    public bool IsFor(string path, string method, FileKind? file = null) =>
        (File == file || (File == FileKind.Any && file is not null))
        && (Method is null || method == Method)
        && (
            Path is null || (Path.EndsWith('*') ? path.StartsWith(Path[..^1], StringComparison.Ordinal) : path == Path)
        );

    /// <param name="number">The number of the request among those with this path, from 1.</param>
    /// <param name="played">How often the rule was played.</param>
    /// <param name="chance">A random number from 0 up to but excluding 1.</param>
    public bool AppliesTo(int number, int played, double chance) =>
        (Repeat is null || played < Repeat)
        && (Requests?.Contains(number) ?? true)
        && (Every is null || number % Every == 0)
        && (Probability is null || chance < Probability);

    /// <summary>Sets the status and headers of the response that replaces the real one.</summary>
    /// <returns>The body.</returns>
    public byte[] Replace(HttpResponse response)
    {
        var text = Body switch
        {
            null => "",
            { ValueKind: JsonValueKind.String } body => body.GetString()!,
            { } body => body.GetRawText(),
        };
        response.StatusCode = Status ?? (Rate is null ? StatusCodes.Status200OK : StatusCodes.Status429TooManyRequests);
        response.ContentType = text switch
        {
            "" => null,
            ['{' or '[', ..] => "application/json",
            ['<', ..] => "text/html; charset=utf-8",
            _ => "text/plain; charset=utf-8",
        };
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = name.Equals("retry-after", StringComparison.OrdinalIgnoreCase)
                ? FormatRetryAfter(value, DateTimeOffset.UtcNow)
                : value;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        Array.Resize(ref bytes, bytes.Length + GenerateBytes);
        bytes.AsSpan(bytes.Length - GenerateBytes).Fill((byte)' ');
        return bytes;
    }

    /// <summary>Formats <c>+1s</c> and <c>-30s</c> as an HTTP date; returns anything else unchanged.</summary>
    public static string FormatRetryAfter(string value, DateTimeOffset now) =>
        value is ['+' or '-', .., 's']
        && int.TryParse(value[..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            ? now.AddSeconds(seconds).ToString("r", CultureInfo.InvariantCulture)
            : value;
}

/// <summary>When a connection is reset.</summary>
internal enum ResetPoint
{
    BeforeHeaders,
    MidBody,
}

/// <summary>When a response stalls.</summary>
internal enum StallPoint
{
    Headers,
    Body,
}

/// <summary>How a Content-Length is wrong.</summary>
internal enum WrongLength
{
    Smaller,
    Larger,
}
