using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Har;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Replay;

/// <summary>Answers requests as recordings say. It does so at once: the time that an answer took is not waited.</summary>
internal sealed class ReplayHandler
{
    private const int Unimplemented = 12;

    private readonly IReadOnlyList<ReplayEntry> _entries;
    private readonly Dictionary<string, ReplaySequence> _sequences;
    private readonly TextWriter _log;

    private ReplayHandler(IReadOnlyList<ReplayEntry> entries, TextWriter log)
    {
        _entries = entries;
        _sequences = entries
            .GroupBy(entry => entry.Line.Text, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => new ReplaySequence([.. group.Select(entry => entry.Answer)]),
                StringComparer.Ordinal
            );
        _log = TextWriter.Synchronized(log);
    }

    /// <summary>How many entries there are to answer from.</summary>
    public int EntryCount => _entries.Count;

    /// <summary>Loads one recording, or all *.har files of a directory (but none below it).</summary>
    /// <param name="path">The file or directory.</param>
    /// <param name="log">Hears of requests that no entry answers.</param>
    /// <exception cref="HarFormatException">A file is missing or malformed.</exception>
    public static ReplayHandler Load(string path, TextWriter log) => new(ReplayEntries.Load(path), log);

    /// <summary>
    /// Answers a request with the entry of the same method, path and query: the first time with the first such entry,
    /// then with the next, then with the last again and again. 501 when there is none.
    /// </summary>
    public async Task HandleAsync(HttpContext context)
    {
        var line = RequestLine.From(context.Request);
        if (_sequences.TryGetValue(line.Text, out var sequence))
        {
            await sequence.Next().WriteAsync(context);
            return;
        }
        var message = Describe(line);
        await _log.WriteLineAsync(message);
        // The answer would be the same.
        context.Response.Headers["x-should-retry"] = "false";
        await ErrorAnswer.WriteAsync(context, StatusCodes.Status501NotImplemented, Unimplemented, message);
    }

    private string Describe(RequestLine line)
    {
        if (_entries.Count == 0)
        {
            return $"no entry for {line}; the recording has none at all";
        }
        var nearest = _entries
            .Select(entry => (entry.Name, Difference: new RequestDifference(line, entry.Line)))
            .MinBy(pair => pair.Difference.Distance);
        return $"no entry for {line}; nearest is {nearest.Name}: {nearest.Difference}";
    }
}
