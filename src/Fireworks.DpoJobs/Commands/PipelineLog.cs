using System;
using System.Collections.Concurrent;
using System.Threading;

namespace Fireworks.DpoJobs;

/// <summary>Carries what the client says from its threads to the pipeline's, where alone it may be written.</summary>
internal sealed class PipelineLog : IClientLog, IDisposable
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();
    private readonly SemaphoreSlim _changed = new(0);

    /// <inheritdoc/>
    public void Verbose(string message) => Add(new LogEntry(LogEntryKind.Line, message));

    /// <inheritdoc/>
    public void Warning(string message) => Add(new LogEntry(LogEntryKind.Warning, message));

    /// <inheritdoc/>
    public void RetryWait(string message) => Add(new LogEntry(LogEntryKind.RetryWait, message));

    /// <inheritdoc/>
    public void RetryOver() => Add(new LogEntry(LogEntryKind.RetryOver, null));

    /// <summary>Ends a <see cref="WaitForChange"/>.</summary>
    public void Wake()
    {
        try
        {
            _changed.Release();
        }
        catch (ObjectDisposedException)
        {
            // A page that was fetched ahead came to its end after the command had.
        }
    }

    /// <summary>Waits until there is something to look at.</summary>
    public void WaitForChange(CancellationToken cancellationToken) => _changed.Wait(cancellationToken);

    /// <summary>Takes the oldest entry.</summary>
    public bool TryTake(out LogEntry entry) => _entries.TryDequeue(out entry);

    /// <inheritdoc/>
    public void Dispose() => _changed.Dispose();

    private void Add(LogEntry entry)
    {
        _entries.Enqueue(entry);
        Wake();
    }
}
