using System.Collections.Concurrent;
using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>
/// Queues messages from any thread until the pipeline thread writes them: only that thread may write. All requests of the cmdlet
/// share one progress bar for retries.
/// </summary>
internal sealed class PipelineLog(PSCmdlet cmdlet) : IClientLog, IDisposable
{
    // Each kind of progress has its own ID, so that several can be shown at once.
    private const int RetryProgressId = 1;

    /// <summary>The ID of the progress of a listing.</summary>
    public const int ListingProgressId = 2;

    /// <summary>The ID of the progress of waiting; the jobs have the IDs after it.</summary>
    public const int WaitProgressId = 100;

    private readonly ConcurrentQueue<Action> _entries = new();
    private readonly SemaphoreSlim _changed = new(0);
    private int _waits;

    public void Verbose(string message) => Add(() => cmdlet.WriteVerbose(message));

    public void Warning(string message) => Add(() => cmdlet.WriteWarning(message));

    public void RetryWait(string message) =>
        Add(() =>
        {
            cmdlet.WriteVerbose(message);
            WriteRetryProgress(message, 1);
        });

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

    /// <summary>Blocks until something was queued, <see cref="Wake"/> was called, or the time is over.</summary>
    /// <param name="milliseconds">The time. -1 for no limit.</param>
    /// <param name="cancellationToken">Cancelled by the user.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void WaitForChange(int milliseconds, CancellationToken cancellationToken) =>
        _changed.Wait(milliseconds, cancellationToken);

    /// <summary>Writes the queued messages. Only on the pipeline thread.</summary>
    public void Write()
    {
        while (_entries.TryDequeue(out var write))
        {
            write();
        }
    }

    public void Dispose() => _changed.Dispose();

    private void WriteRetryProgress(string status, int change)
    {
        _waits += change;
        cmdlet.WriteProgress(
            new ProgressRecord(RetryProgressId, cmdlet.MyInvocation.MyCommand.Name, status)
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
