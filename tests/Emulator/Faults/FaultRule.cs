using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>How a Content-Length is wrong.</summary>
internal enum WrongLength
{
    Smaller,
    Larger,
}

/// <summary>One fault: to which requests it happens, and what happens. Each rule says exactly one of each.</summary>
internal sealed record FaultRule
{
    /// <summary>The path it is for, without the query; with a * at its end, what the path begins with. Null for any.</summary>
    public string? Path { get; init; }

    /// <summary>Which requests, by their number among those with this path since the plan was set; the first is 1.</summary>
    public IReadOnlyList<int>? Requests { get; init; }

    /// <summary>Each n-th request with this path; 1 is every one.</summary>
    public int? Every { get; init; }

    /// <summary>Each request with this path, as the dice fall: from 0 to 1.</summary>
    public double? Probability { get; init; }

    /// <summary>This status instead of the answer, with <see cref="Headers"/> and <see cref="Body"/>.</summary>
    public int? Status { get; init; }

    /// <summary>Goes with <see cref="Status"/>. A retry-after such as <c>+1s</c> is sent as an HTTP date that far from now.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Goes with <see cref="Status"/>: a string is sent as it is, an object as JSON.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>The connection is cut with a TCP RST, without an answer or in the middle of the real one.</summary>
    public AbortPoint? Reset { get; init; }

    /// <summary>
    /// For this many milliseconds nobody listens: the request's connection is cut with an RST, and connecting is refused
    /// by the operating system. The control surface cannot be reached meanwhile either.
    /// </summary>
    [JsonPropertyName("refuse")]
    public int? RefuseMs { get; init; }

    /// <summary>Silence until the client leaves, before the answer or in the middle of it.</summary>
    public StallPoint? Stall { get; init; }

    /// <summary>Half of the body; then the connection ends in good order, though Content-Length promised the whole.</summary>
    public bool Truncate { get; init; }

    /// <summary>The whole body under a Content-Length of half of it, or of one byte more.</summary>
    public WrongLength? WrongContentLength { get; init; }

    /// <summary>Half of the body's gzip, with a Content-Length that is right for it.</summary>
    public bool TruncatedGzip { get; init; }

    /// <summary>The real body under this content type; <c>none</c> for no such header.</summary>
    public string? ContentType { get; init; }

    /// <summary>The real status and headers without a body.</summary>
    public bool EmptyBody { get; init; }

    /// <summary>A byte that is no UTF-8 in the first job's displayName.</summary>
    public bool InvalidUtf8 { get; init; }

    /// <summary>The page's token is the one of the page itself (1), or of the page so many minus one before it.</summary>
    public int? TokenLoop { get; init; }

    /// <summary>No jobs and a token; that token's page is the one that was asked for.</summary>
    public bool EmptyPage { get; init; }

    /// <summary>The page begins with the last job of the page before it; a first page ends with its last job twice.</summary>
    public bool DuplicateJob { get; init; }

    /// <summary>
    /// From this page to the end of the listing all jobs stand one place later, as when a job was created meanwhile:
    /// the last job of the page before comes again, and no job is left out. A first page has nowhere to move from.
    /// </summary>
    public bool MoveJobs { get; init; }

    /// <summary>Fields of every JSON kind that the API does not have, in the answer, each job and its trainingConfig.</summary>
    public bool UnknownFields { get; init; }

    /// <summary>The first job is in a state that the API does not have.</summary>
    public bool UnknownState { get; init; }

    /// <summary>The first job's displayName has so many bytes.</summary>
    public int? BigString { get; init; }

    /// <summary>The first job has an unknown field with so many objects inside each other.</summary>
    public int? Nesting { get; init; }

    /// <summary>The first job's displayName has ESC, BEL, C1 and bidirectional control characters.</summary>
    public bool EscapeSequences { get; init; }

    /// <summary>Whether what happens can be played only by one who knows the pages before.</summary>
    public bool NeedsEarlierPages => TokenLoop is not null || DuplicateJob || MoveJobs;

    /// <summary>What keeps the rule from being followed; null when nothing does.</summary>
    public string? FindMistake()
    {
        if (CountOf(Requests, Every, Probability) != 1)
        {
            return "one of requests, every and probability must say when it applies";
        }

        var effects = Effects().ToList();
        return effects.Count != 1
                ? "exactly one fault must be named, but there "
                    + (effects.Count == 0 ? "is none" : "are " + string.Join(", ", effects))
            : Requests is { Count: 0 } || Requests?.Any(number => number < 1) == true
                ? "requests are numbers from 1, and at least one"
            : Every < 1 ? "every is less than 1"
            : Probability is < 0 or > 1 ? "probability is not from 0 to 1"
            : Path is { } path && !path.StartsWith('/') ? "path does not begin with /"
            : Status is < 200 or > 999 ? "status is not from 200 to 999"
            : Status is null && (Headers is not null || Body is not null) ? "headers and body go with a status only"
            : Reset == AbortPoint.None || Stall == StallPoint.None ? "'none' is no place"
            : RefuseMs is < 1 or > 10_000 ? "refuse is not from 1 to 10000 ms"
            : TokenLoop < 1 ? "tokenLoop is less than 1"
            : BigString < 1 ? "bigString is less than 1"
            : Nesting < 1 ? "nesting is less than 1"
            : null;
    }

    public bool IsFor(string path) =>
        Path is null
        || (
            Path.EndsWith('*')
                ? path.StartsWith(Path[..^1], StringComparison.Ordinal)
                : string.Equals(path, Path, StringComparison.Ordinal)
        );

    /// <param name="number">The request's number among those with this path.</param>
    /// <param name="chance">From 0 to 1, excluding 1.</param>
    public bool AppliesTo(int number, double chance) =>
        Requests?.Contains(number) ?? (Every is { } every ? number % every == 0 : chance < Probability);

    private IEnumerable<string> Effects() =>
        new (string Name, bool IsNamed)[]
        {
            ("status", Status is not null),
            ("reset", Reset is not null),
            ("refuse", RefuseMs is not null),
            ("stall", Stall is not null),
            ("truncate", Truncate),
            ("wrongContentLength", WrongContentLength is not null),
            ("truncatedGzip", TruncatedGzip),
            ("contentType", ContentType is not null),
            ("emptyBody", EmptyBody),
            ("invalidUtf8", InvalidUtf8),
            ("tokenLoop", TokenLoop is not null),
            ("emptyPage", EmptyPage),
            ("duplicateJob", DuplicateJob),
            ("moveJobs", MoveJobs),
            ("unknownFields", UnknownFields),
            ("unknownState", UnknownState),
            ("bigString", BigString is not null),
            ("nesting", Nesting is not null),
            ("escapeSequences", EscapeSequences),
        }
            .Where(effect => effect.IsNamed)
            .Select(effect => effect.Name);

    private static int CountOf(params object?[] values) => values.Count(value => value is not null);
}
