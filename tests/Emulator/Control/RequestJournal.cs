using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Control;

/// <summary>The requests since the last reset, oldest first; of very many only the newest are kept.</summary>
internal sealed class RequestJournal(TimeProvider time)
{
    private const int MostEntries = 100_000;

    private readonly Lock _lock = new();
    private readonly Queue<JournalEntry> _entries = new();
    private readonly long _origin = time.GetTimestamp();

    public JournalEntry Begin(HttpRequest request)
    {
        var entry = new JournalEntry(request, Elapsed());
        lock (_lock)
        {
            _entries.Enqueue(entry);
            if (_entries.Count > MostEntries)
            {
                _entries.Dequeue();
            }
        }

        return entry;
    }

    public void End(JournalEntry entry, HttpContext context)
    {
        var clientLeft = context.RequestAborted.IsCancellationRequested && !entry.EndedByServer;
        lock (_lock)
        {
            entry.End(Elapsed(), WasAnswered(entry, context) ? context.Response.StatusCode : null, clientLeft);
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

    /// <summary>A connection that was cut before the headers left nothing that has a status.</summary>
    private static bool WasAnswered(JournalEntry entry, HttpContext context) =>
        context.Response.HasStarted || !(entry.EndedByServer || context.RequestAborted.IsCancellationRequested);

    private double Elapsed() => Math.Round(time.GetElapsedTime(_origin).TotalMilliseconds, 3);
}
