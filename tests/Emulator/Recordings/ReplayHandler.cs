using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Account;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Recordings;

/// <summary>Sends recorded responses, without the recorded delay.</summary>
internal sealed class ReplayHandler
{
    private readonly IReadOnlyList<RecordedResponse> _responses;
    private readonly Dictionary<string, ResponseSequence> _sequences;
    private readonly TextWriter _log;

    private ReplayHandler(IReadOnlyList<RecordedResponse> responses, TextWriter log)
    {
        _responses = responses;
        _sequences = responses
            .GroupBy(response => response.Line.Text)
            .ToDictionary(group => group.Key, group => new ResponseSequence([.. group]), StringComparer.Ordinal);
        _log = log;
    }

    /// <param name="path">A HAR file, or a folder with *.har files. Subfolders are not loaded.</param>
    /// <param name="log">Receives the requests that have no recorded response.</param>
    /// <exception cref="InvalidInputException">A file is missing or cannot be replayed.</exception>
    public static ReplayHandler Load(string path, TextWriter log) => new(LoadResponses(path), log);

    public static IReadOnlyList<RecordedResponse> LoadResponses(string path)
    {
        string[] files = [path];
        if (Directory.Exists(path))
        {
            files = [.. Directory.GetFiles(path, "*.har").Order(StringComparer.Ordinal)];
        }

        return files.Length == 0
            ? throw new InvalidInputException($"{path}: the folder contains no *.har file.")
            :
            [
                .. files.SelectMany(file =>
                    HarLog
                        .Read(file)
                        .Entries.Select((entry, index) => new RecordedResponse(Path.GetFileName(file), index, entry))
                ),
            ];
    }

    /// <summary>
    /// Sends the response of the entry with the same method, path and query. Several such entries are used in turn, and the
    /// last one repeatedly. Sends a 501 if there is none.
    /// </summary>
    public async Task HandleAsync(HttpContext context)
    {
        var line = RequestLine.From(context.Request);
        if (_sequences.TryGetValue(line.Text, out var sequence))
        {
            await sequence.Next().WriteAsync(context);
            return;
        }

        var message = $"no entry for {line.Text}; {DescribeNearest(line)}";
        await _log.WriteLineAsync(message);
        context.Response.Headers["x-should-retry"] = "false";
        await ApiException.WriteAsync(context, StatusCodes.Status501NotImplemented, 12, "UNIMPLEMENTED", message);
    }

    private string DescribeNearest(RequestLine line)
    {
        if (_responses.Count == 0)
        {
            return "the recording is empty";
        }

        var (name, (_, description)) = _responses
            .Select(response => (response.Name, Difference: line.Compare(response.Line)))
            .MinBy(pair => pair.Difference.Distance);
        return $"nearest is {name}: {description}";
    }

    /// <summary>The responses to one request.</summary>
    private sealed class ResponseSequence(RecordedResponse[] responses)
    {
        private long _count;

        public RecordedResponse Next() =>
            responses[(int)long.Min(Interlocked.Increment(ref _count), responses.Length) - 1];
    }
}

/// <summary>One entry of a recording, checked and ready to be sent.</summary>
internal sealed class RecordedResponse
{
    // The recorded body is uncompressed.
    private static readonly HashSet<string> BodyHeaders = new(
        ["content-length", "content-encoding"],
        StringComparer.OrdinalIgnoreCase
    );

    private readonly int _status;
    private readonly IReadOnlyList<HarPair> _headers;
    private readonly byte[] _body;

    /// <exception cref="InvalidInputException">The entry cannot be replayed.</exception>
    public RecordedResponse(string file, int index, HarEntry entry)
    {
        InvalidInputException Invalid(string position, string reason) =>
            new($"{file}, log.entries[{index}].{position}: {reason}");

        Name = $"{file} entry {index + 1}";
        Line =
            Uri.TryCreate(entry.Request.Url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
                ? RequestLine.From(entry.Request.Method, address)
                : throw Invalid("request.url", "an absolute http or https address was expected.");
        var response = entry.Response;
        _status = response.Status is >= 200 and <= 999
            ? response.Status
            : throw Invalid("response.status", $"{response.Status} is not a valid status.");
        // Names that begin with a colon, such as :status, belong to HTTP/2.
        _headers =
        [
            .. response.Headers.Where(header =>
                header.Name is not [':', ..]
                && !BodyHeaders.Contains(header.Name)
                && !ConnectionHeaders.Contains(header.Name)
            ),
        ];
        if (_headers.FirstOrDefault(header => !ConnectionHeaders.IsValid(header)) is { } invalid)
        {
            throw Invalid("response.headers", $"the header '{Uri.EscapeDataString(invalid.Name)}' cannot be sent.");
        }

        var text = response.Content.Text ?? "";
        try
        {
            _body = response.Content.Encoding switch
            {
                null or "" => Encoding.UTF8.GetBytes(text),
                "base64" => Convert.FromBase64String(text),
                var other => throw Invalid("response.content.encoding", $"'{other}' is unknown; use base64."),
            };
        }
        catch (FormatException)
        {
            throw Invalid("response.content.text", "the text is not base64.");
        }
    }

    /// <summary>The name in the log, for example <c>get.har entry 1</c>.</summary>
    public string Name { get; }

    public RequestLine Line { get; }

    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = _status;
        foreach (var header in _headers)
        {
            response.Headers.Append(header.Name, header.Value);
        }

        // Some tools record a cached body for these statuses.
        if (_status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
        {
            return Task.CompletedTask;
        }

        response.ContentLength = _body.Length;
        return response.Body.WriteAsync(_body, context.RequestAborted).AsTask();
    }
}

/// <summary>Headers that belong to one connection and must not be copied to another.</summary>
internal static class ConnectionHeaders
{
    private static readonly HashSet<string> Names = new(
        ["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"],
        StringComparer.OrdinalIgnoreCase
    );

    public static bool Contains(string name) => Names.Contains(name);

    /// <summary>Whether a server can send this header.</summary>
    public static bool IsValid(HarPair header) =>
        header.Name.Length > 0
        && header.Name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal))
        && header.Value.All(c => c is '\t' or (>= ' ' and <= '~'));
}
