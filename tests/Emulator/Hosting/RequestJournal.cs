using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Fireworks.DpoJobs.Emulator.Files;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Hosting;

/// <summary>The requests since the last reset, oldest first; only the newest 100,000 are kept.</summary>
internal sealed class RequestJournal
{
    private const int MaxEntries = 100_000;

    private readonly Lock _lock = new();
    private readonly Queue<JournalEntry> _entries = new();
    private readonly long _origin = TimeProvider.System.GetTimestamp();

    /// <param name="request">The request.</param>
    /// <param name="file">The kind of file that it requests; null for a request of the API.</param>
    public JournalEntry Begin(HttpRequest request, FileKind? file = null)
    {
        var entry = new JournalEntry(request, file, Elapsed());
        lock (_lock)
        {
            _entries.Enqueue(entry);
            if (_entries.Count > MaxEntries)
            {
                _entries.Dequeue();
            }
        }

        return entry;
    }

    public void End(JournalEntry entry, HttpContext context)
    {
        var clientDisconnected = context.RequestAborted.IsCancellationRequested && !entry.EndedByServer;
        var hasStatus = context.Response.HasStarted || !(entry.EndedByServer || clientDisconnected);
        lock (_lock)
        {
            entry.End(Elapsed(), hasStatus ? context.Response.StatusCode : null, clientDisconnected);
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _entries.Clear();
        }
    }

    public IReadOnlyList<JournalEntry> Snapshot()
    {
        lock (_lock)
        {
            return _entries.Select(entry => entry.Copy()).ToArray();
        }
    }

    private double Elapsed() => Math.Round(TimeProvider.System.GetElapsedTime(_origin).TotalMilliseconds, 3);
}

/// <summary>
/// One request. Of most of its headers, only the names are kept, because their values may contain a key.
/// </summary>
internal sealed class JournalEntry(HttpRequest request, FileKind? file, double startMs)
{
    /// <summary><c>metrics</c>, <c>log</c>, or <c>any</c> for another path of the second port. Null for the API.</summary>
    public string? File { get; } = file?.ToString().ToLowerInvariant();

    /// <summary>The value of the header Range; null if it is absent.</summary>
    public string? Range { get; } = (string?)request.Headers.Range;

    /// <summary>The value of the header If-Range; null if it is absent.</summary>
    public string? IfRange { get; } = (string?)request.Headers.IfRange;

    public string Method { get; } = request.Method;

    public string Path { get; } = request.Path.Value ?? "";

    public IReadOnlyList<JournalParameter> Query { get; } =
        request
            .Query.SelectMany(pair => pair.Value.Select(value => new JournalParameter(pair.Key, value ?? "")))
            .ToArray();

    public IReadOnlyList<string> Headers { get; } = request.Headers.Keys.ToArray();

    /// <summary>Milliseconds since the server started.</summary>
    public double StartMs { get; } = startMs;

    /// <summary>Null until the response is complete.</summary>
    public double? EndMs { get; private set; }

    /// <summary>Whether the client disconnected before the response was complete.</summary>
    public bool Aborted { get; private set; }

    /// <summary>Null until the response is complete, and when the connection ended before the headers.</summary>
    public int? Status { get; private set; }

    /// <summary>Set before the server itself ends the connection.</summary>
    internal bool EndedByServer { get; set; }

    public void End(double endMs, int? status, bool aborted)
    {
        EndMs = endMs;
        Status = status;
        Aborted = aborted;
    }

    public JournalEntry Copy() => (JournalEntry)MemberwiseClone();
}

/// <summary>One query parameter; a name can occur more than once.</summary>
internal sealed record JournalParameter(string Name, string Value);
