using System.Collections.Concurrent;
using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>
/// Queues messages from any thread until the pipeline thread writes them: only that thread may write. All requests of the cmdlet
/// share one progress bar for retries.
/// </summary>
/// <param name="cmdlet">Writes the messages.</param>
internal sealed class PipelineLog(PSCmdlet cmdlet) : IClientLog, IDisposable
{
    private readonly ConcurrentQueue<Action> _entries = new();
    private readonly SemaphoreSlim _changed = new(0);
    private int _waits;

    /// <inheritdoc/>
    public void Verbose(string message) => Add(() => cmdlet.WriteVerbose(message));

    /// <inheritdoc/>
    public void Warning(string message) => Add(() => cmdlet.WriteWarning(message));

    /// <inheritdoc/>
    public void RetryWait(string message) =>
        Add(() =>
        {
            cmdlet.WriteVerbose(message);
            WriteRetryProgress(message, 1);
        });

    /// <inheritdoc/>
    public void RetryOver() => Add(() => WriteRetryProgress("Retrying", -1));

    /// <summary>Ends a <see cref="WaitForChange"/>.</summary>
    public void Wake()
    {
        try
        {
            _changed.Release();
        }
        catch (ObjectDisposedException)
        {
            // A page that was requested ahead completed after the command.
        }
    }

    /// <summary>Blocks until something was queued, or <see cref="Wake"/> was called.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void WaitForChange(CancellationToken cancellationToken) => _changed.Wait(cancellationToken);

    /// <summary>Writes the queued messages. Only on the pipeline thread.</summary>
    public void Write()
    {
        while (_entries.TryDequeue(out var write))
        {
            write();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _changed.Dispose();

    private void WriteRetryProgress(string status, int change)
    {
        _waits += change;
        cmdlet.WriteProgress(
            new ProgressRecord((int)ProgressKind.Retry, cmdlet.MyInvocation.MyCommand.Name, status)
            {
                RecordType = _waits == 0 ? ProgressRecordType.Completed : ProgressRecordType.Processing,
            }
        );
    }

    private void Add(Action write)
    {
        _entries.Enqueue(write);
        Wake();
    }
}

/// <summary>The activity ids of progress records. Each kind has its own, so that several can be shown at once.</summary>
internal enum ProgressKind
{
    /// <summary>Waiting before a request is retried.</summary>
    Retry = 1,
}
