using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Hosting;

/// <summary>The requests since the last reset, oldest first; only the newest 100,000 are kept.</summary>
internal sealed class RequestJournal
{
    private const int MaxEntries = 100_000;

    private readonly Lock _lock = new();
    private readonly Queue<JournalEntry> _entries = new();
    private readonly long _origin = TimeProvider.System.GetTimestamp();

    public JournalEntry Begin(HttpRequest request)
    {
        var entry = new JournalEntry(request, Elapsed());
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

/// <summary>One request. Only the names of its headers are kept, because their values may contain a key.</summary>
internal sealed class JournalEntry(HttpRequest request, double startMs)
{
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
