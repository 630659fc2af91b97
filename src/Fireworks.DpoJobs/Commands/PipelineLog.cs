using System;
using System.Collections.Concurrent;
using System.Threading;
using Fireworks.DpoJobs.Client;

namespace Fireworks.DpoJobs.Commands;

/// <summary>Carries log lines from the client's threads to the pipeline's, where alone they may be written.</summary>
internal sealed class PipelineLog : IClientLog, IDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly SemaphoreSlim _changed = new(0);

    /// <inheritdoc/>
    public void Verbose(string message)
    {
        _lines.Enqueue(message);
        Wake();
    }

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

    /// <summary>Takes the oldest line.</summary>
    public bool TryTake(out string line) => _lines.TryDequeue(out line!);

    /// <inheritdoc/>
    public void Dispose() => _changed.Dispose();
}
